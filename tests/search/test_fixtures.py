"""The analysis in Python and the one in the browser give the same answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from japanese.analyze import Analyzer, normalize_text
from japanese.letters import to_hiragana
from search.documents import Document
from search.index import analyse_documents, build_index
from tests.search.conftest import OpenIndex

ANALYZER = Analyzer()
FIXTURES: dict[str, list[list[Any]]] = json.loads(
    (Path(__file__).parent / "fixtures.json").read_text(encoding="utf-8")
)
_CALL = """async ([file, name, texts]) => {
  const module = await import(`/client/${file}.js`);
  return texts.map((text) => module[name](text));
}"""
_SEGMENT = """async (texts) => {
  const { loadIndex } = await import("/client/store.js");
  const { segmentQuery } = await import("/client/segment.js");
  const { normalizeQuery } = await import("/client/text.js");
  const { lexicon } = await loadIndex(new URL("/index/", location.href));
  return texts.map((text) =>
    segmentQuery(normalizeQuery(text), lexicon).matches.map(({ terms }) => terms.map((term) => lexicon.termTexts[term])));
}"""


@pytest.fixture(scope="module")
def client(open_index: OpenIndex) -> Page:
    documents = [
        Document(str(number), {"question": text}, text)
        for number, (text, _) in enumerate(FIXTURES["terms"])
    ]
    return open_index(
        build_index(documents, analyse_documents(documents, analyzer=ANALYZER), analyzer=ANALYZER)
    )


def list_terms(text: str) -> list[str]:
    return [token.term for token in ANALYZER.analyze(text)]


def find_differing(answers: list[Any], kind: str) -> list[Any]:
    rows = zip(FIXTURES[kind], answers, strict=True)
    return [(text, wanted, got) for (text, wanted), got in rows if got != wanted]


def test_there_are_five_hundred_shared_fixtures_or_more() -> None:
    assert sum(len(rows) for rows in FIXTURES.values()) >= 500


def test_python_finds_the_terms_of_every_fixture() -> None:
    assert find_differing([list_terms(text) for text, _ in FIXTURES["terms"]], "terms") == []


def test_the_browser_finds_the_terms_of_every_fixture(client: Page) -> None:
    found = client.evaluate(_SEGMENT, [text for text, _ in FIXTURES["terms"]])
    answers = [[terms[0] for terms in row if len(terms) == 1] for row in found]
    assert find_differing(answers, "terms") == []


@pytest.mark.parametrize(
    ("kind", "in_python", "in_browser"),
    [("normalize", normalize_text, "normalizeQuery"), ("hiragana", to_hiragana, "toHiragana")],
)
def test_both_spell_alike(client: Page, kind: str, in_python: Any, in_browser: str) -> None:
    texts = [text for text, _ in FIXTURES[kind]]
    assert find_differing([in_python(text) for text in texts], kind) == []
    assert find_differing(client.evaluate(_CALL, ["text", in_browser, texts]), kind) == []


def test_a_term_changed_on_one_side_is_noticed() -> None:
    answers = [list_terms(text) for text, _ in FIXTURES["terms"]]
    answers[7] = [*answers[7][:-1], "変わった"]
    assert len(find_differing(answers, "terms")) == 1


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("juminhyo", "じゅみんひょ"),
        ("jūminhyō", "じゅみんひょ"),
        ("jyuuminhyou", "じゅうみんひょう"),
        ("sodaigomi", "そだいごみ"),
        ("matcha", "まっちゃ"),
        ("kekkon", "けっこん"),
        ("shimin", "しみん"),
        ("simin", "しみん"),
        ("hello", ""),
        ("xyz", ""),
    ],
)
def test_romaji_is_read(client: Page, word: str, reading: str) -> None:
    assert client.evaluate(_CALL, ["text", "readRomaji", [word]]) == [reading]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("じゅうみんひょう", "じゅみんひょ"),
        ("しょうがくきん", "しようがくきん"),
        ("けいさん", "けーさん"),
        ("つづき", "つずき"),
    ],
)
def test_readings_that_people_confuse_fold_to_one(client: Page, one: str, other: str) -> None:
    first, second = client.evaluate(_CALL, ["text", "foldReading", [one, other]])
    assert first == second
