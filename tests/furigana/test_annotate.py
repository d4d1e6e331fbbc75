"""The furigana of a page: which texts get them, and how they are split into runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from faq.addresses import Address, locate_furigana
from faq.texts import load_texts
from furigana import annotate
from furigana.annotate import Annotator, split_blocks
from furigana.reading import Reader, load_readings
from japanese.analyze import Analyzer


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator(Reader(load_readings(), Analyzer()))


class _Oracle(HTMLParser):
    """The texts of each block of a page, found by a parser that knows all of HTML."""

    INLINE = frozenset(annotate._INLINE.split("|"))
    SKIPPED = frozenset(annotate._SKIPPED.split("|"))
    VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "path", "wbr"))

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[list[str]] = [[]]
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        language = dict(attrs).get("lang") or "ja"
        hidden = tag in self.SKIPPED or not re.match("ja(-|$)", language)
        if tag not in self.INLINE:
            self.blocks.append([])
        if tag not in self.VOID:
            self._open.append((tag, hidden or (bool(self._open) and self._open[-1][1])))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag not in self.INLINE:
            self.blocks.append([])

    def handle_data(self, data: str) -> None:
        if not (self._open and self._open[-1][1]):
            self.blocks[-1].append(data)


def collect_blocks(html: str) -> list[list[str]]:
    """The texts of the page's blocks that have any."""
    oracle = _Oracle()
    oracle.feed(html)
    oracle.close()
    return [block for block in oracle.blocks if "".join(block).strip()]


def read_texts(*files: Path) -> dict[str, list[str]]:
    """Text → its runs, of files of furigana, as the browser reads them."""
    items = [runs for path in files for runs in json.loads(path.read_text(encoding="utf-8"))]
    return {"".join(run for place, run in enumerate(runs) if place % 3 < 2): runs for runs in items}


def find_lost(
    html: str, known: Mapping[str, list[str]], annotator: Annotator
) -> Iterator[tuple[str, str]]:
    """The texts of a page with a reading of which nothing is known, and their blocks."""
    for block in collect_blocks(html):
        alone = "<wbr>".join(escape(text) for text in block)
        for text in annotator.annotate(f"<p>{alone}</p>"):
            if text not in known:
                yield text, alone


def find_strange(html: str, found: Mapping[str, list[str]]) -> set[str]:
    """What a page's own file knows beside the page's texts."""
    return found.keys() - {text.strip() for block in collect_blocks(html) for text in block}


@pytest.mark.parametrize("city", ["city_site", "small_site", "minami_site", "kitayama_site"])
def test_every_text_of_a_site_and_nothing_else_has_its_furigana(
    city: str, request: pytest.FixtureRequest, annotator: Annotator
) -> None:
    folder: Path = request.getfixturevalue(city)
    pages = [page for page in folder.resolve().rglob("*.html") if locate_readings(page).exists()]
    lost = [
        found
        for page in pages
        for found in find_lost(
            page.read_text(encoding="utf-8"),
            read_texts(folder / Address.FURIGANA, locate_readings(page)),
            annotator,
        )
    ]
    strange = [
        text
        for page in pages
        for text in find_strange(
            page.read_text(encoding="utf-8"), read_texts(locate_readings(page))
        )
    ]
    assert pages
    assert (lost, strange) == ([], [])


def locate_readings(page: Path) -> Path:
    """The file of furigana beside a page's file."""
    return page.with_name(page.name.replace(".html", ".ruby.json"))


