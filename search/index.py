"""Documents → the bytes that the browser loads. The format is told in docs/search-format.md.

BM25F over fields, so that a word in the question weighs more than one deep in the answer; the
score a term gives a document (its impact) is worked out here and kept in 4 bits.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.analyze import Token, analyze_text
from search.lexicon import Lexicon, encode_lexicon, make_lexicon

FORMAT = 1
K1 = 1.2
# Field → weight and length normalisation b. Found on a public set of citizens' questions.
FIELD_WEIGHTS = {
    "question": (1.0, 0.6),
    "keywords": (0.6, 0.6),
    "lead": (0.5, 0.6),
    "rest": (0.35, 0.75),
    "department": (0.1, 0.75),
}
IMPACT_LEVELS = 15


@dataclass(frozen=True, slots=True)
class Document:
    """What is searched of an FAQ, by field, and what a result shows of it.

    `until` is the end of its window in seconds since 1970, 0 for none: the browser drops what is
    past it, so that a page left open shows nothing that has ended.
    """

    id: str
    texts: dict[str, str]
    title: str
    excerpt: str
    category: str
    department: str
    updated: str
    until: int


@dataclass(frozen=True, slots=True)
class AnalysedDocument:
    """Terms and their counts per field; `spellings` are (term, surface, reading) that occurred."""

    counts: dict[str, Counter[str]]
    spellings: frozenset[tuple[str, str, str]]


def analyse_documents(documents: Iterable[Document]) -> list[AnalysedDocument]:
    """The terms of each document, in order; may run on parts of a collection at once."""
    return [_analyse(document) for document in documents]


def _analyse(document: Document) -> AnalysedDocument:
    counts: dict[str, Counter[str]] = {}
    spellings: set[tuple[str, str, str]] = set()
    for name, text in document.texts.items():
        tokens: list[Token] = analyze_text(text)
        counts[name] = Counter(token.term for token in tokens)
        spellings.update((token.term, token.surface, token.reading) for token in tokens)
    return AnalysedDocument(counts, frozenset(spellings))


def build_index(
    documents: Sequence[Document],
    analysed: Sequence[AnalysedDocument],
    *,
    thesaurus: Iterable[Sequence[str]] = (),
) -> dict[str, bytes]:
    """File name → bytes: `index.json` names the parts, whose names tell their contents."""
    impacts = weigh_terms([item.counts for item in analysed])
    spellings = frozenset().union(*(item.spellings for item in analysed))
    lexicon = make_lexicon(spellings, terms=impacts, thesaurus=thesaurus)
    scale = max((max(row.values()) for row in impacts.values()), default=1.0)
    parts = {
        "lexicon": encode_lexicon(lexicon),
        "postings": encode_postings(lexicon, impacts, scale=scale),
        "documents": _dump([_list_facts(document) for document in documents]),
    }
    files = {f"{name}-{_digest(data)}.{_suffix(name)}": data for name, data in parts.items()}
    manifest = {
        "format": FORMAT,
        "count": len(documents),
        "scale": round(scale / IMPACT_LEVELS, 6),
        "parts": {name.partition("-")[0]: name for name in files},
    }
    return files | {"index.json": _dump(manifest)}


def weigh_terms(counted: Sequence[dict[str, Counter[str]]]) -> dict[str, dict[int, float]]:
    """Term → document number → impact: idf times the saturated, length-normalised count."""
    lengths = dict.fromkeys(FIELD_WEIGHTS, 1.0)
    for name in FIELD_WEIGHTS:
        total = sum(sum(counts.get(name, {}).values()) for counts in counted)
        lengths[name] = max(total / max(len(counted), 1), 1.0)
    weights: dict[str, dict[int, float]] = {}
    for number, counts in enumerate(counted):
        for name, terms in counts.items():
            weight, b = FIELD_WEIGHTS[name]
            norm = weight / (1 - b + b * sum(terms.values()) / lengths[name])
            for term, count in terms.items():
                row = weights.setdefault(term, {})
                row[number] = row.get(number, 0.0) + count * norm
    total = len(counted)
    for row in weights.values():
        idf = math.log(1 + (total - len(row) + 0.5) / (len(row) + 0.5))
        for number, weight in row.items():
            row[number] = idf * weight / (weight + K1)
    return weights


def encode_postings(
    lexicon: Lexicon, impacts: dict[str, dict[int, float]], *, scale: float
) -> bytes:
    """For each term: its count, the gaps between document numbers, then impacts of 4 bits.

    Numbers are varints (7 bits a byte, low first); two impacts share a byte, the first low.
    """
    out = bytearray()
    for term in lexicon.terms:
        row = sorted(impacts[term].items())
        _put_varint(out, len(row))
        previous = -1
        for number, _ in row:
            _put_varint(out, number - previous - 1)
            previous = number
        levels = [max(1, round(impact / scale * IMPACT_LEVELS)) for _, impact in row]
        for index in range(0, len(levels), 2):
            high = levels[index + 1] << 4 if index + 1 < len(levels) else 0
            out.append(levels[index] | high)
    return bytes(out)


def _put_varint(out: bytearray, number: int) -> None:
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)


def _list_facts(document: Document) -> list[str | int]:
    d = document
    return [d.id, d.title, d.excerpt, d.category, d.department, d.updated, d.until]


def _suffix(name: str) -> str:
    return "bin" if name == "postings" else "json"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def _dump(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
