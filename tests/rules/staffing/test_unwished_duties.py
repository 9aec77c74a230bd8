"""Shifts to avoid."""

from __future__ import annotations

from tests.rules.staffing_halves import OFFERS, roster, staffed, try_out

AVOIDS = {"person": "v1", "from_": "2024-07-15", "to": "2024-07-15", "status": "avoid"}
SCENARIO = staffed(availability=[*OFFERS, AVOIDS])


def test_other_days_and_people_cost_nothing() -> None:
    try_out("unwished_duties", SCENARIO, roster("v1 C1 16 AM", "v2 C1 15 AM", "t1 C1 15 AM"), 0)


def test_each_duty_to_avoid_counts() -> None:
    try_out("unwished_duties", SCENARIO, roster("v1 C1 15 AM"), 1)
    try_out("unwished_duties", SCENARIO, roster("v1 C1 15 AM", "v1 C1 15 PM"), 2)
