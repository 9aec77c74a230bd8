"""Ball up to four times a week, but on different days."""

from __future__ import annotations

import pytest

from tests.rules.timetable_halves import day_plan, try_out
from tests.seasons import rows, tiny

SCENARIO = tiny(courses=rows("courses", ball={"max_per_week": 4}))


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [
        pytest.param(("C1 15 P1 ball", "C1 16 P1 ball"), 0, id="two days"),
        pytest.param(("C1 15 P1 ball", "C2 15 P3 ball"), 0, id="two classes"),
        pytest.param(("C1 15 P1 ball", "C1 15 P3 ball"), 1, id="twice a day"),
        pytest.param(("C1 15 P1 ball", "C1 15 P2 ball", "C1 15 P3 ball"), 2, id="three times a day"),
    ],
)
def test_both_halves(sessions: tuple[str, ...], expected: int) -> None:
    try_out("once_a_day", SCENARIO, day_plan(*sessions), expected)
