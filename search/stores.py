"""Weighted terms → the files of a store, compact or chunked."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

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

# A page of ten results then needs few files, and none is large.
EXCERPTS_PER_FILE = 16
_BYTE = 255


class StoreFiles(NamedTuple):
    """What a store writes.

    - `parts`: name → bytes, of the files that get a digest of their content in their name
    - `manifest`: the entries of the manifest that only this store has
    - `fixed`: path in the index's folder → bytes, of the files that keep their names
    """

    parts: dict[str, bytes]
    manifest: dict[str, Any]
    fixed: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Documents with the impacts of their terms.

    `terms` are sorted; a term's place among them is its number. `titles`: term → the documents
    that have it in their title.
    """

    documents: Sequence[Document]
    terms: Sequence[str]
    impacts: Impacts
    titles: Mapping[str, Collection[int]]


def make_compact(weighed: Weighed, *, parameters: Parameters) -> StoreFiles:
    """All postings in one file, the neighbours in another, excerpts in small files."""
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
    for number, start in enumerate(range(0, count, EXCERPTS_PER_FILE)):
        shown = documents[start : start + EXCERPTS_PER_FILE]
        rows = [[item.excerpt, item.updated] for item in shown]
        parts[f"excerpts-{number}.json"] = encode_json(rows)
    manifest = {"scale": round(scale, 8), "excerpts": EXCERPTS_PER_FILE}
    return StoreFiles(parts, manifest, fixed={})


def make_chunked(weighed: Weighed, *, parameters: Parameters) -> StoreFiles:  # noqa: ARG001
    """Pagefind's bundle, and the facts about all terms and documents that every query needs.

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
    metadata = [
        {"title": item.title, "excerpt": item.excerpt, "updated": item.updated}
        for item in weighed.documents
    ]
    files, fragments = build_chunks(metadata, levels)
    folder = f"pagefind-{digest_files(files)}/"
    step = max(totals, default=0.0) / _BYTE or 1.0
    parts = {
        "counts.bin": encode_counts([len(weighed.impacts[term]) for term in weighed.terms]),
        "fragments.bin": fragments,
        "totals.bin": bytes(min(_BYTE, round(total / step)) for total in totals),
    }
    manifest = {"scale": round(scale, 8), "total": round(step, 8), "pagefind": folder}
    return StoreFiles(
        parts, manifest, fixed={f"{folder}{name}": data for name, data in files.items()}
    )


def digest_files(files: Mapping[str, bytes]) -> str:
    """The first 12 hexadecimal digits of a SHA-256 over names and contents."""
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()[:12]
