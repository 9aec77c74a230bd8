"""Exchanges of posts: the cheapest one is found, and costs what is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from scheduler.domain.plan import Duty
from scheduler.rules import Rulebook
from scheduler.solver.door import Limits, Request
from scheduler.solver.staffing.exchanging.exchanges import Exchanges
from scheduler.solver.staffing.exchanging.ties import BARRED
from scheduler.solver.staffing.model.improve import Roster
from scheduler.solver.staffing.model.task import Task
from tests.solver.staffing.exchanging.test_tally import tables_of, told
from tests.solver.staffing.tiny.judge import brute

SEEDS = range(8000, 8040)
EXCHANGES = 10
"""Made in each season."""


def task_of(seed: int) -> tuple[Task, list[Roster]]:
    """A tiny season's task, and all rosters that keep its rules."""
    tables = tables_of(seed)
    book = Rulebook(tables.scenario.settings)
    task = Task(Request(tables.scenario, book, tables.so_far, Limits(), previous=tables.previous))
    return task, [task.known.union(roster) for _, roster in brute(tables).table]


def instead(task: Task, roster: Roster, given_up: Duty) -> Iterator[Roster]:
    """What becomes of a roster if somebody gives a post up: nobody has it, or somebody free, or somebody who
    leaves them another one in exchange."""
    left = roster - {given_up}
    yield left
    shift = given_up.date, given_up.shift
    for taken in task.possible:
        others = [d for d in left if d.person == taken.person and (d.date, d.shift) == shift]
        if taken == given_up or replace(taken, person=given_up.person) != given_up:
            continue
        if not others:
            yield left | {taken}
        for other in others:
            mine = replace(other, person=given_up.person)
            if mine != given_up and mine in task.possible and other not in task.known:
                yield (left - {other}) | {taken, mine}


def test_the_cheapest_exchange_is_found_and_costs_what_is_said() -> None:
    found = Counter[int]()
    for seed in SEEDS:
        task, sound = task_of(seed)
        dice = Random(seed)
        if not sound or not task.possible:
            continue
        begun = dice.choice(sound)
        exchanges = Exchanges(task, begun)
        for _ in range(EXCHANGES):
            if not exchanges.duties:
                break
            before, number = exchanges.roster, dice.choice(exchanges.duties)
            quoted: list[int] = []

            def accepts(cost: int, quoted: list[int] = quoted) -> bool:
                quoted.append(cost)
                return cost < BARRED // 2

            more = exchanges.relieve([number], accepts)
            given_up = exchanges.duty(number)
            best = min(
                (
                    told(task, roster) - told(task, before)
                    for roster in instead(task, before, given_up)
                    if not task.breaks_rules(roster)
                ),
                default=None,
            )
            if best is None:
                assert quoted[0] > BARRED // 2, seed
                assert exchanges.roster == before
                continue
            assert quoted == [more] == [best], (seed, given_up)
            assert told(task, exchanges.roster) - told(task, before) == more
            found[len(exchanges.roster - before)] += 1
    assert min(found[people] for people in (0, 1, 2)) > 5, found
