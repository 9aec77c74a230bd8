from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

import pytest

from scheduler.domain.calendar import age_on, minutes, overlap
from scheduler.domain.draw import draw
from tests.seasons import TINY, rows, tiny

MONDAY, TUESDAY = date(2024, 7, 15), date(2024, 7, 16)


# ---- ages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2016, 7, 18), date(2024, 7, 17), 7),  # the day before the birthday
        (date(2016, 7, 18), date(2024, 7, 18), 8),  # the birthday
        (date(2016, 2, 29), date(2024, 2, 28), 7),
        (date(2016, 2, 29), date(2024, 2, 29), 8),
        (date(2016, 2, 29), date(2023, 2, 28), 6),  # no 29 February that year:
        (date(2016, 2, 29), date(2023, 3, 1), 7),  # a year older on 1 March
        (date(2016, 12, 31), date(2017, 1, 1), 0),
    ],
)
def test_age_in_completed_years(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


def test_ages_are_reckoned_on_the_first_open_day_unless_said() -> None:
    days = [{"date": "2024-07-14", "week": "1", "open": False}, *TINY["days"]]
    # 8 on 15 July, not yet on 14 July
    children = rows("children", a={"birth_date": "2016-07-15"})
    assert tiny(days=days, children=children).age("a") == 8
    assert tiny({"season": "x", "age_on": "2024-07-14"}, children=children).age("a") == 7


def test_a_person_is_minor_until_the_eighteenth_birthday() -> None:
    scenario = tiny(staff=rows("staff", t1={"birth_date": "2006-07-16"}))
    assert scenario.is_minor("t1", MONDAY)
    assert not scenario.is_minor("t1", TUESDAY)
    assert not scenario.is_minor("t2", MONDAY)  # a blank birth date is adult


# ---- the clock ----------------------------------------------------------------------------------


def test_minutes_since_midnight() -> None:
    assert (minutes(time(0)), minutes(time(8, 30)), minutes(time(23, 59))) == (0, 510, 1439)


@pytest.mark.parametrize(
    ("first", "second", "is_shared"),
    [
        ((8, 10), (9, 11), True),
        ((8, 12), (9, 10), True),  # one inside the other
        ((8, 10), (10, 11), False),  # touching ends share nothing
        ((8, 9), (10, 11), False),
    ],
)
def test_stretches_overlap(first: tuple[int, int], second: tuple[int, int], is_shared: bool) -> None:
    (a, b), (c, d) = first, second
    assert overlap(time(a), time(b), time(c), time(d)) is is_shared
    assert overlap(time(c), time(d), time(a), time(b)) is is_shared


# ---- days, weeks, closures ----------------------------------------------------------------------


def test_weeks_follow_their_first_days_whatever_their_names() -> None:
    days: list[dict[str, Any]] = [
        {"date": "2024-07-22", "week": "A"},
        {"date": "2024-07-15", "week": "B"},
        {"date": "2024-07-16", "week": "B", "open": False},
    ]
    scenario = tiny(days=days)
    assert scenario.weeks == ("B", "A")
    assert scenario.days_in("B") == (MONDAY,)


def test_a_class_is_held_in_its_weeks_and_shifts() -> None:
    days = [*TINY["days"], {"date": "2024-07-22", "week": "2"}]
    scenario = tiny(days=days, classes=rows("classes", C1={"weeks": ["2"], "shifts": ["PM"]}))
    assert scenario.held("C1", MONDAY) == ()
    assert scenario.held("C1", date(2024, 7, 22)) == ("PM",)
    assert scenario.held("C2", MONDAY) == ("AM", "PM")
    assert scenario.class_weeks == (("C1", "2"), ("C2", "1"), ("C2", "2"))


@pytest.mark.parametrize(
    ("closure", "held"),
    [
        ({"class_": "C1"}, ()),
        ({"room": "R1"}, ()),  # its home room
        ({"venue": "V1"}, ()),
        ({}, ()),  # everywhere
        ({"class_": "C1", "shifts": ["AM"]}, ("PM",)),
        ({"class_": "C2"}, ("AM", "PM")),
        ({"venue": "V2"}, ("AM", "PM")),
        ({"room": "R2"}, ("AM", "PM")),
    ],
)
def test_closures_shut_what_they_name(closure: dict[str, object], held: tuple[str, ...]) -> None:
    scenario = tiny(closures=[{**closure, "from_": "2024-07-15", "to": "2024-07-15"}])
    assert scenario.held("C1", MONDAY) == held
    assert scenario.held("C1", TUESDAY) == ("AM", "PM")


def test_a_week_closed_on_every_day_is_no_class_week() -> None:
    scenario = tiny(closures=[{"class_": "C1", "from_": "2024-07-01", "to": "2024-07-31"}])
    assert scenario.class_weeks == (("C2", "1"),)


def test_consecutive_course_periods_lie_in_one_shift_and_no_care_between() -> None:
    scenario = tiny()
    assert [row.id for row in scenario.block("P1", 2) or ()] == ["P1", "P2"]
    assert scenario.block("P2", 2) is None  # L is care
    assert scenario.block("P4", 2) is None  # the shift ends
    assert scenario.block("L", 1) is None
    assert scenario.block("P9", 1) is None  # a plan edited by hand may name what is on no list


# ---- availability -------------------------------------------------------------------------------


def availability(*rows_: Mapping[str, object], person: str = "t1") -> str:
    table = [{"person": person, "from_": "2024-07-15", "to": "2024-07-15", **row} for row in rows_]
    staff = rows("staff", v={"name": "Vo", "kind": "volunteer", "roles": ["volunteer"]})
    return tiny(staff=staff, availability=table).availability_of(person, MONDAY, "AM")


def test_without_a_word_teachers_are_there_and_volunteers_are_not() -> None:
    assert availability() == "yes"
    assert availability(person="v") == "no"


def test_the_shorter_range_wins() -> None:
    long = {"from_": "2024-07-01", "to": "2024-07-31", "status": "no"}
    assert availability(long, {"status": "prefer"}) == "prefer"
    assert availability({"status": "no"}, {**long, "status": "yes"}) == "no"


def test_of_equal_ranges_no_wins() -> None:
    assert availability({"status": "prefer"}, {"status": "no"}) == "no"
    assert availability({"status": "yes"}, {"status": "no"}) == "no"


def test_rows_hold_on_their_weekdays_and_shifts_only() -> None:
    assert availability({"weekdays": [1], "status": "yes"}, person="v") == "yes"  # 15 July 2024 is a Monday
    assert availability({"weekdays": [2], "status": "yes"}, person="v") == "no"
    assert availability({"shifts": ["PM"], "status": "no"}) == "yes"


def test_a_check_is_valid_to_its_last_day() -> None:
    scenario = tiny(staff=rows("staff", t1={"cleared_until": "2024-07-15"}, t2={"cleared_until": None}))
    assert scenario.is_cleared("t1", MONDAY)
    assert not scenario.is_cleared("t1", TUESDAY)
    assert not scenario.is_cleared("t2", MONDAY)


# ---- the draw -----------------------------------------------------------------------------------


def test_the_draw_can_be_repeated_by_anyone() -> None:
    # printf '0|tiny|a' | sha256sum
    assert draw("0", "tiny", "a") == "3bcda0ec538d1ee71377a19ab6bb8dd45f4f39d4e7ab3ff52ab75682b9049245"
    assert tiny().draws["a"] == draw("0", "tiny", "a")


def test_another_seed_season_or_child_is_another_draw() -> None:
    draws = {draw("0", "tiny", "a"), draw("1", "tiny", "a"), draw("0", "2025", "a"), draw("0", "tiny", "b")}
    assert len(draws) == 4
