"""Both halves of every rule of staffing agree on random rosters, sound and broken, of tiny seasons."""

from __future__ import annotations

from collections import Counter
from random import Random

from scheduler.domain.plan import Duty
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables.staff import DUTY_ROLES
from scheduler.rules import Rulebook
from tests.rules.staffing_halves import Mathematics, people, roster, staffed, stage_rules, try_out
from tests.solver.staffing.tiny.judge import brute, tiny_season

SEEDS = range(3000, 3040)
ROSTERS = 8
"""Tried in each season."""


def any_duty(dice: Random, scenario: Scenario) -> Duty:
    """Somebody on duty somewhere, allowed or not; mostly in a role of theirs."""
    person = dice.choice(scenario.staff)
    roles = [role for role in person.roles if role in DUTY_ROLES]
    role = dice.choice(roles) if roles and dice.random() < 0.9 else dice.choice(DUTY_ROLES)
    class_ = dice.choice(scenario.classes)
    return Duty(
        person=person.id,
        role=role,
        class_=None if role == "site" else class_.id,
        venue=class_.venue,
        date=dice.choice(scenario.open_days),
        shift=dice.choice(list(scenario.shift)),
    )


def test_on_random_rosters() -> None:
    broken_by, costing = Counter[str](), Counter[str]()
    sound = 0
    for seed in SEEDS:
        dice = Random(seed)
        # without locks half of all rosters would break: those are tried in some seasons only
        tables = tiny_season(seed, locks=seed % 4 == 0, previous=False)
        listed = brute(tables)
        scenario, base = listed.scenario, listed.plan
        rules = stage_rules(Rulebook(scenario.settings))
        tried = []
        for number in range(ROSTERS):
            usual = [duty for ways in listed.ways if ways for duty in dice.choice(ways)]
            odd = [any_duty(dice, scenario) for _ in range(dice.choice([1, 1, 2]))] if number % 2 else []
            tried.append(tuple(dict.fromkeys((*usual, *odd))))
        universe = sorted({duty for chosen in tried for duty in chosen}, key=str)
        mathematics = Mathematics(scenario, base, universe, rules)
        for chosen in tried:
            given = base.with_(duties=chosen)
            amounts = {
                rule.id(): sum(found.amount for found in rule.check(scenario, given)) for rule in rules
            }
            hard = {rule.id() for rule in rules if rule.hard and amounts[rule.id()]}
            halves = mathematics.about(chosen)
            assert halves.feasible == (not hard), (seed, hard, chosen)
            broken_by.update(hard)
            if halves.feasible:
                sound += 1
                for name, amount in halves.amounts.items():
                    assert amount == amounts[name], (seed, name, chosen)
                    costing[name] += amount > 0
    # every rule was broken, or cost something, somewhere; and a third of the rosters were sound
    hard_rules = {rule.id() for rule in rules if rule.hard}
    soft_rules = {rule.id() for rule in rules if not rule.hard}
    assert not hard_rules - set(broken_by)
    assert not soft_rules - {name for name, number in costing.items() if number}
    assert sound > len(SEEDS) * ROSTERS / 3


def test_lessons_count_for_who_can_be_on_duty_nowhere() -> None:
    # s1 teaches on one day and is on nobody's list for a duty: one of two days is lacking, in both halves
    lesson = {"class": "C1", "date": "2024-07-15", "period": "P1", "course": "opera", "teacher": "s1"}
    try_out("minimum_days", staffed(staff=people(s1={"min_days": 2})), roster(sessions=[lesson]), 1)
