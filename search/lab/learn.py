"""Questions and judgements → the ranking's parameters, with an honest figure of what they gain.

Usage: python -m search.lab.learn DIR [--write FILE]

DIR is a benchmark folder as for search.lab.evaluate; a city's own questions go through
`build.py learn`. The start is a recipe found on other questions (recipe.json). Of each weight of
the index and of the first ranking the value is taken that clearly helps, tried one at a time; then
the rerank is learned listwise, held near a rerank that changes nothing. The figure is
cross-validated: both are done anew without each tenth of the questions.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from japanese.analyze import Analyzer
from search.documents import Document
from search.index import Analysed, analyse_documents, build_index
from search.lab.evaluate import make_documents as read_documents
from search.lab.evaluate import read_collection, read_thesaurus
from search.lab.metrics import average, measure_queries
from search.lab.runner import explain_queries, open_client
from search.parameters import Parameters, read_parameters, write_parameters

FOLDS = 10
SEED = 20261121
# A rerank that keeps the first ranking; what is learned stays near it, for questions are few.
PRIOR = {"score": 8.0}
STRENGTH = 0.03
STEPS = 400
RATE = 0.5
DECIMALS = 2
# Less than this gained on some hundred questions is chance.
MARGIN = 0.004
RECIPE_FILE = Path(__file__).parent / "recipe.json"

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Question:
    """The candidates of one question in their first order."""

    ids: tuple[str, ...]
    features: Floats
    gains: Floats


# Parameter → the values tried besides the recipe's; each is tried alone.
CHANGES: dict[str, tuple[float, ...]] = {
    "thesaurus": (0.7, 1.0, 1.2),
    "kanji": (0.1, 0.3),
    "graph": (0.45, 0.6, 0.8),
    "neighbours": (6, 10),
    "terms": (80, 200),
    "question": (0.8, 1.25),
    "lead": (0.4, 0.6),
    "rest": (0.25, 0.45),
    "b": (0.45, 0.75),
    "unknown": (12.5, 14.0, 16.0),
    "reading": (3.0, 8.0),
}

Change = tuple[str, float]


def change_parameters(start: Parameters, changes: Sequence[Change]) -> Parameters:
    """The parameters with some values changed, by the names of `CHANGES`."""
    fields, costs = dict(start.fields), dict(start.costs)
    plain: dict[str, Any] = {}
    for name, value in changes:
        if name in fields:
            fields[name] = (value, fields[name][1])
        elif name == "b":
            fields = {field: (weight, value) for field, (weight, _) in fields.items()}
        elif name in costs:
            costs[name] = value
        else:
            plain[name] = int(value) if name in ("neighbours", "terms") else value
    return start.with_values(fields=fields, costs=costs, **plain)


def explain_documents(
    documents: Sequence[Document],
    analysed: Analysed,
    queries: Mapping[str, str],
    judgements: Mapping[str, Mapping[str, int]],
    *,
    analyzer: Analyzer,
    thesaurus: Sequence[Sequence[str]],
    parameters: Parameters,
) -> dict[str, Question]:
    """What the client's rerank sees of every question under these parameters."""
    index = build_index(
        documents, analysed, analyzer=analyzer, thesaurus=thesaurus, parameters=parameters
    )
    with open_client(index) as page:
        explained = explain_queries(page, queries)
    names = list(parameters.rerank)
    return {
        key: Question(
            tuple(row["id"] for row in rows),
            np.array([[row["features"][name] for name in names] for row in rows], dtype=float),
            np.array([judgements[key].get(row["id"], 0) for row in rows], dtype=float),
        )
        for key, rows in explained.items()
    }


def learn_weights(questions: Sequence[Question], names: Sequence[str]) -> Floats:
    """Listwise softmax regression by gradient steps, held near `PRIOR`."""
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    usable = [question for question in questions if question.gains.sum() > 0]
    weights = prior.copy()
    for _ in range(STEPS if usable else 0):
        slope = STRENGTH * (weights - prior)
        for question in usable:
            scores = question.features @ weights
            chances = np.exp(scores - scores.max())
            wrong = chances / chances.sum() - question.gains / question.gains.sum()
            slope += question.features.T @ wrong / len(usable)
        weights = weights - RATE * slope
    return weights


