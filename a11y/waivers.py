"""`waivers.yml`: findings that a person examined and accepts until a date."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import yaml

from a11y.report import Check, Report, Violation, Waiver, group_findings

WAIVERS_FILE = Path(__file__).parent / "waivers.yml"


class WaiverError(Exception):
    """The file of waivers cannot be used; the message names the entry and the key."""


def read_waivers(path: Path = WAIVERS_FILE) -> tuple[Waiver, ...]:
    """The waivers of a file; raises `WaiverError` on a missing, empty or unknown key."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    if not isinstance(rows, list):
        raise WaiverError(path.name)
    return tuple(_make_waiver(row, number) for number, row in enumerate(rows, start=1))


def _make_waiver(row: object, number: int) -> Waiver:
    values = row if isinstance(row, dict) else {}
    for key in ("rule", "element", "reason", "until"):
        expected = date if key == "until" else str
        if not isinstance(values.get(key), expected) or not values[key]:
            raise WaiverError(f"{number}: {key}")
    if unknown := set(values) - {item.name for item in fields(Waiver)}:
        raise WaiverError(f"{number}: {min(unknown)}")
    return Waiver(**values)


def make_report(
    checks: Sequence[Check],
    waivers: Sequence[Waiver],
    *,
    on: date,
    tools: Mapping[str, str] | None = None,
) -> Report:
    """The report of an audit, with violations covered by a waiver valid on that day set apart.

    `tools`: name → version.
    """
    valid = [waiver for waiver in waivers if waiver.until >= on]
    used: dict[Waiver, None] = {}
    left, waived = [], []
    for check in checks:
        uncovered: list[Violation] = []
        covered: list[Violation] = []
        for violation in check.violations:
            waiver = next((one for one in valid if covers(one, check.page, violation)), None)
            if waiver:
                used[waiver] = None
            (covered if waiver else uncovered).append(violation)
        left.append(replace(check, violations=tuple(uncovered)))
        waived.append(replace(check, violations=tuple(covered)))
    return Report(
        checks=tuple(checks),
        findings=group_findings(left),
        waived=group_findings(waived),
        used=tuple(used),
        expired=tuple(waiver for waiver in waivers if waiver.until < on),
        unused=tuple(waiver for waiver in valid if waiver not in used),
        tools=tools or {},
    )


def covers(waiver: Waiver, page: str, violation: Violation) -> bool:
    """Whether the waiver applies to this violation on this page."""
    return (
        _fits(waiver.rule, violation.rule)
        and _fits(waiver.element, violation.element)
        and _fits(waiver.page, page)
    )


def _fits(pattern: str, text: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text) is not None
