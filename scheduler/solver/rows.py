"""The constraints of a model as plain numbers: what linear programming and excerpts are made from."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from math import gcd, inf
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from ortools.sat import cp_model_pb2

from scheduler.solver.cpsat import CpModel

MANY = 2000
"""So many constraints are read several times faster from a file that ortools writes than one by one."""

Terms = Sequence[tuple[int, int]]
"""Variables, each with its factor."""

ENDLESS = 2**60
"""A side of a constraint beyond which there is none."""


Number = TypeVar("Number", int, float)


class Row(NamedTuple):
    """A constraint `low <= sum <= high` that holds where all `when` do; negative indices are negations."""

    when: tuple[int, ...]
    terms: tuple[tuple[int, int], ...]
    low: int
    high: int

    @property
    def variables(self) -> set[int]:
        """The variables it speaks of."""
        return {plain(index) for index in (*self.when, *(index for index, _ in self.terms))}


def step(terms: Terms) -> int:
    """What all values of a cost are multiples of: by no less do two of them differ."""
    return gcd(*(factor for _, factor in terms)) or 1


def plain(index: int) -> int:
    """The variable of a literal."""
    return index if index >= 0 else -index - 1


def written_out(row: Row) -> tuple[dict[int, int], float, float]:
    """The sum by variable and its ends, negations written out, without the conditions."""
    terms: dict[int, int] = {}
    off = 0
    for index, factor in row.terms:
        sign = factor if index >= 0 else -factor
        terms[plain(index)] = terms.get(plain(index), 0) + sign
        off += 0 if index >= 0 else factor
    low = -inf if row.low <= -ENDLESS else row.low - off
    high = inf if row.high >= ENDLESS else row.high - off
    return terms, low, high


def loosened(
    terms: Mapping[int, Number], low: Number, when: Iterable[int], slack: Number
) -> tuple[dict[int, Number], float, float]:
    """The sum is at least `low` where all of `when` hold, and `slack` less for each that does not."""
    found = dict(terms)
    for index in when:
        found[plain(index)] = found.get(plain(index), 0) + (-slack if index >= 0 else slack)
        low -= slack if index >= 0 else 0
    return found, float(low), inf


def rows_of(model: CpModel) -> list[Row]:
    """A model's constraints, one by one."""
    return list(Rows(model))


def _numbers(field: Any) -> list[int]:  # noqa: ANN401 - a repeated field of ortools
    """A field's numbers: iterating over one ends by a C++ exception, which takes longer than the reading."""
    return [field[place] for place in range(len(field))]


