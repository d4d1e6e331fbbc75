"""Nothing empty is shown: no page, menu entry, heading, list or link without content behind it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from faq.addresses import Address
from faq.model.choices import Audience
from faq.model.languages import load_locales
from faq.model.sections import FEW_FAQS
from faq.pages.home import ALL_SIZE, LIST_SIZE
from faq.pages.page import Kind, Page
from faq.render.inputs import RenderSettings, collect_inputs
from faq.render.renderer import Renderer
from pipeline.build import build_site
from pipeline.load import load_content
from pipeline.options import BuildOptions
from tests.conftest import AT
from tests.empty_parts import find_empty_parts

SITE = (
    "名前: あおば市 よくある質問\n市の名前: あおば市\nアドレス: https://faq.aoba.example.lg.jp/\n"
)
CATEGORIES = "行政分野:\n  - {id: zei, 名前: 税金}\n  - {id: gomi, 名前: ごみ}\n"
LIFE_EVENTS = "ライフイベント:\n  - {id: kekkon, 名前: 結婚}\n"
SUBJECTS = (
    "粗大ごみ", "住民票", "印鑑登録", "保育園", "市民税", "転入届", "図書館", "水道料金",
    "国民健康保険", "介護認定", "犬の登録", "公園", "児童手当", "防災無線",
)  # fmt: skip
ENDINGS = (
    "の申し込み方法を教えてください",
    "の窓口はどこですか",
    "に費用はかかりますか",
    "はいつまでですか",
)


def write_city(
    folder: Path, count: int, *, site: str = SITE, fields: str = "", **files: str
) -> Path:
    """A city of so many FAQs; `fields` are more columns and their cells: `分野:税金 更新日:…`."""
    (folder / "faq").mkdir(parents=True)
    (folder / "site.yml").write_text(site, encoding="utf-8")
    more = [pair.partition(":")[::2] for pair in fields.split()]
    header = ["番号", "質問", "回答", "状態", *(name for name, _ in more)]
    rows = [
        [str(n + 1), SUBJECTS[n % 14] + ENDINGS[n // 14], "市役所の窓口で承ります。", "承認済み",
         *(cell for _, cell in more)]
        for n in range(count)
    ]  # fmt: skip
    text = "".join(",".join(row) + "\n" for row in [header, *rows])
    (folder / "faq" / "all.csv").write_text(text, encoding="utf-8")
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def build(folder: Path) -> dict[str, str]:
    """The pages of the site of a folder, by their files; of other files the names alone."""
    out = folder.parent / "public"
    build_site(BuildOptions(folder, out, AT, allow_shrink=True))
    real = out.resolve()
    return {
        path.relative_to(real).as_posix(): path.read_text("utf-8") if path.suffix == ".html" else ""
        for path in real.rglob("*")
        if path.is_file()
    }


def list_pages(files: dict[str, str]) -> dict[str, str]:
    return {name: html for name, html in files.items() if html}


def find_dead_links(files: dict[str, str]) -> list[tuple[str, str]]:
    """Links, scripts and forms of this site that lead to no file."""
    dead = []
    for name, html in files.items():
        for place in re.findall(r'(?:href|src|action)="/([^"#?]*)', html):
            file = place + "index.html" if place == "" or place.endswith("/") else place
            if file not in files:
                dead.append((name, place))
    return dead


CITIES = {
    "bare": {},
    "topics": {"fields": "分野:税金 更新日:2026-10-01", "categories": CATEGORIES},
    "names": {"fields": "担当課:税務課", "departments": "- {id: zeimu, 名前: 税務課}\n"},
    "most": {
        "site": SITE + "総合案内の担当課: 税務課\n問い合わせフォーム: https://form.example.lg.jp/\n"
        "アンケートの項目: [見つけやすさ]\n公式ホームページ: https://www.example.lg.jp/\n",
        "fields": "分野:税金 ライフイベント:結婚 担当課:税務課 更新日:2026-10-01",
        "categories": CATEGORIES + LIFE_EVENTS,
        "departments": "- {id: zeimu, 名前: 税務課, 電話: 000-0000-0000}\n",
        "featured": "注目のFAQ: [1]\n注目のキーワード: [ごみ]\n",
        "notices": "- {題名: 閉庁します}\n- {題名: 窓口が混みます, 本文: 月曜日は混みます。}\n",
        "rankings__views": "閲覧数: {1: 9}\n",
    },
    "emergency": {"notices": "- {題名: 避難してください, 重さ: 緊急}\n"},
    "service": {"site": SITE + "翻訳サービス: https://t.example.com/?l={lang}&u={url}\n"},
}  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, 10, 44])
@pytest.mark.parametrize("kind", CITIES)
def test_no_part_of_a_site_is_empty_and_no_link_is_dead(
    tmp_path: Path, kind: str, count: int
) -> None:
    values: dict[str, str] = CITIES[kind]
    if not count:
        values = {
            name: text
            for name, text in values.items()
            if name not in ("featured", "rankings__views")
        }
    files = build(write_city(tmp_path / "content", count, **values))
    found = {name: find_empty_parts(html) for name, html in list_pages(files).items()}
    assert {name: parts for name, parts in found.items() if parts} == {}
    assert find_dead_links(files) == []


def test_the_demonstration_city_has_no_empty_part(city_pages: dict[str, str]) -> None:
    found = {name: find_empty_parts(html) for name, html in city_pages.items()}
    assert {name: parts for name, parts in found.items() if parts} == {}


PLANTED = {
    "a heading over nothing": ("<section><h2>分野</h2></section>", "nothing follows <h2>"),
    "a heading before the next": ("<h2>分野</h2><h2>担当課</h2><p>一つ</p>", "nothing follows <h2>"),
    "a heading in a box of its own": ("<div><h2 id=a>分野</h2></div><p hidden>い</p>", "nothing follows <h2 a>"),
    "a heading over an icon": ("<section><h3>い</h3><svg><path/></svg></section>", "nothing follows <h3>"),
    "an empty section": ("<section class=x> </section><p>い</p>", "<section x> is empty"),
    "an empty menu": ("<nav><ul></ul></nav><p>い</p>", "<nav> is empty"),
    "an empty list": ("<ul class=x>\n</ul><p>い</p>", "<ul x> is empty"),
    "a list of empty items": ("<ol><li></li></ol><p>い</p>", "<li> is empty"),
    "a list of facts without any": ("<dl></dl><p>い</p>", "<dl> is empty"),
    "a fact without a value": ("<dl><dt>電話</dt><dd> </dd></dl>", "<dd> is empty"),
    "a link without words": ('<p>い<a href="tel:"><svg></svg></a></p>', "<a> is empty"),
    "a choice of nothing": ("<label>課<select></select></label>", "<select> is empty"),
    "a page that has its title only": ("<h1>税金</h1><nav>ホーム</nav>", "main says nothing"),
}  # fmt: skip


@pytest.mark.parametrize("case", PLANTED)
def test_the_check_finds(case: str) -> None:
    html, wanted = PLANTED[case]
    assert wanted in find_empty_parts(f"<body><main>{html}</main></body>")


def test_the_check_leaves_a_full_page_alone() -> None:
    html = "<h1>い</h1><p>ろ</p><section><h2>は</h2><h3>に</h3><ul><li>ほ</li></ul></section>"
    assert find_empty_parts(f"<body><main>{html}</main></body>") == []


def test_a_dead_link_is_found() -> None:
    files = {
        "index.html": '<a href="/kana/">い</a><a href="/faq/1/">ろ</a>',
        "faq/1/index.html": "",
    }
    assert find_dead_links(files) == [("index.html", "kana/")]


@pytest.mark.parametrize("count", [1, ALL_SIZE])
def test_a_site_of_few_faqs_lists_them_all_on_its_home_page(tmp_path: Path, count: int) -> None:
    files = build(write_city(tmp_path / "content", count, **CITIES["most"]))
    links = re.findall('class="faq-list-link" href="([^"]*)"', files["index.html"])
    assert sorted(links) == sorted(f"/faq/{n + 1}/" for n in range(count))


def test_a_handful_of_faqs_has_no_index_and_no_ranking(tmp_path: Path) -> None:
    lists = ("kana/index.html", "ranking/index.html", "new/index.html")
    few = build(write_city(tmp_path / "few" / "content", FEW_FAQS, **CITIES["most"]))
    assert not few.keys() & set(lists)
    more = build(write_city(tmp_path / "more" / "content", FEW_FAQS + 1, **CITIES["most"]))
    assert more.keys() >= set(lists)


def test_a_site_of_many_faqs_without_fields_lists_the_first_and_leads_to_all(
    tmp_path: Path,
) -> None:
    files = build(write_city(tmp_path / "content", LIST_SIZE + 1))
    assert files["index.html"].count('class="faq-list-link"') == LIST_SIZE
    assert 'class="section-more" href="/kana/"' in files["index.html"]


def test_what_has_no_content_is_no_page_and_in_no_menu_and_no_sitemap(tmp_path: Path) -> None:
    files = build(write_city(tmp_path / "content", 44))
    folders = {name.split("/")[0] for name in list_pages(files)}
    assert folders == {"index.html", "404.html", "faq", "kana", "search"}
    menu = re.findall(r'<ul class="site-menu-row">(.*?)</ul>', files["index.html"], re.DOTALL)
    assert re.findall('href="([^"]*)"', menu[0]) == ["/kana/"]
    sitemap = (tmp_path / "public" / "sitemap.xml").read_text(encoding="utf-8")
    assert "/life/" not in sitemap
    assert "feed.xml" not in files


def test_a_language_without_a_translation_has_no_page_and_no_menu(tmp_path: Path) -> None:
    files = build(write_city(tmp_path / "content", 11))
    assert "en/index.html" not in files
    assert not [name for name, html in files.items() if "language-menu" in html]


def test_the_address_of_the_last_translation_leads_to_the_japanese_page(tmp_path: Path) -> None:
    folder = write_city(tmp_path / "content", 1)
    (folder / "faq" / "b.yml").write_text(
        "- 番号: 50\n  質問: 期限\n  回答: 済み\n  状態: 承認済み\n  公開終了: 2026-01-01\n"
        "  翻訳: {en: {質問: When, 回答: Then}}\n",
        encoding="utf-8",
    )
    files = build(folder)
    assert "en/index.html" not in files
    assert 'url=/faq/50/"' in files["en/faq/50/index.html"]
    assert find_dead_links(files) == []


def test_a_page_cannot_hide_what_every_page_has(folder: Path) -> None:
    shown = load_content(folder).show(at=AT, audience=Audience.CITIZEN)
    settings = RenderSettings("https://a.example/", "x")
    renderer = Renderer(collect_inputs(shown, load_locales()[0], settings=settings))
    page = Page(Kind.TEXT, "pages/x/", "題名", values={"sections": []})
    with pytest.raises(ValueError, match="pages/x/: sections"):
        renderer.render(page)


LOG = SITE + "アンケートの項目: [見つけやすさ]\nアクセスの記録: "


def test_where_no_log_is_kept_nothing_is_asked(tmp_path: Path) -> None:
    files = build(write_city(tmp_path / "content", 11, site=LOG + "なし\n"))
    assert not [name for name in files if name.startswith((Address.SURVEY, Address.FACTS))]
    assert not [name for name, html in files.items() if "data-feedback" in html]
    assert find_dead_links(files) == []


def test_where_a_log_is_kept_readers_are_asked(tmp_path: Path) -> None:
    files = build(write_city(tmp_path / "content", 11, site=LOG + "あり\n"))
    assert {"survey/index.html", "_log/vote"} <= files.keys()
    assert "data-feedback" in files["faq/1/index.html"]
