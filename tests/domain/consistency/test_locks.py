"""Locks that say too little, too much, or what cannot be."""

from __future__ import annotations

import pytest

from tests.domain.consistency.told import Changes, found
from tests.seasons import TINY, rows, tiny


@pytest.mark.parametrize(
    ("lock", "expected"),
    [
        ({"kind": "place", "child": "a", "class_": "C1"}, []),
        ({"kind": "place", "child": "a"}, ["lock_incomplete"]),
        ({"kind": "place"}, ["lock_incomplete", "lock_incomplete"]),
        ({"kind": "keep_out", "class_": "C1"}, []),
        ({"kind": "keep_out"}, ["lock_of_everything"]),
        ({"kind": "close"}, []),  # every class in every week
        ({"kind": "open", "class_": "C1", "week": "1"}, []),
        ({"kind": "duty", "class_": "C1"}, ["lock_incomplete"]),
        ({"kind": "duty", "person": "t1", "date": "2024-07-15", "shift": "AM"}, []),
        ({"kind": "no_duty"}, ["lock_of_everything"]),
        ({"kind": "session", "class_": "C1"}, ["lock_incomplete"]),
        ({"kind": "no_session", "person": "s1"}, []),
        ({"kind": "trip", "class_": "C1"}, ["lock_incomplete"]),
        ({"kind": "close", "child": "a"}, ["lock_field_unused"]),
        ({"kind": "no_duty", "person": "t1", "date": "2024-08-01"}, ["lock_date_outside"]),
        ({"kind": "no_duty", "person": "t1", "date": "2024-07-17"}, ["date_closed"]),
        ({"kind": "no_session", "course": "opera", "period": "P1", "shift": "PM"}, ["lock_disagrees"]),
        ({"kind": "no_session", "date": "2024-07-15", "week": "2"}, ["lock_disagrees"]),
        ({"kind": "place", "child": "w", "class_": "C1"}, ["lock_child_not_processed"]),
    ],
)
def test_locks(lock: Changes, expected: list[str]) -> None:
    days = [
        *TINY["days"],
        {"date": "2024-07-17", "week": "1", "open": False},
        {"date": "2024-07-22", "week": "2"},
    ]
    children = rows("children", w={"name": "Wu", "status": "withdrawn"})
    problems = found(tiny(days=days, children=children, locks=[{"id": "L1", **lock}]))
    assert [problem.id for problem in problems if problem.id != "child_withdrawn"] == expected


@pytest.mark.parametrize(
    ("lock", "expected"),
    [
        ({"kind": "session", "course": "opera", "period": "P1", "person": "s1"}, []),
        ({"kind": "session", "course": "opera", "period": "L"}, ["lock_in_care"]),
        ({"kind": "no_session", "period": "L"}, []),
        ({"kind": "session", "course": "opera", "person": "t1"}, ["lock_person_cannot_teach"]),
        ({"kind": "session", "course": "ball", "person": "s1"}, ["lock_course_without_teacher"]),
        ({"kind": "trip", "trip": "zoo", "date": "2024-07-16"}, []),
        ({"kind": "trip", "trip": "zoo", "date": "2024-07-15"}, ["lock_no_trip_day"]),
        ({"kind": "no_trip", "trip": "zoo", "date": "2024-07-15"}, []),
        ({"kind": "duty", "person": "t1", "role": "homeroom"}, []),
        ({"kind": "duty", "person": "t1", "role": "life"}, ["lock_person_without_role"]),
        ({"kind": "duty", "person": "s1"}, ["lock_person_without_role"]),  # a specialist is never on duty
        ({"kind": "duty", "person": "s1", "role": "specialist"}, ["lock_person_without_role"]),
    ],
)
def test_locks_that_their_own_rows_rule_out(lock: Changes, expected: list[str]) -> None:
    trips = [{"id": "zoo", "name": "Zoo", "shifts": ["AM"], "dates": ["2024-07-16"]}]
    problems = found(tiny(trips=trips, locks=[{"id": "L1", **lock}]))
    assert [problem.id for problem in problems] == expected
    assert all(problem.blocking for problem in problems)
