"""Fees, in whole yuan, on hand-written plans."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_cases import TWO_TEACHERS, Texts, case
from tests.rules.timetable_halves import day_plan, try_out
from tests.seasons import rows, tiny


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        case("nothing", TWO_TEACHERS, ("C1 15 P1 ball",), 0),
        case("99.50 is 100 yuan", TWO_TEACHERS, ("C1 15 P1 opera s1",), 100),
        case("and 50.40 is 50", TWO_TEACHERS, ("C1 15 P1 opera s1", "C2 15 P1 opera s2"), 150),
    ],
)
def test_session_fees(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("session_fees", scenario, day_plan(*sessions, away=away), expected)


def test_a_joint_session_is_paid_once() -> None:
    scenario = tiny(
        classes=rows("classes", C2={"venue": "V1", "room": None}),
        courses=rows("courses", opera={"joint": 3}),
        staff=rows("staff", s1={"fee_per_session": 70}),
    )
    together = day_plan("C1 15 P1 opera s1 R1", "C2 15 P1 opera s1 R1")
    try_out("session_fees", scenario, together, 70)
