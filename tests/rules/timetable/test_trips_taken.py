"""Every class goes on the trips it can, on hand-written plans."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_cases import ZOO, Texts, case
from tests.rules.timetable_halves import day_plan, try_out, zoo
from tests.seasons import rows, tiny


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        case("both miss it", ZOO, (), 2),
        case("C2 misses it", ZOO, (), 1, ("C1 15 zoo",)),
        case("nobody misses it", ZOO, (), 0, ("C1 15 zoo", "C2 16 zoo")),
        case("C1 is too young", tiny(trips=zoo(min_age=9)), (), 1),
        case("C2 is too old, C1 old enough", tiny(trips=zoo(min_age=8, max_age=8)), (), 1),
        case("three times wanted, two days only", tiny(trips=zoo(times_per_class=3)), (), 4),
        case("not held then", tiny(trips=zoo(), classes=rows("classes", C1={"shifts": ["PM"]})), (), 1),
    ],
)
def test_trips_taken(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("trips_taken", scenario, day_plan(*sessions, away=away), expected)
