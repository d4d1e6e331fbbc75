"""Waivers: findings that a person looked at and lets stand until a day, from one file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import yaml

from a11y.report import Check, Finding, Violation, group_findings

WAIVERS_FILE = Path(__file__).parent / "waivers.yml"


class WaiverError(Exception):
    """The file of waivers cannot be used; the message names the entry and the key."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding let stand. `*` in rule, element and page stands for any text."""

    rule: str
    element: str
    reason: str
    until: date
    page: str = "*"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is left to mend, what waivers let stand; waivers used, past, and needed by nothing."""

    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    used: tuple[Waiver, ...]
    expired: tuple[Waiver, ...]
    idle: tuple[Waiver, ...]


def read_waivers(path: Path = WAIVERS_FILE) -> tuple[Waiver, ...]:
    """The waivers of a file; raises `WaiverError` where an entry says too little."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    if not isinstance(rows, list):
        raise WaiverError(path.name)
    return tuple(_make_waiver(row, number) for number, row in enumerate(rows, start=1))


def _make_waiver(row: object, number: int) -> Waiver:
    values = row if isinstance(row, dict) else {}
    for key in ("rule", "element", "reason", "until"):
        wanted = date if key == "until" else str
        if not isinstance(values.get(key), wanted) or not values[key]:
            raise WaiverError(f"{number}: {key}")
    if unknown := set(values) - set(Waiver.__slots__):
        raise WaiverError(f"{number}: {min(unknown)}")
    return Waiver(**values)


def judge_checks(checks: Sequence[Check], waivers: Sequence[Waiver], *, on: date) -> Judgement:
    """Sets apart what a waiver lets stand on that day; an expired waiver covers nothing."""
    valid = [waiver for waiver in waivers if waiver.until >= on]
    used: dict[Waiver, None] = {}
    left, waived = [], []
    for check in checks:
        stands: dict[bool, list[Violation]] = {True: [], False: []}
        for violation in check.violations:
            waiver = next((one for one in valid if covers(one, check.page, violation)), None)
            if waiver:
                used[waiver] = None
            stands[waiver is not None].append(violation)
        left.append(replace(check, violations=tuple(stands[False])))
        waived.append(replace(check, violations=tuple(stands[True])))
    return Judgement(
        findings=group_findings(left),
        waived=group_findings(waived),
        used=tuple(used),
        expired=tuple(waiver for waiver in waivers if waiver.until < on),
        idle=tuple(waiver for waiver in valid if waiver not in used),
    )


def covers(waiver: Waiver, page: str, violation: Violation) -> bool:
    """Whether the waiver speaks of this violation on this page."""
    return (
        _fits(waiver.rule, violation.rule)
        and _fits(waiver.element, violation.element)
        and _fits(waiver.page, page)
    )


def _fits(pattern: str, text: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text) is not None
