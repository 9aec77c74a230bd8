"""Wishes that no session serves, on hand-written plans."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_cases import TWO_WEEKS, WISHES, Texts, case
from tests.rules.timetable_halves import day_plan, try_out
from tests.seasons import placed, tiny


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        case("all four wishes", WISHES, (), 4),
        case("a's opera and c's are left", WISHES, ("C1 15 P1 ball",), 2),
        case("ball does not help C2", WISHES, ("C1 15 P1 ball", "C2 15 P1 ball"), 2),
        case("twice serves no more than once", WISHES, ("C1 15 P1 opera s1", "C1 15 P2 ball"), 1),
        case("no wishes", tiny(), (), 0),
    ],
)
def test_interests(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("interests", scenario, day_plan(*sessions, away=away), expected)


@pytest.mark.parametrize(
    ("session", "expected"),
    [("C1 15 P1 ball", 0), ("C2 15 P1 ball", 1), ("C2 22 P1 ball", 0), ("C1 22 P1 ball", 1)],
)
def test_wishes_are_served_in_the_class_and_week_a_child_is_in(session: str, expected: int) -> None:
    # a is in C1 in the first week and in C2 in the second; c and b keep the classes running
    placements = placed("a@C1/1", "a@C2/2", "b@C1/2", "c@C2/1")
    try_out("interests", TWO_WEEKS, day_plan(session, placements=placements), expected)
