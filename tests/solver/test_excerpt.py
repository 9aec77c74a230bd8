"""An excerpt is feasible for exactly those completions that the whole model allows."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from ortools.sat.python import cp_model

from scheduler.solver.cpsat import CpModel
from scheduler.solver.door import Clock, Limits
from scheduler.solver.excerpt import Excerpt
from scheduler.solver.goals import Infeasible
from scheduler.solver.rows import Rows
from tests.solver.small_models import SmallModel, cost_of, random_cost, random_model, row_holds

MODELS = 120
LIMITS = Limits(seconds=20, workers=1, reproducible=True)


class _Every(cp_model.CpSolverSolutionCallback):
    """All solutions of a model."""

    def __init__(self, model: cp_model.CpModel) -> None:
        super().__init__()
        self.found: set[tuple[int, ...]] = set()
        self._variables = [model.get_int_var_from_proto_index(i) for i in range(len(model.proto.variables))]

    def on_solution_callback(self) -> None:
        self.found.add(tuple(self.value(one) for one in self._variables))


def solutions(excerpt: Excerpt) -> set[tuple[int, ...]]:
    """All solutions of an excerpt, by the solver itself; its variables stand in the whole model's order."""
    solver = cp_model.CpSolver()
    solver.parameters.enumerate_all_solutions = True
    solver.parameters.num_workers = 1
    every = _Every(excerpt.model.cp)
    solver.solve(excerpt.model.cp, every)
    return every.found


def drawn(seed: int) -> tuple[SmallModel, Rows, list[int], list[int], Random]:
    """A model, its rows, the variables inside, values of all, and the dice."""
    small, dice = random_model(seed), Random(seed + 1)
    every = range(len(small.ranges))
    inside = sorted(dice.sample(every, dice.randint(1, len(every))))
    feasible = small.solutions()
    arbitrary = [dice.choice(ends) for ends in small.ranges]
    values = list(dice.choice(feasible)) if feasible and dice.random() < 0.7 else arbitrary
    return small, Rows(small.model), inside, values, dice


def cut(small: SmallModel, rows: Rows, inside: list[int], values: list[int]) -> Excerpt:
    speaking = [rows[number] for number in sorted(rows.speaking_of(inside))]
    return Excerpt(small.model, set(inside), speaking, values)


def completions(
    small: SmallModel, rows: Rows, inside: list[int], values: list[int]
) -> dict[tuple[int, ...], list[int]]:
    """What the variables inside may be while all others are as given: every row that speaks of them holds."""
    found = {}
    speaking = [rows[number] for number in rows.speaking_of(inside)]
    for part in product(*(small.ranges[index] for index in inside)):
        whole = list(values)
        for index, one in zip(inside, part, strict=True):
            whole[index] = one
        if all(row_holds(row, whole) for row in speaking):
            found[part] = whole
    return found


def test_the_same_completions() -> None:
    none = some = 0
    for seed in range(MODELS):
        small, rows, inside, values, _ = drawn(seed)
        expected = completions(small, rows, inside, values)
        assert solutions(cut(small, rows, inside, values)) == set(expected), seed
        none, some = none + (not expected), some + bool(expected)
        if small.holds(values):
            assert all(small.holds(whole) for whole in expected.values()), seed
    assert none > 10
    assert some > 60


def test_what_is_held_costs_no_more_than_now() -> None:
    fewer = 0
    for seed in range(MODELS):
        small, rows, inside, values, dice = drawn(seed)
        cost = [(index, factor) for index, factor in random_cost(dice, small) if index in inside]
        excerpt = cut(small, rows, inside, values)
        excerpt.hold(cost)
        every = completions(small, rows, inside, values)
        expected = {part for part, whole in every.items() if cost_of(cost, whole) <= cost_of(cost, values)}
        assert solutions(excerpt) == expected, seed
        fewer += len(expected) < len(every)
    assert fewer > 20


def test_the_best_is_the_best_and_fits_into_the_whole() -> None:
    better = 0
    for seed in range(0, MODELS, 2):
        small, rows, inside, values, dice = drawn(seed)
        cost = [(index, factor) for index, factor in random_cost(dice, small) if index in inside]
        excerpt, every = cut(small, rows, inside, values), completions(small, rows, inside, values)
        if not cost:
            continue
        if not every:
            with pytest.raises(Infeasible):
                excerpt.best(cost, LIMITS, Clock(LIMITS), 5.0)
            continue
        found = excerpt.best(cost, LIMITS, Clock(LIMITS), 5.0)
        assert found is not None
        least = min(cost_of(cost, whole) for whole in every.values())
        changed = excerpt.whole(found)
        assert sorted(changed) == inside
        assert tuple(changed[index] for index in inside) in every
        assert sum(factor * changed[index] for index, factor in cost) == least == found.levels[0].value, seed
        better += least < cost_of(cost, values)
    assert better > 10


def test_a_row_that_what_is_settled_breaks_makes_it_infeasible() -> None:
    # a + b + c >= 3 where a and b are settled as 0: no c does
    model = CpModel()
    a, b, c = (model.boolean(name) for name in "abc")
    model.require(a + b + c >= 3)
    assert solutions(Excerpt(model, {c.index}, Rows(model), [0, 0, 1])) == set()
    # where only c > 0 were asked for, nothing would hold it back
    assert solutions(Excerpt(model, {c.index}, Rows(model), [1, 1, 0])) == {(1,)}


def test_a_condition_that_does_not_hold_frees_what_it_asks_for() -> None:
    model = CpModel()
    a, n = model.boolean("a"), model.integer(0, 3, "n")
    model.require(n >= 2, when=[model.negated(a)])
    assert solutions(Excerpt(model, {n.index}, Rows(model), [1, 0])) == {(0,), (1,), (2,), (3,)}
    assert solutions(Excerpt(model, {n.index}, Rows(model), [0, 2])) == {(2,), (3,)}
    # a itself inside: it must hold where n is too little
    assert solutions(Excerpt(model, {a.index}, Rows(model), [0, 1])) == {(1,)}
