"""The solver against every plan there is, on random seasons so small that all can be listed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

import pytest

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.door import Limits, Request
from scheduler.solver.timetable import solve
from tests.rules.timetable_halves import day_plan
from tests.seasons import rows, tiny

PERIODS = ("P1", "P2")
TEACHERS = ("s1", "s2")


def random_season(chance: Random) -> Scenario:
    """One day of two periods, two classes, two courses, two specialists, perhaps a trip, rooms, limits."""
    near = chance.random() < 0.5
    wishes: dict[str, dict[str, Any]] = {
        child: {"interests": chance.sample(["opera", "ball"], chance.randint(0, 2))} for child in "abc"
    }
    course = {
        name: {
            "teacher": True,
            "min_per_week": chance.randint(0, 1),
            "length": chance.choice([1, 1, 2]),
            "kits": chance.choice([None, 1]),
            "energy": chance.choice(["active", "quiet"]),
            "min_age": chance.choice([None, None, 9]),
        }
        for name in ("opera", "ball")
    }
    specialist = {"name": "S", "kind": "teacher", "roles": ["specialist"], "cleared_until": "2030-01-01"}
    staff = {
        name: {
            **specialist,
            "courses": chance.choice([["opera"], ["opera", "ball"]]),
            "max_sessions_per_day": chance.choice([None, 1]),
            "fee_per_session": chance.choice([0, 100, 900]),
        }
        for name in TEACHERS
    }
    zoo = {"id": "zoo", "name": "Zoo", "dates": ["2024-07-15"], "shifts": ["AM"], "children_per_day": 2}
    lock = {"id": "L", "kind": "no_session", "class_": "C1", "period": "P2"}
    return tiny(
        {"travel_fixed_minutes": 0, "travel_kmh": 60} if near else None,
        days=[{"date": "2024-07-15", "week": "1"}],
        shifts=[{"id": "AM", "start": "08:00", "end": "12:00"}],
        periods=[
            {"id": "P1", "start": "08:30", "end": "09:30", "shift": "AM"},
            {"id": "P2", "start": "09:45", "end": "10:45", "shift": "AM"},
        ],
        children=rows("children", **wishes),
        courses=rows("courses", **course),
        staff=rows("staff", **staff),
        trips=[zoo] if chance.random() < 0.4 else [],
        locks=[lock] if chance.random() < 0.3 else [],
    )


def all_plans(scenario: Scenario) -> Iterator[Plan]:
    """Every way to give each class and period one session or none, with or without trips."""
    taught = [f"{course} {teacher}" for course in scenario.course for teacher in TEACHERS]
    cells = [
        ["", *(f"{class_} 15 {period} {lesson}" for lesson in taught)]
        for class_ in scenario.class_
        for period in PERIODS
    ]
    aways: list[tuple[str, ...]] = [
        (),
        *((f"{class_} 15 zoo",) for class_ in scenario.class_ if scenario.trips),
    ]
    for away in aways:
        for chosen in product(*cells):
            yield day_plan(*(text for text in chosen if text), away=away)


def best_cost(scenario: Scenario, rules: Rulebook) -> float:
    """The least cost of a plan that breaks no rule, by the checks alone."""
    hard, soft = rules.of_stage("timetable", hard=True), rules.of_stage("timetable", hard=False)
    best = float("inf")
    for plan in all_plans(scenario):
        if any(found for rule in hard for found in rule.check(scenario, plan)):
            continue
        cost = sum(rules.weight(rule) * found.amount for rule in soft for found in rule.check(scenario, plan))
        best = min(best, cost)
    return best


@pytest.mark.parametrize("seed", range(20))
def test_no_plan_is_better(seed: int) -> None:
    scenario = random_season(Random(seed))
    rules = Rulebook(scenario.settings)
    limits = Limits(seconds=20, workers=1, reproducible=True)
    answer = solve(Request(scenario, rules, day_plan(), limits))
    assert answer.stage.status == "optimal"
    assert answer.stage.levels[-1].value == pytest.approx(best_cost(scenario, rules))
