"""A department's rules → the days ahead as plain figures, for a browser that knows no rule.

Special hours of a notice are laid over the days while its window is open, so that the browser
comes back to the ordinary hours by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from faq.model.content import Department, Notice
from faq.model.dates import JST
from faq.model.hours import Hours, Spans, list_spans, merge_spans
from faq.model.site import Site

DAY = 24 * 60
# Whole months, so that the pages' bytes change with the month and not with the day.
MONTHS_AHEAD = 14
_BEFORE_ALL = datetime(1, 1, 2, tzinfo=JST)
_AFTER_ALL = datetime(9999, 12, 30, tzinfo=JST)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Spans of each day from `first` to `last`: those of its weekday (Monday 0), or its own."""

    first: date
    last: date
    week: tuple[Spans, ...]
    exceptions: Mapping[date, Spans]

    def list_spans(self, day: date) -> Spans:
        """The day's hours; the day must be in the schedule's range."""
        return self.exceptions.get(day, self.week[day.weekday()])


def find_schedule_range(day: date) -> tuple[date, date]:
    """The first of the day's month, and the last day of the fourteenth month from it."""
    first = day.replace(day=1)
    months = first.month - 1 + MONTHS_AHEAD
    return first, date(first.year + months // 12, months % 12 + 1, 1) - timedelta(days=1)


def make_schedule(
    hours: Hours, *, first: date, last: date, overrides: Sequence[Notice] = ()
) -> Schedule:
    """The rules worked out for each day; of `overrides`, later ones win.

    A day that an override's hours do not name keeps what it had. Windows count in whole minutes.
    """
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    spans = {day: list_spans(hours, on=day) for day in days}
    for notice in overrides:
        for day in days:
            spans[day] = _overlay(spans[day], notice, day)
    week = tuple(_find_commonest(spans, weekday) for weekday in range(7))
    exceptions = {day: found for day, found in spans.items() if found != week[day.weekday()]}
    return Schedule(first, last, week, exceptions)


def encode_schedule(schedule: Schedule) -> dict[str, object]:
    """The schedule for JSON: days count from 1970-01-01, spans are minutes in one flat list.

    `except` holds pairs of spans and all the days that have them.
    """
    by_spans: dict[Spans, list[int]] = {}
    for day, spans in sorted(schedule.exceptions.items()):
        by_spans.setdefault(spans, []).append(_count_days(day))
    return {
        "first": _count_days(schedule.first),
        "last": _count_days(schedule.last),
        "week": [_flatten(spans) for spans in schedule.week],
        "except": [[_flatten(spans), days] for spans, days in by_spans.items()],
    }


def select_overrides(
    department: Department, notices: Iterable[Notice], site: Site
) -> tuple[Notice, ...]:
    """The notices that change the department's hours."""
    return tuple(
        notice
        for notice in notices
        if notice.hours.rules and department.id in (notice.departments or (site.phone_department,))
    )


def _overlay(spans: Spans, notice: Notice, day: date) -> Spans:
    midnight = datetime.combine(day, time(), JST)
    start = _count_minutes(midnight, notice.publish_from or _BEFORE_ALL)
    end = _count_minutes(midnight, notice.publish_until or _AFTER_ALL)
    if start >= end or not any(rule.names_day(day) for rule in notice.hours.rules):
        return spans
    inside = _clip(list_spans(notice.hours, on=day), start, end)
    return merge_spans([*_clip(spans, 0, start), *inside, *_clip(spans, end, DAY)])


def _count_minutes(midnight: datetime, moment: datetime) -> int:
    """Minutes from the midnight that begins a day to the moment, kept within the day."""
    return max(0, min(DAY, (moment - midnight) // timedelta(minutes=1)))


def _clip(spans: Spans, start: int, end: int) -> Spans:
    cut = ((max(opens, start), min(closes, end)) for opens, closes in spans)
    return tuple((opens, closes) for opens, closes in cut if opens < closes)


def _find_commonest(spans: Mapping[date, Spans], weekday: int) -> Spans:
    found = Counter(here for day, here in spans.items() if day.weekday() == weekday)
    return found.most_common(1)[0][0] if found else ()


def _count_days(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def _flatten(spans: Iterable[tuple[int, int]]) -> list[int]:
    return [minute for span in spans for minute in span]
