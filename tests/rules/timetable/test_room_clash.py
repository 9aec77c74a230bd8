"""C1 (home R1, with a stage) and C2 (home R3, without) at one venue, which has a hall H with a stage too."""

from __future__ import annotations

import pytest

from tests.rules.timetable_halves import day_plan, try_out, zoo
from tests.seasons import rows, tiny

SCENARIO = tiny(
    rooms=[
        {"id": "R1", "venue": "V1", "features": ["stage"]},
        {"id": "R3", "venue": "V1"},
        {"id": "H", "venue": "V1", "features": ["stage"]},
    ],
    classes=rows("classes", C2={"venue": "V1", "room": "R3"}),
    courses=rows("courses", opera={"room_feature": "stage", "max_per_week": 2}),
    staff=rows(
        "staff",
        s2={
            "name": "Su",
            "kind": "teacher",
            "roles": ["specialist"],
            "courses": ["opera"],
            "cleared_until": "2030-01-01",
        },
    ),
    trips=zoo(),
)


@pytest.mark.parametrize(
    ("sessions", "away", "expected"),
    [
        pytest.param(("C1 15 P1 opera s1", "C2 15 P1 opera s2 H"), (), 0, id="home and hall"),
        pytest.param(("C1 15 P1 opera s1 H", "C2 15 P1 opera s2 H"), (), 1, id="both in the hall"),
        pytest.param(("C1 15 P1 opera s1 H", "C2 15 P2 opera s1 H"), (), 0, id="one after the other"),
        pytest.param(("C1 15 P1 opera s1", "C2 15 P1 opera s2 R1"), (), 1, id="C1 has a session there"),
        pytest.param(("C2 15 P1 opera s1 R1",), (), 1, id="C1 stays there without a session"),
        pytest.param(("C2 15 P1 opera s1 R1", "C1 15 P1 ball - H"), (), 0, id="C1 is in the hall"),
        pytest.param(("C2 15 P1 opera s1 R1", "C1 15 P2 ball - H"), (), 1, id="C1 is in the hall too late"),
        pytest.param(("C2 15 P1 opera s1 R1",), ("C1 15 zoo",), 0, id="C1 is away"),
        pytest.param(("C2 15 P3 opera s1 R1",), ("C1 15 zoo",), 1, id="C1 is back"),
        pytest.param(("C2 15 P1 opera s1 R1", "C2 16 P1 opera s1 R1"), (), 2, id="twice"),
    ],
)
def test_both_halves(sessions: tuple[str, ...], away: tuple[str, ...], expected: int) -> None:
    try_out("room_clash", SCENARIO, day_plan(*sessions, away=away), expected)
