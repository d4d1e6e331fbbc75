"""Pages in other languages, the texts they are reported in, and names that stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from string import Formatter
from typing import Any
from xml.etree import ElementTree

import pytest

from faq.addresses import Address
from faq.markup.html import MarkupContext, protect_names, render_markup
from faq.model.choices import Audience
from faq.model.languages import find_language, list_languages, load_locales, tidy_tag
from faq.model.problem import select_errors
from faq.model.site import Site
from faq.pages.page import Kind, Page
from faq.pages.translated import link_languages, make_translated_pages
from faq.read.content import read_content
from faq.render.helpers import Helpers
from faq.render.inputs import RenderSettings, collect_inputs
from faq.render.policy import make_policy
from faq.render.renderer import Renderer
from faq.texts import TEXTS_FOLDER, load_texts
from faq.window.select import select_window
from pipeline.build import build_site
from pipeline.options import BuildOptions
from tests.conftest import AT, GOLDEN, GOLDEN_AT

DRAFTS = ("ko", "ne", "pt", "tl", "vi", "zh-Hans", "zh-Hant")

SITE = Site("よくある質問", "市", "https://a.example/")


def list_texts(texts: Mapping[str, Any], head: str = "") -> dict[str, str]:
    """Every text by its key, `a.b` for one within another; a list counts as one."""
    found: dict[str, str] = {}
    for key, value in texts.items():
        if isinstance(value, dict):
            found |= list_texts(value, f"{head}{key}.")
        else:
            found[f"{head}{key}"] = str(value)
    return found


def find_places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def compare_texts(japanese: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Keys that only one side has, and those whose places for values differ."""
    ours, theirs = list_texts(japanese), list_texts(other)
    both = sorted(ours.keys() & theirs.keys())
    differing = [key for key in both if find_places(ours[key]) != find_places(theirs[key])]
    return [
        *(f"missing: {key}" for key in ours if key not in theirs),
        *(f"unknown: {key}" for key in theirs if key not in ours),
        *(f"places: {key}" for key in differing),
    ]


def test_english_says_everything_that_japanese_says() -> None:
    assert compare_texts(load_texts("ja"), load_texts("en")) == []


def test_a_text_that_lacks_or_differs_is_named() -> None:
    ours = {"a": "{n}件", "b": {"c": "い"}, "d": "ろ"}
    assert compare_texts(ours, {"a": "{m} found", "b": {}, "d": "b", "e": "c"}) == [
        "missing: b.c", "unknown: e", "places: a",
    ]  # fmt: skip


@pytest.mark.parametrize("tag", DRAFTS)
def test_a_draft_has_only_known_texts_with_the_same_places(tag: str) -> None:
    problems = compare_texts(load_texts("ja"), load_texts(tag))
    assert [line for line in problems if not line.startswith("missing")] == []


def test_drafts_are_marked_and_off_until_reviewed() -> None:
    assert [item.tag for item in load_locales()] == ["ja", "en"]
    assert {item.tag for item in load_locales(with_drafts=True)} == {"ja", "en", *DRAFTS}
    for tag in DRAFTS:
        assert (TEXTS_FOLDER / f"{tag}.yml").read_text(encoding="utf-8").startswith("# 未確認")


@pytest.mark.parametrize("tag", DRAFTS)
def test_a_draft_could_show_every_page_of_its_language(tag: str) -> None:
    content, _ = read_content(GOLDEN / "content")
    faqs = tuple(
        replace(faq, translations=tuple(replace(t, language=tag) for t in faq.translations))
        for faq in content.faqs
    )
    shown = select_window(
        replace(content, faqs=faqs),
        at=GOLDEN_AT,
        audience=Audience.CITIZEN,
        normalize=str,
    )
    locales = load_locales(with_drafts=True)
    (locale,) = (item for item in locales if item.tag == tag)
    settings = RenderSettings("https://a.example/", "0", locales=locales)
    renderer = Renderer(collect_inputs(shown, locale, settings=settings))
    made = link_languages(list(make_translated_pages(shown, locales=locales)), locales=locales)
    pages = [page for page in made if page.language == tag]
    assert [page.address for page in pages] == [f"{tag}/", f"{tag}/faq/104/", f"{tag}/faq/107/"]
    assert all(f'<html lang="{tag}">' in renderer.render(page).decode() for page in pages)


