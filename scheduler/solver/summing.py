"""A far smaller model that no solution of the whole one undercuts: what is alike in it is summed.

Groups of variables (the lessons of a week, say, whatever the hour) become one whole number each, their sum.
Constraints of one family are added up; of the factors that the members of a group then have, the sum keeps
the least (or the greatest, for what must be at least so much), so that every solution of the whole model,
summed, is one of the small one. Whatever groups and families are chosen, the bound holds; they decide how
good it is.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil, inf

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from scheduler.solver.asking import first_order, solved, sound
from scheduler.solver.blocks import Blocks, duals_of
from scheduler.solver.branching import NODES
from scheduler.solver.cpsat import CpModel
from scheduler.solver.door import Clock, Limits
from scheduler.solver.rows import Row, Rows, Terms, ends, loosened, written_out

Linear = tuple[dict[int, int], float, float]
"""A constraint without conditions: factors by variable, and the ends of their sum."""

Family = Callable[[Linear], Hashable]
"""Constraints with the same answer are added up; those with None are left out."""


@dataclass(frozen=True)
class Sums:
    """A solved sum: no solution of the whole model costs less than `bound`. `sizes` are the groups' sums,
    None if none were found, and `duals` the prices of the sums' constraints, empty if there are none."""

    bound: float
    sizes: Mapping[Hashable, float] | None
    duals: Sequence[float] = ()


