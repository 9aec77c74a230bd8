"""What is known of such assignments, asked of the door: deferred acceptance, one order for all, lists."""

from __future__ import annotations

from random import Random

import pytest

from scheduler.domain.claims import claims, waiting
from scheduler.domain.standing import Standings
from scheduler.domain.units import units
from tests.solver.placement.schools import accepted, school, standings
from tests.tiny.judge import solved


@pytest.mark.parametrize("by_class", [False, True])
@pytest.mark.parametrize("orders", ["", "late", "reserved", "points", "late reserved points"])
@pytest.mark.parametrize("seed", range(3))
def test_strict_standings_single_children_one_week_is_deferred_acceptance(
    seed: int, orders: str, by_class: bool
) -> None:
    # Where nobody has a claim the same children are placed (rural hospitals, Roth 1986), so the claims decide
    # all levels but the choices; the outcome the children propose themselves is best for each of them at once
    # (Gale and Shapley 1962), so it alone has the least sum of positions.
    tables = school(seed, children=22, by_class=by_class, ties="draw", **dict.fromkeys(orders.split(), True))
    order = standings(tables)
    venue_of = {row["id"]: row["venue"] for row in tables.rows["classes"]}
    seats: dict[str, int] = {}
    for row in tables.rows["classes"]:
        place = row["id"] if by_class else row["venue"]
        seats[place] = seats.get(place, 0) + row["capacity"]
    wishes = {row["id"]: row["choices"] for row in tables.rows["children"]}
    by_place = {place: order[venue_of.get(place, place)] for place in seats}
    found = solved(tables)
    got = {row.child: row.class_ if by_class else venue_of[row.class_] for row in found.plan.placements}
    assert got == accepted(wishes, seats, by_place)
    assert found.plan.envy == ()
    assert found.stage.levels[0].bound == found.stage.levels[0].value == 0


def test_the_seasons_above_have_orders_that_differ_and_children_left_out() -> None:
    tables = school(0, children=22, by_class=False, late=True, reserved=True, points=True)
    assert len({tuple(order) for order in standings(tables).values()}) == 4
    assert len(solved(tables).plan.placements) < 22


@pytest.mark.parametrize("ties", ["places", "draw"])
@pytest.mark.parametrize("seed", range(3))
def test_without_points_and_reservations_nobody_of_forty_has_a_claim(seed: int, ties: str) -> None:
    # The classes are given (none optional). Units stand alike at all venues: let them choose in that order,
    # equals in any, and each has taken what it likes best of what those before it left. Families, stays of
    # several weeks, foes and venues' capacities change nothing of this.
    tables = school(40 + seed, children=40, by_class=False, ties=ties, late=True)
    dice = Random(seed)
    tables.rows["days"].append({"date": "2024-07-22", "week": "2"})
    tables.rows["venues"][0]["capacity"] = 5
    for number, kid in enumerate(tables.rows["children"]):
        kid["stay"] = dice.choice(["steady", "whole", "weeks"])
        kid["weeks"] = dice.choice([["1"], ["2"], ["1", "2"], ["1", "2"]])
        if number % 5 < 2:
            kid |= {"family": f"F{number // 5}", "siblings": "must"}
        if number % 7 == 0:
            kid["apart"] = [f"k{(number + 3) % 40:02}"]
    found = solved(tables)
    scenario = tables.scenario
    assert list(claims(scenario, found.plan)) == []
    assert found.plan.envy == ()
    assert sum(1 for unit in units(scenario) if len(unit.members) == 2) == 8
    assert len(found.plan.placements) < sum(len(scenario.wanted_weeks(row.id)) for row in scenario.processed)
    assert (found.stage.levels[0].value, found.stage.levels[0].bound) == (0, 0)


@pytest.mark.parametrize("ties", ["places", "draw"])
def test_waiting_lists_are_by_standing_then_draw_and_hold_who_would_rather_be_there(ties: str) -> None:
    tables = school(7, children=22, by_class=False, ties=ties, late=True, reserved=True, points=True)
    scenario, found = tables.scenario, solved(tables).plan
    assert found.waitlist == waiting(scenario, found)
    order, standing = standings(tables), Standings(scenario)
    venue_of = {row["id"]: row["venue"] for row in tables.rows["classes"]}
    seen = 0
    for class_, week in scenario.class_weeks:
        venue = venue_of[class_]
        queue = [
            row.child for row in sorted(found.waitlist, key=lambda row: row.position) if row.class_ == class_
        ]
        expected = {
            row["id"]
            for row in tables.rows["children"]
            if venue in row["choices"]
            and (
                (now := found.class_of(row["id"], week)) is None
                or row["choices"].index(venue_of[now]) > row["choices"].index(venue)
            )
        }
        # equal standings are ordered by the draw, so that the list is the strict order under both `ties`
        assert queue == [child for child in order[venue] if child in expected]
        # and nobody who holds a seat there stands behind anybody who waits
        inside = [standing.of(child, venue) for child in found.children_in(class_, week)]
        assert all(standing.of(child, venue) >= max(inside, default=()) for child in queue)
        seen += len(queue)
    assert seen > 10