def read(site: Path, path: str) -> str:
    return (site / path).read_text(encoding="utf-8")


def list_alternates(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page)


def test_a_translation_and_its_original_name_each_other(small_site: Path) -> None:
    base = "https://faq.tameshi.example.lg.jp/sub/"
    for ours, theirs in (("", "en/"), ("faq/104/", "en/faq/104/")):
        expected = [("ja", base + ours), ("en", base + theirs), ("x-default", base + ours)]
        assert list_alternates(read(small_site, f"{ours}index.html")) == expected
        assert list_alternates(read(small_site, f"{theirs}index.html")) == expected
    assert list_alternates(read(small_site, "faq/105/index.html")) == []


def test_a_translated_page_is_in_its_language_throughout(small_site: Path) -> None:
    page = read(small_site, "en/faq/104/index.html")
    assert '<html lang="en">' in page
    assert '<meta property="og:locale" content="en_US">' in page
    assert '"inLanguage":"en"' in page
    assert ">10 March 2027<" in page
    assert find_unmarked(page) == []


def test_japanese_that_is_not_marked_would_be_seen() -> None:
    assert find_unmarked('<p lang="ja">これは</p><p lang="en">それは</p>') == ["それは"]


def find_unmarked(page: str) -> list[str]:
    """Japanese words, outside of what is marked as another language than English."""
    marked = re.compile(r"<(\w+)[^>]*\slang=\"(?!en)[^>]*>.*?</\1>", re.DOTALL)
    return re.findall("[ぁ-ゖァ-ヺ一-龠]+", re.sub(r"<[^>]*>", "", marked.sub("", page)))


def test_what_nobody_translated_is_marked_as_japanese(small_site: Path) -> None:
    page = read(small_site, "en/faq/104/index.html")
    assert "The following is available in Japanese only." in page
    assert '<ul class="faq-bring-list" lang="ja">' in page
    assert '<span lang="ja">総合案内</span>' in page
    assert ">Environment Division</a>" in page


def test_the_home_page_of_a_language_lists_what_there_is_by_field(small_site: Path) -> None:
    page = read(small_site, "en/index.html")
    assert re.findall(r'<h2 id="group-\d">(.*?)</h2>', page) == ["Garbage"]
    assert re.findall(r'class="faq-list-link" href="([^"]+)"', page) == ["/sub/en/faq/104/"]
    assert "in Japanese only" in page
    assert "tel:00000000000" in page


def test_a_withdrawn_translation_keeps_its_address_and_none_of_its_text(small_site: Path) -> None:
    page = read(small_site, "en/faq/107/index.html")
    assert "This question is no longer available" in page
    assert 'content="noindex"' in page
    assert "has ended?" not in page
    assert 'href="/sub/en/faq/104/"' in page


def write_faq(folder: Path, text: str) -> None:
    (folder / "faq" / "a.yml").write_text(text, encoding="utf-8")


def build(folder: Path, tmp_path: Path) -> Path:
    out = tmp_path / "public"
    build_site(BuildOptions(folder, out, AT, allow_shrink=True))
    return out


def test_a_language_without_reviewed_texts_stays_on_the_japanese_page(
    folder: Path, tmp_path: Path
) -> None:
    write_faq(
        folder,
        "- {番号: 1, 質問: い, 回答: ろ, 状態: 承認済み,"
        " 翻訳: {KO: {質問: 질문, 回答: 답}, en: {質問: Question?, 回答: Answer.}}}\n",
    )
    out = build(folder, tmp_path)
    page = read(out, "faq/1/index.html")
    assert '<details class="accordion" lang="ko">' in page
    assert "질문" in page
    assert "Answer." not in page
    assert not (out / "ko").exists()
    assert "Answer." in read(out, "en/faq/1/index.html")


def test_a_link_in_a_translation_leads_to_the_translation_where_there_is_one(
    folder: Path, tmp_path: Path
) -> None:
    write_faq(
        folder,
        "- {番号: 1, 質問: い, 回答: ろ, 状態: 承認済み,"
        " 翻訳: {en: {質問: A?, 回答: '[own](/faq/2/) [other](/faq/3/)'}}}\n"
        "- {番号: 2, 質問: は, 回答: に, 状態: 承認済み, 翻訳: {en: {質問: B?, 回答: B.}}}\n"
        "- {番号: 3, 質問: ほ, 回答: '[つぎ](/faq/2/)', 状態: 承認済み}\n",
    )
    out = build(folder, tmp_path)
    page = read(out, "en/faq/1/index.html")
    assert '<a href="/en/faq/2/">own</a> <a href="/faq/3/">other</a>' in page
    assert '<a href="/faq/2/">つぎ</a>' in read(out, "faq/3/index.html")


