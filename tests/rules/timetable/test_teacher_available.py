"""s1 says no to Monday morning."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import day_plan, try_out
from tests.seasons import rows, tiny

NO = {"person": "s1", "from_": "2024-07-15", "to": "2024-07-15", "shifts": ["AM"], "status": "no"}
SCENARIO = tiny(availability=[NO])
MINOR = tiny(staff=rows("staff", s1={"birth_date": "2010-01-01"}))
VOLUNTEER = tiny(staff=rows("staff", s1={"kind": "volunteer"}))


@pytest.mark.parametrize(
    ("scenario", "sessions", "expected"),
    [
        pytest.param(SCENARIO, ("C1 15 P3 opera s1",), 0, id="the afternoon"),
        pytest.param(SCENARIO, ("C1 15 P2 opera s1",), 1, id="the morning"),
        pytest.param(SCENARIO, ("C1 16 P2 opera s1",), 0, id="the next morning"),
        pytest.param(MINOR, ("C1 16 P2 opera s1",), 0, id="minors may teach"),
        pytest.param(VOLUNTEER, ("C1 16 P2 opera s1",), 1, id="a volunteer has to offer"),
        pytest.param(VOLUNTEER, ("C1 15 P2 opera s1", "C2 16 P2 opera s1"), 2, id="twice"),
    ],
)
def test_both_halves(scenario: Scenario, sessions: tuple[str, ...], expected: int) -> None:
    try_out("teacher_available", scenario, day_plan(*sessions), expected)
