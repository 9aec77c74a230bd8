"""A city's bounds, the same in a process of their own as in a thread; that they hold is tried in
`test_brute_force.py`."""

from __future__ import annotations

import pytest

from scheduler.rules import Rulebook
from scheduler.solver.apart import Apart
from scheduler.solver.door import Clock, Limits, Request
from scheduler.solver.staffing import bounding
from scheduler.solver.staffing.bounding import Bounding
from scheduler.solver.staffing.places import Places
from scheduler.solver.staffing.pools import Pools
from scheduler.solver.staffing.task import Task
from tests.rules.staffing_halves import roster, staffed

LIMITS = Limits(seconds=60, workers=2)
LEAD = {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"}
PAIR = {"id": "pair", "role": "volunteer", "per_class": 2}


def bounds() -> Bounding:
    """Three volunteers for four posts of every shift; one is missing each time, four times in all."""
    scenario = staffed(needs=[LEAD, PAIR])
    task = Task(Request(scenario, Rulebook(scenario.settings), roster(), LIMITS))
    found = Bounding(task, Places(Pools(task)), LIMITS, Clock(LIMITS))
    found.begin()
    found.wait()
    assert (found.gaps.must, found.gaps.soft(0)) == (0, 4)
    assert found.cost((0, 4)) > 0
    return found


def test_a_process_of_its_own_bounds_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = bounds()
    monkeypatch.setattr(bounding, "MANY", 0)
    assert bounds().known == alone.known


def test_a_thread_bounds_where_a_process_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def refused(work: object, given: object) -> Apart:
        asked.append(work)
        raise OSError

    monkeypatch.setattr(bounding, "MANY", 0)
    monkeypatch.setattr(bounding, "Apart", refused)
    bounds()
    assert asked == [bounding.reckoned]
