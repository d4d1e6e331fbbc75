"""check --search: do the city's own questions find their answers?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from faq.model.choices import Audience
from faq.model.content import Content
from faq.model.fields import FAQ_LABELS
from faq.model.problem import Place, Problem, make_error, select_errors
from faq.model.vocabulary import SearchTest
from pipeline.load import load_content
from pipeline.search import build_search
from terminal.interface import CLI_TEXTS, EXIT_ERRORS, print_problems, print_text

_SHOWN = 3


def check_search(folder: Path, *, at: datetime, audience: Audience, workers: int) -> int:
    """Runs search-tests.yml in a browser and reports; 1 where a test fails that should not."""
    loaded = load_content(folder)
    if errors := select_errors(loaded.problems):
        print_problems(errors)
        return EXIT_ERRORS
    tests = loaded.content.search_tests
    if not tests:
        print_text("search_no_tests", folder=folder.name)
        return 0
    shown = loaded.show(at=at, audience=audience).content
    if dead := find_dead_tests(tests, shown):
        print_problems(dead)
        return EXIT_ERRORS
    try:
        # A browser belongs to the packages for testing; citizens' sites are built without.
        from search.lab.golden import count_styles, run_tests  # noqa: PLC0415

        index = build_search(loaded, shown, workers=workers)
        outcomes = run_tests(tests, index, now=int(at.timestamp() * 1000))
    except (ImportError, FileNotFoundError):
        raise click.ClickException(CLI_TEXTS["search_no_browser"]) from None
    titles = {faq.id: faq.question for faq in shown.faqs}
    failed = [outcome for outcome in outcomes if not outcome.is_met and not outcome.test.known]
    for outcome in failed:
        _print_failure(outcome, titles, folder)
    for style, (met, total) in count_styles(outcomes).items():
        print_text(
            "search_style", style=style or CLI_TEXTS["search_no_style"], met=met, total=total
        )
    known = sum(outcome.test.known and not outcome.is_met for outcome in outcomes)
    done = sum(outcome.is_met for outcome in outcomes)
    print_text("search_tested", total=len(tests), met=done, known=known, failed=len(failed))
    now_met = [outcome.test.query for outcome in outcomes if outcome.test.known and outcome.is_met]
    if now_met:
        print_text("search_now_met", queries="、".join(now_met))
    return EXIT_ERRORS if failed else 0


def find_dead_tests(tests: Sequence[SearchTest], shown: Content) -> list[Problem]:
    """A problem for each test that wants an FAQ nobody can see."""
    ids = {faq.id for faq in shown.faqs}
    return [
        make_error(
            Place(f"{shown.folder}/search-tests.yml", test.row, FAQ_LABELS["id"]),
            "search_test_dead",
            value=one,
        )
        for test in tests
        for one in test.ids
        if one not in ids
    ]


def _print_failure(outcome: Any, titles: dict[str, str], folder: Path) -> None:
    test = outcome.test
    place = (
        CLI_TEXTS["search_place"].format(place=outcome.rank)
        if outcome.rank
        else CLI_TEXTS["search_nowhere"]
    )
    print_text(
        "search_failed", file=f"{folder.name}/search-tests.yml", row=test.row, query=test.query,
        within=test.within, wanted=_list_titles(test.ids, titles), place=place,
        found=_list_titles(outcome.found[:_SHOWN], titles) or CLI_TEXTS["search_nothing"],
    )  # fmt: skip


def _list_titles(ids: Sequence[str], titles: dict[str, str]) -> str:
    return "".join(f"\n    {one} {titles.get(one, '')}" for one in ids)
