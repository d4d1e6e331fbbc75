"""Documents → the files that the browser loads. The format is told in docs/search-format.md."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from japanese.analyze import Analyzer
from search.documents import Document
from search.encode import encode_json
from search.lexicon import Vocabulary, WordCollector, encode_lexicon, merge_words
from search.parameters import Parameters, read_parameters
from search.stores import Weighed, make_chunked, make_compact
from search.thesaurus import clean_word, make_groups
from search.weigh import weigh_terms

FORMAT = 2
TITLE_FIELD = "question"
COMPACT = "compact"
PAGEFIND = "pagefind"
STORES = (COMPACT, PAGEFIND)
# Above it the chunked store sends fewer bytes for a first visit (bench/search.py).
COMPACT_LIMIT = 6000


@dataclass(frozen=True, slots=True)
class Analysed:
    """Counts of terms, by document and field, and the words as they were written."""

    counts: tuple[dict[str, Counter[str]], ...]
    words: Vocabulary


def analyse_documents(documents: Iterable[Document], *, analyzer: Analyzer) -> Analysed:
    """The terms of each document, in order; may run on parts of a collection at once."""
    counts = []
    words = WordCollector()
    for document in documents:
        fields: dict[str, Counter[str]] = {}
        for name, text in document.texts.items():
            tokens = analyzer.scan(text)
            fields[name] = Counter(token.term for token in tokens if token and token.term)
            words.add(tokens)
        counts.append(fields)
    return Analysed(tuple(counts), words.finish())


def join_analysed(shares: Iterable[Analysed]) -> Analysed:
    """The parts of a collection as one, in their order."""
    parts = list(shares)
    counts = tuple(item for part in parts for item in part.counts)
    return Analysed(counts, merge_words(part.words for part in parts))


def build_index(
    documents: Sequence[Document],
    analysed: Analysed,
    *,
    analyzer: Analyzer,
    thesaurus: Iterable[Sequence[str]] = (),
    words: Iterable[str] = (),
    parameters: Parameters | None = None,
    store: str = "",
) -> dict[str, bytes]:
    """File name → bytes: `index.json` names the parts, whose names tell their contents.

    `words` are offered while typing; the thesaurus's words are too, where they find something.
    `store` is one of `STORES`; without it the number of documents decides.
    """
    chosen = parameters or read_parameters()
    store = store or (COMPACT if len(documents) <= COMPACT_LIMIT else PAGEFIND)
    impacts = weigh_terms(analysed.counts, parameters=chosen)
    terms = sorted(impacts)
    numbers = {term: number for number, term in enumerate(terms)}
    groups, readings = make_groups(thesaurus, numbers=numbers, analyzer=analyzer)
    lexicon = encode_lexicon(
        terms,
        analysed.words.select(numbers),
        groups=[(group.words, group.alternatives) for group in groups],
        readings=readings,
        words=sorted({clean_word(word) for word in words}),
    )
    weighed = Weighed(documents, terms, impacts, _find_titles(analysed))
    make_parts = make_compact if store == COMPACT else make_chunked
    parts, facts, whole = make_parts(weighed, parameters=chosen)
    parts = {
        "lexicon.txt": lexicon,
        "documents.json": encode_json(_list_documents(weighed, store)),
    } | parts
    files = {_name_file(name, data): data for name, data in parts.items()}
    manifest = {
        "format": FORMAT,
        "store": store,
        "count": len(documents),
        "terms": len(terms),
        "parts": {name.partition(".")[0]: file for name, file in zip(parts, files, strict=True)},
        **facts,
        **chosen.for_browser(),
    }
    return files | whole | {"index.json": encode_json(manifest)}


def _find_titles(analysed: Analysed) -> dict[str, set[int]]:
    titles: dict[str, set[int]] = {}
    for number, counts in enumerate(analysed.counts):
        for term in counts.get(TITLE_FIELD, ()):
            titles.setdefault(term, set()).add(number)
    return titles


def _list_documents(weighed: Weighed, store: str) -> dict[str, Any]:
    """Columns, not rows: they pack better. Titles stand there only where all are needed."""
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
