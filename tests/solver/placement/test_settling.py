"""Settling: who is asked again ends with nobody left who has a claim, unless that cannot be helped."""

from __future__ import annotations

from collections import Counter

import pytest

from scheduler.domain.claims import all_claims
from scheduler.domain.plan import OpenClass, Placement, Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.samples import sample
from scheduler.solver.door import Limits, Request
from scheduler.solver.placement.build import Task, build_hard
from scheduler.solver.placement.settling import Seats, settled
from tests.tiny.judge import brute, tiny_season


def settlement(scenario: Scenario, first: Seats | None = None) -> Plan:
    """The plan that settling ends with."""
    request = Request(scenario, Rulebook(scenario.settings), Plan(), Limits())
    seats = settled(build_hard(Task(request, frozenset())).x, first)
    return Plan(
        placements=tuple(
            Placement(child=child, week=week, class_=class_, choice=0)
            for (child, week), class_ in sorted(seats.items())
        ),
        open_classes=tuple(
            OpenClass.model_validate({"class": class_, "week": week})
            for class_, week in sorted({(class_, week) for (_, week), class_ in seats.items()})
        ),
    )


def claimants(scenario: Scenario, found: Plan) -> list[str]:
    """The first members of the units that are left with a claim."""
    return [unit.members[0] for unit, _ in all_claims(scenario, found)]


@pytest.mark.parametrize("ties", ["places", "draw"])
def test_a_season_of_three_hundred_settles(ties: str) -> None:
    # 13 % of the families have two children, some of them bound: still nobody is left with a claim
    season = sample(300, None, 4, 0)
    settings = season.settings.model_copy(update={"policy": "fair", "ties": ties})
    scenario = Scenario(**{**dict(season), "settings": settings})
    found = settlement(scenario)
    assert len(found.placements) > 800
    assert claimants(scenario, found) == []


def test_claims_are_left_only_where_units_are_bound_to_weeks_or_siblings() -> None:
    met = Counter[str]()
    for seed in range(9000, 9040):
        tables = tiny_season(seed, policy="fair", crossed=False)
        listed = brute(tables)
        if listed.best is None or tables.kept_back or tables.rows["locks"]:
            continue
        met["seasons"] += 1
        left = claimants(tables.scenario, settlement(tables.scenario))
        met["settled"] += not left
        met["cannot be"] += bool(left) and listed.best[0] > 0
    assert met["seasons"] > 10
    assert met["settled"] + met["cannot be"] > 0.8 * met["seasons"]
