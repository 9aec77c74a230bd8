"""Both classes run on Monday 15 and Tuesday 16; a blank class or date means every one."""

from __future__ import annotations

import pytest

from scheduler.domain.plan import Session
from scheduler.domain.scenario import Scenario
from scheduler.locale import LANGUAGES, catalogue
from scheduler.rules.moves import Lesson, Seat
from scheduler.rules.timetable.timetable_locks import TimetableLocks
from scheduler.rules.wording import Wording
from tests.rules.timetable_halves import day_plan, sessions, try_out, zoo
from tests.seasons import placed, rows, tiny


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
        pytest.param({"class_": "C1", "date": "2024-07-20"}, (), 0, id="outside the season nothing runs"),
    ],
)
def test_session(fields: dict[str, object], sessions: tuple[str, ...], expected: int) -> None:
    try_out("timetable_locks", locked("session", **fields), day_plan(*sessions), expected)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"class_": "C2"}, 1, id="on duty next door"),
        pytest.param({"class_": "C1"}, 0, id="on duty where the session is"),
        pytest.param({"class_": "C2", "date": "2024-07-16"}, 0, id="on another day"),
        pytest.param({"class_": "C2", "shift": "PM"}, 0, id="in another shift"),
        pytest.param({"class_": "C1", "role": "site"}, 1, id="for the whole venue"),
        pytest.param({}, 0, id="on duty wherever it is"),
        pytest.param({"class_": "C2", "person": "s2"}, 0, id="somebody else"),
    ],
)
def test_whom_a_lock_wants_on_duty_teaches_nowhere_else(fields: dict[str, object], expected: int) -> None:
    scenario = locked("duty", **{"person": "s1", **fields})
    try_out("timetable_locks", scenario, day_plan("C1 15 P2 opera s1"), expected)


# ---- classes that do not run ------------------------------------------------------------------------

ONLY_C1 = placed("a@C1", "b@C1")


@pytest.mark.parametrize("kind", ["session", "trip"])
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"class_": "C2", "date": "2024-07-15"}, 0),  # nobody is in C2
        ({"class_": "C2"}, 0),
        ({"date": "2024-07-15"}, 1),  # every running class: C1 alone
        ({"class_": "C1", "date": "2024-07-15"}, 1),
    ],
)
def test_a_class_that_does_not_run_is_asked_for_nothing(
    kind: str, fields: dict[str, object], expected: int
) -> None:
    try_out("timetable_locks", locked(kind, **fields), day_plan(placements=ONLY_C1), expected)


def test_a_class_that_runs_keeps_its_lock_even_on_a_day_on_which_it_is_closed() -> None:
    closure = {"class_": "C1", "from_": "2024-07-15", "to": "2024-07-15"}
    scenario = tiny(closures=[closure], locks=[{"id": "L1", "kind": "session", "course": "ball", **MONDAY}])
    try_out("timetable_locks", scenario, day_plan(), 1)


def test_it_binds_in_the_weeks_in_which_the_class_runs() -> None:
    # C2 runs in the second week only: the lock of every day asks for its one Monday, that of a Monday before
    # for nothing
    days = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]
    second = placed("c@C2/2")
    for fields, expected in (({}, 1), ({"week": "2"}, 1), ({"week": "1"}, 0), ({"date": "2024-07-15"}, 0)):
        lock = {"id": "L1", "kind": "session", "class_": "C2", "course": "ball", **fields}
        try_out("timetable_locks", tiny(days=days, locks=[lock]), day_plan(placements=second), expected)


@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        ("session", {"class_": "C2", "date": "2024-07-15"}, "idle_session"),
        ("session", {"class_": "C2"}, "idle_session"),
        ("session", {"class_": "C1"}, None),
        ("session", {"class_": "C1", "date": "2024-07-15"}, None),  # broken, not void
        ("session", {}, None),
        ("session", {"date": "2024-07-20"}, "idle_session_anywhere"),
        ("trip", {"class_": "C2", "date": "2024-07-15"}, "idle_trip"),
        ("trip", {"class_": "C1"}, None),
        ("trip", {"shift": "PM"}, "idle_trip_anywhere"),  # the zoo is for mornings
        ("no_session", {"class_": "C2"}, None),
        ("no_trip", {"class_": "C2"}, None),
    ],
)
def test_a_lock_that_comes_to_nothing_is_remarked_on(
    kind: str, fields: dict[str, object], message: str | None
) -> None:
    season, given = locked(kind, **fields), day_plan(placements=ONLY_C1)
    found = list(TimetableLocks().remarks(season, given))
    assert [one.message for one in found] == ([message] if message else [])
    for language in LANGUAGES:
        assert all("L1" in Wording(catalogue(language)).violation(one) for one in found)


def test_they_have_nothing_against_moves_elsewhere_and_bind_once_the_class_runs() -> None:
    season, given = locked("session", class_="C2", date="2024-07-15"), day_plan(placements=ONLY_C1)
    (row,) = sessions("C1 15 P1 ball")
    assert list(TimetableLocks().blockers(season, given, Lesson(Session(**row)))) == []
    (found,) = TimetableLocks().blockers(season, given, Seat("c", "1", "C2"))
    assert found.message == "session"


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
