"""What machines did in an audit, and how it is told: in figures, and never as a criterion met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from a11y.criteria import Criterion
from a11y.report import Report, group_findings
from faq.texts import EDITOR_TEXTS

TEXTS: Mapping[str, Any] = EDITOR_TEXTS["jis"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What machines did: rule → pages it ran on, rule → findings, tool → version.

    `pages` are the addresses of all pages (below the home page, or whole), `representative` one
    for each kind. `waived` and `unsure` count, for each rule, what was let pass until a day, and
    what no machine can decide. Rules are called as in `Criterion.machine`.
    """

    at: datetime
    pages: Sequence[str]
    representative: Mapping[str, str]
    tested: Mapping[str, int]
    found: Mapping[str, int]
    engines: Mapping[str, str]
    waived: Mapping[str, int] = field(default_factory=dict)
    unsure: Mapping[str, int] = field(default_factory=dict)

    @property
    def rules(self) -> frozenset[str]:
        """Every rule that ran, or has something to say."""
        return frozenset().union(self.tested, self.found, self.waived, self.unsure)


def gather_evidence(report: Report, *, pages: Mapping[str, str], at: datetime) -> Evidence:
    """An audit's outcome as evidence. `pages`: address below the home page → template."""
    addresses = {address: kind for address, kind in pages.items() if kind != "redirect"}
    representative: dict[str, str] = {}
    for address, kind in addresses.items():
        representative.setdefault(kind, address)
    seen = Counter(finding.violation.rule for finding in group_findings(report.checks))
    left = Counter(finding.violation.rule for finding in report.findings)
    found = Counter(f.violation.rule for f in report.findings if not f.violation.is_open)
    return Evidence(
        at=at, pages=tuple(addresses), representative=representative, tested=report.tested,
        found=found, unsure=left - found, waived=seen - left, engines=report.engines,
    )  # fmt: skip


def sum_up(criterion: Criterion, *, evidence: Evidence) -> str:
    """What machines can say of a criterion in one sentence."""
    words = TEXTS["machine"]
    ran = [rule for rule in criterion.machine if rule in evidence.rules]
    if not ran:
        return str(words["not_run" if criterion.machine else "none"])
    found = sum(evidence.found.get(rule, 0) for rule in ran)
    return _tell_figures(words["found" if found else "clean"], ran, evidence)


def list_rules(criterion: Criterion, *, evidence: Evidence) -> list[str]:
    """A line for each rule of a criterion: pages and findings, or that it did not run."""
    words = TEXTS["machine"]
    return [
        f"{_name_rule(rule)}: "
        + (
            _tell_figures(words["rule"], [rule], evidence)
            if rule in evidence.rules
            else words["not_run"]
        )
        for rule in criterion.machine
    ]


def list_others(evidence: Evidence, *, mapped: Collection[str]) -> Iterator[tuple[str, str]]:
    """Name and figures of rules of no criterion: those of an engine together, ours one by one."""
    others = sorted(evidence.rules - set(mapped))
    for name, group in groupby(others, key=lambda rule: rule.partition("/")[0]):
        ran = tuple(group)
        told: str = TEXTS["draft"]["engine" if "/" in ran[0] else "rule"]
        figures = _tell_figures(TEXTS["machine"]["rule"], ran, evidence)
        yield told.format(name=_name_rule(name), count=len(ran)), figures


def _tell_figures(words: str, rules: Collection[str], evidence: Evidence) -> str:
    """Pages and findings; beside them what was let pass for a time, and what is undecided."""
    pages = max(evidence.tested.get(rule, 0) for rule in rules)
    counts = {
        name: sum(of_rule.get(rule, 0) for rule in rules)
        for name, of_rule in (
            ("found", evidence.found),
            ("waived", evidence.waived),
            ("unsure", evidence.unsure),
        )
    }
    beside = "".join(
        TEXTS["machine"][name].format(count=counts[name])
        for name in ("waived", "unsure")
        if counts[name]
    )
    return words.format(pages=pages, found=counts["found"]) + beside


def _name_rule(rule: str) -> str:
    name: str = TEXTS["rules"].get(rule, rule)
    return name
