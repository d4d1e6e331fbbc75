"""Waivers: what they cover, until when, and that expired and unused ones are reported."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from a11y.report import Check, Condition, Violation, Waiver
from a11y.waivers import WaiverError, covers, make_report, read_waivers

LAST_DAY = date(2027, 3, 31)
DAY_AFTER = date(2027, 4, 1)
VIOLATION = Violation("axe/label", "#field", "名前がありません")
CHECK = Check(
    "faq/1/", "faq", Condition(320, "light"), frozenset({"axe/label", "reflow"}), (VIOLATION,)
)
WAIVER = Waiver("axe/label", "#field", "業者の部品のため", LAST_DAY)


def test_a_waiver_sets_its_finding_apart_until_its_last_day() -> None:
    report = make_report([CHECK], [WAIVER], on=LAST_DAY)
    assert report.findings == ()
    assert [finding.violation for finding in report.waived] == [VIOLATION]
    assert report.used == (WAIVER,)


def test_an_expired_waiver_covers_nothing_and_is_reported() -> None:
    report = make_report([CHECK], [WAIVER], on=DAY_AFTER)
    assert [finding.violation for finding in report.findings] == [VIOLATION]
    assert report.expired == (WAIVER,)
    assert report.used == ()


def test_a_waiver_that_matches_nothing_is_reported() -> None:
    other = Waiver("axe/label", "#other", "別のもの", LAST_DAY)
    report = make_report([CHECK], [WAIVER, other], on=LAST_DAY)
    assert report.unused == (other,)


@pytest.mark.parametrize(
    ("waiver", "is_covered"),
    [
        (Waiver("axe/*", "#field", "x", LAST_DAY), True),
        (Waiver("axe/label", "*", "x", LAST_DAY, page="faq/*"), True),
        (Waiver("axe/label", "*", "x", LAST_DAY, page="fields/*"), False),
        (Waiver("axe/label", "#fiel", "x", LAST_DAY), False),
        (Waiver("ibm/*", "*", "x", LAST_DAY), False),
    ],
)
def test_a_star_matches_any_text(waiver: Waiver, is_covered: bool) -> None:
    assert covers(waiver, CHECK.page, VIOLATION) is is_covered


def test_one_violation_in_two_conditions_is_one_finding() -> None:
    dark = Check("faq/2/", "faq", Condition(320, "dark"), CHECK.rules, (VIOLATION,))
    (finding,) = make_report([CHECK, dark], [], on=LAST_DAY).findings
    assert finding.pages == ("faq/1/", "faq/2/")
    assert finding.conditions == (Condition(320, "light"), Condition(320, "dark"))


def test_the_project_s_own_waivers_can_be_read() -> None:
    assert all(waiver.reason for waiver in read_waivers())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {rule: reflow, element: p, until: 2027-03-31}", "1: reason"),
        ("- {rule: reflow, element: p, reason: x, until: いつか}", "1: until"),
        ("- {rule: reflow, element: p, reason: x, until: 2027-03-31, pge: x}", "1: pge"),
        ("rule: reflow", "waivers.yml"),
    ],
)
def test_an_entry_with_a_missing_or_unknown_key_is_an_error(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "waivers.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WaiverError, match=message):
        read_waivers(path)
