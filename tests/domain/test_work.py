"""Duties and sessions as stretches of a day; what people offer."""

from __future__ import annotations

from scheduler.domain.work import offered, stints, workers
from tests.rules.staffing_halves import people, roster, staffed
from tests.seasons import placed

LESSON = {"class": "C2", "date": "2024-07-15", "period": "P1", "course": "opera", "teacher": "t1"}


def test_a_duty_is_a_shift_and_a_session_its_periods() -> None:
    scenario = staffed(courses=[{"id": "opera", "name": "Opera", "length": 2}])
    plan = roster("t1 C1 15 PM", "t1 C1 15 AM", sessions=[LESSON])
    found = stints(scenario, plan, "t1")
    assert [(row.start.id, row.end.id, row.venue, row.is_duty) for row in found] == [
        ("AM", "AM", "V1", True),
        ("P1", "P2", "V2", False),
        ("PM", "PM", "V1", True),
    ]
    assert workers(plan) == ("t1",)


def test_rows_that_name_nothing_are_left_out() -> None:
    odd = [{**LESSON, "class": "x"}, {**LESSON, "period": "x"}, {**LESSON, "date": "1999-01-01"}]
    assert stints(staffed(), roster(sessions=odd), "t1") == ()
    # an unknown course, or one that does not fit its shift, has at least its first period
    plan = roster(sessions=[{**LESSON, "course": "x"}, {**LESSON, "course": "opera", "period": "P2"}])
    long = staffed(courses=[{"id": "opera", "name": "Opera", "length": 2}])
    assert [row.end.id for row in stints(long, plan, "t1")] == ["P1", "P2"]


def test_offers_count_where_a_class_of_the_area_runs() -> None:
    assert offered(staffed(), roster(), "v1") == 4
    assert offered(staffed(availability=[]), roster(), "v1") == 0
    only_c2 = roster(placements=placed("c@C2"))
    assert offered(staffed(staff=people(v1={"venues": ["V1"]})), only_c2, "v1") == 0
    assert offered(staffed(staff=people(v1={"cleared_until": "2024-07-15"})), roster(), "v1") == 2
    assert offered(staffed(staff=people(v1={"birth_date": "2006-07-16"})), roster(), "v1") == 2
