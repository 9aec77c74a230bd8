"""Cutoffs read off a placement: it keeps to them itself, and who keeps to them has no claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from scheduler.domain.claims import all_claims
from scheduler.domain.plan import Plan
from scheduler.rules import Rulebook
from scheduler.solver.door import Limits, Request
from scheduler.solver.placement.build import Built, Task, build_hard
from scheduler.solver.placement.filling import Filling, Wishes
from scheduler.solver.placement.reading import plan_of
from scheduler.solver.placement.settling import Seats
from scheduler.solver.placement.starting import seat_values
from tests.tiny.judge import brute, tiny_season
from tests.tiny.seasons import Tables

MOST = 200
"""So many plans of a season are looked at."""


def values(built: Built, seats: Seats) -> Mapping[int, int]:
    """Every variable that a filling speaks of, as these seats have it."""
    x = built.x
    found = {one.index: value for one, value in seat_values(x, seats).items() if not isinstance(one, int)}
    at = {(child, x.scenario.class_[class_].venue) for (child, _), class_ in seats.items()}
    for row in x.scenario.processed:
        if row.stay != "weeks":
            venues = {venue for week in x.scenario.wanted_weeks(row.id) for venue in x.venues(row.id, week)}
            stays = {venue: x.stay(row.id, venue) for venue in venues}
            found |= {
                one.index: int((row.id, venue) in at)
                for venue, one in stays.items()
                if not isinstance(one, int)
            }
    return found


def keeps_to(filling: Filling, found: Mapping[int, int]) -> bool:
    """Whether all is within the ends, and every row holds."""
    return all(filling.low[index] <= value <= filling.high[index] for index, value in found.items()) and all(
        row.low <= sum(factor * found[index] for index, factor in row.terms) for row in filling.rows
    )


def looked_at(tables: Tables, met: Counter[str]) -> None:
    """Take every plan without claims, and whoever keeps to its cutoffs."""
    scenario, listed = tables.scenario, brute(tables)
    plans: list[Seats] = [
        {(child, week): class_ for child, week, class_ in seats}
        for _, seats in listed.everything
        if listed.keeps_hard_rules(seats)
    ][:MOST]
    request = Request(scenario, Rulebook(scenario.settings), Plan(policy="fair"), Limits())
    task = Task(request, tables.kept_back)
    built = build_hard(task)
    wishes, all_values = Wishes(built.x), [values(built, seats) for seats in plans]
    claims = [[unit for unit, _ in all_claims(scenario, plan_of(task, seats))] for seats in plans]
    for seats, found in [(s, v) for s, v, left in zip(plans, all_values, claims, strict=True) if not left][
        :5
    ]:
        filling = Filling(built, wishes, seats)
        met["own"] += 1
        met["keeps to its own"] += keeps_to(filling, found)
        for other, left in zip(all_values, claims, strict=True):
            if keeps_to(filling, other):
                met["others"] += 1
                met["claims of single children"] += any(len(unit.members) == 1 for unit in left)


def test_who_keeps_to_the_cutoffs_of_a_plan_without_claims_has_none() -> None:
    # but for what is left to turn out: foes, classes that must keep some, places within a crowded venue
    met = Counter[str]()
    for seed in range(9000, 9040):
        tables = tiny_season(seed, policy="fair", optional=False, apart=False)
        crowded = any(row.get("capacity") is not None for row in tables.rows["venues"])
        if brute(tables).best is not None and not tables.rows["locks"] and not crowded:
            looked_at(tables, met)
    assert met["own"] == met["keeps to its own"] > 25
    assert met["others"] > 3 * met["own"]
    assert met["claims of single children"] == 0


def test_a_crowded_venue_stays_full_of_who_stands_as_high() -> None:
    met = Counter[str]()
    for seed in range(9060, 9110):
        tables = tiny_season(seed, policy="fair", optional=False, apart=False)
        crowded = any(row.get("capacity") is not None for row in tables.rows["venues"])
        if brute(tables).best is not None and not tables.rows["locks"] and crowded:
            looked_at(tables, met)
    assert met["own"] == met["keeps to its own"] > 5
    assert met["claims of single children"] < 0.5 * met["others"]
