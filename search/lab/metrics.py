"""Rankings and judgements → metrics of information retrieval."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence

# Query → document → grade: 2 answers the query, 1 helps.
Judgements = Mapping[str, Mapping[str, int]]
# Query → documents, best first.
Rankings = Mapping[str, Sequence[str]]

DEPTH = 10
HITS = (1, 3, 10)
_RESAMPLES = 2000
_SEED = 20261121


def measure_queries(rankings: Rankings, judgements: Judgements) -> dict[str, dict[str, float]]:
    """Metric → query → value, for the queries that the metric is defined for.

    `ndcg10` and `recall10` need a document of grade 1 or more, `hit1` to `hit10` one of grade 2.
    `zero` is 1 where nothing was found.
    """
    metrics: dict[str, dict[str, float]] = {"ndcg10": {}, "recall10": {}}
    metrics |= {f"hit{depth}": {} for depth in HITS} | {"zero": {}}
    for query, grades in judgements.items():
        ranking = list(rankings.get(query, ()))
        metrics["zero"][query] = float(not ranking)
        relevant = {document for document, grade in grades.items() if grade >= 1}
        if relevant:
            metrics["ndcg10"][query] = measure_ndcg(ranking, grades)
            metrics["recall10"][query] = len(relevant & set(ranking[:DEPTH])) / len(relevant)
        answers = {document for document, grade in grades.items() if grade >= 2}
        if answers:
            for depth in HITS:
                metrics[f"hit{depth}"][query] = float(bool(answers & set(ranking[:depth])))
    return metrics


def measure_ndcg(ranking: Sequence[str], grades: Mapping[str, int], *, depth: int = DEPTH) -> float:
    """Normalized discounted cumulative gain at `depth`, with linear gains."""
    gains = [grades.get(document, 0) for document in ranking[:depth]]
    best = sorted(grades.values(), reverse=True)[:depth]
    ideal = _discount(best)
    return _discount(gains) / ideal if ideal else 0.0


def _discount(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def average(values: Mapping[str, float]) -> float:
    """The mean of the values; 0 where there are none."""
    return sum(values.values()) / len(values) if values else 0.0


def find_interval(values: Sequence[float]) -> tuple[float, float]:
    """The 95 % bootstrap interval of the mean, seeded: equal values give equal intervals."""
    if not values:
        return 0.0, 0.0
    generator = random.Random(_SEED)  # noqa: S311 - no secret
    means = sorted(
        sum(generator.choices(values, k=len(values))) / len(values) for _ in range(_RESAMPLES)
    )
    return means[int(_RESAMPLES * 0.025)], means[int(_RESAMPLES * 0.975) - 1]


def find_paired_interval(
    one: Mapping[str, float], other: Mapping[str, float]
) -> tuple[float, float, float]:
    """Mean and 95 % interval of one − other over the queries that both have."""
    differences = [one[key] - other[key] for key in sorted(one.keys() & other.keys())]
    low, high = find_interval(differences)
    return sum(differences) / max(len(differences), 1), low, high


def find_percentile(values: Sequence[float], share: float) -> float:
    """The smallest value with a `share` (0 to 1) of the values below it; 0 where there are none."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0
