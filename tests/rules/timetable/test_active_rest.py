"""Active sessions without a rest before, on hand-written plans."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_cases import Texts, case, courses
from tests.rules.timetable_halves import day_plan, try_out
from tests.seasons import tiny

ACTIVE = courses(run={"name": "Run", "energy": "active", "teacher": False, "max_per_week": 2})


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        case("one after the other", ACTIVE, ("C1 15 P1 ball", "C1 15 P2 run"), 1),
        case("a quiet one follows", ACTIVE, ("C1 15 P1 ball", "C1 15 P2 opera s1"), 0),
        case("care lies between P2 and P3", ACTIVE, ("C1 15 P2 ball", "C1 15 P3 run"), 0),
        case("another class", ACTIVE, ("C1 15 P1 ball", "C2 15 P2 run"), 0),
        case(
            "twice",
            ACTIVE,
            ("C1 15 P1 ball", "C1 15 P2 run", "C2 16 P3 run", "C2 16 P4 ball"),
            2,
        ),
    ],
)
def test_active_rest(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("active_rest", scenario, day_plan(*sessions, away=away), expected)


@pytest.mark.parametrize(("noon", "expected"), [("12:00", 0), ("11:59", 1)])
def test_active_rest_after_a_rest_that_ends_later_than_noon(noon: str, expected: int) -> None:
    # the care period before P3 ends at 12:00
    settings = {"parameters": {"active_rest": {"noon": noon}}}
    try_out("active_rest", tiny(), day_plan("C1 15 P3 ball"), expected, settings=settings)


@pytest.mark.parametrize(("until", "expected"), [("12:00", 1), ("11:59", 0)])
def test_a_later_care_period_is_a_snack_and_no_rest(until: str, expected: int) -> None:
    settings = {"parameters": {"active_rest": {"noon": "11:00", "until": until}}}
    try_out("active_rest", tiny(), day_plan("C1 15 P3 ball"), expected, settings=settings)
