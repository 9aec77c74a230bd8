"""Rosters made cheaper by exchanges: every rule kept, and no level before worse."""

from __future__ import annotations

from random import Random

from scheduler.rules import Rulebook
from scheduler.solver.door import Clock, Limits, Request
from scheduler.solver.staffing.exchanging.annealing import annealed
from scheduler.solver.staffing.exchanging.exchanges import Exchanges
from scheduler.solver.staffing.model.task import Task
from tests.rules.staffing_halves import duty, roster, staffed
from tests.solver.staffing.tiny.judge import brute, tiny_season

LIMITS = Limits(seconds=0.1, workers=1, reproducible=True)
SEEDS = range(7000, 7020)

LEAD = {"id": "lead", "role": "homeroom", "per_class": 1}
HELPER = {"id": "helper", "role": "volunteer", "per_class": 1}
CROSSED = (
    *("v1 C1 15 AM", "v2 C2 15 AM", "v2 C1 15 PM", "v1 C2 15 PM"),
    *("v1 C1 16 AM", "v2 C2 16 AM", "v2 C1 16 PM", "v1 C2 16 PM"),
)


def task_of(*needs: dict[str, object], **tables: object) -> Task:
    """The tiny season of two classes and three volunteers, whatever these work, with some needs."""
    scenario = staffed({"weights": {"fair_load": 0}}, needs=list(needs), **tables)
    return Task(Request(scenario, Rulebook(scenario.settings), roster(), LIMITS))


def test_two_who_change_classes_at_noon_stay_where_they_are() -> None:
    # both are seen by both classes: four faces where two are enough, and each changes venue on both days
    task = task_of(HELPER)
    begun = frozenset(map(duty, CROSSED)) & frozenset(task.possible)
    assert len(begun) == len(CROSSED)
    found = annealed(task, begun, LIMITS, Clock(LIMITS), 0.0)
    amounts = {
        rule.id(): sum(v.amount for v in rule.check(task.scenario, task.plan_of(found))) for rule in task.soft
    }
    assert task.missing(found) == task.missing(begun) == (0, 0)
    assert (amounts["continuity"], amounts["venue_changes"]) == (2, 0)


def test_what_is_not_accepted_leaves_everything_as_it_was() -> None:
    task = task_of(HELPER)
    begun = frozenset(map(duty, CROSSED))
    exchanges = Exchanges(task, begun)
    of_class = exchanges.like(exchanges.duties[0], kind=1)
    assert len(of_class) > 1
    assert exchanges.relieve(of_class, lambda more: False) == 0
    assert exchanges.roster == begun
    more = exchanges.relieve(of_class, lambda more: True)
    assert more / 1000 == task.cost(exchanges.roster) - task.cost(begun)


def test_tiny_seasons_keep_rules_and_levels() -> None:
    improvable = improved = 0
    for seed in SEEDS:
        tables = tiny_season(seed)
        listed = brute(tables)
        if not listed.table:
            continue
        request = Request(
            tables.scenario,
            Rulebook(tables.scenario.settings),
            tables.so_far,
            LIMITS,
            previous=tables.previous,
        )
        task = Task(request)
        begun = task.known.union(Random(seed).choice(listed.table)[1])
        found = annealed(task, begun, LIMITS, Clock(LIMITS), 0.0)
        assert not listed.breaks_rules(tuple(found)), seed
        before, after = listed.levels(tuple(begun)), listed.levels(tuple(found))
        assert after <= before, seed
        # nobody is called on whom no exchange brings in, so the best is not always in reach
        least = min(
            levels for levels in map(listed.levels, (r for _, r in listed.table)) if levels[:2] == after[:2]
        )
        improvable += before > least
        improved += after < before
    assert improvable > len(SEEDS) / 2
    assert improved > improvable / 2
