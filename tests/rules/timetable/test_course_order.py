"""Ball builds on opera."""

from __future__ import annotations

import pytest

from tests.rules.timetable_halves import day_plan, try_out
from tests.seasons import rows, tiny

SCENARIO = tiny(courses=rows("courses", ball={"after": "opera", "max_per_week": 2}))


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [
        pytest.param(("C1 15 P1 opera s1", "C1 16 P1 ball"), 0, id="the day after"),
        pytest.param(("C1 15 P1 opera s1", "C1 15 P3 ball"), 1, id="the same day is too early"),
        pytest.param(("C1 15 P1 ball", "C1 16 P1 opera s1"), 1, id="the wrong way round"),
        pytest.param(("C2 15 P1 opera s1", "C1 16 P1 ball"), 1, id="another class had it"),
        pytest.param(("C1 15 P1 ball", "C1 16 P1 ball"), 2, id="never had it"),
    ],
)
def test_both_halves(sessions: tuple[str, ...], expected: int) -> None:
    try_out("course_order", SCENARIO, day_plan(*sessions), expected)
