"""A duty is in one's own role, where and when the class runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.rules.staffing_halves import CLEARED, duty, people, roster, staffed, try_out

WARDEN = {"name": "W", "kind": "teacher", "roles": ["site"], **CLEARED}


def test_kept() -> None:
    try_out("duty_role", staffed(), roster("t1 C1 15 AM", "v1 C2 16 PM"), 0)


def test_a_role_of_somebody_else() -> None:
    try_out("duty_role", staffed(), roster("v1 C1 15 AM homeroom"), 1, message="role")


def test_a_specialist_is_in_sessions_not_on_duty() -> None:
    try_out("duty_role", staffed(), roster("s1 C1 15 AM specialist"), 1, message="specialist")


def test_a_class_that_does_not_run_has_no_posts() -> None:
    only_c1 = roster("t1 C2 15 AM", placements=[{"child": "a", "class": "C1", "week": "1", "choice": 1}])
    try_out("duty_role", staffed(), only_c1, 1, message="not_running")


def test_a_closed_shift_has_no_posts() -> None:
    closed = [{"venue": "V1", "from_": "2024-07-15", "to": "2024-07-15", "shifts": ["PM"]}]
    scenario = staffed(closures=closed)
    try_out("duty_role", scenario, roster("t1 C1 15 AM"), 0)
    try_out("duty_role", scenario, roster("t1 C1 15 PM"), 1, message="not_running")


def test_the_venue_is_the_classs() -> None:
    moved = replace(duty("t1 C1 15 AM"), venue="V2")
    try_out("duty_role", staffed(), roster(duties=(moved,)), 1, message="elsewhere")


def test_people_of_a_venue_are_in_no_class() -> None:
    scenario = staffed(staff=people(w1=WARDEN))
    try_out("duty_role", scenario, roster("w1 @V1 15 AM"), 0)
    try_out("duty_role", scenario, roster("w1 C1 15 AM site"), 1, message="site_in_class")


def test_a_venue_without_a_running_class_needs_nobody() -> None:
    scenario = staffed(staff=people(w1=WARDEN))
    only_c1 = roster("w1 @V2 15 AM", placements=[{"child": "a", "class": "C1", "week": "1", "choice": 1}])
    try_out("duty_role", scenario, only_c1, 1, message="site_not_running")


def test_broken_twice() -> None:
    try_out("duty_role", staffed(), roster("v1 C1 15 AM homeroom", "v2 C1 15 AM life"), 2, message="role")


@pytest.mark.parametrize(
    "change",
    [
        {"person": "x"},
        {"class_": "x"},
        {"venue": "x"},
        {"date": date(1999, 1, 1)},
        {"shift": "x"},
        {"class_": None},
    ],
)
def test_nonsense_is_told_not_raised(change: dict[str, Any]) -> None:
    odd = replace(duty("t1 C1 15 AM"), **change)
    try_out("duty_role", staffed(), roster(duties=(odd,)), 1, mathematics=False)
