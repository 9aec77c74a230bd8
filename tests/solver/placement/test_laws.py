"""Where claims vanish, and the smallest season in which they cannot."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.claims import claims
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.door import Answer, Limits, Request
from scheduler.solver.placement import solve
from tests.seasons import season
from tests.tiny.judge import solved, tiny_season


@pytest.mark.parametrize("chunk", range(4))
def test_one_order_at_all_venues_leaves_no_claim_whoever_is_bound(chunk: int) -> None:
    # Without points and reservations a unit stands alike everywhere. Let the units choose in that order, the
    # optional classes being shut (which gives nobody a claim): what a unit would rather have was taken by
    # those before it. So bound siblings, stays, foes and full venues leave no claim either; only locks that
    # hold a class open or fill one by hand can, for they keep children where they would not stay.
    bound = staying = optional = foes = 0
    for seed in range(400 + 12 * chunk, 412 + 12 * chunk):
        tables = tiny_season(seed, policy="fair", points=False, reserved=False, crossed=False, opened=False)
        tables.rows["locks"] = [row for row in tables.rows["locks"] if row["kind"] in ("keep_out", "close")]
        scenario, found = tables.scenario, solved(tables)
        assert not list(claims(scenario, found.plan)), f"season {seed}:\n{tables}"
        assert (found.stage.levels[0].value, found.stage.levels[0].bound) == (0, 0)
        bound += any(child.siblings == "must" and child.family for child in scenario.processed)
        staying += any(child.stay == "whole" for child in scenario.processed)
        optional += any(class_.optional for class_ in scenario.classes)
        foes += bool(scenario.foes)
    assert min(bound, staying, optional, foes) > 0


C_AND_D = {"c": ["V2", "V1"], "d": ["V1", "V2"]}


def in_turn(points: list[dict[str, Any]], seats_at_v2: int = 1) -> Scenario:
    """A pair bound by `must` that wants V1 (two seats); of the others c would rather be at V2 (one seat), d
    at V1."""
    return season(
        {"season": "bound", "points_missing": "last"},
        days=[{"date": "2024-07-15", "week": "1"}],
        shifts=[{"id": "AM", "start": "08:00", "end": "12:00"}],
        venues=[{"id": v, "name": v, "mode": "community"} for v in ("V1", "V2")],
        classes=[
            {"id": "C1", "name": "1", "venue": "V1", "capacity": 2},
            {"id": "C2", "name": "2", "venue": "V2", "capacity": seats_at_v2},
        ],
        children=[
            {"id": "a", "name": "A", "choices": ["V1"], "family": "F", "siblings": "must"},
            {"id": "b", "name": "B", "choices": ["V1"], "family": "F"},
            *({"id": child, "name": child, "choices": choices} for child, choices in C_AND_D.items()),
        ],
        points=points,
    )


CYCLE = [
    # V1: c, then the pair, then d
    {"child": "c", "venue": "V1", "points": 4},
    {"child": "a", "venue": "V1", "points": 3},
    {"child": "d", "venue": "V1", "points": 1},
    # V2: d, then c
    {"child": "d", "venue": "V2", "points": 2},
    {"child": "c", "venue": "V2", "points": 1},
]


def placed(scenario: Scenario) -> Answer:
    return solve(Request(scenario, Rulebook(scenario.settings), Plan(), Limits(seconds=20, workers=1)))


def test_a_bound_pair_against_two_singles_of_alternating_standing_cannot_be_without_a_claim() -> None:
    # With the pair in V1, d stands first at V2 and has it, so c claims a seat of V1 from the pair.
    # With c in V1 the pair finds one seat only; d takes it, its first choice; V2 is free and c prefers it.
    # With c in V2 and d in V1 the pair claims both seats of V1 from d and from nobody: round again.
    # Nobody may be left out for free either: an empty class is open to claims.
    # One claim is the fewest; the pair in V1 and c or d in V2 places most; c and d stand in both: c at its
    # first choice (position 1) before d at its second (2).
    scenario = in_turn(CYCLE)
    found = placed(scenario)
    told = {level.name: (level.value, level.bound) for level in found.stage.levels}
    assert next(iter(told)) == "claims"
    assert (told["claims"], told["placed"]) == ((1, 1), (3, 3))
    assert {row.child: row.class_ for row in found.plan.placements} == {"a": "C1", "b": "C1", "c": "C2"}
    assert [(row.child, row.class_) for row in found.plan.envy] == [("d", "C2")]
    assert not list(Rulebook(scenario.settings).by_id["no_envy"].check(scenario, found.plan))


def test_the_same_in_one_order_leaves_no_claim() -> None:
    assert not placed(in_turn([])).plan.envy


def test_one_seat_fewer_and_the_claim_is_gone() -> None:
    # without V2 c and d are the ones in V1, and the pair finds one seat at most that would fall to it
    found = placed(in_turn(CYCLE, seats_at_v2=0)).plan
    assert not found.envy
    assert {row.child: row.class_ for row in found.placements} == {"c": "C1", "d": "C1"}
