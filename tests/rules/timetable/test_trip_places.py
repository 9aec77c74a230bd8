"""Two children in C1, one in C2; the zoo on both mornings."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import day_plan, try_out, zoo
from tests.seasons import tiny

TOGETHER = ("C1 15 zoo", "C2 15 zoo")
AGAIN = ("C1 15 zoo", "C1 16 zoo")


@pytest.mark.parametrize(
    ("scenario", "away", "expected", "message"),
    [
        pytest.param(tiny(trips=zoo(children_per_day=3)), TOGETHER, 0, None, id="just enough"),
        pytest.param(tiny(trips=zoo(children_per_day=2)), TOGETHER, 1, "broken", id="one too many"),
        pytest.param(
            tiny(trips=zoo(children_per_day=2)), ("C1 15 zoo", "C2 16 zoo"), 0, None, id="on two days"
        ),
        pytest.param(tiny(trips=zoo()), AGAIN, 1, "too_often", id="once is the most"),
        pytest.param(tiny(trips=zoo(times_per_class=2)), AGAIN, 0, None, id="twice is allowed"),
        pytest.param(
            tiny(trips=zoo(times_per_class=0)), TOGETHER, 2, "too_often", id="not at all, both classes"
        ),
    ],
)
def test_both_halves(scenario: Scenario, away: tuple[str, ...], expected: int, message: str | None) -> None:
    try_out("trip_places", scenario, day_plan(away=away), expected, message=message)
