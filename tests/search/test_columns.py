"""The index is made in columns: the same as one document, one term, one bit after the other."""

from __future__ import annotations

import heapq
import math
import pickle
import random
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from japanese.analyze import Analyzer
from search.counts import TermCounts, count_terms, join_counts
from search.documents import Document
from search.encode import BitWriter, choose_bits, encode_neighbours
from search.index import Analysed, analyse_documents, build_index, join_analysed
from search.neighbours import COMMON_LIMIT, DISTINCTIVE_TERMS, find_neighbours
from search.parameters import Parameters, read_parameters
from search.thesaurus import analyse_words
from search.weigh import UNPRUNED_FIELDS, Postings, measure_idf, weigh_terms

ANALYZER = Analyzer()
PARAMETERS = read_parameters().with_values(terms=6)
WORDS = ("住民票", "ごみ", "窓口", "電話", "届出", "保険", "税金", "学校", "保育園", "引っ越し")
THESAURUS = (("住民票", "住民票の写し"), ("国民健康保険", "国保"), ("ペット", "飼い犬"))

Counts = Sequence[Mapping[str, Counter[str]]]


def make_document(number: int) -> Document:
    words = WORDS[number % 7 :: 3]
    texts = {"question": f"{words[0]}について", "lead": "と".join(words), "rest": words[-1] * 3}
    return Document(str(number), texts, texts["question"], keywords=words[:2])


DOCUMENTS = [make_document(number) for number in range(20)]


def share(documents: Sequence[Document], size: int) -> list[Analysed]:
    """The shares as they come out of a cache."""
    starts = range(0, len(documents), size)
    shares = [analyse_documents(documents[at : at + size], analyzer=ANALYZER) for at in starts]
    return [pickle.loads(pickle.dumps(item)) for item in shares]  # noqa: S301


def list_counts(counts: TermCounts) -> list[object]:
    columns = (counts.sizes, counts.numbers, counts.counts)
    return [counts.terms, *([column.dtype, column.tolist()] for column in columns)]


def test_joined_shares_are_the_analysis_of_the_whole() -> None:
    whole, joined = (
        analyse_documents(DOCUMENTS, analyzer=ANALYZER),
        join_analysed(share(DOCUMENTS, 3)),
    )
    assert list_counts(joined.counts) == list_counts(whole.counts)
    assert (joined.vocabulary, joined.readings) == (whole.vocabulary, whole.readings)


def test_shares_in_another_order_are_noticed() -> None:
    whole, shares = analyse_documents(DOCUMENTS, analyzer=ANALYZER), share(DOCUMENTS, 3)
    joined = join_analysed([shares[1], shares[0], *shares[2:]])
    assert list_counts(joined.counts) != list_counts(whole.counts)


def test_no_shares_are_the_analysis_of_no_documents() -> None:
    none = analyse_documents([], analyzer=ANALYZER)
    assert list_counts(join_analysed([]).counts) == list_counts(none.counts)


def test_titles_and_keywords_are_read() -> None:
    (document,) = DOCUMENTS[:1]
    readings = analyse_documents([document], analyzer=ANALYZER).readings
    assert readings == {text: ANALYZER.read(text) for text in (document.title, *document.keywords)}
    assert readings["住民票"] == "じゅうみんひょう"


def test_a_field_that_the_index_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError, match="answer"):
        count_terms([{"answer": ["住民票"]}])


def test_words_analysed_before_give_the_same_index() -> None:
    analysed = analyse_documents(DOCUMENTS, analyzer=ANALYZER)
    words = analyse_words(THESAURUS, analyzer=ANALYZER)
    changed = {**words, "住民票": words["国保"]}
    plain, kept, faulty = (
        build_index(DOCUMENTS, analysed, analyzer=ANALYZER, thesaurus=THESAURUS, words=given)
        for given in (None, pickle.loads(pickle.dumps(words)), changed)  # noqa: S301
    )
    assert kept == plain
    assert faulty != plain


