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

from commands.build import BuildOptions, Tell, build_site
from commands.interface import CLI_TEXTS, EXIT_ERRORS, show_progress, tell
from commands.serve import make_server
from faq.model import Content
from faq.read import read_content
from faq.render import split_base
from faq.texts import EDITOR_TEXTS

if TYPE_CHECKING:
    from a11y.engines.driver import Engine
    from a11y.report import Condition, Finding, Report
    from a11y.waivers import Judgement

AUDIT_TEXTS: dict[str, Any] = EDITOR_TEXTS["audit"]
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Site:
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
    """Audits the site of a content folder: 0, or 1 where something unwaived was found.

    `options.out` is not written; no `conditions` and no `engines` named are all. The JIS pack is
    written into `evidence_folder`. Raises Click's error (exit code 2) where a tool is missing.
    """
    try:
        # A browser belongs to the packages for testing; citizens' sites are built without.
        from a11y import jis  # noqa: PLC0415
        from a11y.evidence import gather_evidence  # noqa: PLC0415
        from a11y.waivers import WaiverError, judge_checks, read_waivers  # noqa: PLC0415
    except ImportError:
        raise click.ClickException(CLI_TEXTS["no_browser"]) from None
    try:
        waivers = read_waivers()
    except WaiverError as error:
        raise click.ClickException(CLI_TEXTS["bad_waivers"].format(detail=error)) from None
    if with_all:
        require_engines()
    if evidence_folder and (there := jis.find_evidence(evidence_folder)):
        raise click.ClickException(CLI_TEXTS["to_exists"].format(to=there[0]))
    with show_progress() as report_stage, serve_built(options, tell=report_stage) as site:
        report_stage("audit")
        report = run_stages(
            site, options, with_all=with_all, conditions=conditions, engines=engines
        )
    judgement = judge_checks(report.checks, waivers, on=options.at.date())
    report = dataclasses.replace(
        report,
        findings=judgement.findings,
        waived=judgement.waived,
        waivers=len(judgement.used),
    )
    tell_report(report, judgement)
    if json_file:
        write_json(json_file, report)
    if evidence_folder:
        pages = {path.removesuffix("index.html"): kind for path, kind in site.templates.items()}
        seed = jis.make_seed(options.at)
        evidence = gather_evidence(report, pages=pages, at=options.at)
        jis.write_evidence(evidence_folder, evidence=evidence, site=site.content.site, seed=seed)
        click.echo(EDITOR_TEXTS["jis"]["written"].format(folder=evidence_folder, seed=seed))
    return EXIT_ERRORS if judgement.findings or judgement.expired else 0


def require_engines() -> None:
    """Raises Click's error that names what `--all` needs and is not there."""
    from a11y.node import find_missing  # noqa: PLC0415

    if missing := find_missing():
        raise click.ClickException(CLI_TEXTS["audit_missing"].format(names="、".join(missing)))


def run_stages(
    site: Site,
    options: BuildOptions,
    *,
    with_all: bool,
    conditions: Sequence[Condition],
    engines: Sequence[Engine] | None,
) -> Report:
    """Every stage over a served site; a further stage is one line here."""
    from a11y import audit, node, rules, views  # noqa: PLC0415
    from a11y.engines import ENGINES  # noqa: PLC0415
    from a11y.report import Report  # noqa: PLC0415

    at, workers = options.at, options.workers
    chosen = views.choose_views(site.folder, site.templates)
    try:
        known = frozenset(collect_words(site.content))
        checks, versions = audit.audit_views(
            site.home, chosen, rules=rules.make_rules(known_words=known),
            at=at, workers=workers, conditions=conditions or audit.CONDITIONS,
        )  # fmt: skip
        checks += audit.audit_journeys(
            site.home,
            query=choose_query(site.content),
            engines=ENGINES if engines is None else engines,
        )
        if with_all:
            pages = views.list_views(site.folder, site.templates)
            checks += audit.audit_pages(site.home, pages, at=at, workers=workers)[0]
            checks += audit.audit_files(site.folder, pages)
            versions |= {"IBM": node.read_version("accessibility-checker-engine")}
            versions |= {"vnu": node.read_version("vnu-jar")}
    except FileNotFoundError:
        raise click.ClickException(CLI_TEXTS["no_browser"]) from None
    except OSError as error:
        raise click.ClickException(CLI_TEXTS["vnu_failed"].format(detail=error)) from None
    return Report(checks, engines=versions)


