"""audit: build, serve and audit a site in real browsers; tell everything found, at once."""

from __future__ import annotations

import dataclasses
import json
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from commands.build import BuildOptions, BuildResult, build_site
from commands.interface import CLI_TEXTS, EXIT_ERRORS, tell
from commands.serve import make_server
from faq.read import read_content
from faq.render import split_base
from faq.texts import EDITOR_TEXTS

if TYPE_CHECKING:
    from a11y.report import Finding, Report
    from a11y.waivers import Judgement

AUDIT_TEXTS: dict[str, Any] = EDITOR_TEXTS["audit"]
_SHOWN_PAGES = 3


@dataclass(frozen=True, slots=True)
class Site:
    """A built and served site: its folder, its home page's address, file → template."""

    folder: Path
    home: str
    templates: Mapping[str, str]
    known_words: frozenset[str]


def audit_site(options: BuildOptions, *, with_all: bool, json_file: Path | None) -> int:
    """Audits the site of a content folder: 0, or 1 where something unwaived was found.

    `options.out` is not written. Raises Click's error (exit code 2) where an engine is missing.
    """
    try:
        # A browser belongs to the packages for testing; citizens' sites are built without.
        from a11y.node import find_missing  # noqa: PLC0415
        from a11y.waivers import WaiverError, judge_checks, read_waivers  # noqa: PLC0415

        if with_all and (missing := find_missing()):
            raise click.ClickException(CLI_TEXTS["audit_missing"].format(names="、".join(missing)))
        try:
            waivers = read_waivers()
        except WaiverError as error:
            raise click.ClickException(CLI_TEXTS["bad_waivers"].format(detail=error)) from None
        with serve_built(options) as site:
            report = run_stages(site, options, with_all=with_all)
    except (ImportError, FileNotFoundError):
        raise click.ClickException(CLI_TEXTS["no_browser"]) from None
    judgement = judge_checks(report.checks, waivers, on=options.at.date())
    report = dataclasses.replace(report, findings=judgement.findings, waived=len(judgement.used))
    tell_report(report, judgement)
    if json_file:
        write_json(json_file, report, judgement)
    return EXIT_ERRORS if judgement.findings or judgement.expired else 0


def run_stages(site: Site, options: BuildOptions, *, with_all: bool) -> Report:
    """Every stage over a served site; a further stage is one line here."""
    from a11y.audit import audit_files, audit_pages, audit_places  # noqa: PLC0415
    from a11y.node import read_version  # noqa: PLC0415
    from a11y.places import choose_places, list_pages  # noqa: PLC0415
    from a11y.report import Report  # noqa: PLC0415
    from a11y.rules import make_rules  # noqa: PLC0415

    rules = make_rules(known_words=site.known_words)
    places = choose_places(site.folder, site.templates)
    at, workers = options.at, options.workers
    checks, engines = audit_places(site.home, places, rules=rules, at=at, workers=workers)
    if with_all:
        pages = list_pages(site.folder, site.templates)
        checks += audit_pages(site.home, pages, at=at, workers=workers)[0]
        checks += audit_files(site.folder, pages)
        engines |= {
            "IBM": read_version("accessibility-checker-engine"),
            "vnu": read_version("vnu-jar"),
        }
    return Report(checks, (), engines=engines)


@contextmanager
def serve_built(options: BuildOptions) -> Iterator[Site]:
    """Builds into a temporary folder and serves it; raises `ContentError` like a build."""
    content, _ = read_content(options.content)
    with TemporaryDirectory() as temporary:
        out = Path(temporary) / "public"
        result: BuildResult = build_site(dataclasses.replace(options, out=out))
        base = split_base(options.base_url or content.site.base_url)
        server = make_server(out, base=base, port=0)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            home = f"http://127.0.0.1:{server.server_port}{base}"
            yield Site(out, home, result.templates, frozenset(collect_words(content)))
        finally:
            server.shutdown()
            server.server_close()