def test_a_text_that_the_pages_lose_is_found(
    annotator: Annotator, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = "<p>税金の<b>納付</b>など</p>"
    monkeypatch.setattr(annotate, "_BORDER", re.compile("<b>.*?</b>|</?p>"))
    known = {text: json.loads(item) for text, item in annotator.annotate(html).items()}
    monkeypatch.undo()
    assert [text for text, _ in find_lost(html, known, annotator)] == ["納付"]


def test_a_text_that_is_not_shown_is_found() -> None:
    assert find_strange("<head>税</head><p>金</p>", {"税": [], "金": []}) == {"税"}


def test_labels_of_faq_pages_are_in_the_shared_file_alone(city_site: Path) -> None:
    shared = read_texts(city_site / Address.FURIGANA)
    texts = load_texts("ja")
    labels = {value for value in texts.values() if isinstance(value, str)} - shared.keys()
    pages = [
        path for path in city_site.glob("faq/*/index.html") if 'id="answer"' in path.read_text()
    ]
    own = {text for page in pages for text in read_texts(locate_readings(page))}
    assert pages
    # Beside a day or a language, of which the page has none that the shared file is made from.
    assert own & labels <= {texts[name] for name in ("updated", "review_by", "also_in")}


def split_texts(html: str) -> list[list[str]]:
    return [[text for text in re.split("<[^>]*>", block) if text] for block in split_blocks(html)]


def test_blocks_separate_words_and_inline_elements_do_not() -> None:
    html = "<p>国民<wbr>健康<strong>保険</strong></p><p>税</p>"
    assert split_texts(html) == [["国民", "健康", "保険"], ["税"]]


@pytest.mark.parametrize(
    "html",
    [
        '<p lang="en">漢字</p>',
        '<p\nlang="en">漢字</p>',
        '<details lang="zh"><details>漢字</details>漢字</details>',
        "<script>漢字</script>",
        "<select><option>漢字</option></select>",
        "<head><script></script><title>漢字</title></head>",
        '<html lang="en"><body>漢字</body></html>',
        '<p title="漢字" aria-label="漢字"></p>',
    ],
)
def test_texts_that_take_no_furigana_are_skipped(html: str) -> None:
    assert split_texts(html) == []


def test_text_after_another_language_is_japanese_again() -> None:
    html = '<html lang="ja"><p lang="en"><b>Tax</b></p><p>税</p><p lang="ja">金</p></html>'
    assert split_texts(html) == [["税"], ["金"]]


def test_a_link_to_a_page_in_another_language_is_japanese() -> None:
    assert split_texts('<a href="/en/" hreflang="en">英語</a>') == [["英語"]]


def test_a_text_is_read_within_its_block(annotator: Annotator) -> None:
    found = annotator.annotate("<p>死亡した<strong>方</strong>の届出</p>")
    assert found["方"] == '["","方","かた",""]'


def test_the_runs_joined_are_the_text_without_its_whitespace(annotator: Annotator) -> None:
    found = annotator.annotate("<p>\n 手続きの&lt;方法&gt;です \n</p>")
    assert {text: json.loads(item) for text, item in found.items()} == {
        "手続きの<方法>です": ["", "手続", "てつづ", "きの<", "方法", "ほうほう", ">です"]
    }


@pytest.mark.parametrize("odd", ['"', "\\", "\t", "\x01", "\u2028", "𠮷"])
def test_an_item_is_json_whatever_the_text_holds(odd: str, annotator: Annotator) -> None:
    text = f"税金{odd}の"
    item = annotator.annotate(f"<p>{escape(text)}</p>")[text]
    assert "".join(run for place, run in enumerate(json.loads(item)) if place % 3 < 2) == text


def test_a_reading_across_the_border_of_an_element_is_left_out(annotator: Annotator) -> None:
    assert annotator.annotate("<p>市役<b>所</b>へ</p>") == {}


def test_texts_of_the_shared_file_are_not_repeated(annotator: Annotator) -> None:
    data = json.loads(annotator.make_file("<p>検索</p><p>税金</p>", known=["検索"]))
    assert data == [["", "税金", "ぜいきん", ""]]


def test_the_file_is_beside_its_page() -> None:
    assert locate_furigana("faq/101/index.html") == "faq/101/index.ruby.json"
    assert locate_furigana("404.html") == "404.ruby.json"
