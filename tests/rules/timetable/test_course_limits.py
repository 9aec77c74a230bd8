"""Two days of one week; opera and ball once a week unless said otherwise."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import day_plan, try_out
from tests.seasons import rows, tiny

TWICE = ("C1 15 P1 ball", "C1 16 P1 ball")


def ball(**limits: object) -> Scenario:
    return tiny(courses=rows("courses", ball=limits))


@pytest.mark.parametrize(
    ("scenario", "sessions", "expected", "message"),
    [
        pytest.param(tiny(), ("C1 15 P1 ball", "C2 15 P1 ball"), 0, None, id="each class for itself"),
        pytest.param(tiny(), TWICE, 1, "broken", id="one too many in the week"),
        pytest.param(ball(max_per_week=2), TWICE, 0, None, id="two allowed"),
        pytest.param(ball(max_per_week=None), TWICE, 0, None, id="no limit"),
        pytest.param(ball(max_per_week=2, max_per_season=2), TWICE, 0, None, id="two a season"),
        pytest.param(ball(max_per_week=2, max_per_season=1), TWICE, 1, "season", id="one a season"),
        pytest.param(
            tiny(), (*TWICE, "C2 15 P1 ball", "C2 16 P2 ball"), 2, "broken", id="two classes too often"
        ),
        pytest.param(ball(max_per_week=0), TWICE, 2, "broken", id="never"),
    ],
)
def test_both_halves(
    scenario: Scenario, sessions: tuple[str, ...], expected: int, message: str | None
) -> None:
    try_out("course_limits", scenario, day_plan(*sessions), expected, message=message)
