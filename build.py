"""Shirube's command line: the one place that reads arguments, clock and environment."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from terminal.setup import require_packages

# Before any package is imported: without them a sentence is said, and no traceback shown.
require_packages()

import click

from faq.model.choices import Audience
from faq.model.dates import JST, parse_moment
from faq.model.problem import CellError, ContentError
from faq.model.urls import check_site_address
from pipeline.options import BuildOptions
from terminal.interface import (
    CLI_TEXTS,
    EXIT_ERRORS,
    PROGRAM_NAME,
    JapaneseCommand,
    JapaneseGroup,
    option,
    print_problems,
    run_command,
)
from terminal.version import VERSION

PATH = click.Path(path_type=Path)


def site_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that makes a site."""
    for add in (
        option("--allow-shrink", text="help_allow_shrink", is_flag=True),
        option("--base-url", text="help_base_url", default="", metavar="URL"),
        option("--audience", text="help_audience", type=click.Choice([str(a) for a in Audience]),
               default=str(Audience.CITIZEN), show_default=True),
        option("--at", text="help_at", default="", metavar="TIME"),
        option("--cache/--no-cache", text="help_cache", default=True),
        option("--out", text="help_out", type=PATH, default=Path("public"), show_default=True),
        content_option,
    ):  # fmt: skip
        command = add(command)
    return command


content_option = option(
    "--content", text="help_content", type=PATH, default=Path("content"), show_default=True
)


def make_options(
    *,
    content: Path,
    out: Path = Path(),
    at: str = "",
    audience: str = str(Audience.CITIZEN),
    base_url: str = "",
    cache: bool = False,
    **publishing: bool,
) -> BuildOptions:
    """The options as values; the clock is read, and is the moment where `--at` says nothing.

    The cache is beside the output.
    """
    now = read_clock()
    try:
        moment = parse_moment(at) if at else now
    except CellError:
        raise click.ClickException(CLI_TEXTS["bad_at"]) from None
    try:
        base_url = base_url and check_site_address(base_url)
    except CellError:
        raise click.ClickException(CLI_TEXTS["bad_base_url"]) from None
    workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return BuildOptions(
        content=content,
        out=out,
        at=moment,
        audience=Audience(audience),
        base_url=base_url,
        workers=workers or 1,
        now=now,
        cache=out.with_name(f"{out.name}.cache") if cache else None,
        **publishing,
    )


def read_clock() -> datetime:
    """The moment, to the second."""
    return datetime.now(JST).replace(microsecond=0)


@click.group(
    cls=JapaneseGroup, invoke_without_command=True, help=CLI_TEXTS["help_program"],
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)  # fmt: skip
@site_options
@option("--release-hold", text="help_release_hold", is_flag=True)
@click.version_option(VERSION, prog_name="Shirube", message="%(prog)s %(version)s",
                      help=CLI_TEXTS["help_version"])  # fmt: skip
@click.pass_context
def program(context: click.Context, /, **settings: Any) -> int:
    """Builds the site where no command is named."""
    from commands.build import build_once

    return 0 if context.invoked_subcommand else build_once(make_options(**settings))


@program.command("init", cls=JapaneseCommand, help=CLI_TEXTS["help_init"])
@click.argument("folder", type=PATH, metavar="FOLDER")
@option("--name", text="help_init_name", default="", metavar="NAME")
@option("--address", text="help_init_address", default="", metavar="URL")
@option("--from", "table", text="help_init_from", type=PATH, default=None, metavar="FILE")
@option("--sheet", text="help_init_sheet", default="", metavar="NAME")
@option("--yes", text="help_init_yes", is_flag=True)
def init(folder: Path, *, table: Path | None, sheet: str, yes: bool, **said: str) -> int:
    """Begins the folder of a city."""
    from commands.init import NewCity, start_city, start_city_from

    asks = not yes and sys.stdin.isatty()
    city = NewCity(folder, **said, version=VERSION, asks=asks)
    return start_city_from(city, table=table, sheet=sheet) if table else start_city(city)


@program.command(cls=JapaneseCommand, help=CLI_TEXTS["help_serve"])
@site_options
@option("--port", text="help_port", type=int, default=8000, show_default=True)
@option("--components", text="help_components", is_flag=True)
def serve(port: int, *, components: bool, **settings: Any) -> int:
    """Builds, serves, and builds again whenever the content changes."""
    from commands.build import build_again
    from commands.components import preview_components
    from commands.serve import serve_site
    from pipeline.build import open_cache

    if not components:
        options = make_options(**settings)
        cache = open_cache(options)
        return serve_site(
            options,
            port=port,
            build=lambda: build_again(make_options(**settings), cache=cache),
            clock=lambda: options.at if settings["at"] else read_clock(),
        )
    with TemporaryDirectory() as folder:
        options = replace(make_options(**settings), out=Path(folder) / "components")
        build = partial(preview_components, options)
        return serve_site(options, port=port, build=build, clock=lambda: options.at)