def test_the_sitemap_reports_the_languages_of_a_page(small_site: Path) -> None:
    root = ElementTree.parse(small_site / "sitemap.xml").getroot()  # noqa: S314 - our own file
    sitemap, xhtml = (
        "{http://www.sitemaps.org/schemas/sitemap/0.9}",
        "{http://www.w3.org/1999/xhtml}",
    )
    found = {
        url.findtext(f"{sitemap}loc"): [item.get("hreflang") for item in url.iter(f"{xhtml}link")]
        for url in root
    }
    base = "https://faq.tameshi.example.lg.jp/sub/"
    assert found[f"{base}en/faq/104/"] == found[f"{base}faq/104/"] == ["ja", "en"]
    assert found[f"{base}faq/105/"] == []
    assert f"{base}en/faq/107/" not in found


def test_every_language_of_the_list_leads_to_the_service_with_the_sites_address(
    small_site: Path,
) -> None:
    page = read(small_site, "languages/index.html")
    links = re.findall(r'class="languages-link" href="([^"]+)"', page)
    end = "&amp;page=https%3A%2F%2Ffaq.tameshi.example.lg.jp%2Fsub%2F"
    assert len(links) == len(set(links)) == len(list_languages()) - 1 >= 100
    assert all(re.fullmatch(rf"https://translate\.example\.com/\?to=[\w-]+{end}", a) for a in links)
    assert '<bdi lang="zh-Hans">简体中文</bdi>' in page


def test_the_menu_hands_the_service_the_page_it_is_on(small_site: Path) -> None:
    base = "page=https%3A%2F%2Ffaq.tameshi.example.lg.jp%2Fsub%2F"
    untranslated = read(small_site, "faq/105/index.html")
    assert f"?to=en&amp;{base}faq%2F105%2F" in untranslated
    assert f"?to=zh-CN&amp;{base}faq%2F105%2F" in untranslated
    translated = read(small_site, "en/faq/104/index.html")
    assert f"?to=zh-CN&amp;{base}faq%2F104%2F" in translated
    assert "?to=en" not in translated


def test_without_a_service_there_is_no_list_and_no_link(folder: Path, tmp_path: Path) -> None:
    out = build(folder, tmp_path)
    assert not (out / "languages").exists()
    assert "languages/" not in read(out, "index.html")


def test_names_of_languages_are_complete_and_unique() -> None:
    languages = list_languages()
    assert len({item.code for item in languages}) == len({item.tag for item in languages})
    assert all(item.name and item.japanese for item in languages)
    assert find_language("zh-CN") is find_language("zh-Hans") is not None
    assert tidy_tag("ZH-hant") == "zh-Hant"
    assert tidy_tag("pt-br") == "pt-BR"


KEPT = ("しるべ", "しるべ市")
SPAN = '<span class="notranslate" translate="no">'


def test_names_are_kept_from_translation_the_longest_first_and_in_words_only() -> None:
    context = MarkupContext("/", "表", kept_names=KEPT)
    text = "しるべ市と`しるべ市`、[しるべの湯](https://a.example/しるべ市)と![しるべ](a.png)"
    assert render_markup(text, context=context) == (
        f"<p>{SPAN}しるべ市</span>と<code>しるべ市</code>、"
        f'<a href="https://a.example/%E3%81%97%E3%82%8B%E3%81%B9%E5%B8%82">{SPAN}しるべ</span>の湯</a>'
        'と<img src="/images/a.png" alt="しるべ" loading="lazy"></p>\n'
    )
    assert protect_names("<b>しるべ", KEPT) == f"&lt;b&gt;{SPAN}しるべ</span>"
    assert protect_names("<b>", KEPT) == "&lt;b&gt;"


