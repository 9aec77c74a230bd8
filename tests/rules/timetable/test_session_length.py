"""The morning is P1, P2 and a care period; the afternoon P3 and P4."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import day_plan, try_out
from tests.seasons import rows, tiny

# a care period between two course periods parts them
PARTED = [
    {"id": "P1", "start": "08:30", "end": "09:30", "shift": "AM"},
    {"id": "L", "start": "09:30", "end": "09:45", "shift": "AM", "kind": "care"},
    {"id": "P2", "start": "09:45", "end": "10:45", "shift": "AM"},
]


def ball(length: int) -> list[dict[str, Any]]:
    return rows("courses", ball={"length": length})


@pytest.mark.parametrize(
    ("scenario", "sessions", "expected"),
    [
        pytest.param(tiny(), ("C1 15 P4 ball",), 0, id="one period"),
        pytest.param(tiny(courses=ball(2)), ("C1 15 P1 ball",), 0, id="two periods fit"),
        pytest.param(tiny(courses=ball(2)), ("C1 15 P2 ball",), 1, id="then comes care"),
        pytest.param(tiny(courses=ball(2)), ("C1 15 P4 ball",), 1, id="then ends the shift"),
        pytest.param(tiny(courses=ball(3)), ("C1 15 P3 ball", "C2 15 P4 ball"), 3, id="one and two missing"),
        pytest.param(tiny(courses=ball(2), periods=PARTED), ("C1 15 P1 ball",), 1, id="parted by care"),
    ],
)
def test_both_halves(scenario: Scenario, sessions: tuple[str, ...], expected: int) -> None:
    try_out("session_length", scenario, day_plan(*sessions), expected)
