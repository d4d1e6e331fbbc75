"""Documents → the files that the browser loads, in the format of docs/search-format.md."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from japanese.analyze import Analyzer
from search.documents import Document
from search.encode import encode_json
from search.lexicon import Vocabulary, VocabularyBuilder, encode_lexicon, merge_vocabularies
from search.parameters import Parameters, read_parameters
from search.stores import Weighed, make_chunked, make_compact
from search.thesaurus import clean_word, make_groups
from search.weigh import weigh_terms

FORMAT = 2
TITLE_FIELD = "question"
COMPACT = "compact"
PAGEFIND = "pagefind"
STORE_NAMES = (COMPACT, PAGEFIND)
# Above it the chunked store needs fewer bytes for a first search (bench/search.py).
COMPACT_LIMIT = 6000


@dataclass(frozen=True, slots=True)
class Analysed:
    """The analysis of some documents.

    `counts`: for each document index field → term → how often; `vocabulary`: how the terms were
    written.
    """

    counts: tuple[dict[str, Counter[str]], ...]
    vocabulary: Vocabulary


def analyse_documents(documents: Iterable[Document], *, analyzer: Analyzer) -> Analysed:
    """Counts the terms of each document, in order.

    Shares of a collection can be analysed in parallel and joined by `join_analysed`.
    """
    counts = []
    vocabulary = VocabularyBuilder()
    for document in documents:
        fields: dict[str, Counter[str]] = {}
        for name, text in document.texts.items():
            tokens = analyzer.scan(text)
            fields[name] = Counter(token.term for token in tokens if token and token.term)
            vocabulary.add(tokens)
        counts.append(fields)
    return Analysed(tuple(counts), vocabulary.build())


def join_analysed(shares: Iterable[Analysed]) -> Analysed:
    """The analysis of a whole collection from those of its consecutive shares."""
    parts = list(shares)
    counts = tuple(item for part in parts for item in part.counts)
    return Analysed(counts, merge_vocabularies(part.vocabulary for part in parts))


def choose_store(count: int) -> str:
    """The store for a number of documents, where the city names none."""
    return COMPACT if count <= COMPACT_LIMIT else PAGEFIND


def build_index(
    documents: Sequence[Document],
    analysed: Analysed,
    *,
    analyzer: Analyzer,
    thesaurus: Iterable[Sequence[str]] = (),
    suggestions: Iterable[str] = (),
    parameters: Parameters | None = None,
    store: str = "",
) -> dict[str, bytes]:
    """The files of an index: path in its folder → bytes.

    `index.json`, the manifest, names the parts; their own names contain a digest of their content.
    `suggestions` are words offered while typing, besides the words of the thesaurus that find
    something. `store` is one of `STORE_NAMES`; empty: the number of documents decides. Raises
    `PagefindError` with the chunked store.
    """
    chosen = parameters or read_parameters()
    store = store or choose_store(len(documents))
    impacts = weigh_terms(analysed.counts, parameters=chosen)
    terms = sorted(impacts)
    numbers = {term: number for number, term in enumerate(terms)}
    groups, readings = make_groups(thesaurus, numbers=numbers, analyzer=analyzer)
    lexicon = encode_lexicon(
        terms,
        analysed.vocabulary.select(numbers),
        groups=groups,
        readings=readings,
        suggestions=sorted({clean_word(word) for word in suggestions}),
    )
    weighed = Weighed(documents, terms, impacts, _find_title_terms(analysed))
    make_store = make_compact if store == COMPACT else make_chunked
    written = make_store(weighed, parameters=chosen)
    parts = {
        "lexicon.txt": lexicon,
        "documents.json": encode_json(_list_documents(weighed, store)),
        **written.parts,
    }
    files = {_name_file(name, data): data for name, data in parts.items()}
    manifest = {
        "format": FORMAT,
        "store": store,
        "count": len(documents),
        "terms": len(terms),
        "parts": {name.partition(".")[0]: file for name, file in zip(parts, files, strict=True)},
        **written.manifest,
        **chosen.for_browser(),
    }
    return files | written.fixed | {"index.json": encode_json(manifest)}


def _find_title_terms(analysed: Analysed) -> dict[str, set[int]]:
    """Term → the documents that have it in their title."""
    titles: dict[str, set[int]] = {}
    for number, counts in enumerate(analysed.counts):
        for term in counts.get(TITLE_FIELD, ()):
            titles.setdefault(term, set()).add(number)
    return titles


def _list_documents(weighed: Weighed, store: str) -> dict[str, Any]:
    """The documents as columns, which compress better than rows.

    Titles are included only in the compact store: its client compares all of them with a query.
    """
    documents = weighed.documents
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
        **({"titles": [document.title for document in documents]} if store == COMPACT else {}),
        "until": {str(n): document.until for n, document in enumerate(documents) if document.until},
        "facets": {
            name: {"names": list(known), "members": members[name]} for name, known in facets.items()
        },
    }


def _name_file(name: str, data: bytes) -> str:
    stem, _, suffix = name.partition(".")
    return f"{stem}-{hashlib.sha256(data).hexdigest()[:12]}.{suffix}"
