"""Documents → the files that the browser loads, in the format of docs/search-format.md."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from japanese.analyze import Analyzer
from search.counts import TermCounts, count_terms, join_counts
from search.documents import Document
from search.encode import encode_json
from search.lexicon import Vocabulary, VocabularyBuilder, encode_lexicon, merge_vocabularies
from search.parameters import Parameters, read_parameters
from search.stores import make_chunked, make_compact
from search.thesaurus import GroupWord, analyse_words, clean_word, make_groups
from search.weigh import weigh_terms

FORMAT = 2
# The file that names all others.
MANIFEST = "index.json"
COMPACT = "compact"
PAGEFIND = "pagefind"
STORE_NAMES = (COMPACT, PAGEFIND)
# Above it the chunked store needs fewer bytes for a first search (bench/search.py).
COMPACT_LIMIT = 6000


@dataclass(frozen=True, slots=True)
class Analysed:
    """The analysis of some documents: small to send and to keep, quick to join.

    `counts`: how often each term occurs; `vocabulary`: how the terms were written; `readings`:
    title or keyword of a document → its reading in hiragana.
    """

    counts: TermCounts
    vocabulary: Vocabulary
    readings: dict[str, str]


def analyse_documents(documents: Iterable[Document], *, analyzer: Analyzer) -> Analysed:
    """Counts the terms of each document, in order, and reads its title and keywords.

    Shares of a collection can be analysed in parallel, kept, and joined by `join_analysed`.
    """
    found = []
    vocabulary = VocabularyBuilder()
    readings: dict[str, str] = {}
    for document in documents:
        fields = {}
        for name, text in document.texts.items():
            tokens = analyzer.scan(text)
            fields[name] = [token.term for token in tokens if token and token.term]
            vocabulary.add(tokens)
        found.append(fields)
        for text in (document.title, *document.keywords):
            if text not in readings:
                readings[text] = analyzer.read(text)
    return Analysed(count_terms(found), vocabulary.build(), readings)


def join_analysed(shares: Iterable[Analysed]) -> Analysed:
    """The analysis of a whole collection from those of its consecutive shares."""
    parts = list(shares)
    return Analysed(
        join_counts([part.counts for part in parts]),
        merge_vocabularies(part.vocabulary for part in parts),
        {text: reading for part in parts for text, reading in part.readings.items()},
    )


def choose_store(count: int) -> str:
    """The store for a number of documents, where the city names none."""
    return COMPACT if count <= COMPACT_LIMIT else PAGEFIND


def build_index(
    documents: Sequence[Document],
    analysed: Analysed,
    *,
    analyzer: Analyzer,
    thesaurus: Sequence[Sequence[str]] = (),
    words: Mapping[str, GroupWord] | None = None,
    suggestions: Iterable[str] = (),
    parameters: Parameters | None = None,
    store: str = "",
) -> dict[str, bytes]:
    """The files of an index: path in its folder → bytes.

    `index.json`, the manifest, names the parts; their own names contain a digest of their content.
    `suggestions` are words offered while typing, besides the words of the thesaurus that find
    something. `words`: those of the thesaurus by `analyse_words`, where that was done before.
    `store` is one of `STORE_NAMES`; empty: the number of documents decides. Raises `PagefindError`
    with the chunked store.
    """
    chosen = parameters or read_parameters()
    store = store or choose_store(len(documents))
    postings = weigh_terms(analysed.counts, parameters=chosen)
    terms = postings.terms
    numbers = {term: number for number, term in enumerate(terms)}
    words = analyse_words(thesaurus, analyzer=analyzer) if words is None else words
    groups, readings = make_groups(thesaurus, numbers=numbers, known=words)
    lexicon = encode_lexicon(
        terms,
        analysed.vocabulary,
        groups=groups,
        readings=readings,
        suggestions=sorted({clean_word(word) for word in suggestions}),
    )
    if store == COMPACT:
        written = make_compact(documents, postings, parameters=chosen)
    else:
        written = make_chunked(documents, postings)
    parts = {
        "lexicon.txt": lexicon,
        "documents.json": encode_json(_list_documents(documents, store)),
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
    return files | written.fixed | {MANIFEST: encode_json(manifest)}


def _list_documents(documents: Sequence[Document], store: str) -> dict[str, Any]:
    """The documents as columns, which compress better than rows.

    Titles are included only in the compact store: its client compares all of them with a query.
    """
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
