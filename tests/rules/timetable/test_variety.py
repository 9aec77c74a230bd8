"""The same course again and again, on hand-written plans."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_cases import Texts, case, courses
from tests.rules.timetable_halves import day_plan, try_out

OFTEN = courses(ball={"max_per_week": None}, opera={"max_per_week": None})
TWO = ("C1 15 P1 ball", "C1 16 P1 ball")


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        case("once", OFTEN, TWO[:1], 0),
        case("one more than `often`", OFTEN, TWO, 1),
        case("two courses", OFTEN, ("C1 15 P1 ball", "C1 16 P1 opera s1"), 0),
        case("two classes", OFTEN, ("C1 15 P1 ball", "C2 16 P1 ball"), 0),
        case("asked for", courses(ball={"max_per_week": None, "min_per_week": 2}), TWO, 0),
        case("both classes, and two courses", OFTEN, (*TWO, "C2 15 P1 opera s1", "C2 16 P1 opera s1"), 2),
    ],
)
def test_variety(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    settings = {"parameters": {"variety": {"often": "1"}}}
    try_out("variety", scenario, day_plan(*sessions, away=away), expected, settings=settings)


def test_twice_a_week_is_usual() -> None:
    try_out("variety", OFTEN, day_plan(*TWO), 0)
