"""What an audit checked and found, as values: for the command line, JSON, the evidence pack."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

OWN_CHECKER = "own"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What a rule found wrong with one element of a page.

    `rule` is the id of one of our rules (`reflow`), or `axe/…`, `ibm/…`, `vnu/…`; `element` a CSS
    selector (IBM: XPath); `detail` a measurement or the checker's message. `is_open`: the checker
    could not decide, a person must look.
    """

    rule: str
    element: str
    detail: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Condition:
    """How a page is shown: width in CSS pixels, `light`, `dark` or `forced` colours, scripts."""

    width: int
    scheme: str
    has_scripts: bool = True


@dataclass(frozen=True, slots=True)
class Check:
    """One view checked in one condition: which rules ran, and what they found.

    `page` is the address below the home page, with the state: `search/ [results]`. `condition` is
    None for checks of the HTML file itself.
    """

    page: str
    template: str
    condition: Condition | None
    rules: frozenset[str]
    violations: tuple[Violation, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A violation with all pages and conditions it was found in."""

    violation: Violation
    pages: tuple[str, ...]
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding accepted through the day `until`; `*` in rule, element or page is any text."""

    rule: str
    element: str
    reason: str
    until: date
    page: str = "*"


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of an audit.

    `findings` are to be fixed, `waived` ones are accepted by the waivers `used`. `expired` waivers
    cover nothing any more, `unused` ones match no violation. `tools`: name → version.
    """

    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...] = ()
    used: tuple[Waiver, ...] = ()
    expired: tuple[Waiver, ...] = ()
    unused: tuple[Waiver, ...] = ()
    tools: Mapping[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> dict[str, str]:
        """Every page checked → its template; a page in another state counts as another page."""
        return {check.page: check.template for check in self.checks}

    @property
    def tested(self) -> dict[str, int]:
        """Rule id → number of different `pages` it ran on."""
        pages: dict[str, set[str]] = {}
        for check in self.checks:
            for rule in check.rules:
                pages.setdefault(rule, set()).add(check.page)
        return {rule: len(found) for rule, found in sorted(pages.items())}


@dataclass(frozen=True, slots=True)
class CheckerCount:
    """What one checker did: findings, waived findings, different pages, checks."""

    found: int
    waived: int
    pages: int
    checks: int


def group_findings(checks: Iterable[Check]) -> tuple[Finding, ...]:
    """One finding for each different violation, ordered by rule and element."""
    pages: dict[Violation, dict[str, None]] = {}
    conditions: dict[Violation, dict[Condition, None]] = {}
    for check in checks:
        for violation in check.violations:
            pages.setdefault(violation, {})[check.page] = None
            if check.condition:
                conditions.setdefault(violation, {})[check.condition] = None
    return tuple(
        Finding(violation, tuple(sorted(seen)), tuple(conditions.get(violation, ())))
        for violation, seen in sorted(pages.items())
    )


def count_findings(report: Report) -> dict[str, CheckerCount]:
    """Checker → what it did, in the order of the checks."""
    pages: dict[str, list[str]] = {}
    for check in report.checks:
        for checker in sorted({name_checker(rule) for rule in check.rules}):
            pages.setdefault(checker, []).append(check.page)
    found = [name_checker(finding.violation.rule) for finding in report.findings]
    waived = [name_checker(finding.violation.rule) for finding in report.waived]
    return {
        checker: CheckerCount(
            found.count(checker), waived.count(checker), len(set(checked)), len(checked)
        )
        for checker, checked in pages.items()
    }


def name_checker(rule: str) -> str:
    """The checker of a rule: `axe` of `axe/label`, `own` of our own rules."""
    checker, _, _ = rule.rpartition("/")
    return checker or OWN_CHECKER


def dump_report(report: Report) -> str:
    """The report as JSON: tools, pages, rules with the number of pages they ran on, findings."""
    data = {
        "engines": dict(report.tools),
        "pages": report.pages,
        "tested": report.tested,
        "findings": [asdict(finding) for finding in report.findings],
        "waived": [asdict(finding) for finding in report.waived],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
