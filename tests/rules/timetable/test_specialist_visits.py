"""Visits of specialists to venues, a shift at a time, on hand-written plans."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_cases import Texts, case
from tests.rules.timetable_halves import day_plan, try_out
from tests.seasons import rows, tiny

NEAR = tiny(
    {"travel_fixed_minutes": 0, "travel_kmh": 30},  # 11 minutes: possible from one period to the next
    courses=rows("courses", opera={"max_per_week": 2}, ball={"max_per_week": 2, "teacher": True}),
    staff=rows("staff", s1={"courses": ["opera", "ball"]}),
)


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        case("nobody comes", tiny(), ("C1 15 P1 ball",), 0),
        case("a whole half-day", NEAR, ("C1 15 P1 opera s1", "C1 15 P2 ball s1"), 1),
        case("morning and afternoon", NEAR, ("C1 15 P1 opera s1", "C1 15 P3 ball s1"), 2),
        case("two venues in a half-day", NEAR, ("C1 15 P1 opera s1", "C2 15 P2 ball s1"), 2),
        case("two days", NEAR, ("C1 15 P1 opera s1", "C1 16 P1 opera s1"), 2),
    ],
)
def test_specialist_visits(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("specialist_visits", scenario, day_plan(*sessions, away=away), expected)
