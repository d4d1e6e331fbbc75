"""serve: build, serve on this machine only, build again on every change of the content."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import click

from commands.build import Attempt, Built
from faq.model.dates import JST
from faq.model.problem import CommandError, Severity
from faq.model.tokens import TEMPLATES
from faq.read.content import read_content
from faq.render.assets import CLIENT
from faq.render.helpers import split_base
from faq.texts import EDITOR_TEXTS, TEXTS_FOLDER
from pipeline.options import BuildOptions
from preview.board import Board, News, Notes
from preview.live import make_live_server
from preview.watch import Watch
from terminal.interface import (
    CLI_TEXTS,
    count_problems,
    describe_error,
    describe_problems,
    print_error,
    print_text,
)

TEXTS: dict[str, str] = EDITOR_TEXTS["preview"]


def serve_site(
    options: BuildOptions,
    *,
    port: int,
    build: Callable[[], Attempt],
    clock: Callable[[], datetime],
) -> int:
    """Serves until interrupted; a failed build leaves what was served before.

    `clock` gives the moment that a build would be for. Where the first build is refused, or there
    is no content yet, that is the end.
    """
    if not options.content.is_dir():
        raise CommandError("no_content", folder=options.content)
    watch = Watch((options.content, TEMPLATES, TEXTS_FOLDER, CLIENT))
    attempt = build()
    board = Board(report_attempt(make_first_news(options, attempt), attempt))
    try:
        server = make_live_server(options.out, board, port=port)
    except OSError:
        raise click.ClickException(CLI_TEXTS["port_taken"].format(port=port)) from None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print_text("serving", url=f"http://127.0.0.1:{server.server_port}{board.news.base}")
    attempt.tidy_up()
    due = find_due(attempt)

    def is_due() -> bool:
        return due is not None and clock() >= due

    try:
        while True:
            watch.wait(is_due=is_due)
            due = rebuild(board, build=build)
    finally:
        board.close()
        server.shutdown()
        server.server_close()


def rebuild(board: Board, *, build: Callable[[], Attempt]) -> datetime | None:
    """Builds and posts what came of it; returns the moment at which to build again in any case."""
    before = board.news
    board.post(replace(before, status=TEXTS["building"]))
    try:
        attempt = build()
    except CommandError as error:
        print_error(error)
        notes = Notes(TEXTS["refusal"], (describe_error(error),))
        board.post(replace(before, status=TEXTS["refused"], errors=notes))
        return None
    board.post(
        report_attempt(before, attempt),
        is_new_site=attempt.built is not None and attempt.built.is_new,
    )
    attempt.tidy_up()
    return find_due(attempt)


def find_due(attempt: Attempt) -> datetime | None:
    """When the site will be another without any change of a file."""
    return attempt.built.next_change if attempt.built else None


def make_first_news(options: BuildOptions, attempt: Attempt) -> News:
    """What is known of the site that an earlier run left, should the first build have failed."""
    if attempt.built:
        return News()
    base = split_base(options.base_url or read_content(options.content)[0].site.base_url)
    return News(base, lead=TEXTS["lead_earlier" if options.out.is_dir() else "lead_none"])


def report_attempt(before: News, attempt: Attempt) -> News:
    """The news after an attempt; one that failed leaves what was said of the site before."""
    rows = describe_problems(attempt.problems)
    counts = count_problems([*attempt.problems])
    closing = Severity.ERROR if counts["errors"] else Severity.WARNING

    def list_notes(severity: Severity, count: int) -> Notes:
        lines = tuple(text for found, text in rows if (found or closing) is severity)
        return Notes(TEXTS[f"{severity}s"].format(count=count), lines) if lines else Notes()

    return News(
        base=split_base(attempt.built.base_url) if attempt.built else before.base,
        lead=describe_site(attempt.built) if attempt.built else before.lead,
        status="" if attempt.built else TEXTS["stopped"].format(**counts),
        errors=list_notes(Severity.ERROR, counts["errors"]),
        warnings=list_notes(Severity.WARNING, counts["warnings"]),
    )


def describe_site(built: Built) -> str:
    """The moment that the site is built for, and what is not in it."""
    lead = TEXTS["lead"].format(at=built.at.astimezone(JST))
    return lead + (TEXTS["lead_hidden"].format(hidden=built.hidden) if built.hidden else "")
