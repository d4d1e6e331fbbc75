"""Documents → the files that the browser loads. The format is told in docs/search-format.md."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from search.analyze import scan_text
from search.encode import encode_neighbours, encode_postings
from search.lexicon import Vocabulary, collect_words, encode_lexicon, merge_words
from search.parameters import Parameters, read_parameters
from search.thesaurus import clean_word, make_groups
from search.weigh import find_neighbours, weigh_terms

FORMAT = 2
TITLE_FIELD = "question"
LEAD_LENGTH = 120
# A results page of ten then needs few files, and none is large.
EXCERPTS_A_FILE = 16


@dataclass(frozen=True, slots=True)
class Document:
    """What is searched of an FAQ, by field, and what a result shows of it.

    `facets`: name of a facet → what the FAQ belongs to, the first of each shown with the result.
    `until` is the end of its window in seconds since 1970, 0 for none: the browser drops what is
    past it, so that a page left open shows nothing that has ended.
    """

    id: str
    texts: dict[str, str]
    title: str
    excerpt: str = ""
    facets: dict[str, tuple[str, ...]] | None = None
    updated: str = ""
    until: int = 0


def split_answer(answer: str) -> tuple[str, str]:
    """The lead, which tells what an answer is about, and the rest: two fields of unlike weight."""
    return answer[:LEAD_LENGTH], answer[LEAD_LENGTH:]


@dataclass(frozen=True, slots=True)
class AnalysedDocument:
    """Terms and their counts per field, and the words as they were written."""

    counts: dict[str, Counter[str]]
    words: Vocabulary


def analyse_documents(documents: Iterable[Document]) -> list[AnalysedDocument]:
    """The terms of each document, in order; may run on parts of a collection at once."""
    return [_analyse(document) for document in documents]


def _analyse(document: Document) -> AnalysedDocument:
    counts: dict[str, Counter[str]] = {}
    words = []
    for name, text in document.texts.items():
        tokens = scan_text(text)
        counts[name] = Counter(token.term for token in tokens if token and token.term)
        words.append(collect_words(tokens))
    return AnalysedDocument(counts, merge_words(words))


def build_index(
    documents: Sequence[Document],
    analysed: Sequence[AnalysedDocument],
    *,
    thesaurus: Iterable[Sequence[str]] = (),
    words: Iterable[str] = (),
    parameters: Parameters | None = None,
) -> dict[str, bytes]:
    """File name → bytes: `index.json` names the parts, whose names tell their contents.

    `words` are offered while typing; the thesaurus's words are too, where they find something.
    """
    chosen = parameters or read_parameters()
    count = len(documents)
    impacts = weigh_terms([item.counts for item in analysed], parameters=chosen)
    terms = sorted(impacts)
    numbers = {term: number for number, term in enumerate(terms)}
    groups, readings = make_groups(thesaurus, numbers=numbers)
    lexicon = encode_lexicon(
        terms,
        merge_words(item.words for item in analysed).select(numbers),
        groups=[(group.words, group.alternatives) for group in groups],
        readings=readings,
        words=sorted({clean_word(word) for word in words}),
    )
    postings, scale = encode_postings(terms, impacts, titles=_find_titles(analysed), count=count)
    neighbours = find_neighbours(impacts, count=count, limit=chosen.neighbours)
    parts = {
        "lexicon.txt": lexicon,
        "postings.bin": postings,
        "neighbours.bin": encode_neighbours(neighbours, count=count),
        "documents.json": _dump(_list_documents(documents)),
    }
    for start in range(0, count, EXCERPTS_A_FILE):
        rows = documents[start : start + EXCERPTS_A_FILE]
        name = f"excerpts-{start // EXCERPTS_A_FILE}.json"
        parts[name] = _dump([[row.excerpt, row.updated] for row in rows])
    files = {_name_file(name, data): data for name, data in parts.items()}
    manifest = {
        "format": FORMAT,
        "count": count,
        "terms": len(terms),
        "scale": round(scale, 8),
        "excerpts": EXCERPTS_A_FILE,
        "parts": {name.partition(".")[0]: file for name, file in zip(parts, files, strict=True)},
        **chosen.for_browser(),
    }
    return files | {"index.json": _dump(manifest)}


def _find_titles(analysed: Sequence[AnalysedDocument]) -> dict[str, set[int]]:
    titles: dict[str, set[int]] = {}
    for number, item in enumerate(analysed):
        for term in item.counts.get(TITLE_FIELD, ()):
            titles.setdefault(term, set()).add(number)
    return titles


def _list_documents(documents: Sequence[Document]) -> dict[str, Any]:
    """Columns, not rows: they pack better."""
    facets: dict[str, dict[str, int]] = {}
    members: dict[str, list[list[int]]] = {}
    for name in sorted({name for document in documents for name in document.facets or {}}):
        known: dict[str, int] = {}
        members[name] = [
            [known.setdefault(value, len(known)) for value in (document.facets or {}).get(name, ())]
            for document in documents
        ]
        facets[name] = known
    return {
        "ids": [document.id for document in documents],
        "titles": [document.title for document in documents],
        "until": {str(n): document.until for n, document in enumerate(documents) if document.until},
        "facets": {
            name: {"names": list(known), "members": members[name]} for name, known in facets.items()
        },
    }


def _name_file(name: str, data: bytes) -> str:
    stem, _, suffix = name.partition(".")
    return f"{stem}-{hashlib.sha256(data).hexdigest()[:12]}.{suffix}"


def _dump(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
