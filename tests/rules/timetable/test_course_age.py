"""On 15 July 2024 the children of C1 are both 8, the one of C2 is 9."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import day_plan, try_out, zoo
from tests.seasons import rows, tiny


def ball(**ages: object) -> Scenario:
    return tiny(courses=rows("courses", ball=ages))


@pytest.mark.parametrize(
    ("scenario", "sessions", "expected"),
    [
        pytest.param(ball(min_age=8, max_age=8), ("C1 15 P1 ball",), 0, id="just fits"),
        pytest.param(ball(min_age=9), ("C1 15 P1 ball",), 2, id="both too young"),
        pytest.param(ball(max_age=8), ("C2 15 P1 ball",), 1, id="too old"),
        pytest.param(ball(min_age=9), ("C1 15 P1 ball", "C2 15 P1 ball"), 2, id="fits C2 only"),
    ],
)
def test_courses(scenario: Scenario, sessions: tuple[str, ...], expected: int) -> None:
    try_out("course_age", scenario, day_plan(*sessions), expected)


@pytest.mark.parametrize(("least", "expected"), [(8, 0), (9, 2)])
def test_trips(least: int, expected: int) -> None:
    scenario = tiny(trips=zoo(min_age=least))
    message = "trip" if expected else None
    try_out("course_age", scenario, day_plan(away=("C1 15 zoo",)), expected, message=message)
