"""The relaxation's bound is never better than the true optimum, however it was come by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

import pytest

from scheduler.solver.cpsat import CpModel
from scheduler.solver.door import Limits, Stop
from scheduler.solver.relaxation import CLOSE, Relaxation, Relaxed
from scheduler.solver.rows import Rows
from tests.solver.small_models import cost_of, random_cost, random_model, row_holds

MODELS = 120
LIMITS = Limits(seconds=60, workers=1, reproducible=True)
AMPLE = 20.0


def stopped() -> Limits:
    """Limits of somebody who has asked to stop."""
    stop = Stop()
    stop.request()
    return Limits(seconds=60, workers=1, stop=stop)


def feasible(first: int = 0, last: int = MODELS) -> Iterable[tuple[int, Any, Random, list[tuple[int, ...]]]]:
    """Seeds with their models, where anything is feasible."""
    for seed in range(first, last):
        small = random_model(seed)
        found = small.solutions()
        if found:
            yield seed, small, Random(seed + 2), found


def relaxed(model: CpModel, cost: list[tuple[int, int]], *, hulls: bool = True) -> Relaxed:
    return Relaxation(model, Rows(model), hulls=hulls).least(cost, LIMITS, AMPLE)


def whole(model: CpModel, cost: list[tuple[int, int]]) -> Sequence[int] | None:
    relaxation = Relaxation(model, Rows(model))
    return relaxation.whole(relaxation.least(cost, LIMITS, AMPLE), cost, LIMITS, AMPLE)


@pytest.mark.parametrize("hulls", [True, False])
def test_no_solution_costs_less_than_the_bound(hulls: bool) -> None:
    looked_at = equal = 0
    for seed, small, dice, solutions in feasible():
        cost = random_cost(dice, small)
        found = relaxed(small.model, cost, hulls=hulls)
        least = min(cost_of(cost, values) for values in solutions)
        assert found.bound <= least, seed
        assert found.bound == int(found.bound)
        looked_at, equal = looked_at + 1, equal + (found.bound == least)
    assert looked_at > 70
    assert equal > 0.6 * looked_at  # a bound that says nothing would hold too


@pytest.mark.parametrize("seconds", [0.0, 0.003, 0.01, 0.05])
def test_a_search_cut_short_still_gives_a_bound_that_holds(seconds: float) -> None:
    # 1, 2, 5 and 21 steps, where most of these models take more than a hundred to their end
    looser = 0
    for seed, small, dice, solutions in feasible(last=80):
        cost = random_cost(dice, small)
        relaxation = Relaxation(small.model, Rows(small.model))
        found = relaxation.least(cost, LIMITS, seconds)
        assert found.bound <= min(cost_of(cost, values) for values in solutions), seed
        looser += found.bound < relaxation.least(cost, LIMITS, AMPLE).bound
        relaxation.whole(found, cost, LIMITS, seconds)
        assert relaxation.least(cost, LIMITS, AMPLE) == relaxed(small.model, cost), "it leaves its marks"
    assert looser > 3 or seconds > 0.01


def test_whole_solutions_keep_every_constraint_and_cost_no_less_than_the_bound() -> None:
    found_any = best = 0
    for seed, small, dice, solutions in feasible(last=80):
        cost = random_cost(dice, small)
        found = whole(small.model, cost)
        if found is not None:
            assert tuple(found) in set(solutions), seed
            found_any += 1
            best += cost_of(cost, tuple(found)) == min(cost_of(cost, values) for values in solutions)
    assert found_any > 30
    assert best > 0.7 * found_any


def test_who_stops_gets_a_bound_that_holds() -> None:
    for seed, small, dice, solutions in feasible(last=30):
        cost = random_cost(dice, small)
        found = Relaxation(small.model, Rows(small.model)).least(cost, stopped(), 1.0)
        assert found.bound <= min(cost_of(cost, values) for values in solutions), seed


def test_after_a_hold_only_what_costs_no_more_is_looked_at() -> None:
    raised = 0
    for seed, small, dice, solutions in feasible():
        first, second = random_cost(dice, small), random_cost(dice, small)
        relaxation = Relaxation(small.model, Rows(small.model))
        before = relaxation.least(second, LIMITS, AMPLE).bound
        most = cost_of(first, dice.choice(solutions))
        relaxation.hold(first, most)
        after = relaxation.least(second, LIMITS, AMPLE).bound
        kept = [values for values in solutions if cost_of(first, values) <= most]
        assert after <= min(cost_of(second, values) for values in kept), seed
        raised += after > before
    assert raised > 10


def test_hulls_only_tighten() -> None:
    tightened = 0
    for seed, small, dice, _ in feasible(last=2 * MODELS):
        cost = random_cost(dice, small)
        with_hulls, without = (relaxed(small.model, cost, hulls=hulls) for hulls in (True, False))
        assert with_hulls.bound >= without.bound, seed
        tightened += with_hulls.bound > without.bound
    assert tightened > 3


# ---- what hulls are for -------------------------------------------------------------------------


def uneven(kind: str) -> tuple[CpModel, list[tuple[int, int]]]:
    """Two of three must hold where a literal does, which is worth 10; one of them costs nothing, the others
    10 each. So the literal gains nothing in the end: the optimum is 0.

    Where the sum is only asked to be at least twice the literal, half the literal is had for nothing.
    """
    model = CpModel()
    free, dear, dearer, literal = (model.boolean(name) for name in ("free", "dear", "dearer", "literal"))
    parts = [free, dear, dearer]
    cost = [(dear.index, 10), (dearer.index, 10), (literal.index, -10)]
    if kind == "when":
        model.require(model.total(parts) >= 2, when=[literal])
    elif kind == "factor":
        model.require(model.total(parts) >= 2 * literal)
    elif kind == "when not":  # all the other way round: the literal costs 10 where it holds
        model.require(model.total(parts) >= 2, when=[literal.negated()])
        cost = [(dear.index, 10), (dearer.index, 10), (literal.index, 10)]
    elif kind == "at most":  # at most one holds, and that they do not hold is dear
        model.require(model.total(parts) <= 1, when=[literal])
        cost = [(dear.index, -10), (dearer.index, -10), (literal.index, -10)]
    return model, cost


@pytest.mark.parametrize(
    # by hand, with x the literal: without hulls free + dear + dearer >= 2x has x = 1/2, free = 1: -5.
    # "when not": the same in 1 - x, so 10 * 1/2 = 5 where the optimum is 10.
    # "at most": free = 0, and dear + dearer <= 3 - 2x has x = 1/2 with both: -25; the optimum is -20.
    ("kind", "without", "best"),
    [("when", -5, 0), ("factor", -5, 0), ("when not", 5, 10), ("at most", -25, -20)],
)
def test_hulls_are_exact_where_literals_are_uneven(kind: str, without: int, best: int) -> None:
    model, cost = uneven(kind)
    assert relaxed(model, cost, hulls=False).bound == without
    assert relaxed(model, cost, hulls=True).bound == best


def test_more_asked_for_than_there_are_means_the_literal_cannot_hold() -> None:
    model = CpModel()
    a, b, literal = (model.boolean(name) for name in ("a", "b", "literal"))
    model.require(a + b >= 2, when=[literal])
    model.require(a + b <= 1)
    # the literal needs both, of which only one may be had: at most half of it
    assert relaxed(model, [(literal.index, -10)]).bound in (-5, 0)
    wanting = CpModel()
    one, other, impossible = (wanting.boolean(name) for name in ("one", "other", "impossible"))
    wanting.require(one + other >= 3, when=[impossible])
    assert relaxed(wanting, [(impossible.index, -10)]).bound <= 0


# ---- where linear programming is exact ----------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_assignment_is_exact(seed: int) -> None:
    # each of five children has one of five seats: the polytope's vertices are whole (Birkhoff)
    dice, model = Random(seed), CpModel()
    seat = {(child, place): model.boolean(f"{child}@{place}") for child in range(5) for place in range(5)}
    for one in range(5):
        model.require(model.total(seat[one, place] for place in range(5)) == 1)
        model.require(model.total(seat[child, one] for child in range(5)) <= 1)
    price = {key: dice.randint(0, 99) for key in seat}
    cost = [(literal.index, price[key]) for key, literal in seat.items()]

    def least(child: int, places: frozenset[int]) -> int:
        if child == 5:
            return 0
        return min(price[child, place] + least(child + 1, places - {place}) for place in places)

    best = least(0, frozenset(range(5)))
    assert relaxed(model, cost).bound == best
    found = whole(model, cost)
    assert found is not None
    assert cost_of(cost, tuple(found)) == best


def test_a_point_tells_of_the_models_own_variables_only() -> None:
    model, cost = uneven("when")
    found = relaxed(model, cost)
    assert found.point is not None
    assert len(found.point) == 4  # no copies


def test_large_costs_do_not_raise_the_bound_beyond_the_optimum() -> None:
    # in the range of a wide season's draw level: what floating point adds up to must not be rounded up to
    # the next whole number, yet the bound is near (the method ends at a hundred-thousandth)
    for seed in range(3):
        dice, model = Random(seed), CpModel()
        seats = [[model.boolean("") for _ in range(6)] for _ in range(150)]
        room = [dice.randint(25, 30) for _ in range(6)]
        for row in seats:
            model.require(model.total(row) == 1)
        for place, most in enumerate(room):
            model.require(model.total(row[place] for row in seats) <= most)
        cost = [(one.index, dice.randint(10**5, 10**7)) for row in seats for one in row]
        values = whole(model, cost)
        assert values is not None
        had, bound = cost_of(cost, tuple(values)), relaxed(model, cost).bound
        assert bound <= had
        assert bound >= had * (1 - 1e-3)


def test_nothing_to_cost_and_nothing_to_decide() -> None:
    model = CpModel()
    model.any_of([model.boolean("a")])
    assert relaxed(model, []).bound == 0
    assert relaxed(CpModel(), []).bound == 0


# ---- what may differ among the best ---------------------------------------------------------------


@pytest.mark.parametrize("seconds", [0.02, AMPLE])
def test_solutions_as_good_differ_only_on_their_face(seconds: float) -> None:
    # however rough the dual values, whoever costs no more than the one known is on the face
    settled = tight = 0
    for seed, small, dice, solutions in feasible():
        cost = random_cost(dice, small)
        relaxation = Relaxation(small.model, Rows(small.model), hulls=seed % 2 == 0)
        found = relaxation.least(cost, LIMITS, seconds, CLOSE)
        most = cost_of(cost, sorted(solutions, key=lambda values: cost_of(cost, values))[seed % 3 : 4][0])
        face = relaxation.face(found, cost, most)
        for values in solutions:
            if cost_of(cost, values) <= most:
                assert all(
                    values[index] == face.values[index]
                    for index in range(len(values))
                    if index not in face.free
                ), seed
                assert all(row_holds(row, values) for row in face.tight), seed
        settled, tight = settled + len(face.values) - len(face.free), tight + len(face.tight)
    assert settled > 20
    assert tight > 5
