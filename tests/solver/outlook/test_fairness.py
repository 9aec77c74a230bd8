"""The two policies side by side: what fairness costs."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.solver.outlook.hall import (
    TWO_WEEKS,
    blocked,
    hall,
    looked,
    of_kind,
)


@pytest.mark.parametrize("policy", ["fair", "seats"])
def test_the_two_policies_side_by_side(policy: str) -> None:
    # single children of one week each, ranks 1, 2, 3: fair gives C1 to a, C2 to d for both weeks
    found = looked(blocked(policy)).fairness
    assert found is not None
    assert found.proven
    assert (found.fair.policy, found.seats.policy) == ("fair", "seats")
    assert found.fair.claims == 0
    assert found.price == found.seats.placed - found.fair.placed >= 0
    assert [row.rank for row in found.fair.ranks] == [1, 2, 3]
    assert sum(row.placed for row in found.seats.ranks) == found.seats.placed
    assert sum(found.fair.choices.values()) == found.fair.placed


def costly(policy: str) -> Scenario:
    """One seat of one week: a of the first rank wants only that week, b of the second wants both or none."""
    return hall(
        policy,
        days=TWO_WEEKS,
        classes=[{"id": "C1", "name": "Ant", "venue": "V1", "capacity": 1}],
        priorities=[{"id": "first", "name": "1", "rank": 1}, {"id": "second", "name": "2", "rank": 2}],
        children=[
            {"id": "a", "name": "A", "choices": ["C1"], "priority": "first", "weeks": ["1"]},
            {"id": "b", "name": "B", "choices": ["C1"], "priority": "second", "stay": "whole"},
        ],
    )


def test_fairness_costs_what_the_first_rank_keeps_from_others() -> None:
    # seats: b in both weeks (2); fair: a in week 1 (1), and b cannot come at all
    found = looked(costly("fair"))
    assert (found.placed, found.best, found.ceiling) == (1, 1, 2)
    assert found.fairness is not None
    assert (found.fairness.fair.placed, found.fairness.seats.placed, found.fairness.price) == (1, 2, 1)
    assert (found.fairness.fair.claims, found.fairness.seats.claims) == (0, 1)
    # a seat more lets b come too: two child-weeks, though the relaxation alone gains one
    [seat] = of_kind(found, "seat")
    assert (seat.found, seat.proven) == (2, True)


def test_under_fair_a_new_place_may_cost_more_than_it_gives() -> None:
    # before: d has the ant class in week 1, a the bee class in week 1, c the cat class in weeks 2 and 3: four
    # with a second place among the ants, a (before c) can have the same venue in weeks 1 and 2, which it
    # prefers to one week; c, who comes to all its weeks or none, then has none: d, a, a make three
    classes = [
        {"id": "ant", "name": "Ant", "venue": "V1", "capacity": 1, "weeks": ["1"]},
        {"id": "cat", "name": "Cat", "venue": "V1", "capacity": 1, "weeks": ["2", "3"]},
        {"id": "bee", "name": "Bee", "venue": "V2", "capacity": 1, "weeks": ["1"]},
    ]
    names = ("first", "second", "third", "fourth")
    children = [
        {"id": "d", "priority": "first", "choices": ["ant"], "weeks": ["1"]},
        {"id": "a", "priority": "second", "choices": ["V2", "V1"], "weeks": ["1", "2"]},
        {"id": "c", "priority": "third", "choices": ["cat"], "weeks": ["2", "3"], "stay": "whole"},
        {"id": "f", "priority": "fourth", "choices": ["ant"], "weeks": ["1"]},
    ]
    scenario = hall(
        "fair",
        days=[*TWO_WEEKS, {"date": "2024-07-29", "week": "3"}],
        venues=[{"id": id, "name": id, "mode": "community"} for id in ("V1", "V2")],
        classes=classes,
        priorities=[{"id": name, "name": name, "rank": rank} for rank, name in enumerate(names, 1)],
        children=[{"name": row["id"], **row} for row in children],
    )
    found = looked(scenario)
    assert (found.placed, found.best) == (4, 4)
    seats = {gain.class_: gain for gain in of_kind(found, "seat")}
    assert (seats["ant"].found, seats["ant"].proven) == (-1, True)
