"""v1 offers four shifts: a quarter of them is one, half two, three quarters three."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.staffing_halves import people, roster, staffed, try_out

SHIFTS = ("15 AM", "15 PM", "16 AM", "16 PM")


@pytest.mark.parametrize(("load", "amount"), [(0, 0), (1, 0), (2, 1), (3, 2 + 1), (4, 3 + 2 + 1)])
def test_each_step_counts_more(load: int, amount: int) -> None:
    given = roster(*(f"v1 C1 {when}" for when in SHIFTS[:load]))
    try_out("fair_load", staffed(), given, amount)


def test_two_at_half_are_better_than_one_with_all() -> None:
    shared = roster("v1 C1 15 AM", "v1 C1 15 PM", "v2 C1 16 AM", "v2 C1 16 PM")
    try_out("fair_load", staffed(), shared, 1 + 1)


def test_teachers_are_not_counted() -> None:
    try_out("fair_load", staffed(), roster(*(f"t1 C1 {when}" for when in SHIFTS)), 0)


def halved(**settings: str) -> Scenario:
    return staffed({"parameters": {"fair_load": settings}})


def test_steps_are_a_setting() -> None:
    # in two steps only half counts: two of four are free
    given = roster("v1 C1 15 AM", "v1 C1 15 PM", "v1 C1 16 AM")
    try_out("fair_load", halved(steps="2"), given, 1)


def test_only_shifts_that_can_be_worked_are_offered() -> None:
    # cleared for the first day only, v1 offers two shifts: the steps are one, one and two
    scenario = staffed(staff=people(v1={"cleared_until": "2024-07-15"}))
    try_out("fair_load", scenario, roster("v1 C1 15 AM", "v1 C1 15 PM"), 1 + 1 + 0)
