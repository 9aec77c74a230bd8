"""Pieces of a model decided anew while all else stands."""

from __future__ import annotations

from scheduler.solver.cpsat import CpModel
from scheduler.solver.door import Clock, Limits
from scheduler.solver.rows import ENDLESS, Row, Rows
from scheduler.solver.staffing.model.excerpts import Excerpts

LIMITS = Limits(seconds=10.0, workers=1)


def _excerpts() -> Excerpts:
    """Variables 0 to 2 are decided: one of 0 and 1 at least, one of 1 and 2 at most; 3 is no less than 0."""
    model = CpModel()
    first, second, third = (model.boolean(name) for name in "abc")
    measure = model.integer(0, 5, "m")
    model.require(first + second >= 1)
    model.require(second + third <= 1)
    model.require(first <= measure)
    return Excerpts(model, Rows(model), (0, 1, 2), [1, 0, 1, 1])


def _anew(
    excerpts: Excerpts,
    piece: tuple[int, ...],
    held: tuple[dict[int, int], ...] = (),
    extra: tuple[Row, ...] = (),
) -> int:
    """A piece where 3 costs three, and 1 one."""
    return excerpts.anew(piece, {3: 3, 1: 1}, held, LIMITS, Clock(LIMITS), 5.0, extra=extra)


def test_what_measures_a_decision_is_decided_with_it_and_no_other_decision() -> None:
    assert _excerpts().around([0]) == [0, 3]
    assert _excerpts().around([2]) == [2]


def test_others_stand_as_they_are() -> None:
    excerpts = _excerpts()
    assert _anew(excerpts, (0, 1)) == 0  # 2 stands, so that 1 cannot hold, and 0 must
    assert excerpts.values.tolist() == [1, 0, 1, 1]


def test_a_whole_piece_is_made_better() -> None:
    excerpts = _excerpts()
    assert _anew(excerpts, (0, 1, 2)) == 2  # 1 instead of 0 costs one instead of three
    assert excerpts.values.tolist() == [0, 1, 0, 0]


def test_nothing_held_gets_worse() -> None:
    excerpts = _excerpts()
    assert _anew(excerpts, (0, 1, 2), held=({1: 1},)) == 0
    assert _anew(excerpts, (0, 1, 2), held=({1: 1, 2: 1},)) == 2  # 1 for 2 is as good


def test_further_sums_hold_negations_and_what_stands_included() -> None:
    not_both = Row((), ((1, 1), (-3, 1)), -ENDLESS, 1)  # 1, and not 2
    assert _anew(_excerpts(), (0, 1, 2), extra=(not_both,)) == 0
    standing = Row((), ((1, 1), (2, -1)), -ENDLESS, 0)
    assert _anew(_excerpts(), (0, 1), extra=(standing,)) == 0
