"""A city's own questions → which the search answers, through the client that citizens get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from faq.vocabulary import SearchTest
from search.lab.runner import open_client, run_queries


@dataclass(frozen=True, slots=True)
class Outcome:
    """A test and what was found for it, best first; `place` counts from 1, 0 for not at all."""

    test: SearchTest
    found: tuple[str, ...]
    place: int

    @property
    def is_met(self) -> bool:
        """Whether one of the wanted FAQs came early enough."""
        return 0 < self.place <= self.test.within


def run_tests(
    tests: Sequence[SearchTest], index: Mapping[str, bytes], *, now: int = 0
) -> list[Outcome]:
    """The outcome of each test, in order; `now` is when citizens ask (ms since 1970).

    Raises `FileNotFoundError` where there is no browser.
    """
    with open_client(index) as page:
        answers = run_queries(
            page, {str(place): test.query for place, test in enumerate(tests)}, now=now
        )
    outcomes = []
    for place, test in enumerate(tests):
        found = answers[str(place)].ids
        places = [number for number, one in enumerate(found, start=1) if one in test.ids]
        outcomes.append(Outcome(test, found, min(places, default=0)))
    return outcomes


def count_styles(outcomes: Sequence[Outcome]) -> dict[str, tuple[int, int]]:
    """Style → (met, all)."""
    counts: dict[str, tuple[int, int]] = {}
    for outcome in outcomes:
        met, total = counts.get(outcome.test.style, (0, 0))
        counts[outcome.test.style] = (met + outcome.is_met, total + 1)
    return counts
