"""The furigana of a page: which texts get them, and how they are split into runs."""

from __future__ import annotations

import json

import pytest

from faq.addresses import locate_furigana
from furigana.annotate import Annotator, collect_blocks
from furigana.reading import Reader, load_readings
from japanese.analyze import Analyzer


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator(Reader(load_readings(), Analyzer()))


def test_blocks_separate_words_and_inline_elements_do_not() -> None:
    html = "<p>国民<wbr>健康<strong>保険</strong></p><p>税</p>"
    assert list(collect_blocks(html)) == [("国民", "健康", "保険"), ("税",)]


@pytest.mark.parametrize(
    "html",
    [
        '<p lang="en">漢字</p>',
        '<details lang="zh"><details>漢字</details>漢字</details>',
        "<script>漢字</script>",
        "<select><option>漢字</option></select>",
        "<head><title>漢字</title></head>",
        '<html lang="en"><body>漢字</body></html>',
        '<p title="漢字" aria-label="漢字"></p>',
    ],
)
def test_texts_that_take_no_furigana_are_skipped(html: str) -> None:
    assert list(collect_blocks(html)) == []


def test_text_after_another_language_is_japanese_again() -> None:
    html = '<html lang="ja"><p lang="en"><b>Tax</b></p><p>税</p><p lang="ja">金</p></html>'
    assert list(collect_blocks(html)) == [("税",), ("金",)]


def test_a_text_is_read_within_its_block(annotator: Annotator) -> None:
    found = annotator.annotate("<p>死亡した<strong>方</strong>の届出</p>")
    assert found["方"] == ["", "方", "かた", ""]


def test_the_runs_joined_are_the_text_without_its_whitespace(annotator: Annotator) -> None:
    found = annotator.annotate("<p>\n 手続きの&lt;方法&gt;です \n</p>")
    assert found == {
        "手続きの<方法>です": ["", "手続", "てつづ", "きの<", "方法", "ほうほう", ">です"]
    }


def test_a_reading_across_the_border_of_an_element_is_left_out(annotator: Annotator) -> None:
    assert annotator.annotate("<p>市役<b>所</b>へ</p>") == {}


def test_texts_of_the_shared_file_are_not_repeated(annotator: Annotator) -> None:
    data = json.loads(annotator.make_file("<p>検索</p><p>税金</p>", known=["検索"]))
    assert data == [["", "税金", "ぜいきん", ""]]


def test_the_file_is_beside_its_page() -> None:
    assert locate_furigana("faq/101/index.html") == "faq/101/index.ruby.json"
    assert locate_furigana("404.html") == "404.ruby.json"
