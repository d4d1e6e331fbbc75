"""Weighted terms → the files of a store, compact or chunked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from search.documents import Document
from search.encode import (
    encode_counts,
    encode_json,
    encode_neighbours,
    encode_postings,
    find_scale,
    flag_levels,
)
from search.neighbours import find_neighbours
from search.pagefind import TermLevel, build_chunks
from search.parameters import Parameters
from search.weigh import Postings

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


def make_compact(
    documents: Sequence[Document], postings: Postings, *, parameters: Parameters
) -> StoreFiles:
    """All postings in one file, the neighbours in another, excerpts in small files."""
    count = len(documents)
    scale = find_scale(postings)
    neighbours = find_neighbours(postings, limit=parameters.neighbours)
    parts = {
        "postings.bin": encode_postings(postings, scale=scale),
        "neighbours.bin": encode_neighbours(neighbours),
    }
    for number, start in enumerate(range(0, count, EXCERPTS_PER_FILE)):
        shown = documents[start : start + EXCERPTS_PER_FILE]
        rows = [[item.excerpt, item.updated] for item in shown]
        parts[f"excerpts-{number}.json"] = encode_json(rows)
    manifest = {"scale": round(scale, 8), "excerpts": EXCERPTS_PER_FILE}
    return StoreFiles(parts, manifest, fixed={})


def make_chunked(documents: Sequence[Document], postings: Postings) -> StoreFiles:
    """Pagefind's bundle, and the facts about all terms and documents that every query needs.

    Raises `PagefindError`.
    """
    scale = find_scale(postings)
    idfs = np.repeat(postings.measure_idfs(), postings.found)
    totals = np.bincount(
        postings.documents, weights=idfs * postings.in_title, minlength=postings.count
    )
    files, fragments = build_chunks(_list_levels(documents, postings, scale=scale))
    folder = f"pagefind-{digest_files(files)}/"
    step = float(totals.max(initial=0)) / _BYTE or 1.0
    parts = {
        "counts.bin": encode_counts(postings.found.tolist()),
        "fragments.bin": fragments,
        "totals.bin": np.minimum(np.rint(totals / step), _BYTE).astype(np.uint8).tobytes(),
    }
    manifest = {"scale": round(scale, 8), "total": round(step, 8), "pagefind": folder}
    return StoreFiles(
        parts, manifest, fixed={f"{folder}{name}": data for name, data in files.items()}
    )


def _list_levels(
    documents: Sequence[Document], postings: Postings, *, scale: float
) -> Iterator[tuple[dict[str, str], Iterator[TermLevel]]]:
    """For each document what a result shows of it, and its terms by level and number."""
    levels = flag_levels(postings, scale=scale)
    numbers = np.repeat(np.arange(len(postings.terms), dtype=np.int32), postings.found)
    order = np.lexsort((levels, postings.documents))
    bounds = np.searchsorted(postings.documents[order], np.arange(len(documents) + 1))
    for item, first, last in zip(documents, bounds[:-1], bounds[1:], strict=True):
        rows = order[first:last]
        shown = {"title": item.title, "excerpt": item.excerpt, "updated": item.updated}
        yield shown, zip(numbers[rows].tolist(), levels[rows].tolist(), strict=True)


def digest_files(files: Mapping[str, bytes]) -> str:
    """The first 12 hexadecimal digits of a SHA-256 over names and contents."""
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()[:12]