def _written(model: CpModel) -> Sequence[Any]:
    """A model's constraints, by way of a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.pb"
        if not model.cp.export_to_file(str(path)):
            raise OSError(f"cannot write {path}")
        read = cp_model_pb2.CpModelProto()
        read.ParseFromString(path.read_bytes())
    found: Sequence[Any] = read.constraints
    return found


def ends(variables: Any) -> tuple[list[int], list[int]]:  # noqa: ANN401 - a repeated field of ortools
    """The least and the greatest value of each variable."""
    domains = [variables[index].domain for index in range(len(variables))]
    return [domain[0] for domain in domains], [domain[len(domain) - 1] for domain in domains]


class Arrays(NamedTuple):
    """All constraints end to end: those of row `n` lie between `ends[n]` and `ends[n + 1]`."""

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    terms: NDArray[np.int64]
    factors: NDArray[np.int64]
    term_ends: NDArray[np.int64]
    when: NDArray[np.int64]
    when_ends: NDArray[np.int64]


class Rows:
    """All constraints of a model, kept small (a season of ten thousand children has millions of terms), and
    for each variable those that speak of it."""

    def __init__(self, model: CpModel) -> None:
        """Read the constraints that the model has now."""
        self._model = model
        self._low, self._high = array("q"), array("q")
        self._terms, self._factors, self._term_ends = array("i"), array("q"), array("l", [0])
        self._when, self._when_ends = array("i"), array("l", [0])
        self._spoken: _Spoken | None = None
        self.read()

    def __len__(self) -> int:
        """How many constraints were read."""
        return len(self._low)

    def __getitem__(self, number: int) -> Row:
        """One constraint."""
        first, end = self._term_ends[number], self._term_ends[number + 1]
        terms = tuple(zip(self._terms[first:end], self._factors[first:end], strict=True))
        when = tuple(self._when[self._when_ends[number] : self._when_ends[number + 1]])
        return Row(when, terms, self._low[number], self._high[number])

    def __iter__(self) -> Iterator[Row]:
        """All constraints."""
        return (self[number] for number in range(len(self)))

    def read(self) -> None:
        """Read the constraints that were added since the last reading; a clause is a sum of at least 1, a
        conjunction a sum of its length."""
        proto = self._model.cp.proto
        first, end = len(self), len(proto.constraints)
        if end - first > MANY:
            self._spoken = None
            written = _written(self._model)
            for number in range(first, end):
                row = written[number]
                self._append(row, row.HasField("linear"), row.HasField("bool_or"), list)
        else:
            for number in range(first, end):
                one = proto.constraints[number]
                self._append(one, one.has_linear(), one.has_bool_or(), _numbers)

    def _append(self, row: Any, linear: bool, clause: bool, numbers: Callable[[Any], list[int]]) -> None:  # noqa: ANN401
        """Add a constraint as ortools keeps it."""
        conditions = numbers(row.enforcement_literal)
        if linear:
            spoken, ends = numbers(row.linear.vars), row.linear.domain
            self._factors.extend(numbers(row.linear.coeffs))
            low, high = ends[0], ends[len(ends) - 1]  # ortools reads a negative index as 0
        else:
            spoken = numbers(row.bool_or.literals if clause else row.bool_and.literals)
            self._factors.extend([1] * len(spoken))
            low, high = (1, max(1, len(spoken))) if clause else (len(spoken), len(spoken))
        if self._spoken is not None:
            self._spoken.add(len(self._low), (*spoken, *conditions))
        self._low.append(low)
        self._high.append(high)
        self._terms.extend(spoken)
        self._when.extend(conditions)
        self._term_ends.append(len(self._terms))
        self._when_ends.append(len(self._when))

    def arrays(self, chosen: Sequence[range] | None = None) -> Arrays:
        """All constraints at once, or those of some ranges, one after the other."""
        ranges = [range(len(self))] if chosen is None else chosen
        terms = [slice(self._term_ends[one.start], self._term_ends[one.stop]) for one in ranges]
        when = [slice(self._when_ends[one.start], self._when_ends[one.stop]) for one in ranges]
        whole = [slice(one.start, one.stop) for one in ranges]
        return Arrays(
            _cut(self._low, whole),
            _cut(self._high, whole),
            _cut(self._terms, terms),
            _cut(self._factors, terms),
            _ends(self._term_ends, ranges),
            _cut(self._when, when),
            _ends(self._when_ends, ranges),
        )

    def speaking_of(self, variables: Iterable[int]) -> set[int]:
        """The numbers of the constraints that speak of any of these variables."""
        if self._spoken is None:
            self._spoken = _Spoken(self.arrays())
        return self._spoken.of(variables)

    def around(
        self, decided: Iterable[int], decisions: Set[int], steps: int, unheard: range = range(0)
    ) -> set[int]:
        """Some decisions with the variables that measure them: those a constraint ties to them, in so many
        steps, but no other decision. Constraints `unheard` tie nothing."""
        found = set(decided)
        edge = set(found)
        seen: set[int] = set()
        for _ in range(steps):
            rows = {number for number in self.speaking_of(edge) if number not in unheard} - seen
            seen |= rows
            edge = {
                plain(index)
                for number in rows
                for index in (
                    *self._terms[self._term_ends[number] : self._term_ends[number + 1]],
                    *self._when[self._when_ends[number] : self._when_ends[number + 1]],
                )
            }
            edge -= found
            edge -= decisions
            found |= edge
        return found


class _Spoken:
    """For each variable the constraints that speak of it."""

    def __init__(self, rows: Arrays) -> None:
        number = len(rows.low)
        row = np.concatenate(
            [np.repeat(np.arange(number), np.diff(ends)) for ends in (rows.term_ends, rows.when_ends)]
        )
        literal = np.concatenate([rows.terms, rows.when])
        variable = np.where(literal >= 0, literal, -literal - 1)
        order = np.argsort(variable, kind="stable")
        self._rows = array("q", row[order].tobytes())
        known = int(variable.max(initial=-1)) + 1
        self._ends = array("q", np.searchsorted(variable[order], np.arange(known + 1)).tobytes())
        self._later: dict[int, list[int]] = {}

    def add(self, number: int, literals: Iterable[int]) -> None:
        """One more constraint, which speaks of these."""
        for index in literals:
            self._later.setdefault(plain(index), []).append(number)

    def of(self, variables: Iterable[int]) -> set[int]:
        """The constraints that speak of any of these variables."""
        found: set[int] = set()
        for variable in variables:
            if variable < len(self._ends) - 1:
                found.update(self._rows[self._ends[variable] : self._ends[variable + 1]])
            found.update(self._later.get(variable, ()))
        return found


def _cut(numbers: array[int], parts: Sequence[slice]) -> NDArray[np.int64]:
    """Some parts of many numbers, one after the other."""
    return np.concatenate([np.array(numbers[part], dtype=np.int64) for part in parts])


def _ends(ends: array[int], ranges: Sequence[range]) -> NDArray[np.int64]:
    """Where the constraints of some ranges end, put one after the other."""
    sizes = [np.diff(np.array(ends[one.start : one.stop + 1], dtype=np.int64)) for one in ranges]
    return np.concatenate([[0], np.cumsum(np.concatenate(sizes))])
