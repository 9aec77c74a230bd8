"""Both classes run on Monday 15 and Tuesday 16; a blank class or date means every one."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import day_plan, try_out, zoo
from tests.seasons import rows, tiny


def locked(kind: str, **fields: object) -> Scenario:
    return tiny(
        locks=[{"id": "L1", "kind": kind, **fields}],
        trips=zoo(),
        courses=rows("courses", ball={"max_per_week": 2}),
    )


MONDAY = {"class_": "C1", "date": "2024-07-15"}


@pytest.mark.parametrize(
    ("fields", "sessions", "expected"),
    [
        pytest.param({**MONDAY, "course": "ball"}, ("C1 15 P2 ball",), 0, id="at any time of the day"),
        pytest.param({**MONDAY, "course": "ball"}, ("C1 16 P2 ball",), 1, id="on the wrong day"),
        pytest.param({**MONDAY, "course": "ball"}, ("C1 15 P2 opera s1",), 1, id="the wrong course"),
        pytest.param({**MONDAY, "period": "P2"}, ("C1 15 P2 ball",), 0, id="some course in P2"),
        pytest.param({**MONDAY, "period": "P1"}, ("C1 15 P2 ball",), 1, id="not in P1"),
        pytest.param({**MONDAY, "person": "s1"}, ("C1 15 P2 opera s1",), 0, id="with that teacher"),
        pytest.param({**MONDAY, "person": "s1"}, ("C1 15 P2 ball",), 1, id="without that teacher"),
        pytest.param(
            {"class_": "C1", "course": "ball"}, ("C1 15 P1 ball",), 1, id="every day: Tuesday is missing"
        ),
        pytest.param(
            {"class_": "C1", "course": "ball"}, ("C1 15 P1 ball", "C1 16 P1 ball"), 0, id="every day: both"
        ),
        pytest.param({"date": "2024-07-15", "shift": "AM"}, (), 2, id="every class: both missing"),
        pytest.param(
            {"class_": "C1", "date": "2024-07-20"}, (), 1, id="outside the season it cannot be kept"
        ),
    ],
)
def test_session(fields: dict[str, object], sessions: tuple[str, ...], expected: int) -> None:
    try_out("timetable_locks", locked("session", **fields), day_plan(*sessions), expected)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({**MONDAY, "course": "ball"}, 1),
        ({**MONDAY, "course": "opera"}, 0),
        ({"class_": "C2"}, 0),
        ({"shift": "PM"}, 0),
        ({"week": "1"}, 2),
        ({"person": "s1"}, 1),
    ],
)
def test_no_session(fields: dict[str, object], expected: int) -> None:
    given = day_plan("C1 15 P1 ball", "C2 16 P2 opera s1")
    # a lock on C2 forbids the opera; one on afternoons nothing
    expected = 1 if fields == {"class_": "C2"} else expected
    try_out("timetable_locks", locked("no_session", **fields), given, expected)


def test_no_session_in_a_period_that_an_earlier_one_still_fills() -> None:
    scenario = tiny(
        locks=[{"id": "L1", "kind": "no_session", "class_": "C1", "period": "P2"}],
        courses=rows("courses", ball={"length": 2}),
    )
    try_out("timetable_locks", scenario, day_plan("C1 15 P1 ball"), 1)


@pytest.mark.parametrize(
    ("fields", "away", "expected"),
    [
        pytest.param({**MONDAY, "trip": "zoo"}, ("C1 15 zoo",), 0, id="goes"),
        pytest.param({**MONDAY, "trip": "zoo"}, (), 1, id="stays"),
        pytest.param({**MONDAY, "trip": "zoo"}, ("C1 16 zoo",), 1, id="goes on the wrong day"),
        pytest.param({"date": "2024-07-15"}, ("C1 15 zoo", "C2 15 zoo"), 0, id="every class"),
        pytest.param({"date": "2024-07-15"}, ("C1 15 zoo",), 1, id="every class but one"),
        pytest.param({"class_": "C1", "shift": "PM"}, (), 0, id="no trip in afternoons to ask for"),
    ],
)
def test_trip(fields: dict[str, object], away: tuple[str, ...], expected: int) -> None:
    try_out("timetable_locks", locked("trip", **fields), day_plan(away=away), expected)


@pytest.mark.parametrize(
    ("fields", "expected"), [(MONDAY, 1), ({"class_": "C2"}, 0), ({"trip": "zoo"}, 1), ({"shift": "PM"}, 0)]
)
def test_no_trip(fields: dict[str, object], expected: int) -> None:
    try_out("timetable_locks", locked("no_trip", **fields), day_plan(away=("C1 15 zoo",)), expected)