def make_counts(seed: int) -> Counts:
    """Documents of a few words each, some of them alike."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    terms = [f"語{number}" for number in range(40)]
    return [
        {
            name: Counter(chance.choices(terms, k=chance.randrange(1 + size)))
            for name, size in (("question", 3), ("keywords", 1), ("lead", 8), ("rest", 25))
        }
        for _ in range(60)
    ]


def join_columns(counts: Counts) -> TermCounts:
    rows = [{name: found.elements() for name, found in row.items()} for row in counts]
    return join_counts([count_terms(rows[:25]), count_terms(rows[25:])])


def weigh_plainly(counts: Counts, parameters: Parameters) -> dict[str, dict[int, float]]:
    """One term after the other."""
    impacts: dict[str, dict[int, float]] = {}
    for name, (weight, b) in parameters.fields.items():
        mean = max(sum(row[name].total() for row in counts if name in row) / len(counts), 1.0)
        for number, row in enumerate(counts):
            found = row.get(name, Counter())
            for term, count in found.items():
                norm = weight / (1 - b + b * found.total() / mean)
                documents = impacts.setdefault(term, {})
                documents[number] = documents.get(number, 0.0) + count * norm
    for documents in impacts.values():
        for number, value in documents.items():
            documents[number] = value / (value + parameters.k1)
    kept: dict[str, dict[int, float]] = {}
    for number, row in enumerate(counts):
        rated = [
            (-documents[number] * measure_idf(len(documents), count=len(counts)), term)
            for term, documents in impacts.items()
            if number in documents
        ]
        chosen = {term for _, term in heapq.nsmallest(parameters.terms, rated)}
        for term in chosen.union(*(row.get(name, ()) for name in UNPRUNED_FIELDS)):
            kept.setdefault(term, {})[number] = impacts[term][number]
    return kept


def spread(postings: Postings) -> dict[str, dict[int, float]]:
    """Term → document → impact."""
    ends = np.cumsum(postings.found)
    return {
        term: dict(
            zip(
                postings.documents[end - found : end].tolist(),
                postings.impacts[end - found : end].tolist(),
                strict=True,
            )
        )
        for term, found, end in zip(postings.terms, postings.found, ends, strict=True)
    }


@pytest.mark.parametrize("seed", range(5))
def test_impacts_are_those_of_one_term_after_the_other(seed: int) -> None:
    counts = make_counts(seed)
    postings = weigh_terms(join_columns(counts), parameters=PARAMETERS)
    assert spread(postings) == weigh_plainly(counts, PARAMETERS)
    assert list(postings.terms) == sorted(postings.terms)
    titles = {(term, number) for number, row in enumerate(counts) for term in row["question"]}
    pairs = [(term, number) for term, row in spread(postings).items() for number in row]
    assert postings.in_title.tolist() == [pair in titles for pair in pairs]


def find_plainly(
    impacts: Mapping[str, Mapping[int, float]], count: int, limit: int
) -> list[list[int]]:
    """One document after the other, with every other one compared."""
    vectors: list[dict[str, float]] = [{} for _ in range(count)]
    for term in sorted(impacts):
        idf = measure_idf(len(impacts[term]), count=count)
        for number, impact in impacts[term].items():
            vectors[number][term] = impact * idf
    lengths = [math.sqrt(sum(weight * weight for weight in row.values())) for row in vectors]
    found = []
    for number, vector in enumerate(vectors):
        rare = [(w, term) for term, w in vector.items() if len(impacts[term]) <= COMMON_LIMIT]
        best = heapq.nlargest(DISTINCTIVE_TERMS, rare)
        near = []
        for other, compared in enumerate(vectors):
            score = 0.0
            for weight, term in best:
                score += weight * compared.get(term, 0.0)
            if score > 0 and other != number:
                near.append((-score / lengths[other], other))
        found.append([other for _, other in sorted(near)[:limit]])
    return found


@pytest.mark.parametrize("limit", [1, 8, 100])
@pytest.mark.parametrize("seed", range(3))
def test_neighbours_are_those_of_one_document_after_the_other(seed: int, limit: int) -> None:
    counts = make_counts(seed)
    counts = [*counts, *counts[:20], {"question": Counter(["ひとつだけ"])}, {}]  # ties, and none
    postings = weigh_terms(join_columns(counts), parameters=PARAMETERS)
    neighbours = [
        [number for number in row if number >= 0]
        for row in find_neighbours(postings, limit=limit).tolist()
    ]
    assert neighbours == find_plainly(spread(postings), len(counts), limit)
    assert neighbours[-1] == []


def write_plainly(codes: Sequence[tuple[int, int]]) -> bytes:
    """One bit after the other."""
    digits = ""
    for value, bits in codes:
        low = f"{value & ((1 << bits) - 1):0{bits}b}"[::-1] if bits else ""
        digits += "1" * (value >> bits) + "0" + low
    digits += "0" * (-len(digits) % 8)
    return bytes(int(digits[at : at + 8][::-1], 2) for at in range(0, len(digits), 8))


@pytest.mark.parametrize("seed", range(5))
def test_codes_are_those_of_one_bit_after_the_other(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    codes = [(chance.randrange(200), chance.randrange(7)) for _ in range(chance.randrange(50))]
    out = BitWriter()
    out.write_rice(
        np.array([v for v, _ in codes], dtype=int), bits=np.array([b for _, b in codes], dtype=int)
    )
    assert out.finish() == write_plainly(codes)


def test_a_changed_code_is_noticed() -> None:
    assert write_plainly([(5, 1), (0, 2)]) == bytes([0b00001011])
    assert write_plainly([(5, 1), (0, 2)]) != write_plainly([(5, 1), (1, 2)])


def test_neighbours_are_written_by_number_with_their_count_first() -> None:
    neighbours = np.array([[3, 1], [-1, -1], [0, -1], [2, 0]])
    pair, one = (int(choose_bits(4, np.array([found]))[0]) for found in (2, 1))
    codes = [(2, 3), (1, pair), (1, pair), (0, 3), (1, 3), (0, one), (2, 3), (0, pair), (1, pair)]
    assert encode_neighbours(neighbours) == write_plainly(codes)