@contextmanager
def serve_built(options: BuildOptions, *, tell: Tell) -> Iterator[Site]:
    """Builds into a temporary folder and serves it; raises `ContentError` like a build."""
    content, _ = read_content(options.content)
    with TemporaryDirectory() as temporary:
        out = Path(temporary) / "public"
        result = build_site(dataclasses.replace(options, out=out), tell=tell)
        base = split_base(options.base_url or content.site.base_url)
        server = make_server(out, base=base, port=0)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            home = f"http://127.0.0.1:{server.server_port}{base}"
            yield Site(out, home, result.templates, content)
        finally:
            server.shutdown()
            server.server_close()


def choose_query(content: Content) -> str:
    """What a citizen may search for: a word the city points at, else the first question."""
    return next(iter((*content.hot_words, *(faq.question for faq in content.faqs))), "")


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
    for engine, (found, pages, looks) in count_findings(report).items():
        name = AUDIT_TEXTS["engines"].get(engine, engine)
        tell(
            "audited_engine", name=name, found=found, pages=pages, looks=looks,
            waived=sum(name_engine(finding) == engine for finding in report.waived),
        )  # fmt: skip
    tell(
        "audited", pages=len(report.pages), looks=len(report.checks), waivers=report.waivers,
        found=len(report.findings) + len(judgement.expired),
        engines="、".join(f"{name} {version}" for name, version in report.engines.items()),
    )  # fmt: skip


def describe_finding(finding: Finding) -> str:
    """Where, what is wrong, and the way out, in lines."""
    violation = finding.violation
    outcome = "open" if violation.is_open else "sure"
    texts = AUDIT_TEXTS["rules"]
    text = texts.get(violation.rule) or texts[f"{name_engine(finding)}-{outcome}"]
    detail = AUDIT_TEXTS["details"].get(violation.detail, violation.detail)
    return CLI_TEXTS["finding"].format(
        pages=_list_some(finding.pages, "more_pages"),
        rule=violation.rule,
        element=violation.element,
        wrong=text["wrong"].format(detail=detail),
        fix=text["fix"],
        conditions=_list_some([_tell_condition(one) for one in finding.conditions], "more"),
    )


def _tell_condition(condition: Condition) -> str:
    words = AUDIT_TEXTS["conditions"]
    scripts = words["scripts"] if condition.has_scripts else words["no_scripts"]
    return f"{condition.width}px {words[condition.scheme]} {scripts}"


def _list_some(items: Sequence[str], key: str) -> str:
    more = len(items) - _SHOWN
    return "、".join(items[:_SHOWN]) + (CLI_TEXTS[key].format(count=more) if more > 0 else "")


def count_findings(report: Report) -> dict[str, tuple[int, int, int]]:
    """Engine → findings, different pages and states, looks; our own rules are `own`."""
    pages: dict[str, list[str]] = {}
    for check in report.checks:
        for engine in sorted({name_rule_engine(rule) for rule in check.rules}):
            pages.setdefault(engine, []).append(check.page)
    found = [name_engine(finding) for finding in report.findings]
    return {
        engine: (found.count(engine), len(set(looks)), len(looks))
        for engine, looks in pages.items()
    }


def name_engine(finding: Finding) -> str:
    """`axe` of `axe/label`; `own` of a rule of ours."""
    return name_rule_engine(finding.violation.rule)


def name_rule_engine(rule: str) -> str:
    """The part of a rule's id that names its engine; `own` where there is none."""
    engine, _, _ = rule.rpartition("/")
    return engine or "own"


def write_json(file: Path, report: Report) -> None:
    """The report for machines: pages, rules with the number of pages they ran on, findings."""
    data = {
        "engines": dict(report.engines),
        "pages": report.pages,
        "tested": report.tested,
        "findings": [dataclasses.asdict(finding) for finding in report.findings],
        "waived": [dataclasses.asdict(finding) for finding in report.waived],
    }
    file.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
