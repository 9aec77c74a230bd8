"""P1 and P2 are periods of the morning that do not touch."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import day_plan, try_out
from tests.seasons import rows, tiny

# ball takes two periods, so from P1 on it still goes on in P2
LONG = tiny(courses=rows("courses", ball={"length": 2}))


@pytest.mark.parametrize(
    ("scenario", "sessions", "expected"),
    [
        pytest.param(tiny(), (), 0, id="nothing"),
        pytest.param(tiny(), ("C1 15 P1 opera s1", "C1 15 P2 ball"), 0, id="one after the other"),
        pytest.param(tiny(), ("C1 15 P1 opera s1", "C2 15 P1 ball"), 0, id="two classes"),
        pytest.param(tiny(), ("C1 15 P1 opera s1", "C1 15 P1 ball"), 1, id="both in P1"),
        pytest.param(LONG, ("C1 15 P1 ball", "C1 15 P3 opera s1"), 0, id="the long one is over by P3"),
        pytest.param(LONG, ("C1 15 P1 ball", "C1 15 P2 opera s1"), 1, id="the long one still goes on"),
        pytest.param(
            tiny(),
            ("C1 15 P1 opera s1", "C1 15 P1 ball", "C2 16 P2 opera s1", "C2 16 P2 ball"),
            2,
            id="twice",
        ),
    ],
)
def test_both_halves(scenario: Scenario, sessions: tuple[str, ...], expected: int) -> None:
    try_out("one_thing_at_a_time", scenario, day_plan(*sessions), expected)
