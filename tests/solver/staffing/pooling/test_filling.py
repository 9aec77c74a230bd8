"""Pools are filled until time is up, or nothing better is possible."""

from __future__ import annotations

from scheduler.rules import Rulebook
from scheduler.solver.door import Clock, Limits, Request
from scheduler.solver.staffing.model.task import Task
from scheduler.solver.staffing.pooling.filling import Filling
from scheduler.solver.staffing.pooling.places import Places
from scheduler.solver.staffing.pooling.pools import Pools
from tests.rules.staffing_halves import roster, staffed

LIMITS = Limits(seconds=60, workers=1)
LEAD = {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"}
PAIR = {"id": "pair", "role": "volunteer", "per_class": 2}


def test_it_ends_where_so_many_gaps_are_enough() -> None:
    # three volunteers for four posts of every shift; one is missing each time, four times in all
    scenario = staffed(needs=[LEAD, PAIR])
    task = Task(Request(scenario, Rulebook(scenario.settings), roster(), LIMITS))
    filling = Filling(Places(Pools(task)), LIMITS, Clock(LIMITS))
    asked = []

    def enough(must: int, soft: int) -> bool:
        asked.append((must, soft))
        return (must, soft) == (0, 4)

    filling.fill(0.0, enough=enough)
    assert asked == [(0, 4)]
    assert task.missing(filling.roster) == (0, 4)
