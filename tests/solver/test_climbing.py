"""Climbing keeps what holds, never gets worse, and finds the best where a piece is the whole."""

from __future__ import annotations

from random import Random

from scheduler.solver.climbing import Climb
from scheduler.solver.cpsat import CpModel
from scheduler.solver.door import Clock, Limits
from scheduler.solver.rows import Rows
from tests.solver.small_models import cost_of, random_cost, random_model

MODELS = 120
LIMITS = Limits(seconds=1000, workers=1, reproducible=True)


def anew(
    climb: Climb, piece: set[int], cost: list[tuple[int, int]], held: list[list[tuple[int, int]]]
) -> bool:
    return climb.anew(piece, cost, held, LIMITS, Clock(LIMITS), 5.0)


def test_a_piece_anew_keeps_all_constraints_and_is_better_if_it_says_so() -> None:
    better = same = 0
    for seed in range(MODELS):
        small, dice = random_model(seed), Random(seed + 3)
        solutions = small.solutions()
        if not solutions:
            continue
        start = dice.choice(solutions)
        every = range(len(small.ranges))
        decisions = {index for index in every if dice.random() < 0.6} or {0}
        piece = set(dice.sample(sorted(decisions), min(len(decisions), dice.choice([1, 2, 3]))))
        cost, kept = random_cost(dice, small), random_cost(dice, small)
        climb = Climb(small.model, Rows(small.model), decisions, start, "placement")
        said = anew(climb, piece, cost, held=[kept])
        assert small.holds(climb.values), seed
        assert all(climb.values[index] == start[index] for index in decisions - piece), seed
        assert cost_of(kept, climb.values) <= cost_of(kept, start), seed
        if said:
            assert cost_of(cost, climb.values) < cost_of(cost, start), seed
            climb.back()
        assert tuple(climb.values) == start  # as it was, or is again
        better, same = better + said, same + (not said)
    assert better > 20
    assert same > 20


def test_a_piece_with_everything_in_it_is_the_best() -> None:
    improved = 0
    for seed in range(MODELS):
        small, dice = random_model(seed), Random(seed + 4)
        solutions = small.solutions()
        if not solutions:
            continue
        cost, held = random_cost(dice, small), random_cost(dice, small)
        start = dice.choice(solutions)
        every = set(range(len(small.ranges)))
        climb = Climb(small.model, Rows(small.model), every, start, "placement")
        said = anew(climb, every, cost, held=[held])
        allowed = [values for values in solutions if cost_of(held, values) <= cost_of(held, start)]
        best = min(cost_of(cost, values) for values in allowed)
        assert cost_of(cost, climb.values) == best, seed
        assert said == (best < cost_of(cost, start)), seed
        improved += said
    assert improved > 30


def test_values_that_break_a_constraint_added_since_stay_as_they_are() -> None:
    model = CpModel()
    a, b = model.boolean("a"), model.boolean("b")
    rows = Rows(model)
    climb = Climb(model, rows, {a.index, b.index}, [0, 0], "placement")
    model.require(b >= 1)
    model.require(a <= b)
    rows.read()
    assert not anew(climb, {a.index}, [(a.index, -1)], held=[])  # b is settled as 0
    assert climb.values == [0, 0]


def test_variables_the_model_got_since_are_given_values() -> None:
    model = CpModel()
    a = model.boolean("a")
    climb = Climb(model, Rows(model), {a.index}, [1], "placement")
    n = model.integer(0, 3, "n")
    model.require(n >= 2, when=[a])
    assert climb.grow(LIMITS, Clock(LIMITS), 5.0)
    assert climb.values[0] == 1
    assert climb.values[1] >= 2
    impossible = model.boolean("impossible")
    model.any_of([impossible, a.negated()])
    model.implies(impossible, a.negated())
    assert not climb.grow(LIMITS, Clock(LIMITS), 5.0)


def test_what_is_unheard_does_not_bind() -> None:
    model = CpModel()
    a, b = model.boolean("a"), model.boolean("b")
    model.require(a + b <= 1)
    for unheard, said in ((range(0), False), (range(1), True)):
        climb = Climb(model, Rows(model), {a.index, b.index}, [0, 1], "placement", unheard=unheard)
        assert anew(climb, {a.index}, [(a.index, -1)], held=[]) is said


def test_nothing_to_gain_is_nothing_to_do() -> None:
    model = CpModel()
    a, b = model.boolean("a"), model.boolean("b")
    climb = Climb(model, Rows(model), {a.index, b.index}, [0, 0], "placement")
    clock = Clock(LIMITS)
    assert not climb.anew({a.index}, [(b.index, -5)], [], LIMITS, clock, 5.0)
    assert clock.left == LIMITS.seconds  # not even a search


def test_what_measures_a_decision_follows_it() -> None:
    # n >= 3 * a is no decision: that a is given up brings n down, which is what costs
    model = CpModel()
    a, n = model.boolean("a"), model.integer(0, 3, "n")
    model.require(n >= 3 * a)
    climb = Climb(model, Rows(model), {a.index}, [1, 3], "placement")
    assert anew(climb, {a.index}, [(n.index, 1)], held=[])
    assert climb.values == [0, 0]
