"""check --search: do the city's own questions find their answers?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from commands.build import build_search
from commands.interface import CLI_TEXTS, EXIT_ERRORS, tell, tell_problems
from commands.words import check_parameters, check_words, read_own_parameters
from faq.check import check_content
from faq.choices import Audience
from faq.model import Content
from faq.problem import Place, Problem, make_error, select_errors
from faq.read import read_content
from faq.vocabulary import SearchTest
from faq.window import select_window
from search.analyze import normalize_words

_SHOWN = 3


def check_search(folder: Path, *, at: datetime, audience: Audience, workers: int) -> int:
    """Runs search-tests.yml in a browser and reports; 1 where a test fails that should not."""
    content, problems = read_content(folder)
    problems += [*check_content(content), *check_words(content), *check_parameters(folder)]
    if errors := select_errors(problems):
        tell_problems(errors)
        return EXIT_ERRORS
    tests = content.search_tests
    if not tests:
        tell("search_no_tests", folder=folder.name)
        return 0
    shown = select_window(content, at=at, audience=audience, normalize=normalize_words).content
    if dead := find_dead_tests(tests, shown):
        tell_problems(dead)
        return EXIT_ERRORS
    try:
        # A browser belongs to the packages for testing; citizens' sites are built without.
        from search.golden import count_styles, run_tests  # noqa: PLC0415

        parameters = read_own_parameters(folder)
        index = build_search(shown, parameters=parameters, workers=workers)
        outcomes = run_tests(tests, index, now=int(at.timestamp() * 1000))
    except (ImportError, FileNotFoundError):
        raise click.ClickException(CLI_TEXTS["search_no_browser"]) from None
    titles = {faq.id: faq.question for faq in shown.faqs}
    failed = [outcome for outcome in outcomes if not outcome.is_met and not outcome.test.known]
    for outcome in failed:
        _tell_failure(outcome, titles, folder)
    for style, (met, total) in count_styles(outcomes).items():
        tell("search_style", style=style or CLI_TEXTS["search_no_style"], met=met, total=total)
    known = sum(outcome.test.known and not outcome.is_met for outcome in outcomes)
    done = sum(outcome.is_met for outcome in outcomes)
    tell("search_tested", total=len(tests), met=done, known=known, failed=len(failed))
    now_met = [outcome.test.query for outcome in outcomes if outcome.test.known and outcome.is_met]
    if now_met:
        tell("search_now_met", queries="、".join(now_met))
    return EXIT_ERRORS if failed else 0


def find_dead_tests(tests: Sequence[SearchTest], shown: Content) -> list[Problem]:
    """A problem for each test that wants an FAQ nobody can see."""
    ids = {faq.id for faq in shown.faqs}
    return [
        make_error(
            Place(f"{shown.folder}/search-tests.yml", test.row, "番号"),
            "search_test_dead",
            value=one,
        )
        for test in tests
        for one in test.ids
        if one not in ids
    ]


def _tell_failure(outcome: Any, titles: dict[str, str], folder: Path) -> None:
    test = outcome.test
    place = (
        CLI_TEXTS["search_place"].format(place=outcome.place)
        if outcome.place
        else CLI_TEXTS["search_nowhere"]
    )
    tell(
        "search_failed", file=f"{folder.name}/search-tests.yml", row=test.row, query=test.query,
        within=test.within, wanted=_list_titles(test.ids, titles), place=place,
        found=_list_titles(outcome.found[:_SHOWN], titles) or CLI_TEXTS["search_nothing"],
    )  # fmt: skip


def _list_titles(ids: Sequence[str], titles: dict[str, str]) -> str:
    return "".join(f"\n    {one} {titles.get(one, '')}" for one in ids)
