"""Dates, hours and links as offices write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from faq.model.dates import (
    JST,
    format_moment,
    parse_date,
    parse_deadline,
    parse_end,
    parse_moment,
)
from faq.model.hours import HoursError, parse_hours
from faq.model.problem import CellError
from faq.read.raw import Raw
from faq.read.values import parse_value
from faq.render.hours_text import describe_hours
from faq.texts import load_texts


@pytest.mark.parametrize(
    "text",
    ["2027-04-01", "2027/4/1", "令和9年4月1日", "令和9年4月1日（木）", "R9.4.1", "2027年4月1日", "２０２７/４/１", "46478"],
)  # fmt: skip
def test_a_day_is_read_in_every_spelling(text: str) -> None:
    assert parse_date(text) == date(2027, 4, 1)


@pytest.mark.parametrize(
    "text",
    ["2027-04-01T08:30", "2027/4/1 8:30", "令和9年4月1日 午前8時30分", "2027-04-01T08:30:00+09:00",
     "2027-03-31T23:30:00Z", "46478.354166667"],
)  # fmt: skip
def test_a_moment_is_read_in_every_spelling(text: str) -> None:
    assert parse_moment(text) == datetime(2027, 4, 1, 8, 30, tzinfo=JST)


def test_a_day_as_the_end_lasts_to_its_last_moment() -> None:
    assert parse_end("2027-03-31") == datetime(2027, 4, 1, tzinfo=JST)
    assert parse_end("2027-03-31 24:00") == datetime(2027, 4, 1, tzinfo=JST)
    assert parse_end("2027-03-31 17:00") == datetime(2027, 3, 31, 17, tzinfo=JST)


def test_the_first_year_of_an_era_is_read() -> None:
    assert parse_date("令和元年5月1日") == date(2019, 5, 1)


@pytest.mark.parametrize(
    "text", ["来週", "2027-13-01", "4月1日", "2027-04-01 25:00", "2027-04-01 8時だよ"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        parse_moment(text)


@pytest.mark.parametrize("is_end", [True, False])
@pytest.mark.parametrize("hour", [0, 8])
def test_a_moment_written_is_read_back(hour: int, is_end: bool) -> None:
    moment = datetime(2027, 4, 1, hour, tzinfo=JST)
    parse = parse_end if is_end else parse_moment
    assert parse(format_moment(moment, is_end=is_end)) == moment


@pytest.mark.parametrize(
    "text", ["9999-12-31", "9999/12/31 23:59", "9999-12-31 24:00", "9999-12-31T23:59:59+00:00"]
)
def test_the_year_9999_means_no_end(text: str) -> None:
    assert parse_end(text) is None
    assert parse_deadline(text) is None


@pytest.mark.parametrize(
    "text",
    ["0001-01-01", "0001-01-01T00:00+23:59", "1899-12-31", "2200-01-01", "9998-12-31 24:00",
     "2199-12-31 24:00", "9999-12-31"],
)  # fmt: skip
def test_a_date_far_from_any_faq_is_refused_with_the_bounds(text: str) -> None:
    with pytest.raises(CellError) as refused:
        parse_moment(text)
    assert refused.value.code == "date_too_far"


@pytest.mark.parametrize("zone", ["+24:00", "+99:00", "-99:59"])
def test_a_time_zone_of_a_day_or_more_is_refused(zone: str) -> None:
    with pytest.raises(CellError) as refused:
        parse_moment(f"2027-04-01T08:30{zone}")
    assert refused.value.code == "time_bad"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("id", "0"), ("id", "01"), ("id", "1.0"), ("id", "1234567"), ("id", "A1"), ("id", "con"),
        ("id", "a"), ("id", "../x"), ("id", "日本"),
        ("links", "名前だけ"), ("links", "| https://example.lg.jp/"), ("links", "x | ftp://a/"),
        ("links", "x | //evil.example/"), ("links", "x | data:text/html,y"),
        ("links", 'x | https://a/"onload=1'), ("sources", "a | https://a/ | いつか"),
        ("hours", "月-金"), ("hours", "月-金 17:00-8:30"), ("hours", "第6土 休み"), ("hours", "2/30 休み"),
        ("flag", "たぶん"), ("number", "三"),
    ],
)  # fmt: skip
def test_a_bad_value_is_refused(kind: str, text: str) -> None:
    with pytest.raises(CellError):
        parse_value(Raw(text, 1), kind)


def test_a_full_width_number_is_an_id() -> None:
    assert parse_value(Raw("１２ ", 1), "id") == "12"


def test_hours_are_described_in_words() -> None:
    hours = parse_hours(
        ["毎日 8:00-17:00", "月-金 8:30-12:00,13:00-17:15", "月・水・金 9:00-9:30", "土日 休み",
         "第1・3土曜日 9:00-12:00", "祝日 24時間", "12/29〜1/3 休み", "2027/3/28 9:00-12:00"]
    )  # fmt: skip
    assert describe_hours(hours, on=date(2027, 3, 1), texts=load_texts("ja")) == [
        ("毎日", "8時〜17時"),
        ("月曜日〜金曜日", "8時30分〜12時、13時〜17時15分"),
        ("月・水・金曜日", "9時〜9時30分"),
        ("土・日曜日", "休み"),
        ("第1・3土曜日", "9時〜12時"),
        ("祝日", "24時間"),
        ("12月29日〜1月3日", "休み"),
        ("2027年3月28日", "9時〜12時"),
    ]


def test_hours_are_reported_in_the_words_of_another_language() -> None:
    hours = parse_hours(
        ["毎日 8:00-17:00", "月-金 8:30-12:00,13:00-17:15", "月・水 休み", "第2・4日 9:00-16:30",
         "祝日 24時間", "12/29-1/3 休み", "2027/3/28 9:00-12:00"]
    )  # fmt: skip
    assert describe_hours(hours, on=date(2027, 3, 1), texts=load_texts("en")) == [
        ("Every day", "8:00 to 17:00"),
        ("Monday to Friday", "8:30 to 12:00, 13:00 to 17:15"),
        ("Monday, Wednesday", "closed"),
        ("2nd, 4th Sunday", "9:00 to 16:30"),
        ("Public holidays", "24 hours"),
        ("29 December to 3 January", "closed"),
        ("28 March 2027", "9:00 to 12:00"),
    ]


def test_a_dated_rule_that_is_over_is_not_shown() -> None:
    hours = parse_hours(["2027-03-28 9:00-12:00"])
    assert describe_hours(hours, on=date(2027, 3, 29), texts=load_texts("ja")) == []


def test_weekdays_may_run_over_the_end_of_the_week() -> None:
    assert parse_hours(["土-月 休み"]).rules[0].weekdays == (5, 6, 0)


def test_hours_that_cannot_be_read_name_the_line() -> None:
    with pytest.raises(HoursError, match="平日"):
        parse_hours(["平日 8:30-17:00"])
