"""Fewest gaps, week by week; and at once where the season ties the weeks."""

from __future__ import annotations

from typing import Any

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.door import Clock, Limits, Request
from scheduler.solver.staffing.greedy import first_roster
from scheduler.solver.staffing.model.improve import improved, without_extras
from scheduler.solver.staffing.model.task import Task
from scheduler.solver.staffing.shortage import fewest_gaps
from tests.rules.staffing_halves import CLEARED, duty, people, roster, staffed

LIMITS = Limits(seconds=20, workers=1)
DAYS = [
    {"date": f"2024-07-{day}", "week": week} for day, week in ((15, "1"), (16, "1"), (22, "2"), (23, "2"))
]
SEATS = [{"child": "a", "class": "C1", "week": week, "choice": 1} for week in ("1", "2")]


def task(scenario: Scenario, so_far: Plan | None = None) -> Task:
    return Task(Request(scenario, Rulebook(scenario.settings), so_far or roster(), LIMITS))


def one_teacher(**limits: Any) -> Task:  # noqa: ANN401 - a person's fields
    teacher = {"id": "t1", "name": "T", "kind": "teacher", "roles": ["homeroom"], **CLEARED, **limits}
    return task(staffed(days=DAYS, staff=[teacher], availability=[]), roster(placements=SEATS))


def test_weeks_by_themselves_prove_the_season() -> None:
    # two days a week at most one of which t1 works: two shifts each are missing
    start = fewest_gaps(one_teacher(max_days_per_week=1), Clock(LIMITS))
    assert [(level.value, level.bound) for level in start.levels] == [(4, 4), (0, 0)]


def test_a_limit_of_the_season_ties_the_weeks() -> None:
    # one day in all: by themselves the weeks would take one each
    start = fewest_gaps(one_teacher(max_days=1), Clock(LIMITS))
    assert [(level.value, level.bound) for level in start.levels] == [(6, 6), (0, 0)]
    assert len({row.date for row in start.roster}) == 1


def test_a_simple_roster_keeps_the_hard_rules() -> None:
    tight = people(
        t1={"max_shifts_per_day": 1}, t2={"max_days": 1}, v1={"own_children": ["a"]}, v2={"partners": ["v1"]}
    )
    needs = [
        {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"},
        {"id": "two", "role": "volunteer", "per_class": 2},
    ]
    job = task(staffed({"travel_kmh": 2}, staff=tight, needs=needs))
    simple = frozenset(first_roster(job.build().x, job.posts))
    assert len(simple) > 8
    assert not job.breaks_rules(simple)


def test_who_is_not_missed_is_spared() -> None:
    job = task(staffed())  # a homeroom teacher in each class; nobody asks for volunteers
    full = frozenset(duty(f"{who} {when}") for who in ("t1 C1", "t2 C1") for when in ("15 AM", "15 PM"))
    lean = without_extras(job, full)
    assert len(lean) == 2
    assert job.levels(lean) == job.levels(full)


def test_improving_never_makes_worse() -> None:
    needs = [{"id": "two", "role": "volunteer", "per_class": 1}]
    job = task(staffed(needs=needs, staff=people(v1={"fee_per_shift": 900})))
    dear = frozenset(
        duty(f"v1 {where}") for where in ("C1 15 AM", "C2 15 PM", "C1 16 AM", "C2 16 PM")
    ) | frozenset(duty(f"v2 {where}") for where in ("C2 15 AM", "C1 15 PM", "C2 16 AM", "C1 16 PM"))
    clock = Clock(LIMITS)
    better = improved(job, clock, dear, clock.left / 2)
    assert job.levels(better) == job.levels(dear) == (0, 0)
    assert job.cost(better) < job.cost(dear) - 9 * 4  # v3 costs nothing


def test_a_lock_asks_nothing_of_other_weeks() -> None:
    # gaps that cannot be helped, so that the weeks are solved by themselves; the lock is in the second
    teacher = {"id": "t1", "name": "T", "kind": "teacher", "roles": ["homeroom"], **CLEARED}
    lock = {"id": "L", "kind": "duty", "person": "t1", "class_": "C1", "date": "2024-07-22", "shift": "AM"}
    season = staffed(days=DAYS, staff=[{**teacher, "max_days_per_week": 1}], availability=[], locks=[lock])
    job = task(season, roster(placements=SEATS))
    start = fewest_gaps(job, Clock(LIMITS))
    assert [(level.value, level.bound) for level in start.levels] == [(4, 4), (0, 0)]
    assert not job.breaks_rules(start.roster)
