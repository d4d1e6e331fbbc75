"""Opening hours as people read them, in the words of any language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from faq.model.dates import JST
from faq.model.hours import ALL_DAY, Hours, HoursRule


def describe_hours(hours: Hours, *, on: date, texts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Pairs of days and times; leaves out dated rules that ended before `on`."""
    return [
        (_describe_days(rule, texts), _describe_spans(rule.spans, texts["hours_words"]))
        for rule in hours.rules
        if rule.dates is None or rule.dates[1] >= on
    ]


def describe_date(day: date, texts: Mapping[str, Any]) -> str:
    """2026年9月1日, 1 September 2026."""
    text: str = texts["date"]
    return text.format(year=day.year, month=texts["months"][day.month - 1], day=day.day)


def describe_moment(moment: datetime, texts: Mapping[str, Any]) -> str:
    """2026年9月1日8時30分, Japan time."""
    local = moment.astimezone(JST)
    minute = describe_minute(local.hour * 60 + local.minute, texts["hours_words"])
    text: str = texts["moment"]
    return text.format(date=describe_date(local, texts), time=minute)


def describe_end(moment: datetime, texts: Mapping[str, Any]) -> str:
    """2026年9月1日17時; an end at midnight is the day before, whole."""
    local = moment.astimezone(JST)
    if local.hour or local.minute:
        return describe_moment(moment, texts)
    return describe_date(local - timedelta(days=1), texts)


def _describe_days(rule: HoursRule, texts: Mapping[str, Any]) -> str:
    words, months = texts["hours_words"], texts["months"]
    if rule.holidays:
        return str(words["holidays"])
    if rule.dates:
        return _describe_range([describe_date(day, texts) for day in rule.dates], words)
    if rule.month_days:
        form = words["month_day"].format
        ends = [form(month=months[month - 1], day=day) for month, day in rule.month_days]
        return _describe_range(ends, words)
    return _describe_weekdays(rule, words)


def _describe_weekdays(rule: HoursRule, words: Mapping[str, Any]) -> str:
    if len(rule.weekdays) == 7 and not rule.weeks:
        return str(words["every_day"])
    names = [words["weekdays"][day] for day in rule.weekdays]
    days = words["days"].format(days=words["join"].join(names))
    if rule.weeks:
        weeks = words["join"].join(words["ordinals"][week - 1] for week in rule.weeks)
        return str(words["nth"].format(weeks=weeks, days=days))
    steps = [(b - a) % 7 for a, b in zip(rule.weekdays, rule.weekdays[1:], strict=False)]
    if len(names) > 2 and set(steps) == {1}:
        ends = [words["days"].format(days=names[0]), words["days"].format(days=names[-1])]
        return _describe_range(ends, words)
    return str(days)


def _describe_range(ends: list[str], words: Mapping[str, Any]) -> str:
    first, last = ends
    return first if first == last else str(words["range"].format(first=first, last=last))


def _describe_spans(spans: tuple[tuple[int, int], ...], words: Mapping[str, Any]) -> str:
    if not spans:
        return str(words["closed"])
    if spans == ALL_DAY:
        return str(words["all_day"])
    described = (
        words["range"].format(
            first=describe_minute(opens, words), last=describe_minute(closes, words)
        )
        for opens, closes in spans
    )
    return str(words["span_join"]).join(described)


def describe_minute(minute: int, words: Mapping[str, Any]) -> str:
    """8時30分, 8:30; the minute counts from midnight."""
    hour, rest = divmod(minute, 60)
    text: str = words["time"] if rest else words["hour"]
    return text.format(hour=hour, minute=rest)