class Summing:
    """A model with its variables, none of them below 0, in groups."""

    def __init__(self, model: CpModel, rows: Rows, groups: Sequence[Hashable], family: Family) -> None:
        """Sum the variables by their groups and the constraints by their families."""
        low, self._high = ends(model.cp.proto.variables)
        if min(low, default=0) < 0:
            raise ValueError("a variable may be below 0")
        self._members: dict[Hashable, list[int]] = defaultdict(list)
        for index, group in enumerate(groups):
            self._members[group].append(index)
        self._place = {group: place for place, group in enumerate(self._members)}
        self._group_of = array("l", (self._place[group] for group in groups))
        self._sizes = [len(members) for members in self._members.values()]
        self._proto = model_pb2.ModelProto()
        self._declare()
        # a constraint as it stands takes fifty times the room of its number
        families: dict[Hashable, array[int]] = defaultdict(lambda: array("l"))
        for number in range(len(rows)):
            for side, linear in enumerate(self._linear(rows[number])):
                key = family(linear)
                if key is not None:
                    families[key].append(2 * number + side)
        while families:
            _, members = families.popitem()
            self._sum(_undominated([self._linear(rows[one // 2])[one % 2] for one in members]))

    def least(
        self,
        cost: Terms,
        limits: Limits,
        clock: Clock,
        seconds: float,
        *,
        whole: bool,
        quickly: bool = False,
    ) -> Sums:
        """The least cost by these terms, in so many seconds; in whole numbers, or any. A first-order method
        is the quickest where weeks are summed (`quickly`); it finds a point and prices, but no bound by
        itself."""
        factors: dict[int, float] = {}
        by_index = dict(cost)
        for group, members in self._members.items():
            least = min(by_index.get(index, 0) for index in members)
            if least:
                factors[self._place[group]] = float(least)
        objective = self._proto.objective.linear_coefficients
        del objective.ids[:], objective.values[:]
        objective.ids.extend(sorted(factors))
        objective.values.extend([factors[place] for place in sorted(factors)])
        self._proto.variables.integers[:] = [whole] * len(self._place)
        if quickly and not whole and not limits.reproducible:
            result = first_order(self._proto, limits, seconds, relative=1e-5, absolute=1e-3)
            return self._read(result, -inf)
        parameters = mathopt.SolveParameters()
        if not whole:
            parameters.lp_algorithm = mathopt.LPAlgorithm.BARRIER  # many times quicker than simplex here
        if limits.reproducible:
            parameters.node_limit = max(1, round(seconds * NODES))
            clock.spend(seconds / 2)  # what the search spends is not told
        else:
            parameters.time_limit = timedelta(seconds=max(0.05, seconds))
        told = solved(self._proto, parameters, limits)
        if told is None:
            return Sums(-inf, None)
        bound = sound(told)
        return self._read(told, float(ceil(bound)) if bound > -inf else bound)

    def _read(self, result: mathopt.SolveResult, bound: float) -> Sums:
        """The sizes and prices that a search came to."""
        sizes = None
        if result.solutions and result.solutions[0].primal_solution is not None:
            at = result.solutions[0].primal_solution.variable_values
            found = {variable.id: value for variable, value in at.items()}
            sizes = {group: found.get(place, 0.0) for group, place in self._place.items()}
        prices = duals_of(result)
        rows = range(len(self._proto.linear_constraints.ids)) if prices else ()
        return Sums(bound, sizes, [prices.get(row, 0.0) for row in rows])

    def hold(self, terms: Terms, least: int) -> None:
        """No solution that costs less than so much by these terms is looked at from now on; each of their
        variables is a group of its own."""
        places = {int(self._group_of[index]): factor for index, factor in terms}
        if any(self._sizes[place] > 1 for place in places) or len(places) < len(terms):
            raise ValueError("a variable is summed with others")
        self._write(places, float(least), inf)

    def blocks(self, of: Callable[[Hashable], Hashable | None]) -> Blocks:
        """The sums in blocks, after a search for the least cost; `of` tells the block of a group."""
        return Blocks(self._proto, [of(group) for group in self._place])

    def _declare(self) -> None:
        variables = self._proto.variables
        variables.ids.extend(range(len(self._place)))
        variables.lower_bounds.extend([0.0] * len(self._place))
        variables.upper_bounds.extend(
            [float(sum(self._high[index] for index in members)) for members in self._members.values()]
        )
        variables.integers.extend([True] * len(self._place))

    def _linear(self, row: Row) -> list[Linear]:
        """A constraint with its conditions as terms: each that does not hold lets it loose by as much as it
        can miss. Up to two: one for each end of the sum."""
        terms, low, high = written_out(row)
        if not row.when:
            return [(terms, low, high)]
        found = []
        least = sum(min(0, factor * self._high[index]) for index, factor in terms.items())
        most = sum(max(0, factor * self._high[index]) for index, factor in terms.items())
        if low > least:
            found.append(loosened(terms, int(low), row.when, int(low) - least))
        if high < most:
            opposite = {index: -factor for index, factor in terms.items()}
            found.append(loosened(opposite, -int(high), row.when, most - int(high)))
        return found

    def _sum(self, alike: Sequence[Linear]) -> None:
        factors: dict[int, int] = defaultdict(int)
        for terms, _, _ in alike:
            for index, factor in terms.items():
                factors[index] += factor
        by_group: dict[int, list[int]] = defaultdict(list)
        for index, factor in factors.items():
            by_group[self._group_of[index]].append(factor)
        for place, found in by_group.items():
            if len(found) < self._sizes[place]:
                found.append(0)  # some of the group are not spoken of
        for end, choose in ((sum(low for _, low, _ in alike), max), (sum(h for _, _, h in alike), min)):
            if abs(end) < inf:
                kept = {place: choose(found) for place, found in by_group.items()}
                self._write(kept, *((end, inf) if choose is max else (-inf, end)))

    def _write(self, terms: Mapping[int, int], low: float, high: float) -> None:
        most = self._proto.variables.upper_bounds
        if low <= sum(min(0.0, factor * most[place]) for place, factor in terms.items()) and high >= sum(
            max(0.0, factor * most[place]) for place, factor in terms.items()
        ):
            return  # holds anyhow
        constraints, matrix = self._proto.linear_constraints, self._proto.linear_constraint_matrix
        row = len(constraints.ids)
        constraints.ids.append(row)
        constraints.lower_bounds.append(float(low))
        constraints.upper_bounds.append(float(high))
        kept = sorted(place for place, factor in terms.items() if factor)
        matrix.row_ids.extend([row] * len(kept))
        matrix.column_ids.extend(kept)
        matrix.coefficients.extend([float(terms[place]) for place in kept])


def _undominated(alike: Sequence[Linear]) -> list[Linear]:
    """Constraints with "at most so many" left out that others of the same end include whole."""
    kept: dict[Hashable, Linear] = {}
    other: list[Linear] = []
    by_first: dict[tuple[int, float], list[frozenset[int]]] = defaultdict(list)
    sized = sorted(alike, key=lambda linear: -len(linear[0]))
    for linear in sized:
        terms, low, high = linear
        if low > -inf or not terms or any(factor != 1 for factor in terms.values()):
            other.append(linear)
            continue
        names = frozenset(terms)
        if names in kept or any(names < larger for larger in by_first[min(names), high]):
            continue
        kept[names] = linear
        for index in names:
            by_first[index, high].append(names)
    return [*other, *kept.values()]
