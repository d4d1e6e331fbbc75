"""Counts of terms → impacts (BM25F); documents → the documents most similar to each.

A term in the question weighs more than one deep in the answer. An impact is the weighted and
saturated count of a term in a document, 0 to 1; the browser multiplies it by the term's idf.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Mapping, Sequence

from search.parameters import Parameters

# A document is compared by its most distinctive terms: as good a graph, at a fraction of the work.
DISTINCTIVE_TERMS = 12
# A term that more documents have says nothing about their similarity.
COMMON_LIMIT = 1000
# Short fields, of which every term is kept.
UNPRUNED_FIELDS = ("question", "keywords")

# Term → document number → impact.
Impacts = dict[str, dict[int, float]]


def weigh_terms(
    counted: Sequence[Mapping[str, Counter[str]]], *, parameters: Parameters
) -> Impacts:
    """The impacts of each document's terms, pruned by `prune_terms`.

    `counted`: for each document index field → term → how often. `KeyError` for a field that
    `parameters` has no weight for.
    """
    fields = parameters.fields
    lengths = {
        name: max(sum(c[name].total() for c in counted if name in c) / max(len(counted), 1), 1.0)
        for name in fields
    }
    weights: Impacts = {}
    for number, counts in enumerate(counted):
        for name, terms in counts.items():
            weight, b = fields[name]
            norm = weight / (1 - b + b * terms.total() / lengths[name])
            for term, count in terms.items():
                row = weights.setdefault(term, {})
                row[number] = row.get(number, 0.0) + count * norm
    for row in weights.values():
        for number, weight in row.items():
            row[number] = weight / (weight + parameters.k1)
    return prune_terms(weights, counted, limit=parameters.terms)


def prune_terms(
    impacts: Impacts, counted: Sequence[Mapping[str, Counter[str]]], *, limit: int
) -> Impacts:
    """Keeps of each document the `limit` terms of the highest impact × idf, and its short fields.

    Common words deep in long answers are dropped: a quarter of the bytes, at the same quality.
    """
    count = len(counted)
    rated: list[list[tuple[float, str]]] = [[] for _ in counted]
    for term in sorted(impacts):
        idf = measure_idf(len(impacts[term]), count=count)
        for number, impact in impacts[term].items():
            rated[number].append((-impact * idf, term))
    kept: Impacts = {}
    for number, counts in enumerate(counted):
        chosen = {term for _, term in heapq.nsmallest(limit, rated[number])}
        for name in UNPRUNED_FIELDS:
            chosen.update(counts.get(name, ()))
        for term in chosen:
            kept.setdefault(term, {})[number] = impacts[term][number]
    return kept


def measure_idf(found: int, *, count: int) -> float:
    """Inverse document frequency of a term that `found` of `count` documents have.

    `measureIdf` of the client (features.js) must give the same.
    """
    return math.log(1 + (count - found + 0.5) / (found + 0.5))


def find_neighbours(impacts: Impacts, *, count: int, limit: int) -> list[list[int]]:
    """For each document the `limit` documents most similar to it, best first, ties by number.

    Similarity is the cosine of impact × idf, the document's own vector reduced to its most
    distinctive terms. There are fewer where fewer documents share a term.
    """
    rows: dict[str, list[tuple[int, float]]] = {}
    vectors: list[list[tuple[float, str]]] = [[] for _ in range(count)]
    norms = [0.0] * count
    for term in sorted(impacts):
        idf = measure_idf(len(impacts[term]), count=count)
        row = rows[term] = [(number, impact * idf) for number, impact in impacts[term].items()]
        for number, weight in row:
            norms[number] += weight * weight
            if len(row) <= COMMON_LIMIT:
                vectors[number].append((weight, term))
    lengths = [math.sqrt(norm) or 1.0 for norm in norms]
    neighbours = []
    for number, vector in enumerate(vectors):
        scores: dict[int, float] = {}
        for weight, term in heapq.nlargest(DISTINCTIVE_TERMS, vector):
            for other, more in rows[term]:
                scores[other] = scores.get(other, 0.0) + weight * more
        scores.pop(number, None)
        near = [(-score / lengths[other], other) for other, score in scores.items()]
        neighbours.append([other for _, other in heapq.nsmallest(limit, near)])
    return neighbours
