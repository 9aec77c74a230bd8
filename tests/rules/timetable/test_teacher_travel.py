"""The venues are 5.56 km apart; between P1 and P2, and P3 and P4, there is a quarter of an hour."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import day_plan, try_out
from tests.seasons import rows, tiny

COURSES = rows("courses", opera={"max_per_week": 2})
BY_BUS = tiny(courses=COURSES)  # 10 + 60 * 5.56 / 20 = 26.7 minutes
# 60 * 5.56 / 22.3 = 14.96 minutes just does it, 60 * 5.56 / 22.2 = 15.03 does not
JUST = tiny({"travel_fixed_minutes": 0, "travel_kmh": 22.3}, courses=COURSES)
JUST_NOT = tiny({"travel_fixed_minutes": 0, "travel_kmh": 22.2}, courses=COURSES)
NEXT = ("C1 15 P1 opera s1", "C2 15 P2 opera s1")


@pytest.mark.parametrize(
    ("scenario", "sessions", "expected"),
    [
        pytest.param(BY_BUS, ("C1 15 P2 opera s1", "C2 15 P3 opera s1"), 0, id="over noon"),
        pytest.param(BY_BUS, NEXT, 1, id="26.7 minutes do not fit into 15"),
        pytest.param(JUST, NEXT, 0, id="14.96 minutes fit"),
        pytest.param(JUST_NOT, NEXT, 1, id="15.03 minutes do not"),
        pytest.param(
            BY_BUS, (*NEXT, "C2 16 P3 opera s1", "C1 16 P4 opera s1"), 2, id="twice, once the other way"
        ),
    ],
)
def test_both_halves(scenario: Scenario, sessions: tuple[str, ...], expected: int) -> None:
    try_out("teacher_travel", scenario, day_plan(*sessions), expected)
