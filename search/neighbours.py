"""Postings → the documents most similar to each."""

from __future__ import annotations

import numpy as np

from search.counts import Integers
from search.weigh import Floats, Postings, rank_rows

# A document is compared by its most distinctive terms: as good a graph, at a fraction of the work.
DISTINCTIVE_TERMS = 12
# A term that more documents have says nothing about their similarity.
COMMON_LIMIT = 1000
# How many similarities are computed at once: they stay in the processor's cache.
_BATCH = 1 << 18


def find_neighbours(postings: Postings, *, limit: int) -> Integers:
    """For each document (row) the `limit` documents most similar to it, best first, ties by number.

    Similarity is the cosine of impact × idf, the document's own vector reduced to its most
    distinctive terms. There are fewer where fewer documents share a term; the rest are -1.
    """
    count, found, documents = postings.count, postings.found, postings.documents
    neighbours = np.full((count, limit), -1, dtype=np.int32)
    numbers = np.repeat(np.arange(len(found)), found)
    weights = postings.impacts * postings.measure_idfs()[numbers]
    lengths = np.sqrt(np.bincount(documents, weights=weights * weights, minlength=count))
    lengths[lengths == 0] = 1.0
    starts = np.cumsum(found) - found
    # From the last term to the first: of equal ones the last is taken, and the best comes first.
    rows = np.flatnonzero(found[numbers] <= COMMON_LIMIT)[::-1]
    rows = rows[rank_rows(documents[rows], -weights[rows], limit=DISTINCTIVE_TERMS)]
    bounds = np.searchsorted(documents[rows], np.arange(count + 1))
    step = max(_BATCH // max(count, 1), 1)
    for first in range(0, count, step):
        last = min(first + step, count)
        chosen = rows[bounds[first] : bounds[last]]
        sizes = found[numbers[chosen]]
        others = _list_ranges(starts[numbers[chosen]], sizes)
        products: Floats = np.repeat(weights[chosen], sizes) * weights[others]
        cells = np.repeat((documents[chosen] - first) * count, sizes) + documents[others]
        sums = np.bincount(cells, weights=products, minlength=(last - first) * count)
        scores: Floats = sums.astype(np.float64, copy=False).reshape(-1, count)
        scores /= lengths
        scores[np.arange(last - first), np.arange(first, last)] = 0.0
        _select_best(scores, neighbours[first:last])
    return neighbours


def _list_ranges(starts: Integers, sizes: Integers) -> Integers:
    """The numbers of all ranges, one range after the other."""
    ends = np.cumsum(sizes)
    numbers: Integers = np.arange(sizes.sum()) + np.repeat(starts - (ends - sizes), sizes)
    return numbers


def _select_best(scores: Floats, selected: Integers) -> None:
    """Writes into each row of `selected` the columns of the highest scores above 0 of that row."""
    count, limit = scores.shape[1], min(selected.shape[1], scores.shape[1])
    least = np.partition(scores, count - limit, axis=1)[:, count - limit]
    rows, columns = np.nonzero((scores >= least[:, None]) & (scores > 0))
    best = rank_rows(rows, -scores[rows, columns], limit=limit)
    rows, columns = rows[best], columns[best]
    selected[rows, np.arange(len(rows)) - np.searchsorted(rows, rows)] = columns
