"""The laws of docs/fairness.md that hold; those that do not are in `test_fairness_limits.py`."""

from __future__ import annotations

from random import Random

import pytest

from scheduler.domain.claims import claims
from scheduler.domain.units import units
from tests.solver.placement.fairness import counts, got, withdrawals, worse_off
from tests.solver.placement.promotion import promoted
from tests.solver.placement.schools import school
from tests.tiny.judge import brute, tiny_season, without
from tests.tiny.seasons import THEMES, Tables

STRICT = [(seed, by_class) for seed in range(3) for by_class in (False, True)]
"""Schools with strict standings: single children, one week, choices that are all venues or all classes."""


def strict(seed: int, *, by_class: bool) -> Tables:
    tables = school(300 + seed, children=12, by_class=by_class, points=seed != 1, reserved=True, late=True)
    for number, row in enumerate(tables.rows["classes"]):
        row["capacity"] = 1 + number % 2  # nine seats for twelve children
    return tables


# ---- strict standings: single children, one week ------------------------------------------------


@pytest.mark.parametrize(("seed", "by_class"), STRICT)
def test_strict_one_seat_more_makes_no_child_worse_off(seed: int, by_class: bool) -> None:
    tables = strict(seed, by_class=by_class)
    before = got(tables)
    better = 0
    for number in range(len(tables.rows["classes"])):
        more = tables.copy()
        more.rows["classes"][number]["capacity"] += 1
        after = got(more)
        assert worse_off(tables, before, after) == []
        better += len(worse_off(tables, after, before))
    assert better


@pytest.mark.parametrize(("seed", "by_class"), STRICT)
def test_strict_one_child_fewer_makes_no_other_child_worse_off(seed: int, by_class: bool) -> None:
    # the points of a venue stay an order of its own as long as somebody has some
    tables = strict(seed, by_class=by_class)
    before = got(tables)
    for number in range(0, 12, 3):
        fewer = tables.copy()
        without(fewer, "children", number)
        assert worse_off(fewer, before, got(fewer)) == []


@pytest.mark.parametrize(("seed", "by_class"), STRICT)
def test_strict_a_better_standing_makes_a_child_no_worse_off(seed: int, by_class: bool) -> None:
    tables = strict(seed, by_class=by_class)
    before = got(tables)
    for number in range(1, 12, 3):
        raised = tables.copy()
        child = raised.rows["children"][number]
        child["priority"] = "p1"
        for row in raised.rows["points"]:
            if row["child"] == child["id"]:
                row["points"] += 3
        assert child["id"] not in worse_off(tables, before, got(raised))


@pytest.mark.parametrize(("seed", "by_class"), STRICT)
def test_strict_no_other_list_of_choices_helps_a_child(seed: int, by_class: bool) -> None:
    # Dubins and Freedman 1981, Roth 1982: to propose truthfully is best for those who propose
    tables = strict(seed, by_class=by_class)
    before, dice = got(tables), Random(seed)
    tried = 0
    for number in dice.sample(range(12), 5):
        child = tables.rows["children"][number]
        if len(child["choices"]) > 1:
            other = tables.copy()
            chosen = dice.sample(child["choices"], dice.randint(1, len(child["choices"])))
            other.rows["children"][number]["choices"] = chosen
            assert child["id"] not in worse_off(tables, got(other), before)
            tried += chosen != child["choices"]
    assert tried


# ---- single children by single weeks, standings strict or not -------------------------------------


def plain(seed: int, **themes: bool) -> Tables:
    """Single children of one week, or of weeks each on its own; no foes."""
    tables = tiny_season(seed, policy="fair", **{**dict.fromkeys(THEMES, False), **themes})
    for row in tables.rows["children"]:
        row["stay"] = "weeks"
    return tables


def test_single_weeks_one_seat_more_makes_no_level_worse() -> None:
    # Take the best plan and break the ties of standing so that it stays free of claims; with one seat more
    # deferred acceptance under the same order makes nobody worse off, so it places no fewer, of no rank.
    better = 0
    for seed in range(3000, 3030):
        tables = plain(seed, points=seed % 2 == 0, reserved=True, late=True, ages=True, pool=True)
        before = counts(tables)
        more = tables.copy()
        more.rows["classes"][0]["capacity"] += 1
        after = counts(more)
        assert after <= before, f"season {seed}:\n{tables}"
        better += after < before
    assert better


@pytest.mark.parametrize("chunk", range(4))
def test_single_weeks_promoting_who_stands_first_leaves_no_claim(chunk: int) -> None:
    # A seat that falls free goes to who stands first of those it fits; the seat so left goes on in the same
    # way (a vacancy chain: Blum, Roth and Rothblum 1997) until nobody waits for a free one.
    promotions = chains = 0
    for seed in range(4000 + chunk, 4060, 4):
        tables = plain(seed, points=True, reserved=True, late=True, pool=True, venue_capacity=seed % 3 == 0)
        for listed, seats in withdrawals(tables):
            end, steps = promoted(listed, seats)
            assert not list(claims(listed.scenario, listed.plan(end))), f"season {seed}:\n{tables}"
            # nobody is worse off for a promotion
            before, after = listed.plan(seats), listed.plan(end)
            assert worse_off(tables, before, after) == []
            promotions += len(steps)
            chains += len(steps) > 1
    assert promotions > 8
    assert chains


# ---- always -----------------------------------------------------------------------------------


def test_whoever_is_not_placed_can_leave_and_nothing_gets_worse() -> None:
    # the plan of before is a plan still, nobody has a new claim, and the leaver's own is gone; only where the
    # leaver alone had points at a venue its order is another one without it
    left = 0
    for seed in range(5000, 5030):
        tables = tiny_season(seed, points=False, crossed=False, locks=False, opened=False)
        placed = {row.child for row in got(tables).placements}
        alone = {unit.members[0] for unit in units(tables.scenario) if len(unit.members) == 1}
        for number, row in enumerate(tables.rows["children"]):
            if row["id"] in alone - placed and len(tables.rows["children"]) > 1:
                fewer = tables.copy()
                without(fewer, "children", number)
                assert counts(fewer) <= counts(tables), f"season {seed} without {row['id']}:\n{tables}"
                left += 1
    assert left > 10


def test_under_seats_a_better_rank_takes_no_week_from_a_child() -> None:
    # The plans are the same. A best plan that gave the child fewer weeks would, before, have placed more of
    # the ranks that count first than the best plan did.
    raised = 0
    for seed in range(6000, 6030):
        tables = tiny_season(seed, policy="seats")
        if brute(tables).best is None:
            continue
        before = got(tables)
        for number, row in enumerate(tables.rows["children"]):
            if row["priority"] != "p1" and number % 2 == 0:
                better = tables.copy()
                better.rows["children"][number]["priority"] = "p1"
                after = got(better)
                assert len(after.weeks_of(row["id"])) >= len(before.weeks_of(row["id"])), (seed, row["id"])
                raised += len(after.weeks_of(row["id"])) > len(before.weeks_of(row["id"]))
    assert raised
