"""s1 teaches C1 and C2, at venues half an hour apart."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import day_plan, try_out
from tests.seasons import rows, tiny

DAILY = tiny(courses=rows("courses", opera={"max_per_week": 2}))
LONG = tiny(
    courses=rows("courses", opera={"length": 2}, ball={"teacher": True}),
    staff=rows("staff", s1={"courses": ["opera", "ball"]}),
)


@pytest.mark.parametrize(
    ("scenario", "sessions", "expected"),
    [
        pytest.param(DAILY, ("C1 15 P1 opera s1", "C2 15 P3 opera s1"), 0, id="morning and afternoon"),
        pytest.param(DAILY, ("C1 15 P1 opera s1", "C2 15 P1 opera s1"), 1, id="at once"),
        pytest.param(LONG, ("C1 15 P1 opera s1", "C2 15 P2 ball s1"), 1, id="the long one still goes on"),
        pytest.param(
            DAILY,
            ("C1 15 P1 opera s1", "C2 15 P1 opera s1", "C1 16 P4 opera s1", "C2 16 P4 opera s1"),
            2,
            id="twice",
        ),
    ],
)
def test_both_halves(scenario: Scenario, sessions: tuple[str, ...], expected: int) -> None:
    try_out("teacher_clash", scenario, day_plan(*sessions), expected)
