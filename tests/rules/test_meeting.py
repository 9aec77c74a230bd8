"""Where two meet, and what a relaxation says of it."""

from __future__ import annotations

from typing import Any

from ortools.linear_solver.python import model_builder as mb

from scheduler.rules.meeting import meeting
from scheduler.solver.cpsat import CpModel


class Relaxed:
    """As much of a model as is needed, with fractions."""

    def __init__(self) -> None:
        self.lp = mb.Model()  # type: ignore[no-untyped-call]

    def boolean(self, name: str) -> Any:  # noqa: ANN401
        return self.lp.new_num_var(0, 1, name)

    def require(self, constraint: Any) -> None:  # noqa: ANN401
        self.lp.add(constraint)

    def total(self, terms: Any) -> Any:  # noqa: ANN401
        return mb.LinearExpr.sum(list(terms))


def test_what_stands_already_is_counted() -> None:
    assert meeting(CpModel(), [(1, 1), (1, 0), (0, 1), (1, 2)], "m") == 2


def test_a_relaxation_sees_friends_parted_in_part() -> None:
    """A child spread over three classes by thirds, its friend in the first: two thirds are parted. Place
    by place, `here + other elsewhere - 1` sees a third in the second class, and no more in the third."""
    model = Relaxed()
    child, friend = (1 / 3, 1 / 3, 1 / 3), (1.0, 0.0, 0.0)
    spread = [
        (model.lp.new_num_var(a, a, ""), model.lp.new_num_var(b, b, ""))
        for a, b in zip(child, friend, strict=True)
    ]
    parted = model.boolean("parted")
    model.require(1 + 1 - 1 - meeting(model, spread, "m") <= parted)  # type: ignore[arg-type]
    model.lp.minimize(parted)
    solver = mb.Solver("glop")
    assert solver.solve(model.lp) == mb.SolveStatus.OPTIMAL
    assert abs(solver.objective_value - 2 / 3) < 1e-6
