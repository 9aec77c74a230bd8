"""Classes of one venue on a trip, on hand-written plans."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_cases import ZOO, Texts, case
from tests.rules.timetable_halves import day_plan, try_out, zoo
from tests.seasons import rows, tiny

BOTH_AT_V1 = rows("classes", C2={"venue": "V1", "room": None})
NEIGHBOURS = tiny(trips=zoo(), classes=BOTH_AT_V1)
TWICE = tiny(trips=zoo(times_per_class=2), classes=BOTH_AT_V1)


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        case("together", NEIGHBOURS, (), 0, ("C1 15 zoo", "C2 15 zoo")),
        case("on two days", NEIGHBOURS, (), 1, ("C1 15 zoo", "C2 16 zoo")),
        case("one alone", NEIGHBOURS, (), 0, ("C1 16 zoo",)),
        case("two venues", ZOO, (), 0, ("C1 15 zoo", "C2 16 zoo")),
        case("each goes twice", TWICE, (), 0, ("C1 15 zoo", "C1 16 zoo", "C2 15 zoo", "C2 16 zoo")),
        case("nobody goes", NEIGHBOURS, (), 0),
    ],
)
def test_trips_together(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("trips_together", scenario, day_plan(*sessions, away=away), expected)
