"""Which variables only measure the others, and what they are once the others are given.

Variables are made after those they measure: a variable that is no decision is settled by the constraints
whose last variable it is, as low as these let it be. So a timetable's cost is known from its decisions alone,
and a few changed decisions change it in no time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from scheduler.solver.cpsat import CpModel
from scheduler.solver.linear import Places, entries_of
from scheduler.solver.rows import Row, Rows, ends, plain


class Measures:
    """A model's variables in the order in which they are settled."""

    def __init__(self, model: CpModel, rows: Rows, decisions: Set[int]) -> None:
        """Find for each variable the constraints that settle it and the variables it measures."""
        self._rows, self._decisions = rows, decisions
        self._low, self._high = ends(model.cp.proto.variables)
        number, raw = len(self._low), rows.arrays()
        row = np.concatenate([_rows_of(raw.term_ends), _rows_of(raw.when_ends)])
        literal = np.concatenate([raw.terms, raw.when])
        variable = np.where(literal >= 0, literal, -literal - 1)
        last = np.full(len(rows), -1, dtype=np.int64)
        np.maximum.at(last, row, variable)
        settling = last >= 0
        settling[settling] = ~np.isin(last[settling], list(decisions))
        self.checked: list[int] = np.flatnonzero(~settling).tolist()
        """The constraints whose last variable is a decision: they settle nothing."""
        self._settles = _Lists(last[settling], np.flatnonzero(settling), number)
        before = settling[row] & (variable != last[row])
        pairs = np.sort(variable[before] * number + last[row[before]])
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]  # several times quicker than `unique`
        self._measured_by = _Lists(*np.divmod(pairs, max(1, number)), number)

    def around(self, piece: Iterable[int]) -> set[int]:
        """Some decisions with all that measures them, directly or not."""
        found = set(piece)
        edge = np.array(sorted(found), dtype=np.int64)
        while len(edge):
            edge = np.array(
                [one for one in np.unique(self._measured_by.all_of(edge)).tolist() if one not in found],
                dtype=np.int64,
            )
            found.update(edge.tolist())
        return found

    def completed(self, chosen: Mapping[int, int]) -> list[int] | None:
        """All variables' values once the decisions are as chosen (else as low as can be); None if that
        breaks a constraint."""
        values = list(self._low)
        for index, value in chosen.items():
            values[index] = value
        for index in range(len(values)):
            if index not in self._decisions:
                lowest = self._lowest(index, values)
                if lowest is None:
                    return None
                values[index] = lowest
        return values if all(_holds(self._rows[number], values) for number in self.checked) else None

    def changed(self, values: list[int], chosen: Mapping[int, int]) -> dict[int, int] | None:
        """What changes in a solution when some decisions do; None if that breaks a constraint."""
        before = {index: values[index] for index, value in chosen.items() if values[index] != value}
        for index in before:
            values[index] = chosen[index]
        waiting = list({one for index in before for one in self._measured_by[index]})
        heapify(waiting)
        seen = set(waiting)
        possible = True
        while waiting and possible:
            index = heappop(waiting)
            lowest = self._lowest(index, values)
            if lowest is None:
                possible = False
            elif lowest != values[index]:
                before[index] = values[index]
                values[index] = lowest
                for one in self._measured_by[index]:
                    if one not in seen:
                        seen.add(one)
                        heappush(waiting, one)
        after = {index: values[index] for index in before}
        if possible:
            checked = self._checked_by(before)
            possible = all(_holds(self._rows[number], values) for number in checked)
        for index, value in before.items():
            values[index] = value
        return after if possible else None

    def _checked_by(self, variables: Iterable[int]) -> Iterable[int]:
        settled = self._rows.speaking_of(variables)
        return (number for number in settled if _last(self._rows[number]) in self._decisions)

    def _lowest(self, index: int, values: list[int]) -> int | None:
        """The least that a variable can be, given all before it; None if it can be nothing."""
        low, high = self._low[index], self._high[index]
        for number in self._settles[index]:
            row = self._rows[number]
            if any(plain(one) != index and not _value(one, values) for one in row.when):
                continue
            factor, total = 0, 0
            for one, weight in row.terms:
                if plain(one) != index:
                    total += weight * _value(one, values)
                elif one >= 0:
                    factor += weight
                else:
                    factor -= weight
                    total += weight
            own = next((one for one in row.when if plain(one) == index), None)
            if own is not None:
                if not row.low <= total <= row.high:  # the condition must not hold
                    low, high = (low, min(high, 0)) if own >= 0 else (max(low, 1), high)
            elif factor > 0:
                low = max(low, -((total - row.low) // factor))
                high = min(high, (row.high - total) // factor)
            elif factor < 0:
                low = max(low, -((row.high - total) // -factor))
                high = min(high, (total - row.low) // -factor)
        return low if low <= high else None


class _Lists:
    """Some numbers for each variable, end to end."""

    def __init__(self, variables: Places, numbers: Places, most: int) -> None:
        order = np.argsort(variables, kind="stable")
        self._numbers = numbers[order].astype(np.int32)
        self._ends = np.searchsorted(variables[order], np.arange(most + 1))

    def __getitem__(self, variable: int) -> list[int]:
        """Those of one variable."""
        found: list[int] = self._numbers[self._ends[variable] : self._ends[variable + 1]].tolist()
        return found

    def all_of(self, variables: Places) -> NDArray[np.int32]:
        """Those of some variables."""
        return self._numbers[entries_of(self._ends, variables)]


def _rows_of(row_ends: Places) -> Places:
    """The row of each entry."""
    return np.repeat(np.arange(len(row_ends) - 1), np.diff(row_ends))


def _value(index: int, values: list[int]) -> int:
    return values[index] if index >= 0 else 1 - values[-index - 1]


def _holds(row: Row, values: list[int]) -> bool:
    if not all(_value(one, values) for one in row.when):
        return True
    return row.low <= sum(weight * _value(one, values) for one, weight in row.terms) <= row.high


def _last(row: Row) -> int:
    return max(row.variables, default=-1)