def test_only_the_hosts_of_a_named_service_enter_the_policy(folder: Path, tmp_path: Path) -> None:
    with (folder / "site.yml").open("a", encoding="utf-8") as site:
        site.write(
            "外部サービス:\n  - 名前: 読み上げ\n    スクリプト: https://yomi.example.com/a.js\n"
            "    接続先: [https://voice.example.com, 'https://*.example.net']\n"
        )
    page = read(build(folder, tmp_path), "index.html")
    assert '<script src="https://yomi.example.com/a.js" defer></script>' in page
    found = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert found
    policy = dict(rule.split(" ", 1) for rule in found[1].replace("&#39;", "'").split("; "))
    hosts = "https://yomi.example.com https://voice.example.com https://*.example.net"
    assert policy == {
        "default-src": "'none'", "base-uri": "'none'", "form-action": "'self'",
        "connect-src": f"'self' {hosts}", "font-src": hosts, "frame-src": hosts,
        "img-src": f"'self' data: {hosts}", "media-src": hosts, "script-src": f"'self' {hosts}",
        "style-src": f"'self' 'unsafe-inline' {hosts}",
    }  # fmt: skip


def test_without_a_service_the_policy_names_no_host() -> None:
    policy = make_policy(SITE, runs_wasm=False)
    assert "http" not in policy
    assert "require-trusted-types-for 'script'" in policy


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("翻訳サービス: https://a.example/?to={lang}", "service_template_bad"),
        ("翻訳サービス: http://a.example/?to={lang}&u={url}", "service_template_bad"),
        ("訳す言語: [en, xx]", "target_language_bad"),
        ("翻訳: 英語", "names_bad"),
        ("翻訳: {日本: x}", "language_bad"),
        ("外部サービス: [{名前: a, スクリプト: http://a.example/a.js}]", "script_bad"),
        ("外部サービス: [{名前: a, スクリプト: /a.js}]", "script_bad"),
        ("外部サービス: [{名前: a}]", "value_missing"),
        *[
            (f"外部サービス: [{{名前: a, スクリプト: https://a.example/a.js, 接続先: ['{host}']}}]",
             "host_bad")
            for host in ("http://a.example", "https://a.example/", "https://*", "*", "a.example",
                         "https://a.example;script-src *", "https://a.example *")
        ],
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_is_reported(folder: Path, line: str, code: str) -> None:
    with (folder / "site.yml").open("a", encoding="utf-8") as site:
        site.write(line + "\n")
    _, problems = read_content(folder)
    assert [problem.code for problem in select_errors(problems)] == [code]
    assert all(problem.message for problem in problems)


def test_this_machine_may_be_named_for_trying(folder: Path) -> None:
    with (folder / "site.yml").open("a", encoding="utf-8") as site:
        site.write("外部サービス: [{名前: a, スクリプト: 'http://127.0.0.1:8000/a.js'}]\n")
    content, problems = read_content(folder)
    assert select_errors(problems) == []
    assert content.site.services[0].script == "http://127.0.0.1:8000/a.js"


def test_one_language_written_twice_is_reported(folder: Path) -> None:
    write_faq(
        folder,
        "- {番号: 1, 質問: い, 回答: ろ, 翻訳: {en: {質問: A, 回答: B}, EN: {質問: A, 回答: B}}}\n",
    )
    _, problems = read_content(folder)
    assert [problem.code for problem in select_errors(problems)] == ["language_twice"]


def test_an_old_address_may_not_be_among_a_languages_pages(folder: Path, tmp_path: Path) -> None:
    write_faq(folder, "- {番号: 1, 質問: い, 回答: ろ, 状態: 承認済み, 旧アドレス: [en/old]}\n")
    with pytest.raises(Exception, match="このサイト自身が使う場所"):
        build(folder, tmp_path)


def test_a_page_without_other_languages_offers_their_home_pages() -> None:
    content, _ = read_content(GOLDEN / "content")
    shown = select_window(content, at=GOLDEN_AT, audience=Audience.CITIZEN, normalize=str)
    locales = load_locales()
    settings = RenderSettings("https://a.example/", "0", locales=locales)
    helpers = Helpers(collect_inputs(shown, locales[0], settings=settings))
    choices = helpers.list_choices(Page(Kind.KANA, Address.KANA, "五十音"))
    addresses = [(item.tag, item.address) for item in choices if not item.is_machine]
    assert addresses == [("ja", "/kana/"), ("en", "/en/")]
