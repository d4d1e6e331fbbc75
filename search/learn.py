"""Questions and judgements → the ranking's parameters, with an honest figure of what they gain.

Usage: python -m search.learn DIR [--write FILE]

DIR is a benchmark folder as for search.evaluate, or a content folder with search-tests.yml. First
the weights of the index and of the first ranking are chosen among variations, one changed at a
time; then the rerank is learned listwise, held near a rerank that changes nothing. The figure is
cross-validated: both are chosen anew without each tenth of the questions.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.evaluate import make_documents as read_documents
from search.evaluate import read_collection, read_thesaurus
from search.index import AnalysedDocument, analyse_documents, build_index
from search.metrics import average, measure_queries
from search.parameters import DEFAULT_FILE, Parameters, read_parameters, write_parameters
from search.runner import explain_queries, open_client
from search.stores import Document

FOLDS = 10
SEED = 20261121
# A rerank that keeps the first ranking; what is learned stays near it, for questions are few.
PRIOR = {"score": 8.0}
STRENGTH = 0.03
STEPS = 400
RATE = 0.5
DECIMALS = 2

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Question:
    """The candidates of one question in their first order."""

    ids: tuple[str, ...]
    features: Floats
    gains: Floats


def vary_parameters(start: Parameters) -> Iterator[Parameters]:
    """The parameters themselves, then each with one value changed."""
    yield start
    for value in (0.7, 0.8, 1.0, 1.2):
        yield start.with_values(thesaurus=value)
    for value in (0.1, 0.3):
        yield start.with_values(kanji=value)
    for value in (0.4, 0.8, 1.0):
        yield start.with_values(graph=value)
    for name, values in {"unknown": (11.0, 12.5, 16.0), "reading": (3.0, 8.0)}.items():
        for cost in values:
            yield start.with_values(costs={**start.costs, name: cost})
    for value in (6, 10):
        yield start.with_values(neighbours=value)
    for value in (50, 80, 200):
        yield start.with_values(terms=value)
    for name, factors in {"lead": (0.8, 1.25), "rest": (0.7, 1.4), "question": (0.8, 1.25)}.items():
        weight, b = start.fields[name]
        for factor in factors:
            fields = {name: (round(weight * factor, 3), b)}
            yield start.with_values(fields={**start.fields, **fields})
    for b in (0.6, 0.9):
        yield start.with_values(fields={name: (w, b) for name, (w, _) in start.fields.items()})


def explain_documents(
    documents: Sequence[Document],
    analysed: Sequence[AnalysedDocument],
    queries: Mapping[str, str],
    judgements: Mapping[str, Mapping[str, int]],
    *,
    thesaurus: Sequence[Sequence[str]],
    parameters: Parameters,
) -> dict[str, Question]:
    """What the client's rerank sees of every question under these parameters."""
    index = build_index(documents, analysed, thesaurus=thesaurus, parameters=parameters)
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


def rate_first_ranking(
    questions: Mapping[str, Question],
    judgements: Mapping[str, Mapping[str, int]],
    keys: Sequence[str],
) -> float:
    """The mean of nDCG@10 and Recall@10 of the first ranking over some of the questions."""
    rankings = {key: questions[key].ids for key in keys}
    figures = measure_queries(rankings, {key: judgements[key] for key in keys})
    return (average(figures["ndcg10"]) + average(figures["recall10"])) / 2


def cross_validate(
    variants: Sequence[Mapping[str, Question]],
    judgements: Mapping[str, Mapping[str, int]],
    names: Sequence[str],
) -> dict[str, float]:
    """Figures on questions that neither the choice nor the learning has seen."""
    keys = sorted(judgements)
    random.Random(SEED).shuffle(keys)  # noqa: S311 - no secret
    rankings: dict[str, list[str]] = {}
    for fold in range(FOLDS):
        held = set(keys[fold::FOLDS])
        seen = [key for key in keys if key not in held]
        best = max(variants, key=lambda item: rate_first_ranking(item, judgements, seen))
        weights = learn_weights([best[key] for key in seen], names)
        rankings.update((key, rank_question(best[key], weights)) for key in held)
    figures = measure_queries(rankings, judgements)
    return {name: round(average(values), 4) for name, values in figures.items()}


def learn_parameters(
    documents: Sequence[Document],
    queries: Mapping[str, str],
    judgements: Mapping[str, Mapping[str, int]],
    *,
    thesaurus: Sequence[Sequence[str]],
    start: Parameters,
) -> tuple[Parameters, dict[str, float]]:
    """The parameters learned from all questions, and the cross-validated figures."""
    analysed = analyse_documents(documents)
    tried = list(vary_parameters(start))
    variants = []
    for number, parameters in enumerate(tried, start=1):
        questions = explain_documents(
            documents, analysed, queries, judgements, thesaurus=thesaurus, parameters=parameters
        )
        variants.append(questions)
        rate = rate_first_ranking(questions, judgements, sorted(judgements))
        print(f"{number}/{len(tried)} {rate:.4f} {_tell_change(start, parameters)}", flush=True)
    names = list(start.rerank)
    figures = cross_validate(variants, judgements, names)
    keys = sorted(judgements)
    best = max(
        range(len(tried)), key=lambda place: rate_first_ranking(variants[place], judgements, keys)
    )
    weights = learn_weights(list(variants[best].values()), names)
    rerank = {
        name: round(float(weight), DECIMALS) for name, weight in zip(names, weights, strict=True)
    }
    return tried[best].with_values(rerank=rerank), figures


def _tell_change(start: Parameters, other: Parameters) -> str:
    changed: dict[str, Any] = {
        name: getattr(other, name)
        for name in ("thesaurus", "kanji", "graph", "neighbours", "terms", "fields", "costs")
        if getattr(other, name) != getattr(start, name)
    }
    return json.dumps(changed)


def main(arguments: Sequence[str]) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m search.learn", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--write", type=Path, help=f"write the parameters, e.g. {DEFAULT_FILE.name}"
    )
    options = parser.parse_args(arguments)
    corpus, queries, judgements = read_collection(options.folder)
    learned, figures = learn_parameters(
        read_documents(corpus),
        queries,
        judgements,
        thesaurus=read_thesaurus(),
        start=read_parameters(),
    )
    print("cross-validated:", json.dumps(figures))
    print("rerank:", json.dumps(learned.rerank))
    if options.write:
        write_parameters(learned, options.write)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
