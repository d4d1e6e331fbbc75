"""Opening hours as a department writes them: a list of rules of which later ones win.

A rule is a day word and times: `月-金 8:30-17:15`, `第3土 休み`, `祝日 休み`, `12/29-1/3 休み`,
`2027-03-28 9:00-12:00`, `毎日 24時間`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

import jpholiday

Spans = tuple[tuple[int, int], ...]
WEEKDAYS = "月火水木金土日"
ALL_DAY = ((0, 24 * 60),)
_DASH = re.compile(r"[〜~−–—―]|から")
_MONTH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})")
_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_ANY_LEAP_YEAR = 2028


class HoursError(ValueError):
    """A rule that cannot be understood."""


@dataclass(frozen=True, slots=True)
class HoursRule:
    """One line of hours: exactly one way of naming days, and minutes since midnight.

    `weekdays` counts from Monday 0; with `weeks` it means the nth such days of a month.
    `spans` is empty when closed; an end is exclusive and at most 24:00.
    """

    spans: Spans
    weekdays: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    holidays: bool = False
    month_days: tuple[tuple[int, int], tuple[int, int]] | None = None
    dates: tuple[date, date] | None = None

    def names_day(self, day: date) -> bool:
        """Whether the rule speaks of that day."""
        if self.holidays:
            return is_holiday(day)
        if self.dates:
            return self.dates[0] <= day <= self.dates[1]
        if self.month_days:
            first, last = self.month_days
            here = (day.month, day.day)
            if first <= last:
                return first <= here <= last
            return here >= first or here <= last
        in_week = not self.weeks or (day.day + 6) // 7 in self.weeks
        return in_week and day.weekday() in self.weekdays


@dataclass(frozen=True, slots=True)
class Hours:
    """Rules in the order written; the last one that names a day decides it."""

    rules: tuple[HoursRule, ...] = ()


def parse_hours(lines: Iterable[str]) -> Hours:
    """Reads rules; raises `HoursError` with the line that cannot be understood."""
    return Hours(tuple(_parse_rule(line) for line in lines))


def list_spans(hours: Hours, *, on: date) -> Spans:
    """When it is open on that day, in order and without touching spans; empty when closed.

    A day that no rule names is closed.
    """
    decisive = (rule.spans for rule in reversed(hours.rules) if rule.names_day(on))
    return merge_spans(next(decisive, ()))


def merge_spans(spans: Iterable[tuple[int, int]]) -> Spans:
    """The same minutes as few spans, in order."""
    merged: list[tuple[int, int]] = []
    for opens, closes in sorted(spans):
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], closes))
        else:
            merged.append((opens, closes))
    return tuple(merged)


@cache
def is_holiday(day: date) -> bool:
    """Whether the law makes the day 国民の祝日 or 休日 (substitute and between holidays too)."""
    return jpholiday.is_holiday(day)


def _parse_rule(line: str) -> HoursRule:
    text = _DASH.sub("-", unicodedata.normalize("NFKC", line).strip())
    days, _, times = text.partition(" ")
    spans = _parse_spans(times.strip(), line)
    try:
        return _parse_days(days, spans)
    except (ValueError, IndexError):
        raise HoursError(line) from None


def _parse_days(days: str, spans: Spans) -> HoursRule:
    if days == "毎日":
        return HoursRule(spans, weekdays=tuple(range(7)))
    if days == "祝日":
        return HoursRule(spans, holidays=True)
    if dated := _DATE.findall(days):
        first, last = (date(*map(int, part)) for part in (dated[0], dated[-1]))
        if last < first or _DATE.sub("", days).strip("-"):
            raise HoursError(days)
        return HoursRule(spans, dates=(first, last))
    if yearly := _MONTH_DAY.findall(days):
        ends = [(int(month), int(day)) for month, day in (yearly[0], yearly[-1])]
        for month, day in ends:
            date(_ANY_LEAP_YEAR, month, day)
        if _MONTH_DAY.sub("", days).strip("-"):
            raise HoursError(days)
        return HoursRule(spans, month_days=(ends[0], ends[1]))
    if nth := re.fullmatch(r"第([1-5](?:[・,、][1-5])*)([月火水木金土日]+)(?:曜日?)?", days):
        weeks = tuple(int(week) for week in re.findall(r"\d", nth[1]))
        return HoursRule(spans, weekdays=_parse_weekdays(nth[2]), weeks=weeks)
    return HoursRule(spans, weekdays=_parse_weekdays(re.sub(r"曜日?", "", days)))


def _parse_weekdays(text: str) -> tuple[int, ...]:
    if not re.fullmatch(r"[月火水木金土日](?:[-・,、]?[月火水木金土日])*", text):
        raise HoursError(text)
    found: list[int] = []
    for first, last in re.findall(r"([月火水木金土日])(?:-([月火水木金土日]))?", text):
        start = WEEKDAYS.index(first)
        length = (WEEKDAYS.index(last) - start) % 7 if last else 0
        found += [(start + step) % 7 for step in range(length + 1)]
    return tuple(dict.fromkeys(found))


def _parse_spans(text: str, line: str) -> Spans:
    if text in ("休み", "休", "閉庁", "休館"):
        return ()
    if text == "24時間":
        return ALL_DAY
    spans = []
    for part in re.split(r"[,、]\s*", text):
        found = _SPAN.fullmatch(part)
        if not found:
            raise HoursError(line)
        opens, closes = (int(found[i]) * 60 + int(found[i + 1]) for i in (1, 3))
        minutes_fit = int(found[2]) < 60 and int(found[4]) < 60
        if not (minutes_fit and opens < closes <= 24 * 60):
            raise HoursError(line)
        spans.append((opens, closes))
    return tuple(spans)