def rank_question(question: Question, weights: Floats) -> list[str]:
    """The candidates in the order of the weights."""
    if not question.ids:
        return []
    order = np.argsort(-(question.features @ weights), kind="stable")
    return [question.ids[place] for place in order]


@dataclass
class Bench:
    """Runs the client under any parameters, each only once."""

    documents: Sequence[Document]
    queries: Mapping[str, str]
    judgements: Mapping[str, Mapping[str, int]]
    thesaurus: Sequence[Sequence[str]]
    start: Parameters
    analyzer: Analyzer

    def __post_init__(self) -> None:
        self.analysed = analyse_documents(self.documents, analyzer=self.analyzer)
        self.known: dict[tuple[Change, ...], dict[str, Question]] = {}

    def explain(self, changes: Sequence[Change]) -> dict[str, Question]:
        """Every question under the start's parameters with these changes."""
        key = tuple(sorted(changes))
        if key not in self.known:
            self.known[key] = explain_documents(
                self.documents,
                self.analysed,
                self.queries,
                self.judgements,
                analyzer=self.analyzer,
                thesaurus=self.thesaurus,
                parameters=change_parameters(self.start, key),
            )
            rate = self.rate(key, sorted(self.judgements))
            print(f"{rate:.4f} {dict(key)}", flush=True)
        return self.known[key]

    def rate(self, changes: Sequence[Change], keys: Sequence[str]) -> float:
        """The mean of nDCG@10 and Recall@10 of the first ranking over some of the questions."""
        questions = self.explain(changes)
        rankings = {key: questions[key].ids for key in keys}
        figures = measure_queries(rankings, {key: self.judgements[key] for key in keys})
        return (average(figures["ndcg10"]) + average(figures["recall10"])) / 2

    def choose(self, keys: Sequence[str]) -> list[Change]:
        """Of each parameter the value that helps these questions most, if it clearly does."""
        least = self.rate((), keys) + MARGIN
        chosen = []
        for name, values in CHANGES.items():
            rate, value = max((self.rate([(name, value)], keys), value) for value in values)
            if rate > least:
                chosen.append((name, value))
        return chosen


def cross_validate(bench: Bench, names: Sequence[str]) -> dict[str, float]:
    """Figures on questions that neither the choice nor the learning has seen."""
    keys = sorted(bench.judgements)
    random.Random(SEED).shuffle(keys)  # noqa: S311 - no secret
    rankings: dict[str, list[str]] = {}
    for fold in range(FOLDS):
        held = set(keys[fold::FOLDS])
        seen = [key for key in keys if key not in held]
        questions = bench.explain(bench.choose(seen))
        weights = learn_weights([questions[key] for key in seen], names)
        rankings.update((key, rank_question(questions[key], weights)) for key in held)
    figures = measure_queries(rankings, bench.judgements)
    return {name: round(average(values), 4) for name, values in figures.items()}


def learn_parameters(bench: Bench) -> tuple[Parameters, dict[str, float]]:
    """The parameters learned from all questions, and the cross-validated figures."""
    names = list(bench.start.rerank)
    figures = cross_validate(bench, names)
    chosen = bench.choose(sorted(bench.judgements))
    weights = learn_weights(list(bench.explain(chosen).values()), names)
    rerank = {
        name: round(float(weight), DECIMALS) for name, weight in zip(names, weights, strict=True)
    }
    return change_parameters(bench.start, chosen).with_values(rerank=rerank), figures


def main(arguments: Sequence[str]) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m search.lab.learn", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", type=Path, help="write the parameters to this file")
    options = parser.parse_args(arguments)
    corpus, queries, judgements = read_collection(options.folder)
    start = read_parameters(RECIPE_FILE)
    bench = Bench(read_documents(corpus), queries, judgements, read_thesaurus(), start, Analyzer())
    learned, figures = learn_parameters(bench)
    print("cross-validated:", json.dumps(figures))
    print("rerank:", json.dumps(learned.rerank))
    if options.write:
        write_parameters(learned, options.write)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
