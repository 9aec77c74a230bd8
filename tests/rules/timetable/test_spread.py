"""A course on two days running, on hand-written plans."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_cases import Texts, case, courses
from tests.rules.timetable_halves import day_plan, try_out

TWO_A_WEEK = courses(ball={"max_per_week": 2}, opera={"max_per_week": 2})


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        case("two days running", TWO_A_WEEK, ("C1 15 P1 ball", "C1 16 P4 ball"), 1),
        case("two courses", TWO_A_WEEK, ("C1 15 P1 ball", "C1 16 P1 opera s1"), 0),
        case("two classes", TWO_A_WEEK, ("C1 15 P1 ball", "C2 16 P1 ball"), 0),
        case("three a week", courses(ball={"max_per_week": 3}), ("C1 15 P1 ball", "C1 16 P4 ball"), 1),
        case(
            "four a week is daily", courses(ball={"max_per_week": 4}), ("C1 15 P1 ball", "C1 16 P4 ball"), 0
        ),
        case(
            "no limit is daily", courses(ball={"max_per_week": None}), ("C1 15 P1 ball", "C1 16 P1 ball"), 0
        ),
        case(
            "twice",
            TWO_A_WEEK,
            ("C1 15 P1 ball", "C1 16 P1 ball", "C1 15 P2 opera s1", "C1 16 P2 opera s1"),
            2,
        ),
    ],
)
def test_spread(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("spread", scenario, day_plan(*sessions, away=away), expected)
