"""Laws of fair placement: where claims vanish, and where the outcome is deferred acceptance."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from scheduler.domain.choices import options
from scheduler.domain.claims import claims
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.standing import Standings
from scheduler.rules import Rulebook
from scheduler.solver.cpsat import CpModel
from scheduler.solver.door import Limits, Request
from scheduler.solver.placement import solve
from scheduler.solver.placement.settling import settled
from scheduler.variables.placement import PlacementVariables
from tests.placement_seasons import plan_of
from tests.seasons import season


def school(seed: int, *, ties: str, points: bool, weeks: int) -> Scenario:
    """A dozen children and four classes of always running kinds, each with somebody locked into it so that
    the classes that run are given."""
    dice = Random(seed)
    names = [str(number + 1) for number in range(weeks)]
    venues = ["V1", "V2", "V3"]
    kids: list[dict[str, Any]] = []
    for number in range(12):
        choices = dice.sample(venues, dice.choice([1, 2, 3]))
        kids.append(
            {
                "id": f"k{number:02}",
                "name": "K",
                "choices": choices,
                "priority": dice.choice(["p1", "p2", None]),
                "weeks": [week for week in names if dice.random() < 0.7] or names[:1],
                "stay": dice.choice(["steady", "weeks"]) if weeks > 1 else "steady",
            }
        )
    classes = [
        {"id": f"C{number}", "name": "C", "venue": venues[number % 3], "capacity": dice.choice([2, 3])}
        for number in range(4)
    ]
    guards = [
        {"id": f"g{class_['id']}{week}", "name": "G", "weeks": [week], "choices": [class_["id"]]}
        for class_ in classes
        for week in names
    ]
    locks = [
        {"id": f"L{guard['id']}", "kind": "place", "child": guard["id"], "class_": guard["choices"][0]}
        for guard in guards
    ]
    marks = [
        {"child": kid["id"], "venue": venue, "points": dice.randint(1, 4)}
        for kid in kids
        for venue in venues
        if points
    ]
    return season(
        {"season": f"school{seed}", "ties": ties, "points_missing": "last"},
        days=[{"date": f"2024-07-{8 + 7 * i:02}", "week": week} for i, week in enumerate(names)],
        shifts=[{"id": "AM", "start": "08:00", "end": "12:00"}],
        venues=[{"id": venue, "name": venue, "mode": "community"} for venue in venues],
        classes=classes,
        children=[*kids, *guards],
        priorities=[{"id": "p1", "name": "1", "rank": 1}, {"id": "p2", "name": "2", "rank": 2}],
        points=marks,
        locks=locks,
    )


def placed_plan(scenario: Scenario) -> Plan:
    return solve(Request(scenario, Rulebook(scenario.settings), Plan(), Limits(seconds=20, workers=1))).plan


@pytest.mark.parametrize("ties", ["places", "draw"])
@pytest.mark.parametrize("seed", range(4))
def test_without_points_and_with_given_classes_nobody_has_a_claim(seed: int, ties: str) -> None:
    # units in order of standing choose what they prefer: nobody wants what is left to those after it
    scenario = school(seed, ties=ties, points=False, weeks=2)
    found = placed_plan(scenario)
    assert not found.envy
    assert not list(claims(scenario, found))


def deferred_acceptance(scenario: Scenario) -> dict[str, str]:
    """Gale and Shapley (1962): children propose to venues in order of choice; each keeps its best so far.

    The classes of a venue are alike to a child that names the venue, so a venue's seats are one pool; a
    child without choices proposes by venue name.
    """
    standings = Standings(scenario)
    locked = {row.child for row in scenario.locks}
    seats: dict[str, int] = {}
    for class_ in scenario.classes:
        seats[class_.venue] = seats.get(class_.venue, 0) + scenario.seats(class_.id) - 1  # one is locked
    wishes = {
        row.id: list(dict.fromkeys(class_.venue for class_, _ in options(scenario, row)))
        for row in scenario.processed
        if row.id not in locked
    }
    held: dict[str, list[str]] = {venue: [] for venue in seats}
    free = sorted(wishes)
    while free:
        child = free.pop()
        if not wishes[child]:
            continue
        venue = wishes[child].pop(0)
        held[venue].append(child)
        held[venue].sort(key=lambda other: standings.of(other, venue))
        free.extend(held[venue][seats[venue] :])
        del held[venue][seats[venue] :]
    return {child: venue for venue, children in held.items() for child in children}


@pytest.mark.parametrize("points", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_with_strict_standings_single_children_and_one_week_it_is_deferred_acceptance(
    seed: int, points: bool
) -> None:
    # strict on both sides every claim-free outcome places the same children (rural hospitals), and the best
    # of them for the children has the least sum of positions: the one they propose themselves
    scenario = school(100 + seed, ties="draw", points=points, weeks=1)
    found = placed_plan(scenario)
    locked = {row.child for row in scenario.locks}
    got = {
        row.child: scenario.class_[row.class_].venue for row in found.placements if row.child not in locked
    }
    assert got == deferred_acceptance(scenario)
    assert not found.envy


@pytest.mark.parametrize("seed", range(6))
def test_the_start_is_deferred_acceptance_already(seed: int) -> None:
    scenario = school(200 + seed, ties="draw", points=True, weeks=1)
    seats = settled(PlacementVariables(CpModel(), scenario))
    start = plan_of(scenario, [(child, week, class_) for (child, week), class_ in seats.items()])
    assert not list(claims(scenario, start))


def test_bound_units_may_leave_a_claim_and_envy_names_it() -> None:
    # The siblings a and b need both seats of one venue. V1 has b before c and c before a only by points of
    # its own: with the better member's standing the pair takes V1, then c has V2: nobody has a claim.
    # Locks keep both classes running and one seat of V2 taken, so that V2 is no way out.
    scenario = season(
        {"season": "bound", "points_missing": "last"},
        days=[{"date": "2024-07-15", "week": "1"}],
        shifts=[{"id": "AM", "start": "08:00", "end": "12:00"}],
        venues=[{"id": v, "name": v, "mode": "community"} for v in ("V1", "V2")],
        classes=[
            {"id": "C1", "name": "1", "venue": "V1", "capacity": 2},
            {"id": "C2", "name": "2", "venue": "V2", "capacity": 2},
        ],
        children=[
            {"id": "a", "name": "A", "choices": ["V1", "V2"], "family": "F", "siblings": "must"},
            {"id": "b", "name": "B", "choices": ["V1", "V2"], "family": "F"},
            {"id": "c", "name": "C", "choices": ["V2", "V1"]},
            {"id": "d", "name": "D", "choices": ["V1", "V2"]},
        ],
        points=[
            # V1: c before the pair before d; V2: the pair, then d, then c
            {"child": "c", "venue": "V1", "points": 9},
            {"child": "a", "venue": "V1", "points": 5},
            {"child": "d", "venue": "V1", "points": 7},
            {"child": "d", "venue": "V2", "points": 9},
            {"child": "a", "venue": "V2", "points": 5},
            {"child": "c", "venue": "V2", "points": 1},
        ],
        locks=[
            {"id": "L1", "kind": "open", "class_": "C1"},
            {"id": "L2", "kind": "open", "class_": "C2"},
        ],
    )
    found = solve(Request(scenario, Rulebook(scenario.settings), Plan(), Limits(seconds=20, workers=1)))
    assert found.stage.levels[0].name == "claims"
    assert found.stage.levels[0].value == len(found.plan.envy)
    assert not list(Rulebook(scenario.settings).by_id["no_envy"].check(scenario, found.plan))
