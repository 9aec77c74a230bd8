"""A model as one matrix: it bounds, settles and cuts out pieces without losing a solution."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from scheduler.solver.door import Clock, Limits
from scheduler.solver.linear import Linear
from scheduler.solver.relaxation import Relaxation
from scheduler.solver.rows import Rows
from tests.solver.small_models import SmallModel, cost_of, random_cost, random_model

LIMITS = Limits(seconds=60, workers=1, reproducible=True)


def feasible() -> Iterator[tuple[int, SmallModel, Random, list[tuple[int, ...]]]]:
    """Random models that have a solution, with all of them."""
    for seed in range(3000, 3060):
        small = random_model(seed)
        solutions = small.solutions()
        if solutions:
            yield seed, small, Random(seed), solutions


def test_no_solution_costs_less_than_the_bound_of_a_matrix() -> None:
    met = 0
    for seed, small, dice, solutions in feasible():
        cost = random_cost(dice, small)
        relaxation = Relaxation(small.model, Linear(small.model, Rows(small.model)))
        best = min(cost_of(cost, values) for values in solutions)
        for found in (relaxation.least(cost, LIMITS, 5.0), relaxation.exactly(cost, LIMITS, 5.0)):
            assert found.bound <= best, seed
            met += found.bound == best
    assert met > 60


def test_tightening_loses_no_solution() -> None:
    settled = 0
    for seed, small, _, solutions in feasible():
        linear = Linear(small.model, Rows(small.model))
        linear.tighten(3)
        low, high = linear.ends
        for values in solutions:
            fits = (one <= value <= most for one, value, most in zip(low, values, high, strict=True))
            assert all(fits), seed
        settled += sum(one == most for one, most in zip(low, high, strict=True))
    assert settled > 10


@pytest.mark.parametrize("known", [0, -1])
def test_near_what_is_known_is_no_worse_and_its_bound_holds(known: int) -> None:
    better = 0
    for seed, small, dice, solutions in feasible():
        cost, every = random_cost(dice, small), set(range(len(small.ranges)))
        search = Linear(small.model, Rows(small.model)).piece(every, None)
        found = search.copied().near(cost, solutions[known], every, LIMITS, Clock(LIMITS), 5.0)
        assert found.values is not None, seed
        values = tuple(found.values[index] for index in sorted(every))
        assert values in solutions, seed
        costs = sorted(cost_of(cost, values) for values in solutions)
        assert found.bound <= costs[0] + 1e-6, seed
        assert cost_of(cost, values) <= cost_of(cost, solutions[known]), seed
        better += cost_of(cost, values) < cost_of(cost, solutions[known])
        assert search.best(cost, LIMITS, Clock(LIMITS), 5.0).bound <= costs[0] + 1e-6, seed
    assert better > 5


def test_some_constraints_alone_say_what_they_say_together_with_others_left_out() -> None:
    for seed, small, dice, solutions in feasible():
        rows, cost = Rows(small.model), random_cost(dice, small)
        middle = len(rows) // 2
        halves = [range(middle), range(middle, len(rows))]
        best = min(cost_of(cost, values) for values in solutions)
        for chosen in (halves[:1], halves[1:], halves):
            found = Relaxation(small.model, Linear(small.model, rows, chosen)).exactly(cost, LIMITS, 5.0)
            assert found.bound <= best, seed
        whole = Relaxation(small.model, Linear(small.model, rows)).exactly(cost, LIMITS, 5.0)
        both = Relaxation(small.model, Linear(small.model, rows, halves)).exactly(cost, LIMITS, 5.0)
        assert whole.bound == both.bound, seed
