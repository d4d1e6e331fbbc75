"""audit: build, serve and audit a site in real browsers; report everything found."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from faq.model.content import Content
from faq.read.content import read_content
from faq.render.helpers import split_base
from faq.texts import EDITOR_TEXTS
from pipeline.build import Report, build_site
from pipeline.options import BuildOptions
from preview.server import make_server
from terminal.interface import CLI_TEXTS, EXIT_ERRORS, show_progress

if TYPE_CHECKING:
    from a11y.engines.driver import Engine
    from a11y.report import Check, Condition


@dataclass(frozen=True, slots=True)
class ServedSite:
    """A built and served site: its folder, its home page's address, file → template."""

    folder: Path
    home: str
    templates: Mapping[str, str]
    content: Content


def audit_site(
    options: BuildOptions,
    *,
    with_all: bool = False,
    json_file: Path | None = None,
    evidence_folder: Path | None = None,
    conditions: Sequence[Condition] = (),
    engines: Sequence[Engine] | None = None,
) -> int:
    """Audits the site of a content folder: 0, or 1 on a finding or an expired waiver.

    `options.out` is not written. `conditions` and `engines` are all by default. `json_file` gets
    the report, `evidence_folder` the JIS pack. Findings go to standard output, progress to standard
    error. Raises Click's error (exit code 2) where a tool is missing.
    """
    try:
        # Browser automation is in the packages for tests; building a site does without it.
        from a11y import jis  # noqa: PLC0415
        from a11y.evidence import gather_evidence  # noqa: PLC0415
        from a11y.report import dump_report  # noqa: PLC0415
        from a11y.report_text import format_report  # noqa: PLC0415
        from a11y.waivers import WaiverError, make_report, read_waivers  # noqa: PLC0415
    except ImportError:
        raise click.ClickException(CLI_TEXTS["no_browser"]) from None
    try:
        waivers = read_waivers()
    except WaiverError as error:
        raise click.ClickException(CLI_TEXTS["bad_waivers"].format(detail=error)) from None
    if with_all:
        require_engines()
    if evidence_folder and (existing := jis.find_evidence(evidence_folder)):
        raise click.ClickException(CLI_TEXTS["to_exists"].format(to=existing[0]))
    with show_progress() as report_stage, serve_built(options, report=report_stage) as site:
        report_stage("audit")
        checks, tools = run_stages(
            site, options, with_all=with_all, conditions=conditions, engines=engines
        )
    report = make_report(checks, waivers, on=options.at.date(), tools=tools)
    for text in format_report(report):
        click.echo(text)
    if json_file:
        json_file.write_text(dump_report(report), encoding="utf-8")
    if evidence_folder:
        pages = {path.removesuffix("index.html"): kind for path, kind in site.templates.items()}
        seed = jis.make_seed(options.at)
        evidence = gather_evidence(report, pages=pages, at=options.at)
        jis.write_evidence(evidence_folder, evidence=evidence, site=site.content.site, seed=seed)
        click.echo(EDITOR_TEXTS["jis"]["written"].format(folder=evidence_folder, seed=seed))
    return EXIT_ERRORS if report.findings or report.expired else 0


def require_engines() -> None:
    """Raises Click's error that names what `--all` needs and is not installed."""
    from a11y.node import find_missing  # noqa: PLC0415

    if missing := find_missing():
        raise click.ClickException(CLI_TEXTS["audit_missing"].format(names="、".join(missing)))


def run_stages(
    site: ServedSite,
    options: BuildOptions,
    *,
    with_all: bool,
    conditions: Sequence[Condition],
    engines: Sequence[Engine] | None,
) -> tuple[tuple[Check, ...], dict[str, str]]:
    """Runs every stage over a served site; returns the checks, and tool → version."""
    from a11y import audit, node, rules, views  # noqa: PLC0415
    from a11y.engines import ENGINES  # noqa: PLC0415
    from a11y.report_text import describe_progress, describe_stage  # noqa: PLC0415
    from a11y.rules.language import collect_latin_words  # noqa: PLC0415

    def print_progress(condition: Condition, done: int, total: int) -> None:
        click.echo(describe_progress(condition, done, total), err=True)

    at, workers = options.at, options.workers
    chosen = views.choose_views(site.folder, site.templates)
    engines = ENGINES if engines is None else engines
    try:
        known = frozenset(collect_latin_words(site.content))
        checks, tools = audit.audit_views(
            site.home, chosen, rules=rules.make_rules(known_words=known), at=at,
            workers=workers, conditions=conditions or audit.CONDITIONS, progress=print_progress,
        )  # fmt: skip
        checks += audit.audit_journeys(site.home, query=choose_query(site.content), engines=engines)
        click.echo(describe_stage("journeys", count=len(engines)), err=True)
        if with_all:
            pages = views.list_views(site.folder, site.templates)
            checks += audit.audit_pages(
                site.home, pages, at=at, workers=workers, progress=print_progress
            )[0]
            checks += audit.audit_files(site.folder, pages)
            click.echo(describe_stage("files", count=len(pages)), err=True)
            tools |= {"IBM": node.read_version("accessibility-checker-engine")}
            tools |= {"vnu": node.read_version("vnu-jar")}
    except FileNotFoundError:
        raise click.ClickException(CLI_TEXTS["no_browser"]) from None
    except OSError as error:
        raise click.ClickException(CLI_TEXTS["vnu_failed"].format(detail=error)) from None
    return checks, tools


@contextmanager
def serve_built(options: BuildOptions, *, report: Report) -> Iterator[ServedSite]:
    """Builds into a temporary folder and serves it; raises `ContentError` like a build."""
    content, _ = read_content(options.content)
    with TemporaryDirectory() as temporary:
        out = Path(temporary) / "public"
        result = build_site(dataclasses.replace(options, out=out, allow_shrink=True), report=report)
        base = split_base(options.base_url or content.site.base_url)
        server = make_server(out, base=base, port=0)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            home = f"http://127.0.0.1:{server.server_port}{base}"
            yield ServedSite(out, home, result.kinds, content)
        finally:
            server.shutdown()
            server.server_close()


def choose_query(content: Content) -> str:
    """A search that has results: the city's first featured keyword, else its first question."""
    return next(iter((*content.hot_words, *(faq.question for faq in content.faqs))), "")
