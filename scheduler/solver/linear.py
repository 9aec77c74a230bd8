"""A whole model as one sparse matrix, from which the small models of its pieces are cut in no time.

A piece of a city's season is some hundred variables, but the constraints that speak of them speak of
thousands of others; what these come to is reckoned by numpy, row after row in Python takes longer than the
search.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2

from scheduler.solver.branching import Search
from scheduler.solver.cpsat import CpModel
from scheduler.solver.rows import ENDLESS, Arrays, Rows, ends

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]

SLACK = 1e-6
"""A side that the ends of the variables keep anyhow, but for rounding, is left out."""


class Linear:
    """The constraints of a model, those that hold only if others do let loose by as much as they can miss for
    each condition that does not hold."""

    def __init__(
        self,
        model: CpModel,
        rows: Rows,
        chosen: Sequence[range] | None = None,
        within: tuple[Sequence[int] | Numbers, Sequence[int] | Numbers] | None = None,
    ) -> None:
        """Take over what `rows` read of the model, or the constraints chosen; `within` these lowest and
        highest values of the variables instead of their own."""
        low, high = within or ends(model.cp.proto.variables)
        self._low, self._high = np.array(low, dtype=np.float64), np.array(high, dtype=np.float64)
        told = _Told(rows.arrays(chosen))
        least, most = self._reach(*told.terms(), told.number)
        parts = [
            _side(told, told.free, told.low, told.high, np.zeros(told.number)),
            _side(told, told.bound & (told.low > least), told.low, None, told.low - least),
            _side(told, told.bound & (told.high < most), None, told.high, most - told.high),
        ]
        self._least = np.concatenate([part.low for part in parts])
        self._most = np.concatenate([part.high for part in parts])
        first = np.cumsum([0, *(len(part.low) for part in parts[:-1])])
        row = np.concatenate([part.row + start for part, start in zip(parts, first, strict=True)])
        column = np.concatenate([part.column for part in parts])
        factor = np.concatenate([part.factor for part in parts])
        keys, where = np.unique(row * len(low) + column, return_inverse=True)
        self._factor = _sums(where, factor, len(keys))
        self._row, self._column = np.divmod(keys, len(low))
        self._row_ends = np.searchsorted(self._row, np.arange(len(self._least) + 1))
        self._by_column = np.argsort(self._column, kind="stable")
        self._column_ends = np.searchsorted(self._column[self._by_column], np.arange(len(low) + 1))

    def piece(self, inside: Collection[int], values: Sequence[int] | Places | None) -> Search:
        """Some variables alone; constraints with others take these as they are in `values`, and are left out
        where there is none."""
        order = np.array(sorted(inside), dtype=np.int64)
        place = np.full(len(self._low), -1, dtype=np.int64)
        place[order] = np.arange(len(order))
        spoken = self._by_column[entries_of(self._column_ends, order)]
        rows = np.unique(self._row[spoken])
        entries = entries_of(self._row_ends, rows)
        row = np.repeat(np.arange(len(rows)), self._row_ends[rows + 1] - self._row_ends[rows])
        column, factor = self._column[entries], self._factor[entries]
        own = place[column] >= 0
        others, off = np.bincount(row[~own], minlength=len(rows)) > 0, np.zeros(len(rows))
        if values is not None:
            settled = np.asarray(values, dtype=np.float64)[column[~own]]
            off = _sums(row[~own], factor[~own] * settled, len(rows))
            others[:] = False
        row, column, factor = row[own], column[own], factor[own]
        low = np.where(others, -np.inf, self._least[rows] - off)
        high = np.where(others, np.inf, self._most[rows] - off)
        least, most = self._reach(row, column, factor, len(rows))
        low = np.where(low > least + SLACK, low, -np.inf)
        high = np.where(high < most - SLACK, high, np.inf)
        kept = (low > -np.inf) | (high < np.inf)
        number = np.cumsum(kept) - 1
        said = kept[row] & (factor != 0)
        proto = model_pb2.ModelProto()
        proto.variables.ids.extend(range(len(order)))
        proto.variables.lower_bounds.extend(self._low[order].tolist())
        proto.variables.upper_bounds.extend(self._high[order].tolist())
        proto.variables.integers.extend([True] * len(order))
        constraints, matrix = proto.linear_constraints, proto.linear_constraint_matrix
        constraints.ids.extend(range(int(kept.sum())))
        constraints.lower_bounds.extend(low[kept].tolist())
        constraints.upper_bounds.extend(high[kept].tolist())
        matrix.row_ids.extend(number[row[said]].tolist())
        matrix.column_ids.extend(place[column[said]].tolist())
        matrix.coefficients.extend(factor[said].tolist())
        return Search(proto, order.tolist())

    @property
    def ends(self) -> tuple[Numbers, Numbers]:
        """The least and the greatest value of each variable."""
        return self._low, self._high

    def constraints(self) -> tuple[Numbers, Numbers, Places, Places, Numbers]:
        """The sides of each constraint; row, column and factor of each term, row after row."""
        return self._least, self._most, self._row, self._column, self._factor

    def tighten(self, rounds: int) -> None:
        """Settle the booleans to which a constraint leaves one value only, and so on for so many rounds."""
        row, column, factor = self._row, self._column, self._factor
        for _ in range(rounds):
            low, high = self._low[column], self._high[column]
            least, most = self._reach(row, column, factor, len(self._least))
            step, is_open = np.abs(factor), (low == 0) & (high == 1)
            must = is_open & (most[row] - step < self._least[row] - SLACK)
            must_not = is_open & (least[row] + step > self._most[row] + SLACK)
            up = np.concatenate([column[must & (factor > 0)], column[must_not & (factor < 0)]])
            down = np.concatenate([column[must & (factor < 0)], column[must_not & (factor > 0)]])
            if not len(up) + len(down):
                return
            self._low[up], self._high[down] = 1, 0

    def measuring_only(self, sources: Collection[int], decisions: Collection[int]) -> set[int]:
        """Variables with all that is settled by them alone: a variable that is no decision is settled by the
        constraints whose last variable it is."""
        inside = np.zeros(len(self._low), dtype=bool)
        inside[list(sources)] = True
        last = np.full(len(self._least), -1)
        np.maximum.at(last, self._row, self._column)
        settled = np.zeros(len(self._low), dtype=bool)
        settled[last[last >= 0]] = True
        settled[list(decisions)] = False
        own = self._column == last[self._row]
        grown = True
        while grown:
            missing = np.zeros(len(self._low), dtype=bool)
            missing[last[self._row[~own & ~inside[self._column]]]] = True
            near = np.zeros(len(self._low), dtype=bool)
            near[last[self._row[~own & inside[self._column]]]] = True
            new = settled & near & ~missing & ~inside
            grown = bool(new.any())
            inside |= new
        return set(np.flatnonzero(inside).tolist())

    def _reach(self, row: Places, column: Places, factor: Numbers, number: int) -> tuple[Numbers, Numbers]:
        """The least and the most that each row's sum can be."""
        ends = factor * self._low[column], factor * self._high[column]
        return _sums(row, np.minimum(*ends), number), _sums(row, np.maximum(*ends), number)


