"""The gaps of a season's pools as one linear programme: its bound, and who fills which pool."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from math import inf

from ortools.math_opt.python import mathopt

from scheduler.solver.asking import first_order, solved
from scheduler.solver.branching import NODES
from scheduler.solver.door import Clock, Limits
from scheduler.solver.relaxation import WHOLE
from scheduler.solver.staffing.pooling.asked import alike
from scheduler.solver.staffing.pooling.people import People
from scheduler.solver.staffing.pooling.pools import Demand, Pools

EACH = 1e-4
"""Deterministic seconds for each variable beside the search."""

EXACT = 1e-3
"""How near to the best, as a share, a first-order method's bound is."""


class Flow(People):
    """Some choices of the pools, all that limits people, and what their demands miss."""

    def __init__(
        self,
        pools: Pools,
        ones: Iterable[int],
        *,
        standing: Iterable[int] = (),
        shares: Mapping[tuple[str, str], int] | None = None,
        locked: bool = True,
    ) -> None:
        """Take the choices, as `People` does; nothing is asked yet."""
        super().__init__(pools, ones, standing=standing, shares=shares, locked=locked)
        self.misses: dict[str, list[int]] = {"must": [], "soft": []}

    def ask(self, demands: Iterable[Demand]) -> None:
        """What these demands miss; all of one pool are to be given together."""
        of_pool: dict[object, list[tuple[Demand, int]]] = defaultdict(list)
        for demand in demands:
            ones = [self.place[one] for one in demand.choices if one in self.place]
            amount = self.new(float(demand.number))
            self.misses[demand.strength].append(amount)
            self._row(demand, ones, amount, of_pool[demand.pool])
            of_pool[demand.pool].append((demand, amount))

    def _row(
        self, demand: Demand, ones: Sequence[int], amount: int, others: Sequence[tuple[Demand, int]]
    ) -> None:
        """What a demand misses no less than: see `asked.missed`."""
        present = dict.fromkeys(ones, 1.0)
        needed = float(demand.number + demand.beyond - demand.present)
        same = alike(demand, (other for other, _ in others))
        if not demand.beyond:
            self.matrix.add({**present, amount: 1.0}, needed, inf)
        elif same is not None:
            self.matrix.add({**present, amount: 1.0, others[same][1]: 1.0}, needed, inf)
        else:
            before = {
                place: 1.0
                for other, place in others
                if other.strength == "must" and other.alike in demand.after
            }
            self.matrix.add({**present, **before, amount: 1.0 + demand.steep}, needed, inf)
            self.matrix.add({**present, amount: 1.0 + demand.steepest}, needed, inf)

    def cost(self, must: int) -> dict[int, int]:
        """What is missing by variable, a must gap counting for so many soft ones."""
        return dict.fromkeys(self.misses["soft"], 1) | dict.fromkeys(self.misses["must"], must)

    # ---- solving --------------------------------------------------------------------------------

    def best(
        self,
        cost: Mapping[int, float],
        limits: Limits,
        clock: Clock,
        seconds: float,
        *,
        among: Collection[int] | None = None,
        within: float = 0.5,
    ) -> tuple[list[int] | None, float]:
        """The choices of least cost, which is whole (None if none were found in time), and its bound; with
        `among` only these choices are taken, and the bound is none of all. The search ends `within` so much
        of the best."""
        parameters = mathopt.SolveParameters(relative_gap_tolerance=0.0, absolute_gap_tolerance=within)
        if limits.reproducible:
            parameters.node_limit = max(1, round(seconds * NODES))
            clock.spend(seconds / 2 + EACH * len(self.most))
        else:
            parameters.time_limit = timedelta(seconds=max(0.05, seconds))
        most = self.most
        if among is not None:
            most = [
                0.0 if place < len(self.ones) and self.ones[place] not in among else end
                for place, end in enumerate(self.most)
            ]
        result = solved(self.matrix.proto(self.least, most, cost, whole=True), parameters, limits)
        if result is None:
            return None, -inf
        bound = result.termination.objective_bounds.dual_bound
        values = _values(result)
        return (None if values is None else [one for one, value in self._taken(values) if value > 0.5]), bound

    def relaxed(
        self, cost: Mapping[int, int], limits: Limits, clock: Clock, seconds: float
    ) -> tuple[dict[int, float] | None, float]:
        """How much of each choice a corner of the relaxation takes that is of least cost (None if none was
        found in time), and its bound. By interior points: the simplex method takes twice as long, and a
        first-order method's points use nearly all choices."""
        parameters = mathopt.SolveParameters(lp_algorithm=mathopt.LPAlgorithm.BARRIER)
        if limits.reproducible:
            clock.spend(EACH * len(self.most))
        else:
            parameters.time_limit = timedelta(seconds=max(0.05, seconds))
        result = solved(self.matrix.proto(self.least, self.most, cost, whole=False), parameters, limits)
        values, bound = self.read(result, cost)
        return None if values is None else dict(self._taken(values)), bound

    def bound(self, cost: Mapping[int, int], limits: Limits, clock: Clock, seconds: float) -> float:
        """What no choices undercut, by a first-order method: a tenth of the time of interior points
        where there are a hundred thousand choices, and nearly as good."""
        if limits.reproducible:
            clock.spend(seconds)
        proto = self.matrix.proto(self.least, self.most, cost, whole=False)
        return self.read(first_order(proto, limits, seconds, relative=EXACT, absolute=EXACT), cost)[1]

    def miss(self, least: int) -> None:
        """At least so many must gaps are known to be left."""
        self.matrix.add(dict.fromkeys(self.misses["must"], 1.0), float(least), inf)

    def read(
        self, result: mathopt.SolveResult | None, cost: Mapping[int, int]
    ) -> tuple[dict[int, float] | None, float]:
        """The values of a relaxation that are not 0, by variable; and its bound, by whatever dual values were
        found."""
        if result is None or not result.solutions or result.solutions[0].dual_solution is None:
            return None, 0.0
        duals = [0.0] * len(self.matrix.low)
        for row, value in result.solutions[0].dual_solution.dual_values.items():
            duals[row.id] = value
        bound, error = self.matrix.bound(list(cost.items()), duals, self.least, self.most)
        return _values(result), bound - error

    def _taken(self, values: Mapping[int, float]) -> Iterable[tuple[int, float]]:
        return ((self.ones[place], value) for place, value in values.items() if place < len(self.ones))


def _values(result: mathopt.SolveResult) -> dict[int, float] | None:
    """The values that are not 0, by variable."""
    if not result.solutions or result.solutions[0].primal_solution is None:
        return None
    at = result.solutions[0].primal_solution.variable_values
    return {variable.id: value for variable, value in at.items() if value > WHOLE}
