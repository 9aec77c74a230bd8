"""The linear relaxation of a model: how good a level can be at best, and where the search may start.

Dropped is only that variables are whole. What is said of "so many of these hold" where a variable does is
made tight by its convex hull (a copy of each literal, below the literal and below the variable): without it
a fraction of the variable costs nothing where the literals are uneven. The bound is the Lagrangian one of
whatever dual values were found, reckoned here: it holds even if the search was cut short.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import timedelta
from math import ceil, inf

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from scheduler.solver.asking import FIRST_ORDER_STEPS, first_order, solved
from scheduler.solver.cpsat import CpModel
from scheduler.solver.door import Limits
from scheduler.solver.linear import Linear
from scheduler.solver.matrix import Matrix
from scheduler.solver.rows import ENDLESS, Row, Terms, ends, loosened, plain, written_out

__all__ = ["CLOSE", "WHOLE", "Face", "Matrix", "Relaxation", "Relaxed"]

NODES = 100
"""What a second of a reproducible solve allows branch and bound, in nodes."""

SHORTEST, FEW, SELECTIVE = 0.5, 20_000, 0.5
"""Branch and bound is not begun with fewer seconds, nor where more than a few variables are used, and more
than such a share of all: it hears of no limit before its first relaxation is solved."""

WHOLE, UNUSED = 1e-6, 1e-3

NEAR, CLOSE = 1e-5, 1e-7
"""How near to the least cost a search ends, as a share of it; `CLOSE` where dual values are to tell what no
best solution uses."""


@dataclass(frozen=True)
class Relaxed:
    """A solved relaxation: no solution in whole numbers costs less than `bound`. `point` is by variable and
    None if none was found; `exact` tells that it is one of least cost."""

    bound: float
    point: Sequence[float] | None
    exact: bool
    duals: Sequence[float] = ()


@dataclass(frozen=True)
class Face:
    """What may differ among the solutions that cost no more than so much: the variables `free`; all others
    are as `values` has them. And what holds of all of them beside the constraints, as far as it speaks of any
    that is free."""

    free: Set[int]
    values: Sequence[int]
    tight: Sequence[Row]


class Relaxation:
    """A model's linear relaxation, level after level."""

    def __init__(
        self,
        model: CpModel,
        rows: Iterable[Row] | Linear,
        *,
        hulls: bool = True,
        variables: int | None = None,
    ) -> None:
        """Take over constraints and variables: only the first so many where they speak of no others.
        Constraints that were made linear before are taken as they are, with their variables' ends."""
        low, high = rows.ends if isinstance(rows, Linear) else ends(model.cp.proto.variables)
        self._low, self._high = list(map(float, low[:variables])), list(map(float, high[:variables]))
        self._variables = len(self._low)
        self._matrix = Matrix()
        if isinstance(rows, Linear):
            self._matrix.take(*rows.constraints())
            return
        for row in rows:
            self._add(row, hulls)

    def hold(self, terms: Terms, most: int) -> None:
        """No solution that costs more than so much by these terms is looked at from now on."""
        self._matrix.add({index: float(factor) for index, factor in terms}, -inf, float(most))

    def require(self, row: Row) -> None:
        """One more constraint, without conditions."""
        self._matrix.add(*written_out(row))

    def least(self, terms: Terms, limits: Limits, seconds: float, near: float = NEAR) -> Relaxed:
        """The least cost by these terms, to the next whole number, by a first-order method: far quicker than
        any other on large models, but its point is seldom whole."""
        return self._solved(terms, limits, seconds, whole=False, near=near)

    def exactly(self, terms: Terms, limits: Limits, seconds: float) -> Relaxed:
        """The same by the simplex method: quicker where most is settled beforehand, and exact."""
        return self._solved(terms, limits, seconds, whole=False, near=0.0)

    def by_interior_points(self, terms: Terms, limits: Limits, seconds: float) -> Relaxed:
        """The same by interior points: the quickest where a first-order method's prices are too rough for a
        good bound. The point lies amid all those of least cost and uses what any of them uses."""
        parameters = mathopt.SolveParameters(
            lp_algorithm=mathopt.LPAlgorithm.BARRIER, time_limit=timedelta(seconds=max(0.1, seconds))
        )
        parameters.highs.string_options["run_crossover"] = "off"
        return self._read(solved(self._proto(terms, whole=False), parameters, limits), terms)

    def face(self, found: Relaxed, terms: Terms, most: int) -> Face:
        """What may differ among solutions that cost no more than `most` by these terms, as the dual values of
        a relaxation have it: nothing that by itself would cost more than is left above the bound."""
        matrix, variables = self._matrix, self._variables
        duals = matrix.usable(found.duals)
        bound, error = matrix.bound(terms, duals, self._low, self._high)
        room = max(0.0, most - bound) + error + WHOLE
        left = matrix.reduced(terms, duals, len(self._low))[:variables]
        low, high = np.array(self._low[:variables]), np.array(self._high[:variables])
        free = (np.abs(left) <= room) & (low < high)
        tight = []
        for row in matrix.speaking_of(free, np.abs(duals) > room):
            columns, factors = matrix.entries(row)
            if matrix.low[row] < matrix.high[row] and all(column < variables for column in columns):
                side = int(matrix.low[row] if duals[row] > 0 else matrix.high[row])
                spoken = zip(columns, map(int, factors), strict=True)
                tight.append(Row((), tuple(spoken), side, side))
        values = np.where(left > 0, low, high).astype(int).tolist()
        return Face(frozenset(np.flatnonzero(free).tolist()), values, tight)

    def whole(self, first: Relaxed, terms: Terms, limits: Limits, seconds: float) -> Sequence[int] | None:
        """The best solution in whole numbers that uses only variables which the first point uses; None if
        none was found in time.

        They are few, and where the relaxation is nearly whole some best solution is among them: found by
        branch and bound in seconds, where all variables would take hours.
        """
        if first.point is None or limits.stop.requested or seconds < SHORTEST:
            return None
        unused = [one for one, value in enumerate(first.point) if value - self._low[one] < UNUSED]
        used = len(first.point) - len(unused)
        if used > max(FEW, SELECTIVE * len(first.point)):
            return None
        high = list(self._high)
        for one in unused:
            self._high[one] = self._low[one]
        found = self._solved(terms, limits, seconds, whole=True)
        self._high = high
        return None if found.point is None else [round(value) for value in found.point]

    def _solved(
        self, terms: Terms, limits: Limits, seconds: float, *, whole: bool, near: float = NEAR
    ) -> Relaxed:
        proto = self._proto(terms, whole)
        if near and not whole:
            found = first_order(proto, limits, seconds, relative=near, absolute=100 * near)
            return self._read(found, terms)
        parameters = mathopt.SolveParameters()
        if limits.reproducible and whole:
            parameters.node_limit = int(seconds * NODES) + 1
        elif limits.reproducible:
            parameters.iteration_limit = int(seconds * FIRST_ORDER_STEPS) + 1
        else:
            parameters.time_limit = timedelta(seconds=max(0.1, seconds))
        # short, and HiGHS is two to five times as quick at this as SCIP
        return self._read(solved(proto, parameters, limits), terms)

    def _read(self, result: mathopt.SolveResult | None, terms: Terms) -> Relaxed:
        """What a search came to, if it was not given up."""
        point: list[float] | None = None
        duals = [0.0] * len(self._matrix.low)
        for solution in result.solutions if result is not None else ():
            if solution.dual_solution is not None:
                for row, value in solution.dual_solution.dual_values.items():
                    duals[row.id] = value
            if solution.primal_solution is not None:
                at = {one.id: value for one, value in solution.primal_solution.variable_values.items()}
                point = [at.get(index, 0.0) for index in range(self._variables)]
        done = mathopt.TerminationReason.OPTIMAL
        exact = result is not None and result.termination.reason is done
        bound, error = self._matrix.bound(terms, duals, self._low, self._high)
        return Relaxed(float(ceil(bound - WHOLE - error)), point, exact, duals)

    def _proto(self, terms: Terms, whole: bool) -> model_pb2.ModelProto:
        cost: dict[int, float] = {}
        for index, factor in terms:
            cost[index] = cost.get(index, 0.0) + factor
        return self._matrix.proto(self._low, self._high, cost, whole=whole)

    def _add(self, row: Row, hulls: bool) -> None:
        """A constraint, as linear as it can be said tightly."""
        asked = _asked(row) if hulls else None
        if asked is not None and all(self._is_boolean(index) for index in (asked[1], *asked[2])):
            self._add_hull(*asked)
            return
        terms, low, high = written_out(row)
        least = sum(min(f * self._low[v], f * self._high[v]) for v, f in terms.items())
        most = sum(max(f * self._low[v], f * self._high[v]) for v, f in terms.items())
        if not row.when:
            self._matrix.add(terms, low, high)
            return
        if low > least:
            self._matrix.add(*loosened(terms, low, row.when, low - least))
        if high < most:
            self._matrix.add(*loosened({v: -f for v, f in terms.items()}, -high, row.when, most - high))

    def _add_hull(self, number: int, literal: int, parts: Sequence[int]) -> None:
        """At least so many of the parts where the literal holds."""
        if len(parts) < number:
            self._matrix.add(*written_out(Row((), ((literal, 1),), -ENDLESS, 0)))
            return
        if len(parts) == number:
            for part in parts:
                self._matrix.add(*_below(literal, part))
            return
        copies = []
        for part in parts:
            copy = len(self._low)
            self._low.append(0.0)
            self._high.append(1.0)
            self._matrix.add(*_below(copy, part))
            self._matrix.add(*_below(copy, literal))
            copies.append(copy)
        terms = dict.fromkeys(copies, 1.0)
        if literal >= 0:
            self._matrix.add({**terms, literal: -float(number)}, 0.0, inf)
        else:
            self._matrix.add({**terms, plain(literal): float(number)}, float(number), inf)

    def _is_boolean(self, index: int) -> bool:
        return self._low[plain(index)] >= 0 and self._high[plain(index)] <= 1


def _asked(row: Row) -> tuple[int, int, list[int]] | None:
    """(number, literal, parts) if the constraint says that at least so many of the parts hold where the
    literal does; None if it says something else."""
    if row.high < ENDLESS and len(row.when) != 1:
        return None
    if len(row.when) == 1:
        parts = [index for index, factor in row.terms if factor == 1]
        if len(parts) < len(row.terms):
            return None
        if row.high >= len(parts):
            return (row.low, row.when[0], parts) if row.low > 1 else None
        if row.low <= 0:  # at most so many hold: at least the others do not
            return len(parts) - row.high, row.when[0], [-part - 1 for part in parts]
        return None
    if row.when or row.low != 0:
        return None
    parts = [index for index, factor in row.terms if factor == 1]
    others = [(index, factor) for index, factor in row.terms if factor != 1]
    if len(others) != 1 or others[0][1] >= -1:
        return None
    return -others[0][1], others[0][0], parts


def _below(low: int, high: int) -> tuple[dict[int, int], float, float]:
    """One literal holds only where the other does."""
    return written_out(Row((), ((high, 1), (low, -1)), 0, ENDLESS))