def collect_words(value: object) -> Iterator[str]:
    """The Latin words, in lower case, in the texts of a value and of all that it holds."""
    if isinstance(value, str):
        yield from re.findall(r"[a-z][a-z']+", value.lower())
    elif dataclasses.is_dataclass(value):
        for item in dataclasses.fields(value):
            yield from collect_words(getattr(value, item.name))
    elif isinstance(value, Mapping):
        yield from collect_words(tuple(value.values()))
    elif isinstance(value, (tuple, list, frozenset)):
        for item in value:
            yield from collect_words(item)


def tell_report(report: Report, judgement: Judgement) -> None:
    """Every finding with its way out; then each zero beside what was looked at, and the waivers."""
    for finding in report.findings:
        click.echo(describe_finding(finding))
    for key, waivers in (("waiver_expired", judgement.expired), ("waiver_idle", judgement.idle)):
        for waiver in waivers:
            tell(key, rule=waiver.rule, element=waiver.element, until=waiver.until)
    counts = count_findings(report)
    for engine, (found, pages, looks) in counts.items():
        name = AUDIT_TEXTS["engines"].get(engine, engine)
        tell(
            "audited_engine", name=name, found=found, pages=pages, looks=looks, waived=report.waived
        )
    engines = "、".join(f"{name} {version}" for name, version in report.engines.items())
    tell(
        "audited", pages=len(report.pages), looks=len(report.checks), engines=engines,
        found=len(report.findings) + len(judgement.expired), waived=report.waived,
    )  # fmt: skip


def describe_finding(finding: Finding) -> str:
    """Where, what is wrong, and the way out, in lines."""
    violation = finding.violation
    engine, _, rule = violation.rule.rpartition("/")
    text = (
        AUDIT_TEXTS["rules"].get(rule)
        or AUDIT_TEXTS["rules"][f"{engine}-{'open' if violation.is_open else 'sure'}"]
    )
    pages = "、".join(finding.pages[:_SHOWN_PAGES])
    return CLI_TEXTS["finding"].format(
        pages=pages + _tell_more(finding.pages, "more_pages"),
        rule=violation.rule, element=violation.element,
        wrong=text["wrong"].format(detail=_explain_detail(violation.detail)), fix=text["fix"],
        conditions="、".join(finding.conditions[:_SHOWN_PAGES])
        + _tell_more(finding.conditions, "more_conditions"),
    )  # fmt: skip


def _explain_detail(detail: str) -> str:
    return str(AUDIT_TEXTS["details"].get(detail, detail))


def _tell_more(items: Sequence[str], key: str) -> str:
    more = len(items) - _SHOWN_PAGES
    return CLI_TEXTS[key].format(count=more) if more > 0 else ""


def count_findings(report: Report) -> dict[str, tuple[int, int, int]]:
    """Engine → findings, different pages and states, looks. Our own rules are `own`."""
    counts = {}
    for engine in dict.fromkeys(
        name_engine(rule) for check in report.checks for rule in sorted(check.rules)
    ):
        checks = [c for c in report.checks if any(name_engine(rule) == engine for rule in c.rules)]
        found = sum(name_engine(f.violation.rule) == engine for f in report.findings)
        counts[engine] = (found, len({check.page for check in checks}), len(checks))
    return counts


def name_engine(rule: str) -> str:
    """`axe` of `axe/label`; `own` of a rule of ours."""
    engine, _, _ = rule.rpartition("/")
    return engine or "own"


def write_json(file: Path, report: Report, judgement: Judgement) -> None:
    """The report for machines: pages, rules with the pages they ran on, findings."""
    data = {
        "engines": dict(report.engines),
        "pages": report.pages,
        "tested": report.tested,
        "findings": [dataclasses.asdict(finding) for finding in report.findings],
        "waived": report.waived,
        "expired": [f"{waiver.rule} {waiver.element}" for waiver in judgement.expired],
    }
    file.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
