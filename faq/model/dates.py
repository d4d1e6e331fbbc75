"""Days and moments as Japanese offices write them, read and written. All times are Japan time."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta, timezone

from faq.model.problem import CellError

JST = timezone(timedelta(hours=9), "JST")
_ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
_DATE = re.compile(
    r"(?:(?P<era>令和|平成|昭和|[RHS])(?P<eray>元|\d{1,2})|(?P<year>\d{4}))\s*[年/.\-]\s*"
    r"(?P<month>\d{1,2})\s*[月/.\-]\s*(?P<day>\d{1,2})日?(?:\([月火水木金土日]\))?"
)
_TIME = re.compile(
    r"(?P<half>午前|午後)?\s*(?P<hour>\d{1,2})[:時]\s*(?:(?P<minute>\d{1,2})(?::(?P<second>\d{1,2}))?)?"
    r"分?(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_EXCEL_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel knows no time zones
# Beyond these no FAQ has a date, and days can no longer be added without leaving the calendar.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
# The year that other systems write for "no end" (9999-12-31).
_ENDLESS_YEAR = 9999


def parse_date(text: str) -> date:
    """A day as ISO, `2027/4/1`, 令和9年4月1日, R9.4.1 or an Excel serial; raises `CellError`."""
    return _check_years(*_parse_moment(text), text)[0]


def parse_deadline(text: str) -> date | None:
    """A day as `parse_date` reads it; None where the year is 9999, for no deadline."""
    return None if _is_endless(text) else parse_date(text)


def parse_moment(text: str) -> datetime:
    """A moment in Japan time, a date alone being its first; raises `CellError`."""
    day, moment = _check_years(*_parse_moment(text), text)
    return moment or datetime.combine(day, time(), JST)


def parse_end(text: str) -> datetime | None:
    """The first moment after a window in Japan time; None where the year is 9999, for no end.

    A date alone is the end of that day. Raises `CellError`.
    """
    if _is_endless(text):
        return None
    day, moment = _check_years(*_parse_moment(text), text)
    return moment or datetime.combine(day, time(), JST) + timedelta(days=1)


def format_date(day: date) -> str:
    """ISO, as every reader takes it."""
    return day.isoformat()


def format_moment(moment: datetime, *, is_end: bool = False) -> str:
    """The shortest form that `parse_moment`, or `parse_end`, reads back to the same moment."""
    local = moment.astimezone(JST)
    if local.time() == time():
        return (local.date() - timedelta(days=1 if is_end else 0)).isoformat()
    return local.strftime("%Y-%m-%d %H:%M:%S").removesuffix(":00")


def _is_endless(text: str) -> bool:
    """Whether a date that exists lies in the year for "no end"; raises `CellError` if none does."""
    return _parse_moment(text)[0].year == _ENDLESS_YEAR


def _check_years(day: date, moment: datetime | None, text: str) -> tuple[date, datetime | None]:
    for year in (day.year, moment.year if moment else day.year):
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise CellError("date_too_far", value=text, first=_FIRST_YEAR, last=_LAST_YEAR)
    return day, moment


def _parse_moment(text: str) -> tuple[date, datetime | None]:
    """The day as written, and the moment where there is a time of day."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if _SERIAL.fullmatch(plain):
        moment = _EXCEL_DAY_ZERO + timedelta(seconds=round(float(plain) * 86400))
        has_time = "." in plain and moment.time() != time()
        return moment.date(), moment.replace(tzinfo=JST) if has_time else None
    found = _DATE.match(plain)
    if not found:
        raise CellError("date_bad", value=text)
    if found["era"]:
        year = _ERAS[found["era"]] + (1 if found["eray"] == "元" else int(found["eray"]))
    else:
        year = int(found["year"])
    try:
        day = date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        raise CellError("date_not_in_calendar", value=text) from None
    rest = plain[found.end() :].lstrip(" T")
    # A time of day may lead out of the calendar; such a year is refused, or means no end.
    in_calendar = _FIRST_YEAR <= day.year <= _LAST_YEAR
    return day, _parse_time(rest, day, text) if rest and in_calendar else None


def _parse_time(rest: str, day: date, text: str) -> datetime:
    found = _TIME.fullmatch(rest)
    if not found:
        raise CellError("date_bad", value=text)
    hour = int(found["hour"]) + (12 if found["half"] == "午後" and int(found["hour"]) < 12 else 0)
    minute, second = int(found["minute"] or 0), int(found["second"] or 0)
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and minute + second):
        raise CellError("time_bad", value=text)
    zone: timezone = JST
    if found["zone"]:
        sign = found["zone"].replace(":", "").replace("Z", "+0000")
        offset = timedelta(hours=int(sign[1:3]), minutes=int(sign[3:5]))
        if offset >= timedelta(days=1):
            raise CellError("time_bad", value=text)
        zone = timezone(offset if sign[0] == "+" else -offset)
    start = datetime.combine(day, time(), zone)
    return (start + timedelta(hours=hour, minutes=minute, seconds=second)).astimezone(JST)
