"""Queries and judgements → the ranking's parameters, and the metrics to expect of them.

Usage: python -m search.lab.learn DIR [--write FILE]

DIR is a benchmark folder as for search.lab.evaluate; `build.py learn` learns from a city's own
queries. It starts from parameters found with other queries (recipe.json) and has two steps:

1. Each parameter of the index and of the first ranking is varied alone, and a value is taken where
   it clearly helps.
2. The weights of the rerank are fitted listwise, regularized towards one that changes nothing.

The metrics are cross-validated: both steps are repeated without each tenth of the queries.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from japanese.analyze import Analyzer
from search.documents import Document
from search.index import Analysed, analyse_documents, build_index
from search.lab.evaluate import parse_corpus, read_collection
from search.lab.metrics import Judgements, average, measure_queries
from search.lab.rerank import Candidates, fit_weights, rerank_candidates
from search.lab.runner import explain_queries, open_client
from search.parameters import Parameters, read_parameters, write_parameters
from search.thesaurus import merge_thesaurus

FOLDS = 10
SEED = 20261121
DECIMALS = 2
# On a few hundred queries a smaller gain is chance.
LEAST_GAIN = 0.004
RECIPE_FILE = Path(__file__).parent / "recipe.json"

# Parameter → the values tried besides that of the recipe.
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
    """A copy with some values replaced, by the names of `CHANGES`.

    The name of an index field changes its weight; `b` changes the length normalization of all.
    """
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
    judgements: Judgements,
    *,
    analyzer: Analyzer,
    thesaurus: Sequence[Sequence[str]],
    parameters: Parameters,
) -> dict[str, Candidates]:
    """Query id → the candidates that the client's rerank gets under these parameters."""
    index = build_index(
        documents, analysed, analyzer=analyzer, thesaurus=thesaurus, parameters=parameters
    )
    with open_client(index) as page:
        explained = explain_queries(page, queries)
    names = list(parameters.rerank)
    return {
        key: Candidates(
            tuple(row["id"] for row in rows),
            np.array([[row["features"][name] for name in names] for row in rows], dtype=float),
            np.array([judgements[key].get(row["id"], 0) for row in rows], dtype=float),
        )
        for key, rows in explained.items()
    }


class Tuner:
    """Runs the client over one collection under varied parameters, and remembers every run.

    `judgements`: query → document → grade, for each of the `queries`; `start`: the parameters that
    are varied. Prints the rating of every run.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        *,
        queries: Mapping[str, str],
        judgements: Judgements,
        thesaurus: Sequence[Sequence[str]],
        start: Parameters,
        analyzer: Analyzer,
    ) -> None:
        self.judgements = judgements
        self.start = start
        self._documents = documents
        self._queries = queries
        self._thesaurus = thesaurus
        self._analyzer = analyzer
        self._analysed = analyse_documents(documents, analyzer=analyzer)
        self._runs: dict[tuple[Change, ...], dict[str, Candidates]] = {}

    def run(self, changes: Sequence[Change]) -> dict[str, Candidates]:
        """Query id → its candidates, with these changes to the start's parameters."""
        key = tuple(sorted(changes))
        if key not in self._runs:
            self._runs[key] = explain_documents(
                self._documents,
                self._analysed,
                self._queries,
                self.judgements,
                analyzer=self._analyzer,
                thesaurus=self._thesaurus,
                parameters=change_parameters(self.start, key),
            )
            rating = self.rate(key, sorted(self.judgements))
            print(f"{rating:.4f} {dict(key)}", flush=True)
        return self._runs[key]

    def rate(self, changes: Sequence[Change], keys: Sequence[str]) -> float:
        """The mean of nDCG@10 and Recall@10 of the first ranking, over the queries of these ids."""
        candidates = self.run(changes)
        rankings = {key: candidates[key].ids for key in keys}
        metrics = measure_queries(rankings, {key: self.judgements[key] for key in keys})
        return (average(metrics["ndcg10"]) + average(metrics["recall10"])) / 2

    def choose(self, keys: Sequence[str]) -> list[Change]:
        """For each parameter the value that rates best with these queries, if it clearly helps."""
        least = self.rate((), keys) + LEAST_GAIN
        chosen = []
        for name, values in CHANGES.items():
            rating, value = max((self.rate([(name, value)], keys), value) for value in values)
            if rating > least:
                chosen.append((name, value))
        return chosen


def cross_validate(tuner: Tuner, names: Sequence[str]) -> dict[str, float]:
    """Metrics on queries that neither the choice nor the fitting has seen."""
    keys = sorted(tuner.judgements)
    random.Random(SEED).shuffle(keys)  # noqa: S311 - no secret
    rankings: dict[str, list[str]] = {}
    for fold in range(FOLDS):
        held_out = set(keys[fold::FOLDS])
        training = [key for key in keys if key not in held_out]
        candidates = tuner.run(tuner.choose(training))
        weights = fit_weights([candidates[key] for key in training], names)
        rankings.update((key, rerank_candidates(candidates[key], weights)) for key in held_out)
    metrics = measure_queries(rankings, tuner.judgements)
    return {name: round(average(values), 4) for name, values in metrics.items()}


def learn_parameters(tuner: Tuner) -> tuple[Parameters, dict[str, float]]:
    """The parameters learned from all queries, and the cross-validated metrics."""
    names = list(tuner.start.rerank)
    metrics = cross_validate(tuner, names)
    chosen = tuner.choose(sorted(tuner.judgements))
    weights = fit_weights(list(tuner.run(chosen).values()), names)
    rerank = {
        name: round(float(weight), DECIMALS) for name, weight in zip(names, weights, strict=True)
    }
    return change_parameters(tuner.start, chosen).with_values(rerank=rerank), metrics


def main(arguments: Sequence[str]) -> int:
    """Runs the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m search.lab.learn", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", type=Path, help="write the parameters to this file")
    options = parser.parse_args(arguments)
    corpus, queries, judgements = read_collection(options.folder)
    tuner = Tuner(
        parse_corpus(corpus),
        queries=queries,
        judgements=judgements,
        thesaurus=merge_thesaurus(),
        start=read_parameters(RECIPE_FILE),
        analyzer=Analyzer(),
    )
    learned, metrics = learn_parameters(tuner)
    print("cross-validated:", json.dumps(metrics))
    print("rerank:", json.dumps(learned.rerank))
    if options.write:
        write_parameters(learned, options.write)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
