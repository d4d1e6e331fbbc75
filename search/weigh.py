"""Counts of terms → postings with impacts (BM25F).

A term in the question weighs more than one deep in the answer. An impact is the weighted and
saturated count of a term in a document, 0 to 1; the browser multiplies it by the term's idf.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.counts import Integers, TermCounts, shrink_integers
from search.documents import INDEX_FIELDS
from search.parameters import Parameters

TITLE_FIELD = "question"
# Short fields, of which every term is kept.
UNPRUNED_FIELDS = (TITLE_FIELD, "keywords")

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Postings:
    """Which documents have each term, in columns.

    - `terms`: sorted; a term's place among them is its number
    - `found`: for each term how many of all `count` documents have it
    - `documents`, `impacts`, `in_title`: for each of those, term after term, the number of the
      document, ascending, the impact of the term, and whether it is in the document's title
    """

    count: int
    terms: tuple[str, ...]
    found: Integers
    documents: Integers
    impacts: Floats
    in_title: Flags

    def measure_idfs(self) -> Floats:
        """The inverse document frequency of each term."""
        return _measure_idfs(self.found, count=self.count)


def weigh_terms(counts: TermCounts, *, parameters: Parameters) -> Postings:
    """The impacts of each document's terms, pruned by `prune_terms`.

    `KeyError` for a field that `parameters` has no weight for.
    """
    postings, is_short = _add_fields(counts, parameters=parameters)
    return prune_terms(postings, always=is_short, limit=parameters.terms)


def _add_fields(counts: TermCounts, *, parameters: Parameters) -> tuple[Postings, Flags]:
    """All postings, and which of them are in a field that is not pruned."""
    # The rows come by document and field; sorted by term they still do for each term.
    order = np.argsort(counts.numbers, kind="stable")
    numbers = counts.numbers[order]
    cells = np.repeat(np.arange(counts.sizes.size, dtype=np.int32), counts.sizes.ravel())
    norms = _weigh_cells(counts, cells, parameters=parameters)
    cells = cells[order]
    weights = norms[cells] * counts.counts[order]
    documents, fields = np.divmod(cells, len(INDEX_FIELDS))
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = (numbers[1:] != numbers[:-1]) | (documents[1:] != documents[:-1])
    starts = np.flatnonzero(is_first)
    # The fields of a document are added one by one, in their order.
    totals = np.bincount(np.cumsum(is_first, dtype=np.int32) - 1, weights=weights)
    in_title = fields == INDEX_FIELDS.index(TITLE_FIELD)
    is_short = np.isin(fields, [INDEX_FIELDS.index(name) for name in UNPRUNED_FIELDS])
    postings = Postings(
        len(counts.sizes),
        counts.terms,
        np.bincount(numbers[starts], minlength=len(counts.terms)),
        documents[starts],
        totals / (totals + parameters.k1),
        np.logical_or.reduceat(in_title, starts),
    )
    return postings, np.logical_or.reduceat(is_short, starts)


def _weigh_cells(counts: TermCounts, cells: Integers, *, parameters: Parameters) -> Floats:
    """What one occurrence weighs, for each document and field one after the other."""
    lengths = np.bincount(cells, weights=counts.counts, minlength=counts.sizes.size)
    lengths = lengths.reshape(counts.sizes.shape)
    means = np.maximum(lengths.sum(axis=0) / max(len(lengths), 1), 1.0)
    weight, b = np.array([parameters.fields[name] for name in INDEX_FIELDS]).T
    norms: Floats = weight / (1 - b + b * lengths / means)
    return norms.ravel()


def prune_terms(postings: Postings, *, always: Flags, limit: int) -> Postings:
    """Keeps of each document the `limit` terms of the highest impact × idf, and all `always`.

    Common words deep in long answers are dropped: a quarter of the bytes, at the same quality.
    Equal ones are kept in the order of terms.
    """
    rates = postings.impacts * np.repeat(postings.measure_idfs(), postings.found)
    best = rank_rows(postings.documents, -rates, limit=limit)
    is_kept = always.copy()
    is_kept[best] = True
    numbers = np.repeat(np.arange(len(postings.terms)), postings.found)[is_kept]
    found = np.bincount(numbers, minlength=len(postings.terms))
    return Postings(
        postings.count,
        tuple(postings.terms[number] for number in np.flatnonzero(found)),
        found[found > 0],
        postings.documents[is_kept],
        postings.impacts[is_kept],
        postings.in_title[is_kept],
    )


def rank_rows(groups: Integers, values: Floats, *, limit: int) -> Integers:
    """The rows of the `limit` smallest values in each group, by group and value, ties by row."""
    order = np.argsort(values, kind="stable")
    order = order[np.argsort(shrink_integers(groups[order]), kind="stable")]
    sizes = np.bincount(groups)
    places = np.arange(len(order)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return order[places < limit]


def measure_idf(found: int, *, count: int) -> float:
    """Inverse document frequency of a term that `found` of `count` documents have.

    `measureIdf` of the client (features.js) must give the same.
    """
    return math.log(1 + (count - found + 0.5) / (found + 0.5))


def _measure_idfs(found: Integers, *, count: int) -> Floats:
    # Few numbers occur, and NumPy's logarithm may differ from the one above in the last bit.
    numbers, places = np.unique(found, return_inverse=True)
    idfs = [measure_idf(number, count=count) for number in numbers.tolist()]
    return np.array(idfs, dtype=np.float64)[places]
