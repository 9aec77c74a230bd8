"""R1, C1's home room, has no stage; R2, C2's, has one; H is a hall with a stage at C1's venue."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import day_plan, try_out
from tests.seasons import placed, rows, tiny


def staged(capacity: int | None = None) -> Scenario:
    hall = {"id": "H", "venue": "V1", "capacity": capacity, "features": ["stage"]}
    courses = rows("courses", opera={"room_feature": "stage"})
    return tiny(rooms=rows("rooms", H=hall), courses=courses)


@pytest.mark.parametrize(
    ("scenario", "sessions", "expected", "message"),
    [
        pytest.param(staged(), ("C2 15 P1 opera s1",), 0, None, id="the home room has it"),
        pytest.param(staged(), ("C1 15 P1 opera s1",), 1, "broken", id="the home room has not"),
        pytest.param(staged(), ("C1 15 P1 opera s1 H",), 0, None, id="in the hall"),
        pytest.param(staged(2), ("C1 15 P1 opera s1 H",), 0, None, id="the hall just holds them"),
        pytest.param(staged(1), ("C1 15 P1 opera s1 H",), 1, "too_small", id="the hall is too small"),
        pytest.param(staged(), ("C1 15 P1 opera s1 R2",), 1, "elsewhere", id="a room of another venue"),
        pytest.param(staged(), ("C1 15 P1 opera s1 X",), 1, "elsewhere", id="no such room"),
        pytest.param(
            staged(), ("C1 15 P1 opera s1", "C2 15 P3 opera s1 H"), 2, None, id="lacking one, elsewhere one"
        ),
    ],
)
def test_one_class(scenario: Scenario, sessions: tuple[str, ...], expected: int, message: str | None) -> None:
    try_out("room_fit", scenario, day_plan(*sessions), expected, message=message)


@pytest.mark.parametrize(("capacity", "expected"), [(3, 0), (2, 1)])
def test_a_joint_session_needs_room_for_all(capacity: int | None, expected: int) -> None:
    scenario = tiny(
        rooms=rows("rooms", R1={"capacity": capacity}),
        classes=rows("classes", C2={"venue": "V1", "room": None}),
        courses=rows("courses", opera={"joint": 9}),
    )
    both = day_plan("C1 15 P1 opera s1 R1", "C2 15 P1 opera s1 R1", placements=placed("a@C1", "b@C1", "c@C2"))
    try_out("room_fit", scenario, both, expected)
