"""Rankings against judgements → figures."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence

# Query → document → grade: 2 answers it, 1 helps.
Judgements = Mapping[str, Mapping[str, int]]
Rankings = Mapping[str, Sequence[str]]

DEPTH = 10
HITS = (1, 3, 10)
_RESAMPLES = 2000
_SEED = 20261121


def measure_queries(rankings: Rankings, judgements: Judgements) -> dict[str, dict[str, float]]:
    """Figure → query → value, for the queries the figure is defined for."""
    figures: dict[str, dict[str, float]] = {"ndcg10": {}, "recall10": {}}
    figures |= {f"hit{depth}": {} for depth in HITS} | {"zero": {}}
    for query, grades in judgements.items():
        ranking = list(rankings.get(query, ()))
        figures["zero"][query] = float(not ranking)
        relevant = {document for document, grade in grades.items() if grade >= 1}
        if relevant:
            figures["ndcg10"][query] = measure_ndcg(ranking, grades)
            figures["recall10"][query] = len(relevant & set(ranking[:DEPTH])) / len(relevant)
        answers = {document for document, grade in grades.items() if grade >= 2}
        if answers:
            for depth in HITS:
                figures[f"hit{depth}"][query] = float(bool(answers & set(ranking[:depth])))
    return figures


def measure_ndcg(ranking: Sequence[str], grades: Mapping[str, int], *, depth: int = DEPTH) -> float:
    """Normalized discounted cumulative gain with linear gain, at `depth`."""
    gains = [grades.get(document, 0) for document in ranking[:depth]]
    best = sorted(grades.values(), reverse=True)[:depth]
    ideal = _discount(best)
    return _discount(gains) / ideal if ideal else 0.0


def _discount(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def average(values: Mapping[str, float]) -> float:
    """The mean; 0 of nothing."""
    return sum(values.values()) / len(values) if values else 0.0


def find_interval(values: Sequence[float]) -> tuple[float, float]:
    """The 95 % bootstrap interval of the mean; the same for the same values in every run."""
    if not values:
        return 0.0, 0.0
    chance = random.Random(_SEED)  # noqa: S311 - no secret
    means = sorted(
        sum(chance.choices(values, k=len(values))) / len(values) for _ in range(_RESAMPLES)
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
    """The value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0
