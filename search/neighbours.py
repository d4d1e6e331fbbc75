"""Postings → the documents most similar to each."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

import numpy as np

from search.counts import Integers
from search.weigh import Floats, Postings, rank_rows

# A document is compared by its most distinctive terms: as good a graph, at a fraction of the work.
DISTINCTIVE_TERMS = 12
# A term that more documents have says nothing about their similarity.
COMMON_LIMIT = 1000


def find_neighbours(postings: Postings, *, limit: int) -> Integers:
    """For each document (row) the `limit` documents most similar to it, best first, ties by number.

    Similarity is the cosine of impact × idf, the document's own vector reduced to its most
    distinctive terms. There are fewer where fewer documents share a term; the rest are -1.
    """
    count, found, documents = postings.count, postings.found, postings.documents
    neighbours = np.full((count, limit), -1, dtype=np.int32)
    numbers = np.repeat(np.arange(len(found)), found)
    weights = postings.impacts * postings.measure_idfs()[numbers]
    lengths = np.sqrt(_add_up(documents, weights * weights, count=count))
    lengths[lengths == 0] = 1.0
    # From the last term to the first: of equal ones the last is taken, and the best comes first.
    rows = np.flatnonzero(found[numbers] <= COMMON_LIMIT)[::-1]
    rows = rows[rank_rows(documents[rows], -weights[rows], limit=DISTINCTIVE_TERMS)]
    owners, terms = documents[rows].tolist(), numbers[rows]
    ends = np.cumsum(found)
    compared = zip(
        owners, (ends - found)[terms].tolist(), ends[terms].tolist(), weights[rows], strict=True
    )
    for number, chosen in groupby(compared, key=itemgetter(0)):
        ranges = [(slice(first, last), weight) for _, first, last, weight in chosen]
        # Added one by one, the best term first.
        products = [weight * weights[range_] for range_, weight in ranges]
        others = [documents[range_] for range_, _ in ranges]
        scores = _add_up(np.concatenate(others), np.concatenate(products), count=count)
        scores[number] = 0.0
        best = _select_best(scores, lengths, limit=limit)
        neighbours[number, : len(best)] = best
    return neighbours


def _add_up(places: Integers, values: Floats, *, count: int) -> Floats:
    """The sum of the values at each of `count` places, added one by one."""
    return np.asarray(np.bincount(places, weights=values, minlength=count), dtype=np.float64)


def _select_best(scores: Floats, lengths: Floats, *, limit: int) -> Integers:
    """Where the `limit` highest scores above 0 are, each divided by its length, best first."""
    others = np.flatnonzero(scores > 0)
    values = scores[others] / lengths[others]
    if len(values) > limit:
        best = np.flatnonzero(values >= np.partition(values, -limit)[-limit])
        others, values = others[best], values[best]
    order = np.argsort(-values, kind="stable")
    chosen: Integers = others[order[:limit]]
    return chosen
