"""Sessions beyond equal parts of what a specialist offered, on hand-written plans."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_cases import COLLEAGUE, Texts, case, courses
from tests.rules.timetable_halves import day_plan, try_out
from tests.seasons import rows, tiny

MANY = courses(opera={"max_per_week": 2})
"""s1 offers two days of four periods, 8 sessions: the tenths, rounded up, are 1, 2, 3, 4, 4, 5, 6, 7, 8."""

BUSY = tiny(
    courses=rows("courses", opera={"max_per_week": 2}),
    staff=rows("staff", s1={"max_sessions_per_day": 1}, s2=COLLEAGUE),
)
"""s1 offers one session on each of two days: 2, with the tenths 1 (five times) and 2; s2 offers 8."""

FOUR = ("C1 15 P1 opera s1", "C2 15 P3 opera s1", "C1 16 P1 opera s1", "C2 16 P3 opera s1")


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        case("the first part is free", MANY, FOUR[:1], 0),
        case("one beyond the first tenth", MANY, FOUR[:2], 1),
        case("two beyond the first, one beyond the second", MANY, FOUR[:3], 3),
        case("half of what was offered: 3 + 2 + 1", MANY, FOUR, 6),
        case("all that little was offered: beyond each of five", BUSY, (FOUR[0], FOUR[2]), 5),
        case("the same shared is dearer than with who offered much", BUSY, (FOUR[0], "C1 16 P1 opera s2"), 0),
        case("nobody teaches", MANY, ("C1 15 P1 ball",), 0),
    ],
)
def test_fair_shares(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("fair_shares", scenario, day_plan(*sessions, away=away), expected)


def test_fewer_steps_are_coarser() -> None:
    # halves of 8: beyond 4 nothing
    try_out("fair_shares", MANY, day_plan(*FOUR), 0, settings={"parameters": {"fair_shares": {"steps": "2"}}})


def test_a_joint_session_is_one() -> None:
    scenario = tiny(
        classes=rows("classes", C2={"venue": "V1", "room": None}),
        courses=rows("courses", opera={"joint": 3}),
    )
    try_out("fair_shares", scenario, day_plan("C1 15 P1 opera s1 R1", "C2 15 P1 opera s1 R1"), 0)
