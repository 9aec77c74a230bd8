"""Who cannot be there always is not a class's only homeroom teacher, and the relaxation hears of it."""

from __future__ import annotations

import pytest

from scheduler.rules import Rulebook
from scheduler.solver.cpsat import SCALE
from scheduler.solver.door import Limits, Request
from scheduler.solver.relaxation import Relaxation
from scheduler.solver.rows import Rows
from scheduler.solver.staffing.keeping import only_teachers
from scheduler.solver.staffing.model.task import Task
from tests.rules.staffing_halves import roster, staffed
from tests.seasons import placed, rows

LIMITS = Limits(seconds=60, workers=1)
LEAD = {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"}
TEACHER = {"name": "T", "kind": "teacher", "roles": ["homeroom"], "cleared_until": "2030-01-01"}


def away(person: str, day: int, shift: str) -> dict[str, object]:
    """Somebody is away for a shift."""
    date = f"2024-07-{day}"
    return {"person": person, "from_": date, "to": date, "shifts": [shift], "status": "no"}


def least(*away: dict[str, object], told: bool, **teacher: object) -> float:
    """What a class's homeroom teachers cost in the relaxation, nobody missing who can be had, `told` or not;
    there are three teachers, and two days with two shifts each."""
    scenario = staffed(
        needs=[LEAD],
        staff=rows("staff", **{id: {**TEACHER, **teacher} for id in ("t1", "t2", "t3")}),
        availability=away,
    )
    so_far = roster(placements=placed("a@C1", "b@C1"))
    task = Task(Request(scenario, Rulebook(scenario.settings), so_far, LIMITS))
    built = task.build()
    (rule,) = (rule for rule in task.soft if rule.id() == "homeroom_continuity")
    teachers, goals = rule.formulate(built.model, built.x), list(task.goals(built))
    terms = [(teachers.index, 10 * SCALE)]
    relaxation = Relaxation(built.model, Rows(built.model))
    for before in goals:
        if not isinstance(before.expression, int):
            relaxation.hold(before.cost[1], 0)
    for row in only_teachers(built, task.settled) if told else ():
        relaxation.require(row)
    return relaxation.exactly(terms, LIMITS, 60).bound / SCALE


def test_nobody_can_be_there_always() -> None:
    # without more ado half of each is enough: one and a half teachers are half a teacher too many
    gone = [away("t1", 15, "AM"), away("t2", 15, "PM"), away("t3", 16, "AM")]
    assert least(*gone, told=False) == pytest.approx(5)
    assert least(*gone, told=True) == pytest.approx(10)


def test_a_limit_keeps_everybody_from_being_there_always() -> None:
    # half of two teachers on each day
    assert least(told=False, max_days_per_week=1) == pytest.approx(0)
    assert least(told=True, max_days_per_week=1) == pytest.approx(10)


def test_one_can_be_there_always() -> None:
    gone = [away("t1", 15, "AM"), away("t2", 15, "PM")]
    assert least(*gone, told=True) == pytest.approx(0)


def test_shifts_that_everybody_misses_ask_for_no_second_teacher() -> None:
    gone = [
        away(id, day, shift)
        for id in ("t1", "t2", "t3")
        for day, shift in ((15, "AM"), (15, "PM"), (16, "AM"))
    ]
    assert least(*gone, told=True) == pytest.approx(0)
