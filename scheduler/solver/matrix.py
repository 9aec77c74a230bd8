"""Linear constraints by row, column and factor, and what dual values say of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum, inf

from ortools.math_opt import model_pb2

from scheduler.solver.rows import Terms

ROUNDING = 1e-13
"""How far each sum may be astray, as a share of what was added up."""


class Matrix:
    """Constraints by row, column and factor."""

    def __init__(self) -> None:
        self.low: list[float] = []
        self.high: list[float] = []
        self.row: list[int] = []
        self.column: list[int] = []
        self.factor: list[float] = []

    def add(self, terms: Mapping[int, float], low: float, high: float) -> None:
        """One more constraint."""
        number = len(self.low)
        self.low.append(low)
        self.high.append(high)
        for column, factor in sorted(terms.items()):
            if factor:
                self.row.append(number)
                self.column.append(column)
                self.factor.append(factor)

    def proto(
        self, lowest: Sequence[float], highest: Sequence[float], cost: Mapping[int, float], *, whole: bool
    ) -> model_pb2.ModelProto:
        """The constraints as a model: variables within these ends, of least cost, in whole numbers or any."""
        proto = model_pb2.ModelProto()
        proto.variables.ids.extend(range(len(lowest)))
        proto.variables.lower_bounds.extend(lowest)
        proto.variables.upper_bounds.extend(highest)
        proto.variables.integers.extend([whole] * len(lowest))
        kept = sorted(index for index, factor in cost.items() if factor)
        proto.objective.linear_coefficients.ids.extend(kept)
        proto.objective.linear_coefficients.values.extend([cost[index] for index in kept])
        proto.linear_constraints.ids.extend(range(len(self.low)))
        proto.linear_constraints.lower_bounds.extend(self.low)
        proto.linear_constraints.upper_bounds.extend(self.high)
        proto.linear_constraint_matrix.row_ids.extend(self.row)
        proto.linear_constraint_matrix.column_ids.extend(self.column)
        proto.linear_constraint_matrix.coefficients.extend(self.factor)
        return proto

    def bound(
        self, terms: Terms, duals: Sequence[float], lowest: Sequence[float], highest: Sequence[float]
    ) -> tuple[float, float]:
        """What no point within the ranges can undercut, by these dual values, whatever they are; and how far
        rounding may have led that astray."""
        duals = self.usable(duals)
        left = self.reduced(terms, duals, len(lowest))
        parts = [
            dual * (low if dual > 0 else high)
            for dual, low, high in zip(duals, self.low, self.high, strict=True)
            if dual
        ]
        parts += [
            cost * (low if cost > 0 else high)
            for cost, low, high in zip(left, lowest, highest, strict=True)
            if cost
        ]
        return fsum(parts), ROUNDING * fsum(map(abs, parts))

    def usable(self, duals: Sequence[float]) -> list[float]:
        """The dual values, none where a constraint has no such side."""
        return [
            0.0 if (dual > 0 and low == -inf) or (dual < 0 and high == inf) else dual
            for dual, low, high in zip(duals, self.low, self.high, strict=True)
        ]

    def reduced(self, terms: Terms, duals: Sequence[float], columns: int) -> list[float]:
        """What each variable still costs once all constraints are paid by these dual values."""
        left = [0.0] * columns
        for index, factor in terms:
            left[index] += factor
        for row, column, weight in zip(self.row, self.column, self.factor, strict=True):
            left[column] -= weight * duals[row]
        return left
