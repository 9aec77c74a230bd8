"""Venues named, whatever the distance; else the distance given."""

from __future__ import annotations

import pytest

from tests.rules.staffing_halves import people, roster, staffed, try_out

AT_V1 = {"latitude": 39.95, "longitude": 116.4}
"""A home at V1: V2 is 5.56 km away."""


@pytest.mark.parametrize(
    ("area", "broken"),
    [
        ({}, 0),  # anywhere
        ({"venues": ["V2"]}, 0),
        ({"venues": ["V1"]}, 1),
        ({"max_distance_km": 5.6, **AT_V1}, 0),  # just within
        ({"max_distance_km": 5.5, **AT_V1}, 1),  # just beyond
        ({"max_distance_km": 5.5}, 0),  # no home: cannot be reckoned
        ({"max_distance_km": 1, "venues": ["V2"], **AT_V1}, 0),  # named: whatever the distance
    ],
)
def test_a_duty_at_v2(area: dict[str, object], broken: int) -> None:
    try_out("work_area", staffed(staff=people(t1=area)), roster("t1 C2 15 AM"), broken)


def test_broken_twice() -> None:
    scenario = staffed(staff=people(t1={"venues": ["V1"]}))
    try_out("work_area", scenario, roster("t1 C2 15 AM", "t1 C2 16 AM", "t1 C1 15 PM"), 2)


def test_teachers_of_sessions_too() -> None:
    scenario = staffed(staff=people(s1={"venues": ["V1"]}))
    taught = [{"class": "C2", "date": "2024-07-15", "period": "P1", "course": "opera", "teacher": "s1"}]
    try_out("work_area", scenario, roster(sessions=taught), 1, mathematics=False)