@program.command(cls=JapaneseCommand, help=CLI_TEXTS["help_check"])
@content_option
@option("--json", "as_json", text="help_json", is_flag=True)
@option("--all", "whole", text="help_all", is_flag=True)
@option("--fix-names", "with_names", text="help_fix_names", is_flag=True)
@option("--yes", text="help_yes", is_flag=True)
@option("--search", "with_search", text="help_search", is_flag=True)
@option("--at", text="help_at", default="", metavar="TIME")
def check(content: Path, *, with_names: bool, yes: bool, at: str, **settings: bool) -> int:
    """Reads and checks; writes nothing, but for missing names where that is asked for."""
    from commands.check import check_folder
    from commands.check_search import check_search
    from commands.fix_names import fix_names

    if with_names and settings["as_json"]:
        raise click.UsageError(CLI_TEXTS["fix_json"])
    if with_names:
        fix_names(content, yes=yes)
    options = make_options(content=content, at=at)
    if settings.pop("with_search"):
        return check_search(
            content, at=options.at, audience=options.audience, workers=options.workers
        )
    return check_folder(content, at=options.at, **settings)


@program.command(cls=JapaneseCommand, help=CLI_TEXTS["help_audit"])
@content_option
@option("--all", "with_all", text="help_audit_all", is_flag=True)
@option("--at", text="help_at", default="", metavar="TIME")
@option("--base-url", text="help_base_url", default="", metavar="URL")
@option("--json", "json_file", text="help_audit_json", type=PATH, default=None, metavar="FILE")
@option("--jis", "evidence_folder", text="help_audit_jis", type=PATH, default=None,
        metavar="FOLDER")  # fmt: skip
def audit(content: Path, *, at: str, base_url: str, **settings: Any) -> int:
    """Builds into a temporary folder and audits it in a real browser."""
    from commands.audit import audit_site

    options = make_options(content=content, at=at, base_url=base_url)
    try:
        return audit_site(options, **settings)
    except ContentError as error:
        print_problems(error.problems)
        return EXIT_ERRORS


@program.command(cls=JapaneseCommand, help=CLI_TEXTS["help_learn"])
@content_option
@option("--at", text="help_at", default="", metavar="TIME")
def learn(content: Path, *, at: str) -> int:
    """Learns the search's weights from the city's own questions."""
    from commands.learn import learn_from_city

    options = make_options(content=content, at=at)
    try:
        return learn_from_city(content, at=options.at)
    except ContentError as error:
        print_problems(error.problems)
        return EXIT_ERRORS


@program.command("import", cls=JapaneseCommand, help=CLI_TEXTS["help_import"])
@click.argument("file", type=PATH, metavar="FILE")
@option("--map", "map_file", text="help_map", type=PATH, default=None, metavar="MAP.yml")
@option("--to", "to", text="help_to", type=PATH, required=True, metavar="CSV")
@option("--all", "whole", text="help_all", is_flag=True)
@content_option
def import_(file: Path, map_file: Path | None, to: Path, *, whole: bool, content: Path) -> int:
    """Takes a foreign table in."""
    from commands.exchange import import_faqs

    return import_faqs(file, map_file=map_file, to=to, content=content, whole=whole)


@program.command(cls=JapaneseCommand, help=CLI_TEXTS["help_export"])
@option("--out", text="help_to", type=PATH, default=Path("faq.csv"), show_default=True)
@option("--encoding", text="help_encoding", default="utf-8-sig", show_default=True,
        type=click.Choice(["utf-8-sig", "utf-8", "cp932"]))  # fmt: skip
@content_option
def export(out: Path, encoding: str, content: Path) -> int:
    """Writes every FAQ to one CSV."""
    from commands.exchange import export_faqs

    return export_faqs(content, out=out, encoding=encoding)


@program.command(cls=JapaneseCommand, help=CLI_TEXTS["help_override"])
@click.argument("template", metavar="TEMPLATE")
@content_option
def override(template: str, content: Path) -> int:
    """Copies a template to where the city may change it."""
    from commands.override import override_template

    return override_template(template, content=content)


@program.command(cls=JapaneseCommand, help=CLI_TEXTS["help_rollback"])
@option("--out", text="help_out", type=PATH, default=Path("public"), show_default=True)
@option("--even-expired", text="help_even_expired", is_flag=True)
@option("--reason", text="help_reason", default=CLI_TEXTS["no_reason"], show_default=True,
        metavar="TEXT")  # fmt: skip
def rollback(out: Path, *, even_expired: bool, reason: str) -> int:
    """Makes the release before the public one public again, and holds builds back."""
    from commands.rollback import roll_back_site

    return roll_back_site(out, now=read_clock(), even_expired=even_expired, reason=reason)


@program.command("upgrade-content", cls=JapaneseCommand, help=CLI_TEXTS["help_upgrade"])
@content_option
def upgrade(content: Path) -> int:
    """Rewrites the content in the format that this program reads."""
    from commands.upgrade import upgrade_content

    try:
        return upgrade_content(content)
    except ContentError as error:
        print_problems(error.problems)
        return EXIT_ERRORS


def main() -> int:
    """Runs the program, which speaks of itself by the name it was called by."""
    # Nearly all values live as long as a build: to look for dead ones was a quarter of its time.
    gc.set_threshold(200_000, 50, 50)
    # A pipe or file in the encoding of an older Windows does not know every character.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    is_script = Path(sys.argv[0]).name == "build.py"
    name = "python build.py" if is_script else PROGRAM_NAME
    return run_command(program, sys.argv[1:], name=name)


if __name__ == "__main__":
    sys.exit(main())