class _Told:
    """Constraints as they were read, negations written out."""

    def __init__(self, raw: Arrays) -> None:
        self.number = len(raw.low)
        self._row = np.repeat(np.arange(self.number), np.diff(raw.term_ends))
        self._column = np.where(raw.terms >= 0, raw.terms, -raw.terms - 1)
        self._factor = np.where(raw.terms >= 0, raw.factors, -raw.factors).astype(np.float64)
        off = np.bincount(self._row, np.where(raw.terms >= 0, 0, raw.factors), self.number)
        self.low = np.where(raw.low <= -ENDLESS, -np.inf, raw.low - off)
        self.high = np.where(raw.high >= ENDLESS, np.inf, raw.high - off)
        self.conditions = np.diff(raw.when_ends)
        self.when, self.when_row = raw.when, np.repeat(np.arange(self.number), self.conditions)
        self.free, self.bound = self.conditions == 0, self.conditions > 0

    def terms(self) -> tuple[Places, Places, Numbers]:
        """Row, column and factor of every term."""
        return self._row, self._column, self._factor


class _Side:
    """Some constraints, each with one side or both."""

    def __init__(self, low: Numbers, high: Numbers, row: Places, column: Places, factor: Numbers) -> None:
        self.low, self.high, self.row, self.column, self.factor = low, high, row, column, factor


def _side(
    told: _Told, chosen: NDArray[np.bool_], low: Numbers | None, high: Numbers | None, slack: Numbers
) -> _Side:
    """The constraints chosen, with one side or both, and so much looser for each condition not met."""
    number, slack = np.cumsum(chosen) - 1, np.where(chosen, slack, 0.0)
    row, column, factor = told.terms()
    kept, when = chosen[row], chosen[told.when_row]
    literal, of = told.when[when], told.when_row[when]
    sign = -1.0 if low is not None else 1.0
    loose = np.where(literal >= 0, sign, -sign) * slack[of]
    given = np.bincount(of[literal >= 0], minlength=told.number) * slack
    endless = np.full(told.number, np.inf)
    return _Side(
        (low - given if low is not None else -endless)[chosen],
        (high + given if high is not None else endless)[chosen],
        np.concatenate([number[row[kept]], number[of]]),
        np.concatenate([column[kept], np.where(literal >= 0, literal, -literal - 1)]),
        np.concatenate([factor[kept], loose]),
    )


def _sums(place: Places, weight: Numbers, number: int) -> Numbers:
    """The sum of the weights at each place."""
    return np.bincount(place, weight, number).astype(np.float64)


def entries_of(ends: Places, ones: Places) -> Places:
    """The numbers of all entries of some rows, or columns, each of which ends where the next begins."""
    counts = ends[ones + 1] - ends[ones]
    return np.repeat(ends[ones] - np.cumsum(counts) + counts, counts) + np.arange(int(counts.sum()))
