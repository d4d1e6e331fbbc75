"""A report → lines of Japanese: each finding with its fix, then what was checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from a11y.report import Condition, Finding, Report, count_findings, name_checker
from faq.texts import EDITOR_TEXTS

TEXTS: Mapping[str, Any] = EDITOR_TEXTS["audit"]
MAX_LISTED = 3


def format_report(report: Report) -> Iterator[str]:
    """Findings, waivers to act on, a line for each checker, and the total, each as text."""
    texts = TEXTS["report"]
    yield from map(describe_finding, report.findings)
    for key, waivers in (("waiver_expired", report.expired), ("waiver_unused", report.unused)):
        for waiver in waivers:
            yield texts[key].format(rule=waiver.rule, element=waiver.element, until=waiver.until)
    for checker, count in count_findings(report).items():
        name = TEXTS["checkers"].get(checker, checker)
        yield texts["checker"].format(
            name=name, found=count.found, waived=count.waived, pages=count.pages,
            checks=count.checks,
        )  # fmt: skip
    yield texts["total"].format(
        pages=len(report.pages),
        checks=len(report.checks),
        found=len(report.findings) + len(report.expired),
        waivers=len(report.used),
        tools="、".join(f"{name} {version}" for name, version in report.tools.items()),
    )


def describe_finding(finding: Finding) -> str:
    """Where it is, what is wrong and how to fix it, in several lines."""
    violation = finding.violation
    certainty = "open" if violation.is_open else "sure"
    rules = TEXTS["rules"]
    rule = rules.get(violation.rule) or rules[f"{name_checker(violation.rule)}-{certainty}"]
    detail = TEXTS["details"].get(violation.detail, violation.detail)
    text: str = TEXTS["report"]["finding"]
    return text.format(
        pages=_list_first(finding.pages, more="more_pages"),
        rule=violation.rule,
        element=violation.element,
        wrong=rule["wrong"].format(detail=detail),
        fix=rule["fix"],
        conditions=_list_first(
            [describe_condition(one) for one in finding.conditions], more="more_conditions"
        ),
    )


def describe_condition(condition: Condition) -> str:
    """`320px 明るい色 スクリプトあり`."""
    names = TEXTS["conditions"]
    scripts = names["scripts"] if condition.has_scripts else names["no_scripts"]
    return f"{condition.width}px {names[condition.scheme]} {scripts}"


def describe_progress(condition: Condition, done: int, total: int) -> str:
    """How many of the views are checked in a condition."""
    text: str = TEXTS["progress"]["views"]
    return text.format(condition=describe_condition(condition), done=done, total=total)


def describe_stage(stage: str, *, count: int) -> str:
    """That a stage is finished: `journeys` (`count` engines) or `files` (`count` pages)."""
    text: str = TEXTS["progress"][stage]
    return text.format(count=count)


def _list_first(items: Sequence[str], *, more: str) -> str:
    rest = len(items) - MAX_LISTED
    ending = TEXTS["report"][more].format(count=rest) if rest > 0 else ""
    return "、".join(items[:MAX_LISTED]) + ending
