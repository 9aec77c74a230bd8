"""Linear constraints by row, column and factor, and what dual values say of them."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from math import fsum, inf

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2

from scheduler.solver.rows import Terms

ROUNDING = 1e-13
"""How far each sum may be astray, as a share of what was added up."""

STEP = 2.0**-52
"""How far one addition may be astray, as a share of what is added."""

Numbers = NDArray[np.float64]


class Matrix:
    """Constraints by row, column and factor, row after row."""

    def __init__(self) -> None:
        self.low, self.high = array("d"), array("d")
        self.row, self.column, self.factor = array("q"), array("q"), array("d")

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

    def take(
        self, low: Numbers, high: Numbers, row: NDArray[np.int64], column: NDArray[np.int64], factor: Numbers
    ) -> None:
        """Many constraints at once, numbered from 0 and row after row."""
        first = len(self.low)
        self.low.frombytes(low.astype(np.float64).tobytes())
        self.high.frombytes(high.astype(np.float64).tobytes())
        self.row.frombytes((row + first).astype(np.int64).tobytes())
        self.column.frombytes(column.astype(np.int64).tobytes())
        self.factor.frombytes(factor.astype(np.float64).tobytes())

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
        proto.linear_constraints.lower_bounds.extend(self.low.tolist())
        proto.linear_constraints.upper_bounds.extend(self.high.tolist())
        proto.linear_constraint_matrix.row_ids.extend(self.row.tolist())
        proto.linear_constraint_matrix.column_ids.extend(self.column.tolist())
        proto.linear_constraint_matrix.coefficients.extend(self.factor.tolist())
        return proto

    def bound(
        self,
        terms: Terms,
        duals: Sequence[float] | Numbers,
        lowest: Sequence[float],
        highest: Sequence[float],
    ) -> tuple[float, float]:
        """What no point within the ranges can undercut, by these dual values, whatever they are; and how far
        rounding may have led that astray."""
        paid, left = self.usable(duals), self.reduced(terms, duals, len(lowest))
        ends = np.array(lowest, dtype=np.float64), np.array(highest, dtype=np.float64)
        sides = self._numbers(self.low), self._numbers(self.high)
        parts = np.concatenate([_least(paid, *sides), _least(left, *ends)])
        error = ROUNDING * fsum(np.abs(parts)) + self._astray(terms, paid, *ends)
        return fsum(parts), error

    def usable(self, duals: Sequence[float] | Numbers) -> Numbers:
        """The dual values, none where a constraint has no such side."""
        values = np.array(duals, dtype=np.float64)
        endless = (values > 0) & (self._numbers(self.low) == -inf)
        endless |= (values < 0) & (self._numbers(self.high) == inf)
        return np.where(endless, 0.0, values)

    def reduced(self, terms: Terms, duals: Sequence[float] | Numbers, columns: int) -> Numbers:
        """What each variable still costs once all constraints are paid by these dual values, as far as they
        are usable."""
        paid = self._numbers(self.factor) * self.usable(duals)[self._places(self.row)]
        return _costs(terms, columns) - np.bincount(self._places(self.column), paid, columns)

    def _astray(self, terms: Terms, duals: Numbers, lowest: Numbers, highest: Numbers) -> float:
        """How far rounding may have led astray what the variables still cost, at the far end of each."""
        column = self._places(self.column)
        paid = np.abs(self._numbers(self.factor) * duals[self._places(self.row)])
        added = np.abs(_costs(terms, len(lowest))) + np.bincount(column, paid, len(lowest))
        counts = np.bincount(column, minlength=len(lowest)) + 2
        far = np.maximum(np.abs(lowest), np.abs(highest))
        return float(np.sum((STEP * counts * added)[far < inf] * far[far < inf]))

    def entries(self, row: int) -> tuple[Sequence[int], Sequence[float]]:
        """The columns of one constraint, and their factors."""
        first, end = np.searchsorted(self._places(self.row), [row, row + 1])
        return self.column[first:end], self.factor[first:end]

    def speaking_of(self, columns: NDArray[np.bool_], rows: NDArray[np.bool_]) -> list[int]:
        """The numbers of those constraints among some that speak of any of these columns."""
        row, column = self._places(self.row), self._places(self.column)
        near = np.zeros(len(self.low), dtype=bool)
        known = column < len(columns)
        near[row[known][columns[column[known]]]] = True
        found: list[int] = np.flatnonzero(near & rows).tolist()
        return found

    @staticmethod
    def _numbers(values: array[float]) -> Numbers:
        return np.frombuffer(values, dtype=np.float64) if values else np.zeros(0)

    @staticmethod
    def _places(values: array[int]) -> NDArray[np.int64]:
        return np.frombuffer(values, dtype=np.int64) if values else np.zeros(0, dtype=np.int64)


def _least(cost: Numbers, low: Numbers, high: Numbers) -> Numbers:
    """The least that each costs between its ends."""
    return cost * np.where(cost > 0, low, np.where(cost < 0, high, 0.0))


def _costs(terms: Terms, columns: int) -> Numbers:
    """What each variable costs by these terms."""
    given = np.array(terms, dtype=np.float64).reshape(-1, 2)
    return np.bincount(given[:, 0].astype(np.int64), given[:, 1], columns).astype(np.float64)
