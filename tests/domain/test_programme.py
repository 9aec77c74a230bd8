"""What takes place when, and which rows are one joint session."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.domain.plan import Session
from scheduler.domain.programme import TeachingOffers, ages_in, joint_key, runs_on, suits, trip_of
from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import day_plan, sessions, zoo
from tests.seasons import placed, rows, tiny

MONDAY = date(2024, 7, 15)


def test_a_class_runs_in_its_shifts_that_are_not_closed() -> None:
    closure = {"venue": "V1", "from_": MONDAY, "to": MONDAY, "shifts": ["AM"]}
    scenario = tiny(closures=[closure])
    assert runs_on(scenario, day_plan(), "C1", MONDAY) == ("PM",)
    assert runs_on(scenario, day_plan(), "C2", MONDAY) == ("AM", "PM")


def test_a_class_with_nobody_in_it_and_a_day_outside_the_season_hold_nothing() -> None:
    only_c1 = day_plan(placements=placed("a@C1"))
    assert runs_on(tiny(), only_c1, "C2", MONDAY) == ()
    assert runs_on(tiny(), only_c1, "C1", date(2024, 8, 1)) == ()


def test_a_class_is_away_in_the_shifts_of_its_trip() -> None:
    scenario, given = tiny(trips=zoo()), day_plan(away=("C1 15 zoo",))
    away = trip_of(scenario, given, "C1", MONDAY, "AM")
    assert away is not None
    assert away.trip == "zoo"
    assert trip_of(scenario, given, "C1", MONDAY, "PM") is None
    assert trip_of(scenario, given, "C2", MONDAY, "AM") is None


@pytest.mark.parametrize(
    ("ages", "fits"), [((), True), ((8, 9), True), ((7, 9), False), ((8, 10), False), ((7, 10), False)]
)
def test_courses_suit_ages(ages: tuple[int, ...], fits: bool) -> None:
    course = tiny(courses=rows("courses", ball={"min_age": 8, "max_age": 9})).course["ball"]
    assert suits(course, ages) == fits


def test_ages_are_of_the_children_placed_that_week() -> None:
    given = day_plan(placements=placed("c@C1", "a@C1", "nobody@C1"))
    assert ages_in(tiny(), given, "C1", "1") == (8, 9)


def keys(scenario: Scenario, *texts: str) -> set[tuple[str, ...]]:
    return {joint_key(scenario, Session(**row)) for row in sessions(*texts)}


def test_rows_of_one_venue_alike_but_for_the_class_are_one_joint_session() -> None:
    scenario = tiny(
        classes=rows("classes", C2={"venue": "V1", "room": None}),
        courses=rows("courses", ball={"joint": 9}),
    )
    assert len(keys(scenario, "C1 15 P1 ball", "C2 15 P1 ball")) == 1
    assert len(keys(scenario, "C1 15 P1 ball - R1", "C2 15 P1 ball")) == 2  # another room
    assert len(keys(scenario, "C1 15 P1 ball", "C2 15 P2 ball")) == 2  # another time
    assert len(keys(scenario, "C1 15 P1 opera s1", "C2 15 P1 opera s1")) == 2  # never shared
    assert len(keys(tiny(courses=rows("courses", ball={"joint": 9})), "C1 15 P1 ball", "C2 15 P1 ball")) == 2


@pytest.mark.parametrize(
    ("limits", "offered"),
    [
        ({}, 8),  # two days of four course periods
        ({"max_shifts_per_day": 1}, 4),
        ({"max_sessions_per_day": 3}, 6),
        ({"max_days_per_week": 1}, 4),
        ({"max_sessions_per_week": 5}, 5),
        ({"max_days": 1, "max_sessions_per_day": 3}, 3),
        ({"courses": ["long"]}, 4),  # a double lesson fills a shift
        ({"cleared_until": date(2024, 7, 15)}, 4),
        ({"cleared_until": None}, 0),
        ({"birth_date": date(2010, 1, 1)}, 8),  # minors never count for a need; sessions are none
    ],
)
def test_specialists_offer_what_their_limits_leave_room_for(limits: dict[str, object], offered: int) -> None:
    courses = [*rows("courses"), {"id": "long", "name": "Long", "length": 2}]
    scenario = tiny(courses=courses, staff=rows("staff", s1=limits))
    assert TeachingOffers(scenario, day_plan()).of("s1") == offered


def test_nothing_is_offered_where_nothing_runs_or_somebody_says_no() -> None:
    scenario = tiny(
        staff=rows("staff", s1={"venues": ["V2"]}),
        availability=[{"person": "s1", "from_": MONDAY, "to": MONDAY, "shifts": ["AM"], "status": "no"}],
    )
    assert TeachingOffers(scenario, day_plan()).of("s1") == 6
    assert TeachingOffers(scenario, day_plan(placements=placed("a@C1"))).of("s1") == 0
