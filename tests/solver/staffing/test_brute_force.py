"""On tiny random seasons the stage is as good as the best of all plans, level by level."""

from __future__ import annotations

from itertools import chain, combinations
from random import Random
from typing import Any

import pytest

from scheduler.domain.demand import gaps
from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver import staffing
from scheduler.solver.door import Limits, Request
from tests.rules.staffing_halves import CLEARED, roster, staffed, stage_rules

MOST_DUTIES = 9
"""Duties that the unary rules admit: at most 512 plans a season."""


def random_season(seed: int) -> tuple[Scenario, Plan]:
    """Two or three people, two classes, two days; about half of all shifts offered."""
    chance = Random(seed)
    staff: list[dict[str, Any]] = []
    availability: list[dict[str, Any]] = []
    for number in range(chance.randint(2, 3)):
        id = f"p{number}"
        volunteer = chance.random() < 0.6
        roles = ["volunteer"] if volunteer else chance.sample(["homeroom", "life", "specialist"], 2)
        row = {
            "id": id,
            "name": id,
            "kind": "volunteer" if volunteer else "teacher",
            "roles": roles,
            "courses": ["opera"],
            "max_shifts_per_day": chance.choice([None, 1]),
            "max_days": chance.choice([None, None, 1]),
            "min_days": chance.choice([0, 1, 2]),
            "own_children": chance.choice([[], [], ["a"]]),
            "partners": [other for other in ("p0", "p1") if other != id and chance.random() < 0.3],
            "qualifications": ["first_aid"] if chance.random() < 0.4 else [],
            "volunteer_type": chance.choice(["student", "community"]) if volunteer else None,
            "fee_per_shift": chance.choice([None, 30]),
            "venues": chance.choice([[], [], ["V1"]]),
            **CLEARED,
        }
        staff.append(row)
        for day in (15, 16):
            for shift in ("AM", "PM"):
                status = chance.choice(["yes", "prefer", "avoid", "no", "no", "no"])
                when = f"2024-07-{day}"
                availability.append(
                    {"person": id, "from_": when, "to": when, "shifts": [shift], "status": status}
                )
    needs = [
        {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"},
        {"id": "helpers", "role": "volunteer", "per_class": chance.choice([1, 2])},
        {
            "id": "heads",
            "children_per_adult": chance.choice([1, 2]),
            "strength": chance.choice(["must", "soft"]),
        },
        {"id": "aid", "qualification": "first_aid", "setting": chance.choice(["class", "venue"])},
    ]
    children = [
        {"id": id, "name": id, "birth_date": "2016-01-01", "needs": ["aide"] if chance.random() < 0.2 else []}
        for id in "abc"
    ]
    scenario = staffed(
        {"travel_kmh": chance.choice([2, 20])},
        staff=staff,
        availability=availability,
        needs=chance.sample(needs, chance.randint(2, 4)),
        children=children,
    )
    lesson = {"class": "C1", "date": "2024-07-15", "period": "P1", "course": "opera", "teacher": "p0"}
    # who may teach C1 at all: a session in the own child's class would break every plan
    able = "specialist" in staff[0]["roles"] and not staff[0]["own_children"]
    teaches = able and chance.random() < 0.7
    return scenario, roster(sessions=[lesson] if teaches else [])


def universe(scenario: Scenario, plan: Plan) -> list[Duty]:
    """Every duty that no hard rule forbids by itself, asked for or not."""
    hard = [rule for rule in stage_rules(Rulebook(scenario.settings)) if rule.hard]
    found = (
        Duty(person=person.id, role=role, class_=row.id, venue=row.venue, date=day, shift=shift)
        for person in scenario.staff
        for role in person.roles
        for row in scenario.classes
        for day in scenario.open_days
        for shift in scenario.shift
    )
    return [duty for duty in found if all(rule.admits(scenario, plan, duty) for rule in hard)]


def levels(scenario: Scenario, plan: Plan) -> tuple[int, int, float] | None:
    """Must gaps, soft gaps and cost by the rules' checks; None if a hard rule is broken."""
    rulebook = Rulebook(scenario.settings)
    rules = stage_rules(rulebook)
    if any(True for rule in rules if rule.hard for _ in rule.check(scenario, plan)):
        return None
    must = {"lead", "aide", *(need.id for need in scenario.needs if need.strength == "must")}
    missing = gaps(scenario, plan)
    cost = sum(
        rulebook.weight(rule) * found.amount
        for rule in rules
        if not rule.hard
        for found in rule.check(scenario, plan)
    )
    of_must = sum(gap.missing for gap in missing if gap.need in must)
    return of_must, sum(gap.missing for gap in missing) - of_must, round(cost, 3)


def seasons() -> list[int]:
    """Seeds of seasons small enough, and not empty."""
    return [seed for seed in range(200) if 4 <= len(universe(*random_season(seed))) <= MOST_DUTIES][:24]


@pytest.mark.parametrize("seed", seasons())
def test_as_good_as_the_best_of_all_plans(seed: int) -> None:
    scenario, so_far = random_season(seed)
    duties = universe(scenario, so_far)
    plans = (
        so_far.with_(duties=chosen)
        for chosen in chain.from_iterable(combinations(duties, n) for n in range(len(duties) + 1))
    )
    best = min(found for found in (levels(scenario, plan) for plan in plans) if found is not None)
    request = Request(scenario, Rulebook(scenario.settings), so_far, Limits(seconds=20, workers=1))
    answer = staffing.solve(request)
    assert levels(scenario, answer.plan) == best
    assert tuple(level.value for level in answer.stage.levels) == pytest.approx(best)
    assert tuple(level.bound for level in answer.stage.levels) == pytest.approx(best)


def test_there_are_seasons() -> None:
    assert len(seasons()) == 24
