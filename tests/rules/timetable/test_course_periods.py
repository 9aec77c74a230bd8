"""L is a care period; C1 is held in both shifts unless said otherwise."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import day_plan, try_out
from tests.seasons import placed, rows, tiny

MORNINGS = tiny(classes=rows("classes", C1={"shifts": ["AM"]}))
MONDAY_SHUT = tiny(
    days=[{"date": "2024-07-15", "week": "1", "open": False}, {"date": "2024-07-16", "week": "1"}]
)


@pytest.mark.parametrize(
    ("scenario", "sessions", "expected", "message"),
    [
        pytest.param(tiny(), ("C1 15 P4 ball",), 0, None, id="a course period"),
        pytest.param(tiny(), ("C1 15 L ball",), 1, "broken", id="a care period"),
        pytest.param(MORNINGS, ("C1 15 P2 ball",), 0, None, id="in its shift"),
        pytest.param(MORNINGS, ("C1 15 P3 ball",), 1, "not_running", id="not in its shift"),
        pytest.param(MONDAY_SHUT, ("C1 16 P1 ball",), 0, None, id="an open day"),
        pytest.param(MONDAY_SHUT, ("C1 15 P1 ball",), 1, "not_running", id="a closed day"),
        pytest.param(tiny(), ("C9 15 P1 ball",), 1, "unknown", id="no such class"),
        pytest.param(tiny(), ("C1 17 P1 ball",), 1, "unknown", id="no day of the season"),
        pytest.param(tiny(), ("C1 15 L ball", "C2 16 L ball"), 2, "broken", id="twice"),
    ],
)
def test_both_halves(
    scenario: Scenario, sessions: tuple[str, ...], expected: int, message: str | None
) -> None:
    try_out("course_periods", scenario, day_plan(*sessions), expected, message=message)


def test_a_class_that_does_not_run_has_nothing() -> None:
    only_c1 = day_plan("C2 15 P1 ball", placements=placed("a@C1"))
    try_out("course_periods", tiny(), only_c1, 1, message="not_running")
