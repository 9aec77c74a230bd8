"""Somebody away: what they leave open, and the rows that keep them away."""

from __future__ import annotations

from datetime import date
from typing import Any

from scheduler.domain.absence import (
    Absence,
    away,
    back,
    is_away,
    left_by,
    locks_on,
    noted,
    statements,
    unstated,
    without,
)
from scheduler.domain.plan import Plan
from tests.seasons import placed, plan, rows, tiny

MONDAY, TUESDAY = date(2024, 7, 15), date(2024, 7, 16)
BOTH = Absence("t1", MONDAY, TUESDAY)


def test_one_row_keeps_somebody_away_where_nothing_speaks_against_it() -> None:
    season = tiny()
    (row,) = statements(season, BOTH)
    assert (row.person, row.from_, row.to, row.status) == ("t1", MONDAY, TUESDAY, "no")
    assert season.availability_of("t1", TUESDAY, "AM") == "yes"
    assert away(season, BOTH).availability_of("t1", TUESDAY, "AM") == "no"


def test_a_shorter_row_that_says_yes_needs_an_answer_of_its_own() -> None:
    # of two rows that disagree the shorter one wins: a yes for Tuesday alone beats a no for both days
    yes = {"person": "t1", "from_": TUESDAY, "to": TUESDAY, "status": "yes"}
    season = tiny(availability=[yes])
    found = statements(season, BOTH)
    assert [(row.from_, row.to) for row in found] == [(MONDAY, TUESDAY), (TUESDAY, TUESDAY)]
    gone = away(season, BOTH)
    assert {
        gone.availability_of("t1", day, shift) for day in (MONDAY, TUESDAY) for shift in ("AM", "PM")
    } == {"no"}


def test_a_row_as_long_or_one_that_says_no_needs_none() -> None:
    season = tiny(
        availability=[
            {"person": "t1", "from_": MONDAY, "to": TUESDAY, "status": "prefer"},
            {"person": "t1", "from_": MONDAY, "to": MONDAY, "status": "no"},
            {"person": "t2", "from_": MONDAY, "to": MONDAY, "status": "yes"},
        ]
    )
    assert len(statements(season, BOTH)) == 1
    assert away(season, BOTH).availability_of("t1", MONDAY, "AM") == "no"
    assert away(season, BOTH).availability_of("t2", MONDAY, "AM") == "yes"


def test_what_is_left_open_lies_in_that_time_and_a_joint_session_is_one() -> None:
    season = tiny(
        classes=rows("classes", C2={"venue": "V1", "room": "R1", "shifts": ["PM"]}),
        courses=rows("courses", opera={"joint": 30}),
    )
    shared = {"date": MONDAY, "period": "P3", "course": "opera", "teacher": "t1", "room": "R1"}
    given = plan(
        placements=placed("a@C1", "c@C2"),
        duties=[
            {"person": "t1", "role": "homeroom", "class": "C1", "venue": "V1", "date": day, "shift": "AM"}
            for day in (MONDAY, TUESDAY)
        ],
        sessions=[{"class": "C1", **shared}, {"class": "C2", **shared}],
    )
    left = left_by(season, given, Absence("t1", MONDAY, MONDAY))
    assert [row.date for row in left.duties] == [MONDAY]
    assert [[row.class_ for row in rows] for rows in left.meetings] == [["C1", "C2"]]
    assert len(left) == 2
    rest = without(given, left)
    assert [row.date for row in rest.duties] == [TUESDAY]
    assert rest.sessions == ()


def test_locks_that_ask_for_the_person_then_are_found() -> None:
    locks: list[dict[str, Any]] = [
        {"id": "then", "kind": "duty", "person": "t1", "date": TUESDAY},
        {"id": "whole_week", "kind": "session", "person": "t1", "week": "1"},
        {"id": "other_day", "kind": "duty", "person": "t1", "date": MONDAY},
        {"id": "other_person", "kind": "duty", "person": "t2"},
        {"id": "kept_off", "kind": "no_duty", "person": "t1"},
    ]
    absence = Absence("t1", TUESDAY, TUESDAY)
    season = tiny(locks=locks)
    assert [row.id for row in locks_on(season, absence)] == ["then", "whole_week"]
    assert {row.id for row in away(season, absence).locks} == {"other_day", "other_person", "kept_off"}


# ---- what a plan tells of absences ----------------------------------------------------------------------


def told(given: Plan) -> list[tuple[str, date, date]]:
    return [(row.person, row.from_, row.to) for row in given.absences]


def test_absences_of_one_person_that_meet_are_one() -> None:
    later = date(2024, 7, 18)
    both = noted(noted(plan(), Absence("t1", MONDAY, MONDAY)), Absence("t1", TUESDAY, TUESDAY))
    assert told(both) == [("t1", MONDAY, TUESDAY)]
    # the 17th lies between: two absences; another person's is always their own
    apart = noted(noted(both, Absence("t1", later, later)), Absence("s1", TUESDAY, TUESDAY))
    assert told(apart) == [("s1", TUESDAY, TUESDAY), ("t1", MONDAY, TUESDAY), ("t1", later, later)]
    assert noted(apart, Absence("t1", TUESDAY, later)).absences[1].to == later
    assert noted(both, Absence("t1", MONDAY, TUESDAY)) == both


def test_who_is_back_is_away_no_more_from_that_day_on() -> None:
    given = noted(noted(plan(), Absence("t1", MONDAY, TUESDAY)), Absence("t2", TUESDAY, TUESDAY))
    assert told(back(given, ["t1"], TUESDAY)) == [("t1", MONDAY, MONDAY), ("t2", TUESDAY, TUESDAY)]
    assert told(back(given, ["t1"], MONDAY)) == [("t2", TUESDAY, TUESDAY)]
    assert back(given, [], MONDAY) == given
    assert is_away(given, "t1", TUESDAY)
    assert not is_away(back(given, ["t1"], TUESDAY), "t1", TUESDAY)


def test_an_absence_that_the_lists_do_not_know_is_unstated() -> None:
    given = noted(plan(), Absence("t1", MONDAY, TUESDAY))
    assert unstated(tiny(), given) == (Absence("t1", MONDAY, TUESDAY),)
    half = [{"person": "t1", "from_": MONDAY, "to": MONDAY, "status": "no"}]
    assert unstated(tiny(availability=half), given) == (Absence("t1", MONDAY, TUESDAY),)
    assert unstated(tiny(availability=half), given, since=date(2024, 7, 17)) == ()
    whole = [{"person": "t1", "from_": MONDAY, "to": TUESDAY, "status": "no"}]
    assert unstated(tiny(availability=whole), given) == ()
    # somebody who is not on the list any more cannot be called in
    assert unstated(tiny(staff=[]), given) == ()
