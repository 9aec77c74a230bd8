"""Smallest conflicts: every row named is needed, and the rows named are enough."""

from __future__ import annotations

from scheduler.solver.contradiction import smallest_conflict
from scheduler.solver.cpsat import CpModel
from scheduler.variables.model import Because


def test_of_twenty_locks_the_three_that_overfill_a_class_are_named() -> None:
    # locks 3, 7, 9 each seat a child in a class of two; the other seventeen have nothing to do with it
    def build(keep: frozenset[Because] | None) -> CpModel:
        model = CpModel(keep)
        seats = [model.boolean(str(i)) for i in range(20)]
        for i, seat in enumerate(seats):
            model.require(seat >= 1, Because("locks", f"L{i}"))
        model.require(seats[3] + seats[7] + seats[9] <= 2, Because("classes", "c"))
        return model

    found = smallest_conflict(build)
    assert found == (
        Because("classes", "c"),
        Because("locks", "L3"),
        Because("locks", "L7"),
        Because("locks", "L9"),
    )


def test_a_row_that_cannot_hold_alone_is_named_alone() -> None:
    def build(keep: frozenset[Because] | None) -> CpModel:
        model = CpModel(keep)
        seat = model.boolean("seat")
        model.require(seat >= 1, Because("locks", "possible"))
        model.require(seat >= 2, Because("locks", "impossible"))
        return model

    assert smallest_conflict(build) == (Because("locks", "impossible"),)


def test_a_conflict_that_stands_for_no_row_names_none() -> None:
    def build(keep: frozenset[Because] | None) -> CpModel:
        model = CpModel(keep)
        model.require(model.boolean("a") >= 2)
        return model

    assert smallest_conflict(build) == ()
