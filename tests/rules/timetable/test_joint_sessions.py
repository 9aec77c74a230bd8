"""C1 (two children, home R1) and C2 (one child, home R3) at one venue."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import day_plan, try_out
from tests.seasons import rows, tiny

TOGETHER = ("C1 15 P1 opera s1 R1", "C2 15 P1 opera s1 R1")


def sharing(joint: int | None, **class_: object) -> Scenario:
    return tiny(
        rooms=[{"id": "R1", "venue": "V1"}, {"id": "R3", "venue": "V1"}],
        classes=rows("classes", C1=class_, C2={"venue": "V1", "room": None if class_ else "R3"}),
        courses=rows("courses", opera={"joint": joint, "max_per_week": 2}, ball={"joint": joint}),
    )


@pytest.mark.parametrize(
    ("scenario", "sessions", "expected", "message"),
    [
        pytest.param(sharing(3), TOGETHER, 0, None, id="just small enough"),
        pytest.param(sharing(2), TOGETHER, 1, "broken", id="one child too many"),
        pytest.param(sharing(1), TOGETHER, 2, "broken", id="C1 alone is too big to share"),
        pytest.param(sharing(1), ("C1 15 P1 opera s1",), 0, None, id="C1 by itself is fine"),
        pytest.param(sharing(None), TOGETHER, 3, "never", id="never shared"),
        pytest.param(
            sharing(2),
            (*TOGETHER, "C1 16 P1 opera s1 R1", "C2 16 P1 opera s1 R1"),
            2,
            "broken",
            id="twice",
        ),
        pytest.param(
            sharing(2), ("C1 15 P1 ball - R1", "C2 15 P1 ball - R3"), 0, None, id="each in its own room"
        ),
        # without home rooms it is left to the venue where they meet
        pytest.param(
            sharing(3, room=None), ("C1 15 P1 ball", "C2 15 P1 ball"), 0, None, id="no rooms at all"
        ),
        pytest.param(
            sharing(2, room=None), ("C1 15 P1 ball", "C2 15 P1 ball"), 1, "broken", id="too many, no rooms"
        ),
    ],
)
def test_both_halves(
    scenario: Scenario, sessions: tuple[str, ...], expected: int, message: str | None
) -> None:
    try_out("joint_sessions", scenario, day_plan(*sessions), expected, message=message)


def test_a_joint_session_names_the_room_all_are_in() -> None:
    unnamed = day_plan("C1 15 P1 opera s1", "C2 15 P1 opera s1")
    # how many are affected: all three children
    try_out("joint_sessions", sharing(3), unnamed, 3, message="no_room", mathematics=False)
