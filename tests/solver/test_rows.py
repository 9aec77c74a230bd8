"""Rows say exactly what the model says; who speaks of whom; what lies around some decisions."""

from __future__ import annotations

from itertools import product
from random import Random

from scheduler.solver.cpsat import CpModel
from scheduler.solver.rows import ENDLESS, Row, Rows, plain, rows_of
from tests.solver.small_models import random_model, row_holds

MODELS = 150


def test_rows_hold_for_exactly_the_same_assignments() -> None:
    some, kinds = 0, set[tuple[bool, bool]]()
    for seed in range(MODELS):
        small = random_model(seed)
        rows = Rows(small.model)
        assert list(rows) == rows_of(small.model)
        kinds |= {(bool(row.when), any(index < 0 for index, _ in row.terms)) for row in rows}
        held = [values for values in product(*small.ranges) if all(row_holds(r, values) for r in rows)]
        assert held == small.solutions(), seed
        some += 0 < len(held) < len(list(product(*small.ranges)))
    assert some > 0.7 * MODELS
    assert len(kinds) == 4  # with and without conditions, with and without negations


def test_what_a_constraint_becomes() -> None:
    model = CpModel()
    a, b, n = model.boolean("a"), model.boolean("b"), model.integer(0, 5, "n")
    model.any_of([a, model.negated(b)])
    model.cp.add_bool_and([a, b]).only_enforce_if(model.negated(a))
    model.require(2 * n - a <= 7, when=[b])
    clause, conjunction, total = rows_of(model)
    assert clause == Row((), ((0, 1), (-2, 1)), 1, 2)
    assert conjunction == Row((-1,), ((0, 1), (1, 1)), 2, 2)
    assert (total.when, sorted(total.terms), total.high) == ((1,), [(0, -1), (2, 2)], 7)
    assert total.low <= -ENDLESS
    assert total.variables == {0, 1, 2}


def test_rows_added_later_are_read_when_asked_to() -> None:
    small = random_model(3)
    rows, known = Rows(small.model), len(rows_of(small.model))
    fresh = small.model.boolean("fresh")
    small.model.any_of([fresh, small.variables[0]])
    assert len(rows) == known
    assert rows.speaking_of([fresh.index]) == set()
    rows.read()
    rows.read()  # nothing twice
    assert list(rows) == rows_of(small.model)
    assert rows.speaking_of([fresh.index]) == {known}


def test_who_speaks_of_a_variable() -> None:
    for seed in range(MODELS):
        small = random_model(seed)
        rows = Rows(small.model)
        for index in range(len(small.ranges)):
            asked = {number for number, row in enumerate(rows) if index in row.variables}
            assert rows.speaking_of([index]) == asked, seed


def test_around_some_decisions_is_never_another_decision() -> None:
    grown = 0
    for seed in range(MODELS):
        small, dice = random_model(seed), Random(seed)
        rows, every = Rows(small.model), range(len(small.ranges))
        decisions = {index for index in every if dice.random() < 0.6}
        decided = set(sorted(decisions)[: dice.choice([1, 2])])
        near = rows.around(decided, decisions, 1)
        tied = set[int]().union(*(row.variables for row in rows if row.variables & decided))
        assert near == decided | (tied - decisions), seed
        wider = rows.around(decided, decisions, 2)
        assert near <= wider
        assert wider & decisions == decided
        grown += len(wider) > len(near) > len(decided)
    assert grown > 3


def test_around_goes_so_many_steps_and_not_through_other_decisions() -> None:
    # d -- m1 -- m2 -- m3, and d -- e (a decision) -- m4
    model = CpModel()
    d, m1, m2, m3, e, m4 = (model.boolean(name) for name in ("d", "m1", "m2", "m3", "e", "m4"))
    for one, other in ((d, m1), (m1, m2), (m2, m3), (d, e), (e, m4)):
        model.implies(one, other)
    rows, decisions = Rows(model), {d.index, e.index}
    assert rows.around([d.index], decisions, 0) == {d.index}
    assert rows.around([d.index], decisions, 1) == {d.index, m1.index}
    assert rows.around([d.index], decisions, 3) == {d.index, m1.index, m2.index, m3.index}


def test_the_variable_of_a_literal() -> None:
    model = CpModel()
    a, b = model.boolean("a"), model.boolean("b")
    assert [plain(one.index) for one in (a, b, a.negated(), b.negated())] == [0, 1, 0, 1]
