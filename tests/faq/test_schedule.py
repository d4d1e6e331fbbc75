"""The days ahead, worked out from a department's rules: the cities' own, holidays, emergencies."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq.model.content import Content, Department, Notice
from faq.model.dates import JST
from faq.model.hours import ALL_DAY, Hours, Spans, list_spans, merge_spans, parse_hours
from faq.model.site import Site
from faq.render.schedule import (
    encode_schedule,
    find_schedule_range,
    make_schedule,
    select_overrides,
)

FIRST, LAST = date(2026, 11, 1), date(2027, 12, 31)
# Weekdays 8-20; Saturdays, Sundays, holidays and 12/29-1/3 8-17.
SENDAI = parse_hours(
    ["毎日 8:00-17:00", "月-金 8:00-20:00", "祝日 8:00-17:00", "12/29-1/3 8:00-17:00"]
)
# Weekdays 8:30-17:15; at some offices Saturdays but the third 9-17.
SETAGAYA = parse_hours(
    ["月-金 8:30-17:15", "土 9:00-17:00", "第3土 休み", "祝日 休み", "12/29-1/3 休み"]
)
OFFICE = parse_hours(["月-金 8:30-17:15", "祝日 休み", "12/29-1/3 休み"])
LONG, SHORT = ((480, 1200),), ((480, 1020),)
WEEKDAY, SATURDAY = ((510, 1035),), ((540, 1020),)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JST)


def find_spans(hours: Hours, day: str, *overrides: Notice) -> Spans:
    on = date.fromisoformat(day)
    return make_schedule(hours, first=on, last=on, overrides=overrides).list_spans(on)


@pytest.mark.parametrize(
    ("hours", "day", "expected"),
    [
        (SENDAI, "2026-11-20", LONG),
        (SENDAI, "2026-11-21", SHORT),
        (SENDAI, "2026-11-23", SHORT),
        (SENDAI, "2026-12-28", LONG),
        (SENDAI, "2026-12-29", SHORT),
        (SENDAI, "2027-01-03", SHORT),
        (SENDAI, "2027-01-04", LONG),
        (SETAGAYA, "2026-11-20", WEEKDAY),
        (SETAGAYA, "2026-11-14", SATURDAY),
        (SETAGAYA, "2026-11-21", ()),
        (SETAGAYA, "2026-11-28", SATURDAY),
        (SETAGAYA, "2026-11-22", ()),
        (SETAGAYA, "2027-01-02", ()),
    ],
)  # fmt: skip
def test_the_hours_of_real_cities_are_worked_out(hours: Hours, day: str, expected: Spans) -> None:
    assert find_spans(hours, day) == expected


@pytest.mark.parametrize(
    "day",
    [
        pytest.param("2026-05-06", id="substitute after three holidays"),
        pytest.param("2027-03-22", id="substitute on Monday"),
        pytest.param("2026-09-22", id="day between two holidays"),
        pytest.param("2026-11-23", id="fixed"),
        pytest.param("2027-01-11", id="second Monday"),
    ],
)
def test_an_office_is_closed_on_every_kind_of_holiday(day: str) -> None:
    assert find_spans(OFFICE, day) == ()


@pytest.mark.parametrize("day", ["2026-05-07", "2027-03-23", "2026-09-24", "2026-11-24"])
def test_the_day_after_a_holiday_is_ordinary(day: str) -> None:
    assert find_spans(OFFICE, day) == WEEKDAY


@pytest.mark.parametrize(
    ("day", "is_named"),
    [
        ("2026-11-07", True), ("2026-11-14", False), ("2026-11-21", True), ("2026-11-28", False),
        ("2026-11-01", False), ("2026-08-01", True), ("2026-08-29", False),
    ],
)  # fmt: skip
def test_an_nth_weekday_is_counted_from_the_first_of_the_month(day: str, is_named: bool) -> None:
    assert (find_spans(parse_hours(["第1・3土 9:00-12:00"]), day) != ()) is is_named


def test_a_fifth_weekday_is_only_there_in_long_months() -> None:
    schedule = make_schedule(parse_hours(["第5日 9:00-12:00"]), first=FIRST, last=LAST)
    assert sorted(schedule.exceptions)[:2] == [date(2026, 11, 29), date(2027, 1, 31)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-12-28", WEEKDAY), ("2026-12-29", ()), ("2026-12-31", ()), ("2027-01-01", ()),
        ("2027-01-03", ()), ("2027-01-04", WEEKDAY),
    ],
)  # fmt: skip
def test_days_of_the_year_may_run_over_its_end(day: str, expected: Spans) -> None:
    assert find_spans(OFFICE, day) == expected


def test_a_dated_rule_written_later_wins_over_a_holiday() -> None:
    hours = Hours(OFFICE.rules + parse_hours(["2027-03-22 9:00-12:00"]).rules)
    assert find_spans(hours, "2027-03-22") == ((540, 720),)


def test_a_rule_written_earlier_loses() -> None:
    hours = Hours(parse_hours(["2027-03-22 9:00-12:00"]).rules + OFFICE.rules)
    assert find_spans(hours, "2027-03-22") == ()


def test_spans_are_put_in_order_and_joined_where_they_touch() -> None:
    hours = parse_hours(["毎日 13:00-17:00,9:00-12:00,12:00-12:30"])
    assert find_spans(hours, "2026-11-20") == ((540, 750), (780, 1020))


def test_the_horizon_is_fourteen_whole_months() -> None:
    assert find_schedule_range(date(2026, 11, 21)) == (FIRST, LAST)
    assert find_schedule_range(date(2026, 11, 1)) == find_schedule_range(date(2026, 11, 30))
    assert find_schedule_range(date(2026, 10, 31)) == (date(2026, 10, 1), date(2027, 11, 30))


FLOOD = Notice(
    "大雨",
    hours=parse_hours(["毎日 24時間"]),
    publish_from=moment("2026-11-20T16:00"),
    publish_until=moment("2026-11-22T12:00"),
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-19", WEEKDAY),
        ("2026-11-20", ((510, 1440),)),
        ("2026-11-21", ALL_DAY),
        ("2026-11-22", ((0, 720),)),
        ("2026-11-23", ()),
    ],
)
def test_an_emergency_holds_from_its_first_minute_to_its_last(day: str, expected: Spans) -> None:
    assert find_spans(OFFICE, day, FLOOD) == expected


def test_an_emergency_in_the_middle_of_a_day_can_close() -> None:
    closed = Notice("点検", hours=parse_hours(["毎日 休み"]), publish_from=moment("2026-11-20T12:00"),
                    publish_until=moment("2026-11-20T13:30"))  # fmt: skip
    assert find_spans(OFFICE, "2026-11-20", closed) == ((510, 720), (810, 1035))


def test_of_two_emergencies_the_later_wins() -> None:
    closed = Notice(
        "停電", hours=parse_hours(["毎日 休み"]), publish_from=moment("2026-11-21T00:00")
    )
    assert find_spans(OFFICE, "2026-11-21", FLOOD, closed) == ()
    assert find_spans(OFFICE, "2026-11-21", closed, FLOOD) == ALL_DAY


def test_an_emergency_without_a_window_holds_on_every_day() -> None:
    notice = Notice("災害", hours=parse_hours(["毎日 24時間"]))
    schedule = make_schedule(OFFICE, first=FIRST, last=LAST, overrides=[notice])
    assert (set(schedule.week), schedule.exceptions) == ({ALL_DAY}, {})


def test_a_day_that_an_emergency_does_not_name_stays_as_it_is() -> None:
    notice = Notice("災害", hours=parse_hours(["土日 9:00-15:00"]))
    assert find_spans(OFFICE, "2026-11-20", notice) == WEEKDAY
    assert find_spans(OFFICE, "2026-11-21", notice) == ((540, 900),)


def test_hours_without_departments_are_those_of_the_general_one() -> None:
    general, other = Department("sogo", "総合案内"), Department("zei", "税務課")
    named = Notice("名指し", hours=FLOOD.hours, departments=("zei",))
    plain = Notice("時間なし", departments=("zei",))
    site = Site("試験", "試験市", "https://faq.shiken.example.lg.jp/", phone_department="sogo")
    content = Content(site, departments=(general, other), notices=(FLOOD, named, plain))
    assert select_overrides(general, content.notices, content.site) == (FLOOD,)
    assert select_overrides(other, content.notices, content.site) == (named,)


def test_a_schedule_is_plain_figures_for_the_browser() -> None:
    schedule = make_schedule(OFFICE, first=date(2026, 11, 16), last=date(2026, 11, 29))
    assert encode_schedule(schedule) == {
        "first": 20773,
        "last": 20786,
        "week": [[510, 1035]] * 5 + [[], []],
        "except": [[[], [20780]]],
    }


@pytest.mark.parametrize(("hours", "limit"), [(SENDAI, 400), (SETAGAYA, 450), (OFFICE, 350)])
def test_fourteen_months_take_few_bytes(hours: Hours, limit: int) -> None:
    schedule = encode_schedule(make_schedule(hours, first=FIRST, last=LAST))
    assert len(json.dumps(schedule, separators=(",", ":"))) <= limit


TIMES = st.sampled_from(
    ["休み", "24時間", "8:30-17:15", "9:00-12:00,13:00-17:00", "0:00-9:00,17:00-24:00"]
)
DAYS = st.sampled_from(
    ["毎日", "月-金", "土日", "金-月", "祝日", "第3土", "第1・5日", "12/29-1/3", "2/28-3/1", "7/1",
     "2026-12-30", "2027-03-20-2027-03-23"]
)  # fmt: skip
RULES = st.lists(st.builds("{} {}".format, DAYS, TIMES), max_size=6).map(parse_hours)
MINUTES = st.integers(0, 1439)
MOMENTS = st.datetimes(datetime(2026, 10, 20), datetime(2028, 1, 10)).map(lambda at: at.replace(tzinfo=JST, second=0, microsecond=0))  # noqa: DTZ001 # fmt: skip
NOTICES = st.builds(
    Notice,
    st.just("題名"),
    hours=RULES,
    publish_from=st.none() | MOMENTS,
    publish_until=st.none() | MOMENTS,
)


def is_open(spans: Spans, minute: int) -> bool:
    return any(opens <= minute < closes for opens, closes in spans)


@settings(max_examples=50, deadline=None)
@given(RULES, st.lists(NOTICES, max_size=2), st.integers(0, 425), MINUTES)
def test_what_is_looked_up_is_what_the_rules_say(
    hours: Hours, notices: list[Notice], step: int, minute: int
) -> None:
    day = FIRST + timedelta(days=step)
    at = datetime(day.year, day.month, day.day, tzinfo=JST) + timedelta(minutes=minute)
    ruling = [hours] + [
        notice.hours
        for notice in notices
        if (notice.publish_from is None or notice.publish_from <= at)
        and (notice.publish_until is None or at < notice.publish_until)
        and any(rule.names_day(day) for rule in notice.hours.rules)
    ]
    schedule = make_schedule(hours, first=FIRST, last=LAST, overrides=notices)
    found = schedule.list_spans(day)
    assert is_open(found, minute) is is_open(list_spans(ruling[-1], on=day), minute)
    assert found == merge_spans(found)
