"""build: builds a site once, and prints what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import perf_counter

from faq.model.dates import format_moment
from faq.model.problem import CommandError, ContentError, Problem
from pipeline.build import build_site
from pipeline.cache import Cache
from pipeline.options import BuildOptions, BuildResult
from terminal.interface import (
    EXIT_ERRORS,
    count_problems,
    describe_os_error,
    print_problems,
    print_text,
    show_progress,
)


@dataclass(frozen=True, slots=True)
class Built:
    """The site that an attempt published: for which moment, for which address, what it withheld.

    `next_change` is the first moment at which it would be another; it is not new where nothing has
    changed.
    """

    at: datetime
    base_url: str
    hidden: int = 0
    next_change: datetime | None = None
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a build came to: all problems, and the site unless errors among them prevented it.

    `rest` is left to be done, which nobody has to wait for.
    """

    problems: Sequence[Problem]
    built: Built | None = None
    rest: Sequence[Callable[[], None]] = ()

    def tidy_up(self) -> None:
        """Does the rest."""
        for work in self.rest:
            work()


def build_once(options: BuildOptions) -> int:
    """Builds and publishes: 0, or 1 on errors in the content."""
    attempt = attempt_build(options)
    attempt.tidy_up()
    return 0 if attempt.built else EXIT_ERRORS


def build_again(options: BuildOptions, *, cache: Cache) -> Attempt:
    """Builds for a person who looks on: an empty first site is one that is being begun."""
    is_first = not options.out.exists()
    options = replace(options, allow_shrink=options.allow_shrink or is_first)
    return attempt_build(options, cache=cache)


def attempt_build(options: BuildOptions, *, cache: Cache | None = None) -> Attempt:
    """Builds, publishes, and prints what came of it; raises `CommandError` where it is refused."""
    start = perf_counter()
    rest: list[Callable[[], None]] = []
    try:
        with show_progress() as report:
            result = build_site(options, report=report, cache=cache, later=rest.append)
    except ContentError as error:
        print_problems(error.problems)
        print_text("stopped", errors=count_problems(error.problems)["errors"])
        return Attempt(error.problems)
    except OSError as error:
        raise CommandError("write_failed", detail=describe_os_error(error)) from None
    print_problems(result.warnings)
    print_result(options, result, perf_counter() - start)
    is_new = not result.is_unchanged
    built = Built(options.at, result.base_url, result.hidden, result.next_change, is_new)
    return Attempt(result.warnings, built, rest)


def print_result(options: BuildOptions, result: BuildResult, seconds: float) -> None:
    """What was written, what was held back, and when to build again."""
    text = "unchanged" if result.is_unchanged else "built"
    print_text(text, out=options.out, faqs=result.faqs, pages=result.pages, seconds=seconds)
    if result.known_warnings:
        print_text("unchanged_warnings", count=result.known_warnings)
    if not options.out.is_symlink():
        print_text("built_copy", out=options.out)
    if result.hidden:
        print_text("hidden", hidden=result.hidden)
    if result.next_change:
        print_text("next_change", moment=format_moment(result.next_change))
