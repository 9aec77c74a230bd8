"""Pieces of a roster's model cut from one sparse matrix, and whether what was found for them holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import inf

import numpy as np
from numpy.typing import NDArray

from scheduler.solver.branching import Search
from scheduler.solver.cpsat import CpModel
from scheduler.solver.door import Clock, Limits
from scheduler.solver.linear import SLACK, Linear, Places, entries_of
from scheduler.solver.rows import ENDLESS, Row, Rows, written_out

STEPS = 2
"""From the decisions of a piece to the variables that measure them, and on to what those measure."""

EACH = 2e-5
"""Deterministic seconds that a piece takes for each of its variables beside its search."""


class Excerpts(Linear):
    """A model's constraints, the values of a solution that is made better, and its pieces."""

    def __init__(self, model: CpModel, rows: Rows, decisions: Collection[int], values: Sequence[int]) -> None:
        """Take over the model, what is decided in it, and a solution of it."""
        super().__init__(model, rows)
        self.values = np.array(values, dtype=np.int64)
        self._others = self._none()
        self._others[np.array(sorted(decisions), dtype=np.int64)] = True

    def anew(
        self,
        piece: Iterable[int],
        terms: Mapping[int, int],
        held: Sequence[Mapping[int, int]],
        limits: Limits,
        clock: Clock,
        seconds: float,
        *,
        extra: Iterable[Row] = (),
        near: float = 0.0,
        within: float = 0.0,
    ) -> int:
        """Decide a piece anew, so that it costs least by these terms (by variable) and no more than now by
        the `held` ones, within `extra` sums; by how much that made the solution better. The search ends as
        `near` to the best, as a share, or `within` so much of it.

        By branch and bound on the linear relaxation, which is nearly whole here: CP-SAT ends a third worse.
        """
        inside = self.around(piece)
        beside = [*extra, *(self._no_worse(other, inside) for other in held)]
        cost = [(one, terms[one]) for one in inside if one in terms]
        if limits.reproducible:
            clock.spend(EACH * len(inside))
        search = self._searched(inside, beside)
        found = search.best(cost, limits, clock, seconds, near=near, within=within).values
        if found is None:
            return 0
        better = sum(factor * (int(self.values[one]) - found[one]) for one, factor in cost)
        return better if better > 0 and self._take(found, beside) else 0

    def around(self, piece: Iterable[int]) -> list[int]:
        """Some decisions with the variables that measure them: those a constraint ties to them, in some
        steps, but no other decision."""
        edge = np.array(sorted(piece), dtype=np.int64)
        found = self._none()
        found[edge] = True
        for _ in range(STEPS):
            new = self._none()
            new[self._column[entries_of(self._row_ends, self._rows_of(edge))]] = True
            new &= ~(found | self._others)
            edge = np.flatnonzero(new)
            found |= new
        return [int(one) for one in np.flatnonzero(found)]

    def _searched(self, inside: Collection[int], extra: Iterable[Row]) -> Search:
        """The variables inside alone, all others as they are, with some sums held below their `high`."""
        search = self.piece(inside, self.values)
        places = set(inside)
        for row in extra:
            terms, _, high = written_out(row)
            off = sum(factor * int(self.values[one]) for one, factor in terms.items() if one not in places)
            kept = [(one, factor) for one, factor in terms.items() if one in places]
            if kept and high < inf:
                search.hold([(one, -factor) for one, factor in kept], off - int(high))
        return search

    def _take(self, found: Mapping[int, int], extra: Iterable[Row]) -> bool:
        """Take over values if all constraints hold with them: branch and bound reckons with decimals."""
        ones = np.fromiter(found.keys(), dtype=np.int64, count=len(found))
        new = np.fromiter(found.values(), dtype=np.int64, count=len(found))
        before = self.values[ones]
        self.values[ones] = new
        changed = ones[new != before]
        within = bool(np.all((self._low[ones] <= new) & (new <= self._high[ones])))
        if within and self._hold(self._rows_of(changed)) and all(map(self._keeps, extra)):
            return True
        self.values[ones] = before
        return False

    def _no_worse(self, terms: Mapping[int, int], inside: Iterable[int]) -> Row:
        kept = tuple((one, terms[one]) for one in inside if one in terms)
        return Row((), kept, -ENDLESS, sum(factor * int(self.values[one]) for one, factor in kept))

    def _hold(self, rows: Places) -> bool:
        entries = entries_of(self._row_ends, rows)
        row = np.repeat(np.arange(len(rows)), self._row_ends[rows + 1] - self._row_ends[rows])
        sums = np.bincount(row, self._factor[entries] * self.values[self._column[entries]], len(rows))
        return bool(np.all((self._least[rows] - SLACK <= sums) & (sums <= self._most[rows] + SLACK)))

    def _keeps(self, row: Row) -> bool:
        """Whether a sum is no higher than it may be."""
        terms, _, high = written_out(row)
        return sum(factor * int(self.values[one]) for one, factor in terms.items()) <= high

    def _rows_of(self, columns: Places) -> Places:
        """The constraints that speak of any of these variables."""
        return np.unique(self._row[self._by_column[entries_of(self._column_ends, columns)]])

    def _none(self) -> NDArray[np.bool_]:
        return np.zeros(len(self._low), dtype=bool)
