"""A better bound than the linear relaxation's where a model falls into blocks that share little.

What ties blocks together is priced by the relaxation's dual values (a Lagrangian relaxation); what is left
of each block is solved in whole numbers. Whatever the prices are, the sum is a bound; with those of the best
relaxation it is at least as good as the relaxation's own, and better by what whole numbers cost in each
block.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from math import fsum, inf

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from scheduler.solver.asking import solved, sound
from scheduler.solver.door import Clock, Limits

SHARED = object()
"""The block of columns that belong to no block."""

NEAR = 2e-4
"""How near to its value a block's own bound need be, as a share."""

NODES = 1
"""What the search for a block's bound may take where it is to be reproducible."""


class Blocks:
    """A linear model, in whole numbers where it says so, whose columns fall into blocks."""

    def __init__(self, proto: model_pb2.ModelProto, known: Sequence[Hashable | None]) -> None:
        """Tell for each row whether it lies in one block; `known` tells the blocks of columns, None where a
        column belongs to the block of the rows that speak of it."""
        self._is_whole = list(proto.variables.integers)
        self._low, self._high = list(proto.variables.lower_bounds), list(proto.variables.upper_bounds)
        self._least = list(proto.linear_constraints.lower_bounds)
        self._most = list(proto.linear_constraints.upper_bounds)
        self._cost = [0.0] * len(self._low)
        objective = proto.objective.linear_coefficients
        for column, factor in zip(objective.ids, objective.values, strict=True):
            self._cost[column] = factor
        self._rows: list[list[tuple[int, float]]] = [[] for _ in self._least]
        matrix = proto.linear_constraint_matrix
        for row, column, factor in zip(matrix.row_ids, matrix.column_ids, matrix.coefficients, strict=True):
            self._rows[row].append((column, factor))
        self._block = self._spread(known)
        self._columns: dict[Hashable, list[int]] = defaultdict(list)
        for column, block in enumerate(self._block):
            if block is not SHARED:
                self._columns[block].append(column)
        self._inside: dict[Hashable, list[int]] = defaultdict(list)
        self._inner = [False] * len(self._rows)
        for row, terms in enumerate(self._rows):
            blocks = {self._block[column] for column, _ in terms}
            if len(blocks) == 1 and SHARED not in blocks:
                self._inner[row] = True
                self._inside[blocks.pop()].append(row)

    def bound(self, duals: Sequence[float], limits: Limits, clock: Clock, seconds: float) -> float:
        """What no solution costs less than, in so many seconds, by these dual values of the rows."""
        duals = [self._sound(row, dual) for row, dual in enumerate(duals)]
        left = list(self._cost)
        outer = list(self._cost)
        for row, terms in enumerate(self._rows):
            dual = duals[row]
            if dual:
                for column, factor in terms:
                    left[column] -= factor * dual
                    if not self._inner[row]:
                        outer[column] -= factor * dual
        parts = [self._worth(row, duals[row]) for row, inner in enumerate(self._inner) if not inner]
        parts += [self._lowest(one, left[one]) for one, name in enumerate(self._block) if name is SHARED]
        fallback = {
            block: fsum(self._worth(row, duals[row]) for row in self._inside[block])
            + fsum(self._lowest(column, left[column]) for column in columns)
            for block, columns in self._columns.items()
        }
        until = clock.after(seconds)
        threads = 1 if limits.reproducible else max(1, min(limits.workers, os.cpu_count() or 1))
        each = seconds * threads / max(1, len(self._columns))

        def least(block: Hashable) -> float:
            spare = min(2 * each, clock.left - until)
            if spare <= 0 or limits.stop.requested:
                return fallback[block]
            return max(fallback[block], self._whole(block, outer, limits, spare))

        with ThreadPoolExecutor(threads) as pool:
            found = list(pool.map(least, self._columns))
        total = fsum([*parts, *found])
        return total - 1e-9 * fsum(map(abs, [*parts, *found]))

    def _whole(self, block: Hashable, cost: Sequence[float], limits: Limits, seconds: float) -> float:
        """The least that a block costs in whole numbers, its bound where time is too short."""
        columns = self._columns[block]
        place = {column: number for number, column in enumerate(columns)}
        proto = model_pb2.ModelProto()
        proto.variables.ids.extend(range(len(columns)))
        proto.variables.lower_bounds.extend([self._low[column] for column in columns])
        proto.variables.upper_bounds.extend([self._high[column] for column in columns])
        proto.variables.integers.extend([self._is_whole[column] for column in columns])
        objective = proto.objective.linear_coefficients
        kept = [(number, cost[column]) for number, column in enumerate(columns) if cost[column]]
        objective.ids.extend([number for number, _ in kept])
        objective.values.extend([factor for _, factor in kept])
        rows, matrix = self._inside[block], proto.linear_constraint_matrix
        proto.linear_constraints.ids.extend(range(len(rows)))
        proto.linear_constraints.lower_bounds.extend([self._least[row] for row in rows])
        proto.linear_constraints.upper_bounds.extend([self._most[row] for row in rows])
        for number, row in enumerate(rows):
            terms = sorted((place[column], factor) for column, factor in self._rows[row])
            matrix.row_ids.extend([number] * len(terms))
            matrix.column_ids.extend([column for column, _ in terms])
            matrix.coefficients.extend([factor for _, factor in terms])
        parameters = mathopt.SolveParameters(relative_gap_tolerance=NEAR)
        if limits.reproducible:
            parameters.node_limit = NODES
        else:
            parameters.time_limit = timedelta(seconds=max(0.05, seconds))
        result = solved(proto, parameters, limits)
        return -inf if result is None else sound(result)

    def _spread(self, known: Sequence[Hashable | None]) -> list[Hashable]:
        """The blocks of all columns: those not known take over that of what they are tied to."""
        block: list[Hashable | None] = list(known)
        waiting = [terms for terms in self._rows if any(known[column] is None for column, _ in terms)]
        again = True
        while again:
            again = False
            guess: dict[int, set[Hashable]] = defaultdict(set)
            for terms in waiting:
                found = {name for column, _ in terms if (name := block[column]) is not None}
                if found:
                    for column, _ in terms:
                        if block[column] is None:
                            guess[column] |= found
            for column, names in guess.items():
                again = True
                block[column] = names.pop() if len(names) == 1 else SHARED
        return [SHARED if name is None else name for name in block]

    def _sound(self, row: int, dual: float) -> float:
        """A dual value; none where the row has no such end."""
        if (dual > 0 and self._least[row] == -inf) or (dual < 0 and self._most[row] == inf):
            return 0.0
        return dual

    def _worth(self, row: int, dual: float) -> float:
        return dual * (self._least[row] if dual > 0 else self._most[row]) if dual else 0.0

    def _lowest(self, column: int, cost: float) -> float:
        return cost * (self._low[column] if cost > 0 else self._high[column]) if cost else 0.0


def duals_of(result: mathopt.SolveResult) -> Mapping[int, float]:
    """The dual values of the rows that a solved relaxation tells, by row."""
    for solution in result.solutions:
        if solution.dual_solution is not None:
            return {row.id: value for row, value in solution.dual_solution.dual_values.items()}
    return {}
