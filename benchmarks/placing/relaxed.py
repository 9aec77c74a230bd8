"""The relaxation of the pooled programme, level after level: what no plan of the model can beat."""

from __future__ import annotations

import time
from collections.abc import Sequence
from math import ceil, floor, inf
from typing import Any

from ortools.linear_solver.python import model_builder

from benchmarks.placing.program import Level, Program
from benchmarks.placing.told import Reached, Tell

SLACK = 1e-6
"""Tolerance of the simplex: a value so near a whole number is it."""


class Relaxed:
    """A programme with fractions allowed (or not: `whole`, for trying integer solvers)."""

    def __init__(
        self, program: Program, solver: str, began: float, limit: float, *, whole: bool = False
    ) -> None:
        """Hand over every row."""
        self._model = model_builder.Model()
        new = self._model.new_int_var if whole else self._model.new_num_var
        bounds = zip(program.lowest, program.highest, strict=True)
        self._xs = [new(low, high, None) for low, high in bounds]
        self._solver, self._began, self._limit = solver, began, limit
        for variables, factors, low, high in program.rows:
            if variables:
                total = self._total([self._xs[x] for x in variables], factors)
                self._model.add_linear_constraint(
                    total, -inf if low is None else low, inf if high is None else high
                )

    def solve(self, levels: Sequence[Level], tell: Tell) -> list[float] | None:
        """Each level with the earlier ones held; returns the last values, None where time ran out."""
        values: list[float] | None = None
        for level in levels:
            began = self._now
            if not level.terms or (level.implied and values is not None):
                value = level.of(values) / level.scale if values is not None else 0.0
                tell(Reached(level.name, value, value, began, began))
                continue
            found = self._aim(level)
            if found is None:
                return None
            value, values = found
            tell(Reached(level.name, value / level.scale, value / level.scale, began, self._now))
            self._hold(level, value)
        return values

    @property
    def _now(self) -> float:
        return time.monotonic() - self._began

    def _aim(self, level: Level) -> tuple[float, list[float]] | None:
        left = self._limit - self._now
        if left < 0.1:
            return None
        total = self._total([self._xs[x] for x in level.terms], tuple(level.terms.values()))
        (self._model.maximize if level.sense == "most" else self._model.minimize)(total)
        solver = model_builder.Solver(self._solver)
        solver.set_time_limit_in_seconds(left)
        if solver.solve(self._model) != model_builder.SolveStatus.OPTIMAL:
            return None
        return solver.objective_value, list(solver.values(self._model.get_variables()))

    def _hold(self, level: Level, value: float) -> None:
        """Whole numbers of children cannot lie beyond the next whole number."""
        total = self._total([self._xs[x] for x in level.terms], tuple(level.terms.values()))
        if level.sense == "most":
            self._model.add_linear_constraint(total, floor(value + SLACK), inf)
        else:
            self._model.add_linear_constraint(total, -inf, ceil(value - SLACK))

    def _total(self, xs: list[Any], factors: Sequence[int]) -> Any:  # noqa: ANN401 - ortools' own
        return model_builder.LinearExpr.weighted_sum(xs, [float(factor) for factor in factors])
