"""From V1 to V2 it takes 26.7 minutes; between the shifts there are 120."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.staffing_halves import CLEARED, people, roster, staffed, try_out

BOTH = {"name": "B", "kind": "teacher", "roles": ["homeroom", "specialist"], "courses": ["opera"], **CLEARED}


def season(fixed_minutes: float, **tables: Any) -> Scenario:  # noqa: ANN401
    return staffed({"travel_fixed_minutes": fixed_minutes}, staff=people(tb=BOTH), **tables)


@pytest.mark.parametrize(("fixed", "broken"), [(103.3, 0), (103.4, 1)])  # 60 * 5.56 / 20 = 16.68 more
def test_just_in_time_and_just_too_late(fixed: float, broken: int) -> None:
    try_out("duty_travel", season(fixed), roster("tb C1 15 AM", "tb C2 15 PM"), broken)


def test_one_venue_and_other_days_need_no_way() -> None:
    kept = roster("tb C1 15 AM", "tb C1 15 PM", "tb C2 16 AM", "t2 C2 15 PM")
    try_out("duty_travel", season(1440), kept, 0)


def test_broken_twice() -> None:
    broken = roster("tb C1 15 AM", "tb C2 15 PM", "tb C2 16 AM", "tb C1 16 PM")
    try_out("duty_travel", season(200), broken, 2)


@pytest.mark.parametrize(
    ("period", "fixed", "broken"),
    # a session at V2 in the afternoon: P3 begins 120 minutes after the morning shift, P4 195
    [("P3", 110, 1), ("P4", 110, 0), ("P4", 200, 1)],
)
def test_a_session_counts_from_its_own_period(period: str, fixed: float, broken: int) -> None:
    lesson = {"class": "C2", "date": "2024-07-15", "period": period, "course": "opera", "teacher": "tb"}
    given = roster("tb C1 15 AM", sessions=[lesson])
    try_out("duty_travel", season(fixed), given, broken)


def test_a_long_session_counts_to_its_end() -> None:
    # two periods of the morning end at 10:45: 195 minutes to the afternoon shift; one would leave 270
    courses = [{"id": "opera", "name": "Opera", "length": 2}]
    lesson = {"class": "C2", "date": "2024-07-15", "period": "P1", "course": "opera", "teacher": "tb"}
    given = roster("tb C1 15 PM", sessions=[lesson])
    try_out("duty_travel", season(178, courses=courses), given, 0)
    try_out("duty_travel", season(179, courses=courses), given, 1)


def test_sessions_alone_are_the_timetables_business() -> None:
    lessons = [
        {"class": class_, "date": "2024-07-15", "period": period, "course": "opera", "teacher": "tb"}
        for class_, period in (("C1", "P1"), ("C2", "P2"))
    ]
    try_out("duty_travel", season(200), roster(sessions=lessons), 0)


def test_overlapping_shifts_keep_one_from_two_classes_of_a_venue() -> None:
    shifts = [
        {"id": "AM", "start": "08:00", "end": "12:00"},
        {"id": "PM", "start": "11:30", "end": "17:00"},
    ]
    classes = [
        {"id": "C1", "name": "Ant", "venue": "V1", "capacity": 2},
        {"id": "C3", "name": "Cat", "venue": "V1", "capacity": 2},
    ]
    scenario = staffed(shifts=shifts, classes=classes, staff=people(tb=BOTH))
    seats = [
        {"child": child, "class": class_, "week": "1", "choice": 1}
        for child, class_ in (("a", "C1"), ("b", "C3"))
    ]
    handover = roster("tb C1 15 AM", "tb C1 15 PM", placements=seats)
    try_out("duty_travel", scenario, handover, 0)
    try_out("duty_travel", scenario, roster("tb C1 15 AM", "tb C3 15 PM", placements=seats), 1)
