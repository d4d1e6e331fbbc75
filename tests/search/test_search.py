"""Search: the analysis, the index's bytes, and the browser half, alone and together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from search.analyze import analyze_text, read_text
from search.index import Document, analyse_documents, build_index
from tests.conftest import Serve


def terms(text: str) -> list[str]:
    return [token.term for token in analyze_text(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("引越し", "引っ越し"),
        ("問合せ", "問い合わせ"),
        ("ﾏｲﾅﾝﾊﾞｰ", "マイナンバー"),
        ("ＡＢＣ", "abc"),
        ("粗大ゴミ", "粗大ごみ"),
    ],
)
def test_spellings_of_one_word_become_one_term(one: str, other: str) -> None:
    assert terms(one) == terms(other) != []


def test_words_of_asking_leave_no_term() -> None:
    assert terms("どうすればよいですか。教えてください") == []


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("住民票の写し", "じゅうみんひょうのうつし"),
        ("マイナンバーカード", "まいなんばーかーど"),
        ("「ごみ」", "ごみ"),
    ],
)
def test_a_text_is_read_in_hiragana(text: str, reading: str) -> None:
    assert read_text(text) == reading


def make_document(number: int, question: str, answer: str = "", until: int = 0) -> Document:
    return Document(
        str(number), {"question": question, "lead": answer}, question, answer, "", "", "", until
    )


DOCUMENTS = [
    make_document(1, "住民票の写しが欲しい", "窓口で300円です。"),
    make_document(2, "粗大ごみを捨てたい", "電話で申し込みます。"),
    make_document(3, "引っ越したときの届出", "住民票を移します。窓口へ。"),
    make_document(4, "国民健康保険に入りたい", "窓口で手続きします。"),
]
THESAURUS = (("国民健康保険", "国保"), ("ペット", "飼い犬"))


@pytest.fixture(scope="module")
def index() -> dict[str, bytes]:
    return build_index(DOCUMENTS, analyse_documents(DOCUMENTS), thesaurus=THESAURUS)


@pytest.fixture(scope="module")
def address(index: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """The client and an index, and nothing else of a site."""
    folder = tmp_path_factory.mktemp("alone")
    client = Path(__file__).parents[2] / "search" / "client"
    for path in client.glob("*.js"):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "data").mkdir()
    for name, data in index.items():
        (folder / "data" / name).write_bytes(data)
    (folder / "index.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    return serve(folder, "/")


def ask(page: Page, address: str, query: str) -> list[str]:
    page.goto(address)
    found: dict[str, Any] = page.evaluate(
        """async ([address, query]) => {
          const { openSearch } = await import("./search.js");
          return openSearch(new URL("data/", address))(query);
        }""",
        [address, query],
    )
    return [result["id"] for result in found["results"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("住民票", ["1", "3"]),
        ("住民票の写しはどこで取れますか", ["1", "3"]),
        ("そだいごみ", ["2"]),
        ("粗大ゴミ", ["2"]),
        ("国保", ["4"]),
        ("こくみんけんこうほけん", ["4"]),
        ("引越した", ["3"]),
        ("4", ["4"]),
        ("", []),
        ("😀", []),
        ("abc", []),
    ],
)
def test_the_client_alone_answers(
    page: Page, address: str, query: str, expected: list[str]
) -> None:
    assert ask(page, address, query)[: len(expected)] == expected
    assert bool(ask(page, address, query)) is bool(expected)


def test_a_query_of_ten_thousand_characters_is_answered(page: Page, address: str) -> None:
    assert ask(page, address, "住民票" * 3334)[0] == "1"


def test_a_thesaurus_group_that_nothing_matches_is_left_out(index: dict[str, bytes]) -> None:
    lexicon = json.loads(next(data for name, data in index.items() if name.startswith("lexicon")))
    assert set(lexicon["phrases"]) == {"国民健康保険", "国保"}


def test_the_same_documents_give_the_same_bytes(index: dict[str, bytes]) -> None:
    assert build_index(DOCUMENTS, analyse_documents(DOCUMENTS), thesaurus=THESAURUS) == index


def test_no_documents_give_an_index_that_finds_nothing(page: Page, address: str) -> None:
    empty = build_index([], [])
    assert json.loads(empty["index.json"])["count"] == 0
    page.route(
        "**/data/*",
        lambda route: route.fulfill(body=empty[route.request.url.rpartition("/")[2]]),
    )
    assert ask(page, address, "住民票") == []


def test_an_index_of_another_format_is_refused(page: Page, address: str) -> None:
    page.route("**/data/index.json", lambda route: route.fulfill(body='{"format": 99}'))
    with pytest.raises(Exception, match="format 99"):
        ask(page, address, "住民票")
