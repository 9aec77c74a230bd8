"""A second teacher of a class in a course, on hand-written plans."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_cases import TWO_TEACHERS, Texts, case
from tests.rules.timetable_halves import day_plan, try_out


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        case("the same", TWO_TEACHERS, ("C1 15 P1 opera s1", "C1 16 P1 opera s1"), 0),
        case("another", TWO_TEACHERS, ("C1 15 P1 opera s1", "C1 16 P1 opera s2"), 1),
        case("each class its own", TWO_TEACHERS, ("C1 15 P1 opera s1", "C2 16 P1 opera s2"), 0),
        case(
            "twice",
            TWO_TEACHERS,
            ("C1 15 P1 opera s1", "C1 16 P1 opera s2", "C2 15 P4 opera s1", "C2 16 P4 opera s2"),
            2,
        ),
    ],
)
def test_same_specialist(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("same_specialist", scenario, day_plan(*sessions, away=away), expected)
