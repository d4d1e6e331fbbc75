"""The two stores: what each writes of the same weighed terms."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.documents import Document
from search.encode import (
    encode_counts,
    encode_json,
    encode_neighbours,
    encode_postings,
    find_scale,
    flag_level,
)
from search.pagefind import build_chunks
from search.parameters import Parameters
from search.weigh import Impacts, find_neighbours, measure_idf

# A results page of ten then needs few files, and none is large.
EXCERPTS_A_FILE = 16
_BYTE = 255

# Parts by name, entries of the manifest, and files that keep their names.
Written = tuple[dict[str, bytes], dict[str, Any], dict[str, bytes]]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Documents, and the impacts of their terms; `titles`: term → documents whose title has it."""

    documents: Sequence[Document]
    terms: Sequence[str]
    impacts: Impacts
    titles: Mapping[str, Collection[int]]


def make_compact(weighed: Weighed, *, parameters: Parameters) -> Written:
    """Every posting in one file, the graph in another, excerpts in small files of their own."""
    documents = weighed.documents
    count = len(documents)
    scale = find_scale(weighed.impacts)
    neighbours = find_neighbours(weighed.impacts, count=count, limit=parameters.neighbours)
    parts = {
        "postings.bin": encode_postings(
            weighed.terms, weighed.impacts, titles=weighed.titles, count=count, scale=scale
        ),
        "neighbours.bin": encode_neighbours(neighbours, count=count),
    }
    for start in range(0, count, EXCERPTS_A_FILE):
        rows = [[item.excerpt, item.updated] for item in documents[start : start + EXCERPTS_A_FILE]]
        parts[f"excerpts-{start // EXCERPTS_A_FILE}.json"] = encode_json(rows)
    return parts, {"scale": round(scale, 8), "excerpts": EXCERPTS_A_FILE}, {}


def make_chunked(weighed: Weighed, *, parameters: Parameters) -> Written:  # noqa: ARG001
    """Pagefind's chunks, and what a query needs to know of every term and document beforehand.

    Raises `PagefindError`.
    """
    count = len(weighed.documents)
    scale = find_scale(weighed.impacts)
    levels: list[dict[int, int]] = [{} for _ in range(count)]
    totals = [0.0] * count
    for number, term in enumerate(weighed.terms):
        row = weighed.impacts[term]
        idf = measure_idf(len(row), count=count)
        titles = weighed.titles.get(term, ())
        for document, impact in row.items():
            in_title = document in titles
            levels[document][number] = flag_level(impact / scale, in_title=in_title)
            totals[document] += idf if in_title else 0.0
    facts = [
        {"title": item.title, "excerpt": item.excerpt, "updated": item.updated}
        for item in weighed.documents
    ]
    files, fragments = build_chunks(facts, levels)
    folder = f"pagefind-{digest_files(files)}/"
    step = max(totals, default=0.0) / _BYTE or 1.0
    parts = {
        "counts.bin": encode_counts([len(weighed.impacts[term]) for term in weighed.terms]),
        "fragments.bin": fragments,
        "totals.bin": bytes(min(_BYTE, round(total / step)) for total in totals),
    }
    whole = {f"{folder}{name}": data for name, data in files.items()}
    return parts, {"scale": round(scale, 8), "total": round(step, 8), "pagefind": folder}, whole


def digest_files(files: Mapping[str, bytes]) -> str:
    """12 hexadecimal digits that tell exactly these names and contents."""
    whole = hashlib.sha256()
    for name, data in sorted(files.items()):
        whole.update(f"{name}\0{len(data)}\0".encode() + data)
    return whole.hexdigest()[:12]
