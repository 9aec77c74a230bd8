"""Sessions missing to the weekly minimum, on hand-written plans."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_cases import Texts, case, courses
from tests.rules.timetable_halves import day_plan, try_out

TWICE = courses(ball={"min_per_week": 2, "max_per_week": 3})


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        case("two for each class", TWICE, (), 4),
        case("one missing", TWICE, ("C1 15 P1 ball", "C1 16 P1 ball", "C2 15 P1 ball"), 1),
        case("none", courses(ball={"min_per_week": 1}), ("C1 15 P1 ball", "C2 15 P1 ball"), 0),
        case("more than the minimum", courses(ball={"max_per_week": 2}), ("C1 15 P1 ball",), 0),
        case("C1 is too young", courses(ball={"min_per_week": 1, "min_age": 9}), (), 1),
    ],
)
def test_minimum_sessions(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("minimum_sessions", scenario, day_plan(*sessions, away=away), expected)
