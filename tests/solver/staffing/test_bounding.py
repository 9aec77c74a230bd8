"""A city's bounds; that they hold is tried in `test_brute_force.py`."""

from __future__ import annotations

from scheduler.rules import Rulebook
from scheduler.solver.door import Clock, Limits, Request
from scheduler.solver.staffing.bounding import Bounding
from scheduler.solver.staffing.model.task import Task
from scheduler.solver.staffing.pooling.places import Places
from scheduler.solver.staffing.pooling.pools import Pools
from tests.rules.staffing_halves import roster, staffed

LIMITS = Limits(seconds=60, workers=2)
LEAD = {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"}
PAIR = {"id": "pair", "role": "volunteer", "per_class": 2}


def test_gaps_and_costs_are_bounded_beside_the_search() -> None:
    # three volunteers for four posts of every shift; one is missing each time, four times in all
    scenario = staffed(needs=[LEAD, PAIR])
    task = Task(Request(scenario, Rulebook(scenario.settings), roster(), LIMITS))
    found = Bounding(task, Places(Pools(task)), LIMITS, Clock(LIMITS))
    assert not found.gaps.reached_by(0, 4)
    found.begin()
    found.wait()
    assert (found.gaps.must, found.gaps.soft(0)) == (0, 4)
    assert [found.gaps.reached_by(*gaps) for gaps in ((0, 4), (0, 5), (1, 0))] == [True, False, False]
    assert found.cost((0, 4)) > 0
