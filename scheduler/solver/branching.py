"""A few variables of a model decided anew by branch and bound on their linear relaxation.

Where that relaxation is nearly whole, as it is of a few classes' weeks of lessons, this proves in a second
what CP-SAT does not in minutes; where it is not, CP-SAT is the better one (`excerpt.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import timedelta
from math import inf

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from scheduler.solver.asking import solved, sound
from scheduler.solver.door import Clock, Limits
from scheduler.solver.rows import Row, Terms, written_out

NODES = 20
"""What a second of a reproducible search allows."""

USED = 0.01
"""What of a decision a relaxation uses: less is what interior points never quite leave."""

AGREED = 1e-6
"""How near a relaxation's value must be to a known one to be the same."""


@dataclass(frozen=True)
class Branched:
    """The best values found, by variable, or None; no values cost less than `bound`. Costs are those of the
    terms alone, of the variables inside. `has_none`: there are no values at all, which is proven."""

    values: Mapping[int, int] | None
    bound: float
    has_none: bool = False


@dataclass(frozen=True)
class Relaxed:
    """A solution in any numbers, by variable; no values cost less than `bound`."""

    point: Mapping[int, float]
    bound: float


class Search:
    """A small model in whole numbers, told by the variables' numbers in the whole one."""

    def __init__(self, proto: model_pb2.ModelProto, order: Sequence[int]) -> None:
        """Take over a model whose columns are these variables."""
        self._proto, self._order = proto, order
        self._place = {index: place for place, index in enumerate(order)}

    def best(
        self,
        cost: Iterable[tuple[int, float]],
        limits: Limits,
        clock: Clock,
        seconds: float,
        *,
        near: float = 0.0,
        within: float = 0.0,
        known: Sequence[int] | None = None,
    ) -> Branched:
        """The values of least cost, in so many seconds; the search cannot be interrupted before. It ends
        where the bound is as near as `near`, as a share of the cost, or `within` so much of it. Where values
        of the whole model are `known` it begins from them, by a search that is slower for what is solved in
        seconds, but seldom worse for what is not; not where runs are to repeat, since its nodes take from a
        hundredth of a second to seconds."""
        self._ask(cost)
        parameters = mathopt.SolveParameters(relative_gap_tolerance=near, absolute_gap_tolerance=within)
        if limits.reproducible:
            parameters.node_limit = max(1, round(seconds * NODES))
            clock.spend(seconds / 2)  # what the search spends is not told
        else:
            parameters.time_limit = timedelta(seconds=max(0.05, seconds))
        begun = None
        if known is not None and not limits.reproducible:
            begun = {place: known[index] for place, index in enumerate(self._order)}
        result = solved(self._proto, parameters, limits, begun)
        if result is None:
            return Branched(None, -inf)
        values = None
        if result.solutions and result.solutions[0].primal_solution is not None:
            at = result.solutions[0].primal_solution.variable_values
            found = {variable.id: round(value) for variable, value in at.items()}
            values = {index: found.get(place, 0) for place, index in enumerate(self._order)}
        has_none = result.termination.reason is mathopt.TerminationReason.INFEASIBLE
        return Branched(values, sound(result), has_none)

    def relaxed(
        self,
        cost: Iterable[tuple[int, float]],
        limits: Limits,
        seconds: float,
        method: mathopt.LPAlgorithm = mathopt.LPAlgorithm.BARRIER,
        *,
        corner: bool = True,
    ) -> Relaxed | None:
        """The linear relaxation, in so many seconds; None if it was not solved. No `corner` (interior points
        alone): a point amid all those of least cost, which uses what any of them uses."""
        self._ask(cost)
        parameters = mathopt.SolveParameters(lp_algorithm=method)
        if not corner:
            parameters.highs.string_options["run_crossover"] = "off"
        if not limits.reproducible:
            parameters.time_limit = timedelta(seconds=max(0.05, seconds))
        integers = self._proto.variables.integers
        integers[:] = [False] * len(integers)
        result = solved(self._proto, parameters, limits)
        integers[:] = [True] * len(integers)
        if result is None or result.termination.reason is not mathopt.TerminationReason.OPTIMAL:
            return None
        at = {variable.id: value for variable, value in result.variable_values().items()}
        point = {index: at.get(place, 0.0) for place, index in enumerate(self._order)}
        return Relaxed(point, sound(result))

    def copied(self) -> Search:
        """The same once more, to be searched at the same time."""
        proto = model_pb2.ModelProto()
        proto.CopyFrom(self._proto)
        return Search(proto, self._order)

    def near(
        self,
        cost: Sequence[tuple[int, float]],
        known: Sequence[int],
        decisions: Set[int],
        limits: Limits,
        clock: Clock,
        seconds: float,
        method: mathopt.LPAlgorithm = mathopt.LPAlgorithm.DUAL_SIMPLEX,
    ) -> Branched:
        """The best values among those that decide as known values do wherever the linear relaxation does too
        (Danna, Rothberg and Le Pape, Mathematical Programming 102, 2005), and the relaxation's bound. From
        now on only these are looked at."""
        until = clock.after(seconds)
        relaxed = self.relaxed(cost, limits, clock.left - until, method)
        if relaxed is None or limits.stop.requested or clock.left <= until:
            return Branched(None, -inf)
        variables = self._proto.variables
        for place, index in enumerate(self._order):
            if index in decisions and abs(relaxed.point[index] - known[index]) < AGREED:
                variables.lower_bounds[place] = variables.upper_bounds[place] = known[index]
        return Branched(self.best(cost, limits, clock, clock.left - until).values, relaxed.bound)

    def among_used(
        self,
        cost: Sequence[tuple[int, float]],
        known: Sequence[int],
        decisions: Set[int],
        limits: Limits,
        clock: Clock,
        seconds: float,
    ) -> Branched:
        """The best values among those that take no decision but what a solution of the linear relaxation
        uses or known values take, begun from these; the bound is that of these alone. From now on only these
        are looked at."""
        until = clock.after(seconds)
        relaxed = self.relaxed(cost, limits, clock.left - until, corner=False)
        if relaxed is None or limits.stop.requested or clock.left <= until:
            return Branched(None, -inf)
        most = self._proto.variables.upper_bounds
        for place, index in enumerate(self._order):
            if index in decisions and not known[index] and relaxed.point[index] < USED:
                most[place] = 0.0
        return self.best(cost, limits, clock, clock.left - until, known=known)

    def hold(self, terms: Terms, least: int) -> None:
        """No values that cost less than so much by these terms are looked at from now on."""
        self._write({self._place[index]: float(factor) for index, factor in terms}, float(least), inf)

    def require(self, row: Row, values: Sequence[int]) -> None:
        """One more constraint, without conditions; variables outside are as in `values`."""
        spoken, low, high = written_out(row)
        terms: dict[int, float] = {}
        for index, factor in spoken.items():
            place = self._place.get(index)
            if place is not None:
                terms[place] = float(factor)
            else:
                low, high = low - factor * values[index], high - factor * values[index]
        self._write(terms, low, high)

    def _ask(self, cost: Iterable[tuple[int, float]]) -> None:
        """Look for the least cost by these terms, as far as they speak of variables inside."""
        factors: dict[int, float] = {}
        for index, factor in cost:
            place = self._place.get(index)
            if place is not None:
                factors[place] = factors.get(place, 0.0) + factor
        objective = self._proto.objective.linear_coefficients
        del objective.ids[:], objective.values[:]
        kept = sorted(place for place, factor in factors.items() if factor)
        objective.ids.extend(kept)
        objective.values.extend([factors[place] for place in kept])

    def _write(self, terms: Mapping[int, float], low: float, high: float) -> None:
        constraints, matrix = self._proto.linear_constraints, self._proto.linear_constraint_matrix
        row = len(constraints.ids)
        constraints.ids.append(row)
        constraints.lower_bounds.append(low)
        constraints.upper_bounds.append(high)
        kept = sorted(place for place, factor in terms.items() if factor)
        matrix.row_ids.extend([row] * len(kept))
        matrix.column_ids.extend(kept)
        matrix.coefficients.extend([terms[place] for place in kept])
