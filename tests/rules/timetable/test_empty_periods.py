"""Course periods without session or trip, on hand-written plans."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_cases import ZOO, Texts, case, courses
from tests.rules.timetable_halves import day_plan, try_out
from tests.seasons import rows, tiny


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        # two classes, two days, four course periods each
        case("all", tiny(), (), 16),
        case("one filled", tiny(), ("C1 15 P1 ball",), 15),
        case("a long one fills two", courses(ball={"length": 2}), ("C1 15 P1 ball",), 14),
        case("a trip in the morning leaves two", ZOO, (), 14, ("C1 15 zoo",)),
        case(
            "C1 is held in the afternoon only", tiny(classes=rows("classes", C1={"shifts": ["PM"]})), (), 12
        ),
    ],
)
def test_empty_periods(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("empty_periods", scenario, day_plan(*sessions, away=away), expected)
