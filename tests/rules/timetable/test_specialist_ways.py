"""Ways of a specialist between venues, on hand-written plans."""

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
        case("one venue", NEAR, ("C1 15 P1 opera s1", "C1 15 P2 ball s1"), 0),
        case("there", NEAR, ("C1 15 P1 opera s1", "C2 15 P4 ball s1"), 1),
        case("there and back", NEAR, ("C1 15 P1 opera s1", "C2 15 P2 ball s1", "C1 15 P3 ball s1"), 2),
        case("two and one", NEAR, ("C1 15 P1 opera s1", "C1 15 P2 ball s1", "C2 15 P3 ball s1"), 1),
        case("overnight does not count", NEAR, ("C1 15 P1 opera s1", "C2 16 P1 opera s1"), 0),
        case(
            "to and fro",
            NEAR,
            ("C1 15 P1 opera s1", "C2 15 P2 ball s1", "C1 15 P3 ball s1", "C2 15 P4 opera s1"),
            3,
        ),
    ],
)
def test_specialist_ways(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("specialist_ways", scenario, day_plan(*sessions, away=away), expected)
