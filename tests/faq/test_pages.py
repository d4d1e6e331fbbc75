"""Which pages there are, what stands on them, and Markdown as HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from commands.build import BuildOptions, build_site
from faq.kana import IndexEntry, fold_kana, group_by_letter
from faq.markup import MarkupContext, render_markup, strip_markup
from tests.conftest import AT

CONTEXT = MarkupContext("/b/", frozenset({"12"}), "表")


def build(folder: Path, tmp_path: Path) -> Path:
    out = tmp_path / "public"
    build_site(BuildOptions(folder, out, AT, allow_shrink=True))
    return out


def read(out: Path, path: str) -> str:
    return (out / path).read_text(encoding="utf-8")


def list_faq_links(page: str) -> list[str]:
    return re.findall(r'class="faq-list-link" href="/faq/([^/]+)/"', page)


@pytest.fixture
def many(folder: Path, tmp_path: Path) -> Path:
    """A site of 120 FAQs in one field."""
    rows = "".join(f"{n},質問その{n},答え,税金,税務課,承認済み\n" for n in range(1, 121))
    header = "番号,質問,回答,分野,担当課,状態\n"
    (folder / "faq" / "a.csv").write_text(header + rows, encoding="utf-8")
    (folder / "rankings").mkdir()
    (folder / "rankings" / "views.yml").write_text("閲覧数: {77: 9, 5: 12}\n", encoding="utf-8")
    return build(folder, tmp_path)


def test_a_long_list_is_cut_into_pages_that_hold_each_faq_once(many: Path) -> None:
    pages = [read(many, f"fields/zei/{part}index.html") for part in ("", "2/", "3/")]
    links = [list_faq_links(page) for page in pages]
    assert [len(found) for found in links] == [50, 50, 20]
    assert len({faq_id for found in links for faq_id in found}) == 120
    assert 'rel="next" href="/fields/zei/2/"' in pages[0]
    assert 'rel="prev" href="/fields/zei/"' in pages[1]
    assert 'rel="next"' not in pages[2]


def test_lists_begin_with_the_most_viewed_and_go_on_by_number(many: Path) -> None:
    assert list_faq_links(read(many, "fields/zei/index.html"))[:4] == ["5", "77", "1", "2"]
    assert list_faq_links(read(many, "ranking/index.html")) == ["5", "77"]


def test_the_contact_form_is_linked_from_faqs_only_where_the_city_wants_it(
    folder: Path, tmp_path: Path
) -> None:
    with (folder / "site.yml").open("a", encoding="utf-8") as site:
        site.write(
            "問い合わせフォーム: https://x.example.lg.jp/f?n={id}\n問い合わせの入口: FAQのページだけ\n"
        )
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: い, 回答: ろ, 状態: 承認済み}\n", encoding="utf-8"
    )
    out = build(folder, tmp_path)
    with_form = [
        path.parent.name
        for path in out.resolve().rglob("*.html")
        if "/f?n=" in path.read_text("utf-8")
    ]
    assert with_form == ["1"]
    assert "https://x.example.lg.jp/f?n=1" in read(out, "faq/1/index.html")


def test_a_site_without_any_faq_is_built(folder: Path, tmp_path: Path) -> None:
    out = build(folder, tmp_path)
    assert "いま公開している質問がありません" in read(out, "fields/zei/index.html")


def test_the_index_puts_voiced_and_small_letters_under_their_row() -> None:
    readings = ["がっこう", "かぎ", "ガス", "ぱすぽーと", "ヴぇーる", "ゃ", "123", ""]
    entries = [IndexEntry(reading, reading, (), is_keyword=False) for reading in readings]
    groups = {slug: [entry.label for entry in found] for slug, (_, found) in
              group_by_letter(entries).items()}  # fmt: skip
    assert groups == {
        "u": ["ヴぇーる"], "ka": ["かぎ", "ガス", "がっこう"], "ha": ["ぱすぽーと"], "ya": ["ゃ"],
        "other": ["", "123"],
    }  # fmt: skip
    assert fold_kana("ヴぇーる") == "うえる"


def test_headings_follow_on_from_the_page_without_a_gap() -> None:
    html = render_markup("# 大\n\n#### 小\n\n## 中\n", context=CONTEXT)
    assert re.findall(r"<h(\d)>", html) == ["3", "4", "4"]


def test_a_link_to_an_faq_that_is_not_shown_stays_as_words() -> None:
    html = render_markup("[ある](/faq/12/) [ない](/faq/13/)", context=CONTEXT)
    assert html == '<p><a href="/b/faq/12/">ある</a> ない</p>\n'


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))", "[x](data:text/html;base64,PHNjcmlwdD4=)", "<svg/onload=alert(1)>",
        "[x](//evil.example/)", "![x](//evil.example/x.png)", "![x](https://evil.example/x.png)",
        '[x](https://a.example/"onmouseover="alert(1))', "<javascript:alert(1)>",
        '![" onerror="alert(1)](/images/a.png)', "[x]: javascript:alert(1)\n\n[x]", "&lt;script&gt;",
        "<iframe src=https://evil.example>", "| <b onclick=alert(1)> |\n|---|\n| x |",
    ],
)  # fmt: skip
def test_hostile_markup_becomes_no_element_and_no_address(text: str) -> None:
    assert find_dangers(render_markup(text, context=CONTEXT)) == []


def test_the_check_of_hostile_markup_sees_an_open_door() -> None:
    html = MarkdownIt("commonmark", {"html": True}).render(
        "<script>1</script> <b onclick=a()>x</b>"
    )
    assert find_dangers(html) == ["script", "b", "onclick"]
    assert find_dangers('<p><a href="javascript:x">') == ["javascript:x"]


ALLOWED = {"p", "a", "img", "div", "table", "thead", "tbody", "tr", "th", "td"}


def find_dangers(html: str) -> list[str]:
    """Elements that Markdown has no mark for, event handlers, and addresses elsewhere."""
    dangers = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag not in ALLOWED:
                dangers.append(tag)
            for name, value in attrs:
                if name.startswith("on"):
                    dangers.append(name)
                if name in ("href", "src") and not re.match(
                    r"https://a\.example/|/b/", value or ""
                ):
                    dangers.append(value or "")

    Reader().feed(html)
    return dangers


def test_plain_words_are_left_when_markup_is_stripped() -> None:
    text = (
        "## 見出し\n\n- **太字**の[リンク](https://a.example/)\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    )
    assert strip_markup(text) == "見出し\n太字のリンク\na b\n1 2"


def test_an_empty_head_of_a_column_is_no_header() -> None:
    html = render_markup("| | 春 |\n|---|---|\n| 件 | 3 |\n", context=CONTEXT)
    assert re.findall(r"<t([hd])[^>]*>([^<]*)</t", html) == [
        ("d", ""), ("h", "春"), ("d", "件"), ("d", "3")
    ]  # fmt: skip
