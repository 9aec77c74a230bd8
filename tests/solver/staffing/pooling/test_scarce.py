"""What scarce asks must miss, and how people's days are promised to weeks and venues."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.rules import Rulebook
from scheduler.solver.door import Clock, Limits, Request
from scheduler.solver.staffing.model.task import Task
from scheduler.solver.staffing.pooling import scarce
from scheduler.solver.staffing.pooling.places import Places
from scheduler.solver.staffing.pooling.pools import Pools
from scheduler.solver.staffing.pooling.promising import Promises
from scheduler.solver.staffing.proving import Proof
from tests.rules.staffing_halves import people, roster, staffed

LIMITS = Limits(seconds=20, workers=1, reproducible=True)
LEAD = {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"}
HELP = {"id": "help", "role": "volunteer", "per_class": 1, "strength": "must"}
PAIR = {"id": "pair", "role": "volunteer", "per_class": 2}


def _places(**tables: Any) -> Places:  # noqa: ANN401 - whole tables
    scenario = staffed(**tables)
    return Places(Pools(Task(Request(scenario, Rulebook(scenario.settings), roster(), LIMITS))))


def _missed(places: Places) -> int:
    cells = places.of(places.venues, places.weeks)
    return scarce.fewest(places, cells, LIMITS, Clock(LIMITS), 5.0)


def test_one_volunteer_for_two_classes_misses_one_a_shift() -> None:
    # v1 alone may come: in each of the four shifts of two days one of the two classes has nobody
    gone = {"cleared_until": None}
    assert _missed(_places(needs=[HELP], staff=people(v2=gone, v3=gone))) == 4


def test_what_many_could_do_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = {"cleared_until": None}
    places = _places(needs=[HELP], staff=people(v2=gone, v3=gone))
    # who could be at two venues counts for a half at each of the two asks
    monkeypatch.setattr(scarce, "PLENTY", 0.5)
    assert _missed(places) == 0
    monkeypatch.setattr(scarce, "PLENTY", 0.6)
    assert _missed(places) == 4


def test_so_many_must_gaps_raise_what_is_proven_of_soft_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    # three volunteers for four posts of four shifts: a soft gap each time, beside no must gap
    monkeypatch.setattr("scheduler.solver.staffing.proving.QUICK", 0)
    proof = Proof(_places(needs=[LEAD, PAIR]), LIMITS, Clock(LIMITS))
    proof.prove(0.0)
    assert (proof.must, proof.soft(0)) == (0, 4)
    # beside a must gap, for which three soft ones are given, one is all that is known
    assert proof.soft(1) == 1


def test_few_days_are_all_promised_and_no_more() -> None:
    # v1 offers two days and may come on one
    places = _places(needs=[HELP], staff=people(v1={"max_days": 1}))
    promises = Promises(places, LIMITS, Clock(LIMITS), 5.0)
    assert promises.shares == {("v1", places.weeks[0]): 1}
    assert promises.most("v1", places.weeks[0]) == 1
    assert promises.most("v2", places.weeks[0]) == 2
    dealt = promises.among("v2", places.weeks[0], {"V1": 0, "V2": 1}, 2)
    assert sum(dealt.values()) == 2
    assert promises.among("v2", places.weeks[0], {"V1": 0}, 2) == {0: 2}
