"""The index and the client alone, without the rest of a site."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page, Route

from japanese.analyze import Analyzer
from search.documents import Document
from search.encode import BitWriter
from search.index import COMPACT, PAGEFIND, analyse_documents, build_index
from search.lab.runner import load_client
from search.parameters import read_parameters, write_parameters
from search.thesaurus import find_shadowed
from tests.search.conftest import OpenIndex

ANALYZER = Analyzer()


def terms(text: str, analyzer: Analyzer = ANALYZER) -> list[str]:
    return [token.term for token in analyzer.analyze(text)]


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
    assert terms(one) == terms(other)


def test_words_of_asking_leave_no_term() -> None:
    assert terms("どうすればよいですか。教えてください。どこですか") == []


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("住民票の写し", "じゅうみんひょうのうつし"),
        ("マイナンバーカード", "まいなんばーかーど"),
        ("「ごみ」", "ごみ"),
    ],
)
def test_a_text_is_read_in_hiragana(text: str, reading: str) -> None:
    assert ANALYZER.read(text) == reading


def test_a_city_s_own_word_is_one_word() -> None:
    analyzer = Analyzer([("しるべの湯", "シルベノユ")])
    assert terms("しるべの湯へ行く", analyzer) == ["しるべの湯"]
    assert analyzer.read("しるべの湯") == "しるべのゆ"


def test_one_analyzer_s_own_words_are_not_another_s() -> None:
    Analyzer([("しるべの湯", "シルベノユ")])
    assert "しるべの湯" not in terms("しるべの湯へ行く")


def make_document(number: int, question: str, answer: str = "", until: int = 0) -> Document:
    texts = {"question": question, "lead": answer}
    return Document(str(number), texts, question, answer, {"field": ("暮らし",)}, "", until)


DOCUMENTS = [
    make_document(1, "住民票の写しが欲しい", "窓口で300円です。"),
    make_document(2, "粗大ごみを捨てたい", "電話で申し込みます。"),
    make_document(3, "引っ越したときの届出", "住民票を移します。窓口へ。"),
    make_document(4, "国民健康保険に入りたい", "窓口で手続きします。"),
    make_document(5, "マイナンバーカードをなくした", "電話で止めます。"),
    make_document(6, "期限の切れた質問と住民票", "", until=100),
]
THESAURUS = (
    ("国民健康保険", "国保"),
    ("ペット", "飼い犬"),
    ("住民票", "住民票の写し"),
    ("問い合わせ", "電話"),
)


def index_documents(store: str = COMPACT) -> dict[str, bytes]:
    analysed = analyse_documents(DOCUMENTS, analyzer=ANALYZER)
    return build_index(
        DOCUMENTS,
        analysed,
        analyzer=ANALYZER,
        thesaurus=THESAURUS,
        suggestions=["マイナンバーカード"],
        store=store,
    )


@pytest.fixture(scope="module")
def index() -> dict[str, bytes]:
    return index_documents()


@pytest.fixture(scope="module")
def client(index: dict[str, bytes], open_index: OpenIndex) -> Page:
    return open_index(index)


@pytest.fixture(scope="module")
def chunked(open_index: OpenIndex) -> Page:
    return open_index(index_documents(PAGEFIND))


def find(page: Page, query: str, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        "([query, options]) => globalThis.search.find(query, options)",
        [query, {"now": 200_000, **options}],
    )
    return found


def ask(page: Page, query: str) -> list[str]:
    return [result["id"] for result in find(page, query)["results"]]


@pytest.mark.parametrize("store", ["client", "chunked"])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("住民票", "1"),
        ("住民票の写しはどこで取れますか", "1"),
        ("そだいごみ", "2"),
        ("粗大ゴミ", "2"),
        ("国保", "4"),
        ("こくほ", "4"),
        ("こくみんけんこうほけん", "4"),
        ("引越した", "3"),
        ("juminhyo", "1"),
        ("マイナンバカード", "5"),
        ("問合せ", "5"),
    ],
)
def test_both_stores_answer(
    query: str, expected: str, store: str, request: pytest.FixtureRequest
) -> None:
    assert expected in ask(request.getfixturevalue(store), query)[:2]


@pytest.mark.parametrize("query", ["", " ", "😀", "abc", "：", "どこですか"])
def test_what_no_document_has_is_not_found(client: Page, query: str) -> None:
    assert ask(client, query) == []


def test_both_stores_hold_the_same_impacts(client: Page, chunked: Page) -> None:
    ask_all = """async () => {
      const { loadIndex } = await import("/client/store.js");
      const index = await loadIndex(new URL("/index/", location.href));
      await index.loadTerms(index.lexicon.termTexts.map((_, number) => number));
      return index.postings.map(({ documents, impacts, titleFlags }) =>
        [[...documents], [...impacts].map((impact) => impact.toFixed(5)), [...titleFlags]]);
    }"""
    assert client.evaluate(ask_all) == chunked.evaluate(ask_all)


def test_a_query_of_ten_thousand_characters_is_answered(client: Page) -> None:
    assert ask(client, "住民票" * 3334)[0] == "1"


def test_a_document_after_its_end_is_not_found(client: Page) -> None:
    assert "6" not in ask(client, "住民票")
    assert "6" in [row["id"] for row in find(client, "住民票", now=99_000)["results"]]


def test_a_query_that_is_a_number_names_its_faq(client: Page) -> None:
    assert find(client, "４")["named"]["id"] == "4"
    assert find(client, "6").get("named") is None


def test_a_corrected_query_is_reported_and_can_be_refused(client: Page) -> None:
    found = find(client, "マイナンバカード")
    assert (found["query"], found["corrected"]) == ("マイナンバーカード", True)
    found = find(client, "マイナンバカード", exact=True)
    assert (found["query"], found["corrected"]) == ("マイナンバカード", False)


@pytest.mark.parametrize("query", ["ﾏｲﾅﾝﾊﾞｰ  カード", "住民票" * 100, ""])
def test_another_width_a_blank_or_a_limit_is_no_correction(client: Page, query: str) -> None:
    assert find(client, query)["corrected"] is False


@pytest.mark.parametrize(
    "query", ["住民票", "粗大ごみ", "窓口", "マイナンバーカードをなくした", "届出"]
)
def test_a_query_that_matches_is_never_changed(client: Page, query: str) -> None:
    assert find(client, query)["query"] == query
    assert find(client, query)["results"] == find(client, query, exact=True)["results"]


@pytest.mark.parametrize(
    ("query", "ignored"),
    [
        ("住民票の写しとブロッコリー", ["ブロッコリー"]),
        ("ブロッコリーの住民票、ブロッコリー", ["ブロッコリー"]),
        ("国保 xyz 987", ["xyz", "987"]),
        ("住民票の写しはどこですか", []),
        ("国保", []),  # no document has it, but the thesaurus does
        ("", []),
    ],
)
def test_the_parts_that_no_word_covers_are_reported(
    client: Page, query: str, ignored: list[str]
) -> None:
    assert find(client, query)["ignored"] == ignored


def test_near_words_are_offered_where_nothing_is_found(client: Page) -> None:
    assert "国保" in find(client, "そくほ")["near"]


@pytest.mark.parametrize("text", ["じゅうみ", "住民", "jumin"])
def test_words_and_questions_are_offered_by_reading_too(client: Page, text: str) -> None:
    offered = client.evaluate("(text) => globalThis.search.suggest(text)", text)
    assert "住民票" in offered["words"]


def test_questions_are_offered_for_an_unfinished_word(client: Page) -> None:
    offered = client.evaluate(
        "(text) => globalThis.search.suggest(text, {now: 200000})", "マイナン"
    )
    assert [row["id"] for row in offered["questions"]] == ["5"]


def test_an_excerpt_is_loaded_for_what_is_shown(client: Page, chunked: Page) -> None:
    show = """async (query) => {
      const options = { now: 200000, show: (results) => results.slice(0, 1) };
      return (await globalThis.search.find(query, options)).shown;
    }"""
    for page in (client, chunked):
        (row,) = page.evaluate(show, "国保")
        assert (row["title"], row["excerpt"]) == ("国民健康保険に入りたい", "窓口で手続きします。")
        assert row["facets"] == {"field": ["暮らし"]}


def refuse(route: Route) -> None:
    route.abort()


def test_a_chunk_that_cannot_be_loaded_is_an_error_and_is_requested_again(
    open_index: OpenIndex,
) -> None:
    words = [
        "".join(letters) for letters in product("bdfghk", "aiueo", "kmnrst", "aiueo", "klmnprst")
    ]
    documents = [
        Document(str(n), {"rest": " ".join(words[n::500])}, title=f"質問{n}") for n in range(500)
    ]
    index = build_index(
        documents,
        analyse_documents(documents, analyzer=ANALYZER),
        analyzer=ANALYZER,
        store=PAGEFIND,
    )
    assert len([name for name in index if name.endswith(".pf_index")]) > 1
    page = open_index(index)  # which loads one chunk
    page.route("**/*.pf_index", refuse)
    with pytest.raises(Error):  # finding nothing would be a lie
        [find(page, word) for word in words[::100]]
    page.unroute("**/*.pf_index", refuse)
    assert [word for word in words[::100] if not find(page, word)["results"]] == []


def test_a_thesaurus_group_that_nothing_matches_is_left_out(index: dict[str, bytes]) -> None:
    lexicon = next(data for name, data in index.items() if name.startswith("lexicon")).decode()
    assert "国保" in lexicon
    assert "飼い犬" not in lexicon


def test_a_word_in_two_groups_is_found_however_it_is_written() -> None:
    groups = [("ごみ", "廃棄物"), ("燃えるごみ", "可燃ごみ"), ("リサイクル", "ゴミ")]
    assert find_shadowed(groups) == [(2, "ゴミ", 0)]


def test_the_same_documents_give_the_same_bytes(index: dict[str, bytes]) -> None:
    assert index_documents() == index


def test_no_documents_give_an_index_that_finds_nothing(open_index: OpenIndex) -> None:
    empty = build_index([], analyse_documents([], analyzer=ANALYZER), analyzer=ANALYZER)
    assert json.loads(empty["index.json"])["count"] == 0
    assert ask(open_index(empty), "住民票") == []


def open_changed(open_index: OpenIndex, index: Mapping[str, bytes], **changes: Any) -> Page:
    manifest = json.loads(index["index.json"]) | changes
    return open_index({**index, "index.json": json.dumps(manifest).encode()})


def test_an_index_of_another_format_is_refused(
    open_index: OpenIndex, index: dict[str, bytes]
) -> None:
    with pytest.raises(Error, match="format 99"):
        open_changed(open_index, index, format=99)


def test_a_client_with_a_file_missing_answers_nothing(
    page: Page, index: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Path(__file__).parents[2] / "search" / "client"
    for path in client.glob("*.js"):
        if path.name != "rank.js":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr("search.lab.runner.CLIENT", tmp_path)
    with pytest.raises(Error):
        load_client(page, index)


def test_bits_are_written_lowest_first() -> None:
    out = BitWriter()
    out.write_rice(5, bits=1)
    out.write_rice(0, bits=2)
    assert out.finish() == bytes([0b00001011])


def test_parameters_are_read_as_they_were_written(tmp_path: Path) -> None:
    parameters = read_parameters()
    write_parameters(parameters, tmp_path / "parameters.json")
    assert read_parameters(tmp_path / "parameters.json") == parameters
