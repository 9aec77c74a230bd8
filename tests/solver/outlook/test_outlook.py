"""The outlook of a plan as it is: what it may rest on, and what is never in it."""

from __future__ import annotations

from datetime import date

from scheduler.solver.door import Limits, Stop
from scheduler.solver.outlook import outlook
from tests.seasons import placed, plan
from tests.solver.outlook.hall import (
    TWO_WEEKS,
    blocked,
    hall,
    kids,
    looked,
    of_kind,
    solved,
)


def test_when_everybody_is_placed_there_is_nothing_to_say() -> None:
    found = looked(hall(children=kids(5)))
    assert found.everybody_is_placed
    assert not found.gains


def test_a_plan_that_could_be_better_says_how_much() -> None:
    # three of five seats are taken by hand: the two others need nobody's leave
    scenario = hall(children=kids(9))
    made = plan(policy="seats", placements=placed("k00@C1", "k01@C1", "k02@C1"))
    found = looked(scenario, made)
    assert (found.placed, found.best) == (3, 5)
    [class_] = of_kind(found, "class")
    assert class_.found == 6


def test_proofs_of_another_input_are_not_believed() -> None:
    scenario = hall(children=kids(9))
    stage = {"name": "placement", "status": "optimal", "seconds": 1.0,
             "levels": [{"name": "placed", "value": 3, "bound": 3, "gap": 0}]}  # fmt: skip
    made = plan(policy="seats", placements=placed("k00@C1", "k01@C1", "k02@C1"), stages=[stage])
    assert looked(scenario, made).best == 3
    assert looked(scenario, made.with_(input_sha256="0" * 64)).best == 5


def test_weeks_that_have_begun_are_history() -> None:
    scenario = hall(days=TWO_WEEKS, children=kids(9, stay="weeks"))
    made = solved(scenario).with_(as_of=date(2024, 7, 22))
    found = looked(scenario, made)
    assert (found.wanted, found.placed) == (9, 5)
    assert {gain.weeks for gain in found.gains} == {("2",)}
    assert of_kind(found, "seat")[0].found == 1


def test_without_time_the_bounds_are_told_and_nothing_is_claimed() -> None:
    stop = Stop()
    stop.request()
    scenario = hall(children=kids(9))
    found = outlook(scenario, solved(scenario), Limits(seconds=10, workers=1, stop=stop))
    assert found.fairness is None
    assert found.gains
    assert not any(gain.confirmed for gain in found.gains)


def test_reproducible_means_the_same_outlook_again() -> None:
    scenario = blocked("fair")
    limits = Limits(seconds=10, workers=1, reproducible=True)
    made = solved(scenario)
    assert outlook(scenario, made, limits) == outlook(scenario, made, limits)


def test_no_person_is_in_it() -> None:
    children = kids(9, name="Canary", phone="13800001111", guardian="Canary")
    scenario = hall(children=children)
    text = looked(scenario).model_dump_json()
    assert "Canary" not in text
    assert "13800001111" not in text
    assert not any(row.id in text for row in scenario.children)
