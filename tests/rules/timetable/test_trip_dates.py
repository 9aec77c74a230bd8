"""The zoo, on Monday morning only."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import day_plan, try_out, zoo
from tests.seasons import rows, tiny

MONDAY = tiny(trips=zoo(dates=["2024-07-15"], times_per_class=2))
AFTERNOONS = tiny(trips=zoo(), classes=rows("classes", C1={"shifts": ["PM"]}))
SHUT = tiny(
    trips=zoo(),
    days=[{"date": "2024-07-15", "week": "1", "open": False}, {"date": "2024-07-16", "week": "1"}],
)


@pytest.mark.parametrize(
    ("scenario", "away", "expected", "message"),
    [
        pytest.param(MONDAY, ("C1 15 zoo",), 0, None, id="on its date"),
        pytest.param(MONDAY, ("C1 16 zoo",), 1, "broken", id="not offered"),
        pytest.param(AFTERNOONS, ("C1 15 zoo",), 1, "not_running", id="not held in the morning"),
        pytest.param(AFTERNOONS, ("C2 15 zoo",), 0, None, id="held all day"),
        pytest.param(SHUT, ("C1 15 zoo",), 1, "not_running", id="a closed day"),
        pytest.param(MONDAY, ("C1 15 moon",), 1, "unknown", id="no such trip"),
        pytest.param(MONDAY, ("C1 17 zoo",), 1, "unknown", id="no such day"),
        pytest.param(MONDAY, ("C1 16 zoo", "C2 16 zoo"), 2, "broken", id="twice"),
    ],
)
def test_both_halves(scenario: Scenario, away: tuple[str, ...], expected: int, message: str | None) -> None:
    try_out("trip_dates", scenario, day_plan(away=away), expected, message=message)
