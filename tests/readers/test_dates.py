from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from scheduler.readers.dates import Bad, read_date, read_moment, read_time

FIRST_OF_JULY = date(2018, 7, 1)


@pytest.mark.parametrize(
    "value",
    [
        date(2018, 7, 1),
        datetime(2018, 7, 1, 9, 30),
        "2018-07-01",
        "2018-7-1",
        "2018.7.1",
        "2018/7/1",
        "2018年7月1日",
        "2018年7月1号",
        " 2018 - 07 - 01 ",
        "２０１８－０７－０１",
        "20180701",
        20180701,
        "2018-07-01 00:00:00",
        "2018-07-01T08:30",
    ],
)
def test_a_day_is_read_however_it_is_written(value: object) -> None:
    assert read_date(value) == FIRST_OF_JULY


@pytest.mark.parametrize(
    ("value", "id"),
    [
        ("2018-02-30", "no_such_date"),
        ("1900-01-00", "no_such_date"),
        ("2018-13-01", "no_such_date"),
        ("7/1/18", "date_ambiguous"),  # 7 January, 1 July; and which century
        ("7/1/2018", "date_ambiguous"),
        ("tomorrow", "not_a_date"),
        ("2018-07-01 morning", "not_a_date"),
        (43282, "date_is_number"),  # 1 July 2018 as Excel counts, unless the workbook counts from 1904
        ("43282", "date_is_number"),
        (7.5, "date_is_number"),
        (True, "not_a_date"),
        (time(0, 0), "not_a_date"),  # what openpyxl makes of 1900-01-00
    ],
)
def test_what_is_no_day_or_several_is_never_guessed(value: object, id: str) -> None:
    found = read_date(value)
    assert isinstance(found, Bad)
    assert found.id == id


def test_both_readings_of_an_ambiguous_day_are_shown() -> None:
    found = read_date("7/1/2018")
    assert isinstance(found, Bad)
    assert found.parameters["readings"] == "2018-07-01 / 2018-01-07"


@pytest.mark.parametrize("value", ["25/12/2018", "12/25/2018", "25.12.2018"])
def test_a_day_beyond_the_twelfth_leaves_one_reading(value: str) -> None:
    assert read_date(value) == date(2018, 12, 25)


def test_the_day_a_bare_number_would_be_is_suggested() -> None:
    # Excel's day 43282: 2018-07-01 (day 1 is 1900-01-01, and Excel believes in 29 February 1900)
    found = read_date(43282)
    assert isinstance(found, Bad)
    assert found.parameters["near"] == "2018-07-01"


@pytest.mark.parametrize(
    ("value", "near"),
    [("2018-02-30", "2018-02-28"), ("2016-02-30", "2016-02-29"), ("2018-13-05", "2018-12-31")],
)
def test_the_last_day_of_the_month_meant_is_suggested(value: str, near: str) -> None:
    found = read_date(value)
    assert isinstance(found, Bad)
    assert found.parameters["near"] == near


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2016-06-01", datetime(2016, 6, 1)),
        ("2016/6/1 8:30:05", datetime(2016, 6, 1, 8, 30, 5)),
        ("2016年6月1日 下午2:05", datetime(2016, 6, 1, 14, 5)),
        ("2016-06-01T17:00", datetime(2016, 6, 1, 17)),
        (date(2016, 6, 1), datetime(2016, 6, 1)),
        (datetime(2016, 6, 1, 17), datetime(2016, 6, 1, 17)),
    ],
)
def test_a_moment_without_an_hour_is_midnight(value: object, moment: datetime) -> None:
    assert read_moment(value) == moment


def test_a_moment_with_a_zone_of_its_own_is_not_guessed() -> None:
    assert isinstance(read_moment("2016-06-01T17:00+02:00"), Bad)


@pytest.mark.parametrize(
    "value",
    ["8:30", "08:30", "08：30", "8:30:00", "830", 830, "0830", "8点30分", "8时30", 0.354166, "上午8:30",
     "8:30 AM",
     time(8, 30), datetime(1899, 12, 30, 8, 30), timedelta(hours=8, minutes=30)],
)  # fmt: skip
def test_a_time_is_read_however_it_is_written(value: object) -> None:
    assert read_time(value) == time(8, 30)


@pytest.mark.parametrize(
    ("value", "id"),
    [
        ("24:00", "time_out_of_day"),
        ("26:00", "time_out_of_day"),
        (timedelta(days=1), "time_out_of_day"),
        (1.0, "time_out_of_day"),
        ("8:75", "time_out_of_day"),
        ("noon", "not_a_time"),
        (date(2018, 7, 1), "not_a_time"),
    ],
)
def test_what_is_no_time_of_the_day_is_named(value: object, id: str) -> None:
    found = read_time(value)
    assert isinstance(found, Bad)
    assert found.id == id


def test_noon_and_midnight_on_a_twelve_hour_clock() -> None:
    assert read_time("12:30 PM") == time(12, 30)
    assert read_time("12:30 AM") == time(0, 30)
    assert read_time("下午2点") == time(14)
