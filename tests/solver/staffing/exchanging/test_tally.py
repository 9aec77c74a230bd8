"""What a roster's tally says of any change is what the rules' own checks find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from random import Random

import pytest

from scheduler.domain.plan import Duty
from scheduler.rules import RULES, Rulebook
from scheduler.rules.base import Rule
from scheduler.solver.cpsat import SCALE
from scheduler.solver.door import Limits, Request
from scheduler.solver.staffing.exchanging.measures import MEASURES
from scheduler.solver.staffing.exchanging.tally import NOTHING, Tally
from scheduler.solver.staffing.exchanging.ties import BARRED, CHANGE, MUST, SOFT, TIES, soft_part
from scheduler.solver.staffing.model.task import Task, order
from tests.rules.staffing_halves import duty, people, staffed
from tests.seasons import placed, plan, rows
from tests.solver.staffing.tiny.judge import brute, tiny_season
from tests.solver.staffing.tiny.seasons import Tables

SEEDS = range(5000, 5050)
CHANGES = 12
"""Tried in each season."""


def told(task: Task, roster: Collection[Duty]) -> int:
    """A roster's levels and cost by the checks, as the tally weighs them."""
    must, soft, *changes = task.levels(roster)
    return MUST * must + SOFT * soft + CHANGE * sum(changes) + round(task.cost(roster) * SCALE)


def tables_of(seed: int) -> Tables:
    """A tiny season, some surely with locks, or with volunteers of several kinds."""
    themes: tuple[dict[str, bool], ...] = ({"locks": True}, {"kinds": True}, {}, {})
    return tiny_season(seed, **themes[seed % 4])


def task_of(seed: int) -> Task:
    """A tiny season's task; in some, people have prices."""
    tables = tables_of(seed)
    book = Rulebook(tables.scenario.settings)
    request = Request(tables.scenario, book, tables.so_far, Limits(), previous=tables.previous)
    prices = {f"person:{tables.scenario.staff[0].id}": 2.5}
    return Task(replace(request, shared=prices) if seed % 3 == 0 else request)


def test_every_rule_that_ties_duties_together_is_known() -> None:
    staffing = [rule for rule in RULES if rule.stage == "staffing"]
    assert MEASURES.keys() == {rule.id() for rule in staffing if not rule.hard}
    tying = {rule.id() for rule in staffing if rule.hard and rule.formulate is not Rule.formulate}
    assert TIES.keys() == tying


def test_on_random_changes() -> None:
    costing, barred, kept, locked = Counter[str](), 0, 0, 0
    for seed in SEEDS:
        task, dice = task_of(seed), Random(seed)
        sound = [roster for _, roster in brute(tables_of(seed)).table]
        if not sound or not task.possible:
            continue
        weight = task.request.rulebook.weight
        roster = task.known.union(dice.choice(sound))
        tally = Tally(task, roster)
        for _ in range(CHANGES):
            changed = roster.symmetric_difference(
                dice.sample(task.possible, min(len(task.possible), dice.choice([1, 2])))
            )
            after = task.known | (changed if dice.random() < 0.6 else frozenset(dice.choice(sound)))
            goes, comes = roster - after, after - roster
            more = sum(map(tally.go, goes)) + sum(map(tally.come, comes))
            if task.breaks_rules(after):
                barred += 1
                locked += any(row.kind == "duty" for row in task.scenario.locks)
                assert more > BARRED // 2, (seed, goes, comes)
                assert more + sum(map(tally.go, comes)) + sum(map(tally.come, goes)) == 0
                continue
            kept += 1
            assert more == told(task, after) - told(task, roster), (seed, goes, comes)
            assert soft_part(more) == round((task.cost(after) - task.cost(roster)) * SCALE)
            roster = after
            filled = task.plan_of(roster)
            costing.update(
                rule.id() for rule in task.soft if weight(rule) and any(rule.check(task.scenario, filled))
            )
    assert barred > len(SEEDS)
    assert locked > 5
    assert kept > 3 * len(SEEDS)
    assert costing.keys() == MEASURES.keys()


def test_what_is_quoted_is_what_it_costs() -> None:
    costly, kinds = 0, Counter[tuple[bool, bool, bool]]()
    for seed in SEEDS:
        task, dice = task_of(seed), Random(seed)
        sound = [roster for _, roster in brute(tables_of(seed)).table]
        if not sound or not task.possible:
            continue
        roster = task.known.union(dice.choice(sound))
        tally = Tally(task, roster)
        held = sorted(roster - task.known, key=order)
        free = [duty for duty in task.possible if duty not in roster]
        for _ in range(CHANGES):
            if not held or not free:
                break
            old, other = dice.choice(held), dice.choice([None, *held])
            new, taken = dice.choice([None, *free]), dice.choice([None, *free])
            other = None if other == old else other
            taken = None if taken == new else taken
            quoted = tally.quote(
                *(tally.moved_by(one) if one else NOTHING for one in (old, new, other, taken))
            )
            gone, come = [one for one in (old, other) if one], [one for one in (new, taken) if one]
            assert quoted == sum(map(tally.go, gone)) + sum(map(tally.come, come)), (seed, gone, come)
            assert quoted == -sum(map(tally.go, come)) - sum(map(tally.come, gone)), (seed, gone, come)
            costly += quoted != 0
            kinds[new is not None, other is not None, taken is not None] += 1
    assert costly > len(SEEDS)
    assert len(kinds) == 8
    assert min(kinds.values()) > 5


def test_a_rule_that_nobody_counts_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(MEASURES, "fees")
    with pytest.raises(KeyError, match="fees"):
        Tally(task_of(5000), ())


def test_a_lock_asks_for_nobody_at_its_venue_while_its_class_is_not_held() -> None:
    # C3 is held in the mornings: in the afternoons w1 may leave V1, where C1 is
    cleared = {"cleared_until": "2030-01-01"}
    scenario = staffed(
        classes=[
            *rows("classes"),
            {"id": "C3", "name": "Cat", "venue": "V1", "capacity": 2, "shifts": ["AM"]},
        ],
        needs=[{"id": "site", "role": "site", "setting": "venue", "per_class": 1}],
        staff=people(w1={"name": "W", "kind": "teacher", "roles": ["site"], **cleared}),
        locks=[{"id": "L", "kind": "duty", "person": "w1", "class_": "C3", "role": "site"}],
    )
    so_far = plan(placements=placed("a@C1", "b@C3", "c@C2"))
    task = Task(Request(scenario, Rulebook(scenario.settings), so_far, Limits()))
    begun = [duty(f"w1 @V1 {day} {shift}") for day in (15, 16) for shift in ("AM", "PM")]
    assert not task.breaks_rules(begun)
    for one in begun:
        broken = task.breaks_rules([other for other in begun if other != one])
        assert broken == (one.shift == "AM")
        assert (Tally(task, begun).go(one) > BARRED // 2) == broken
