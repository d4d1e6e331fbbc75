"""Candidates with their grades → the weights that rerank them best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Weights that keep the first ranking. Fitted ones stay near them, because queries are few.
PRIOR = {"score": 8.0}
REGULARIZATION = 0.03
STEPS = 400
LEARNING_RATE = 0.5

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """What the rerank of one query chooses from, in the order of the first ranking.

    `features`: a row for each document, a column for each feature; `gains`: the documents' grades.
    """

    ids: tuple[str, ...]
    features: Floats
    gains: Floats


def fit_weights(training: Sequence[Candidates], names: Sequence[str]) -> Floats:
    """The rerank's weights, by listwise softmax regression (gradient descent) near `PRIOR`.

    `names` are the features in the order of the columns. Queries without a relevant candidate are
    not used; without any query the result is `PRIOR`.
    """
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    usable = [candidates for candidates in training if candidates.gains.sum() > 0]
    weights = prior.copy()
    for _ in range(STEPS if usable else 0):
        gradient = REGULARIZATION * (weights - prior)
        for candidates in usable:
            scores = candidates.features @ weights
            chances = np.exp(scores - scores.max())
            error = chances / chances.sum() - candidates.gains / candidates.gains.sum()
            gradient += candidates.features.T @ error / len(usable)
        weights = weights - LEARNING_RATE * gradient
    return weights


def rerank_candidates(candidates: Candidates, weights: Floats) -> list[str]:
    """The ids of the candidates, best first by these weights; ties keep their order."""
    if not candidates.ids:
        return []
    order = np.argsort(-(candidates.features @ weights), kind="stable")
    return [candidates.ids[number] for number in order]
