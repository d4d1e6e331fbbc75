"""An audit's report → evidence: what machines checked, in figures, never as a criterion met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from a11y.criteria import Criterion
from a11y.report import Report, group_findings
from faq.pages.page import Kind
from faq.texts import EDITOR_TEXTS

TEXTS: Mapping[str, Any] = EDITOR_TEXTS["jis"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What machines checked and found.

    `pages` are the addresses of all pages (below the home page, or absolute); `representative` is
    kind of page → one address. `tested` is rule → pages it ran on; `found`, `waived` and
    `undecided` are rule → findings: certain ones, accepted ones, and those a person must judge.
    `tools` is name → version. Rules are named as in `Criterion.machine`.
    """

    at: datetime
    pages: Sequence[str]
    representative: Mapping[str, str]
    tested: Mapping[str, int]
    found: Mapping[str, int]
    tools: Mapping[str, str]
    waived: Mapping[str, int] = field(default_factory=dict)
    undecided: Mapping[str, int] = field(default_factory=dict)

    @property
    def rules(self) -> frozenset[str]:
        """Every rule that ran or has findings."""
        return frozenset().union(self.tested, self.found, self.waived, self.undecided)


def gather_evidence(report: Report, *, pages: Mapping[str, str], at: datetime) -> Evidence:
    """A report as evidence. `pages`: address below the home page → template."""
    addresses = {address: kind for address, kind in pages.items() if kind != Kind.REDIRECT}
    representative: dict[str, str] = {}
    for address, kind in addresses.items():
        representative.setdefault(kind, address)
    every = Counter(finding.violation.rule for finding in group_findings(report.checks))
    left = Counter(finding.violation.rule for finding in report.findings)
    found = Counter(f.violation.rule for f in report.findings if not f.violation.is_open)
    return Evidence(
        at=at, pages=tuple(addresses), representative=representative, tested=report.tested,
        found=found, undecided=left - found, waived=every - left, tools=report.tools,
    )  # fmt: skip


def summarize_criterion(criterion: Criterion, *, evidence: Evidence) -> str:
    """What machines found for a criterion, in one Japanese sentence."""
    texts = TEXTS["machine"]
    ran = [rule for rule in criterion.machine if rule in evidence.rules]
    if not ran:
        return str(texts["not_run" if criterion.machine else "none"])
    found = sum(evidence.found.get(rule, 0) for rule in ran)
    return _format_counts(texts["found" if found else "clean"], ran, evidence)


def list_rules(criterion: Criterion, *, evidence: Evidence) -> list[str]:
    """A line for each rule of a criterion: pages and findings, or that it did not run."""
    texts = TEXTS["machine"]
    return [
        f"{_name_rule(rule)}: "
        + (
            _format_counts(texts["rule"], [rule], evidence)
            if rule in evidence.rules
            else texts["not_run"]
        )
        for rule in criterion.machine
    ]


def list_other_rules(evidence: Evidence, *, mapped: Collection[str]) -> Iterator[tuple[str, str]]:
    """Name and figures of rules not in `mapped`: one entry per checker, and per rule of ours."""
    others = sorted(evidence.rules - set(mapped))
    for name, group in groupby(others, key=lambda rule: rule.partition("/")[0]):
        ran = tuple(group)
        text: str = TEXTS["draft"]["checker" if "/" in ran[0] else "rule"]
        figures = _format_counts(TEXTS["machine"]["rule"], ran, evidence)
        yield text.format(name=_name_rule(name), count=len(ran)), figures


def _format_counts(text: str, rules: Collection[str], evidence: Evidence) -> str:
    """Pages and findings in a text, followed by waived and undecided findings if there are any."""
    pages = max(evidence.tested.get(rule, 0) for rule in rules)
    counts = {
        name: sum(of_rule.get(rule, 0) for rule in rules)
        for name, of_rule in (
            ("found", evidence.found),
            ("waived", evidence.waived),
            ("undecided", evidence.undecided),
        )
    }
    others = "".join(
        TEXTS["machine"][name].format(count=counts[name])
        for name in ("waived", "undecided")
        if counts[name]
    )
    return text.format(pages=pages, found=counts["found"]) + others


def _name_rule(rule: str) -> str:
    name: str = TEXTS["rules"].get(rule, rule)
    return name
