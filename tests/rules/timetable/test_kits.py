"""Kits for ball: so many classes at a time, over both venues."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import day_plan, try_out
from tests.seasons import placed, rows, tiny

AT_ONCE = ("C1 15 P1 ball", "C2 15 P1 ball")


def kits(number: int, **more: object) -> Scenario:
    return tiny(courses=rows("courses", ball={"kits": number, "max_per_week": 2, **more}))


@pytest.mark.parametrize(
    ("scenario", "sessions", "expected"),
    [
        pytest.param(kits(2), AT_ONCE, 0, id="one each"),
        pytest.param(kits(1), AT_ONCE, 1, id="one missing"),
        pytest.param(kits(1), ("C1 15 P1 ball", "C2 15 P2 ball"), 0, id="passed on"),
        pytest.param(kits(1, length=2), ("C1 15 P1 ball", "C2 15 P1 ball"), 1, id="long ones"),
        pytest.param(kits(0), AT_ONCE, 2, id="none at all"),
        pytest.param(kits(1), (*AT_ONCE, "C1 16 P1 ball", "C2 16 P1 ball"), 2, id="two days"),
    ],
)
def test_both_halves(scenario: Scenario, sessions: tuple[str, ...], expected: int) -> None:
    try_out("kits", scenario, day_plan(*sessions), expected)


def test_a_joint_session_needs_one_kit() -> None:
    scenario = tiny(
        classes=rows("classes", C2={"venue": "V1", "room": None}),
        courses=rows("courses", ball={"kits": 1, "joint": 3}),
    )
    placements = placed("a@C1", "c@C2")
    together = ("C1 15 P1 ball - R1", "C2 15 P1 ball - R1")
    try_out("kits", scenario, day_plan(*together, placements=placements), 0)
    apart = ("C1 15 P1 ball - R1", "C2 15 P1 ball")
    try_out("kits", scenario, day_plan(*apart, placements=placements), 1)
