"""A city's own test queries → which of them find their FAQs, in the client that citizens get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from faq.model.vocabulary import SearchTest
from search.lab.runner import open_client, run_queries


@dataclass(frozen=True, slots=True)
class Outcome:
    """A test with the ids found for it, best first, and the rank of the first one it wants.

    Ranks count from 1; 0 means that none was found.
    """

    test: SearchTest
    found: tuple[str, ...]
    rank: int

    @property
    def is_met(self) -> bool:
        """Whether a wanted FAQ is among the first `within` results."""
        return 0 < self.rank <= self.test.within


def run_tests(
    tests: Sequence[SearchTest], index: Mapping[str, bytes], *, now: int = 0
) -> list[Outcome]:
    """The outcome of each test, in order; `now` is the time of asking in ms since 1970.

    Raises `FileNotFoundError` where no browser is installed.
    """
    with open_client(index) as page:
        queries = {str(number): test.query for number, test in enumerate(tests)}
        answers = run_queries(page, queries, now=now)
    outcomes = []
    for number, test in enumerate(tests):
        found = answers[str(number)].ids
        ranks = (rank for rank, faq_id in enumerate(found, start=1) if faq_id in test.ids)
        outcomes.append(Outcome(test, found, next(ranks, 0)))
    return outcomes


def count_styles(outcomes: Sequence[Outcome]) -> dict[str, tuple[int, int]]:
    """Style of the tests → (number met, number of all)."""
    counts: dict[str, tuple[int, int]] = {}
    for outcome in outcomes:
        met, total = counts.get(outcome.test.style, (0, 0))
        counts[outcome.test.style] = (met + outcome.is_met, total + 1)
    return counts
