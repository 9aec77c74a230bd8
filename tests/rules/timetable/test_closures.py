"""Something is closed on Monday morning."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import day_plan, try_out, zoo
from tests.seasons import rows, tiny


def closed(**what: object) -> Scenario:
    monday = {"from_": "2024-07-15", "to": "2024-07-15", "shifts": ["AM"], **what}
    rooms = rows("rooms", H={"venue": "V1", "features": ["stage"]})
    courses = rows("courses", opera={"room_feature": "stage"})
    return tiny(closures=[monday], rooms=rooms, courses=courses, trips=zoo())


@pytest.mark.parametrize(
    ("what", "sessions", "expected"),
    [
        pytest.param({"venue": "V1"}, ("C1 15 P1 ball",), 1, id="its venue"),
        pytest.param({"venue": "V1"}, ("C1 15 P3 ball", "C1 16 P1 opera s1 H"), 0, id="just not then"),
        pytest.param({"venue": "V2"}, ("C1 15 P1 ball",), 0, id="another venue"),
        pytest.param({"class_": "C1"}, ("C1 15 P1 ball",), 1, id="the class"),
        pytest.param({"room": "R1"}, ("C1 15 P1 ball",), 1, id="its home room"),
        pytest.param({"room": "H"}, ("C1 15 P1 ball",), 0, id="a room it does not use"),
        pytest.param({"room": "H"}, ("C1 15 P1 opera s1 H",), 1, id="the room it uses"),
        pytest.param({}, ("C1 15 P1 ball", "C2 15 P2 ball"), 2, id="everything, twice"),
    ],
)
def test_sessions(what: dict[str, object], sessions: tuple[str, ...], expected: int) -> None:
    try_out("closures", closed(**what), day_plan(*sessions), expected)


@pytest.mark.parametrize(
    ("what", "away", "expected"),
    [
        ({"venue": "V1"}, ("C1 15 zoo",), 1),
        ({"venue": "V1"}, ("C1 16 zoo", "C2 15 zoo"), 0),
        ({"venue": "V1", "shifts": ["PM"]}, ("C1 15 zoo",), 0),
    ],
)
def test_trips(what: dict[str, object], away: tuple[str, ...], expected: int) -> None:
    try_out("closures", closed(**what), day_plan(away=away), expected)
