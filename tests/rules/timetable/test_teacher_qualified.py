"""s1 is the specialist of opera, t1 a homeroom teacher; ball needs no teacher."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import day_plan, try_out
from tests.seasons import rows, tiny

# a homeroom teacher who is also a specialist may teach; one who only names the course may not
BOTH = tiny(staff=rows("staff", t1={"roles": ["homeroom", "specialist"], "courses": ["opera"]}))
NOT_YET = tiny(staff=rows("staff", t1={"courses": ["opera"]}))


@pytest.mark.parametrize(
    ("scenario", "sessions", "expected", "message"),
    [
        pytest.param(tiny(), ("C1 15 P1 opera s1", "C1 15 P2 ball"), 0, None, id="right"),
        pytest.param(BOTH, ("C1 15 P1 opera t1",), 0, None, id="homeroom and specialist"),
        pytest.param(NOT_YET, ("C1 15 P1 opera t1",), 1, "broken", id="no specialist"),
        pytest.param(tiny(), ("C1 15 P1 opera nobody",), 1, "broken", id="unknown"),
        pytest.param(tiny(), ("C1 15 P1 opera",), 1, "missing", id="no teacher"),
        pytest.param(tiny(), ("C1 15 P1 ball s1",), 1, "needs_none", id="one too many"),
        pytest.param(tiny(), ("C1 15 P1 opera", "C2 15 P3 opera"), 2, "missing", id="twice"),
    ],
)
def test_both_halves(
    scenario: Scenario, sessions: tuple[str, ...], expected: int, message: str | None
) -> None:
    try_out("teacher_qualified", scenario, day_plan(*sessions), expected, message=message)
