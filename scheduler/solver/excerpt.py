"""Excerpts of a model: a few variables with all that is said of them, small enough to solve at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from ortools.sat.python import cp_model

from scheduler.solver.cpsat import CpModel
from scheduler.solver.door import Clock, Limits, StageName
from scheduler.solver.goals import Goal, Solution
from scheduler.solver.levels import solve_goal
from scheduler.solver.rows import ENDLESS, Row, Terms, plain
from scheduler.variables.model import Variable


class Excerpt:
    """A model of the variables `inside` alone. Constraints with others take these as they are in `values`."""

    def __init__(self, whole: CpModel, inside: Set[int], rows: Iterable[Row], values: Sequence[int]) -> None:
        """Copy the variables, and the constraints that say something of them."""
        self.model = CpModel()
        self._values = values
        self._copy: dict[int, Variable] = {}
        self._place: dict[int, int] = {}
        self._numbers: set[int] = set()
        for index in sorted(inside):
            ends = list(whole.cp.proto.variables[index].domain)
            copy = self.model.cp.new_int_var(ends[0], ends[-1], "")
            self._copy[index], self._place[index] = copy, copy.index
            if ends[0] < 0 or ends[-1] > 1:
                self._numbers.add(index)
        for row in rows:
            self._add(row)

    def best(
        self, cost: Terms, limits: Limits, clock: Clock, seconds: float, stage: StageName = "timetable"
    ) -> Solution | None:
        """The solution of least cost in so many seconds; None if none was found in them."""
        goal = Goal("part", cp_model.LinearExpr.sum([factor * self._copy[one] for one, factor in cost]))
        start = {variable: self._values[index] for index, variable in self._copy.items()}
        silent = replace(limits, report=lambda progress: None)
        return solve_goal(self.model, goal, silent, clock, stage, seconds=seconds, start=start)

    def hold(self, cost: Terms) -> None:
        """No solution may cost more by these terms than the values given do."""
        most = sum(factor * self._values[one] for one, factor in cost)
        total = cp_model.LinearExpr.sum([factor * self._copy[one] for one, factor in cost])
        self.model.cp.add_linear_constraint(total, -ENDLESS, most)

    def whole(self, found: Solution) -> Mapping[int, int]:
        """The values of a solution by the whole model's variables."""
        return {index: found[variable] for index, variable in self._copy.items()}

    def _add(self, row: Row) -> None:
        """A constraint with what is settled in it reckoned out, written down in the model's own form: as
        expressions it would take longer than the search."""
        when = []
        for index in row.when:
            place = self._place.get(plain(index))
            if place is not None:
                when.append(place if index >= 0 else -place - 1)
            elif not self._value(index):
                return
        low, high, plain_sum = row.low, row.high, True
        places: list[int] = []
        factors: list[int] = []
        for index, factor in row.terms:
            place = self._place.get(plain(index))
            if place is None:
                settled = factor * self._value(index)
                low, high = _less(low, settled), _less(high, settled)
            else:
                places.append(place if index >= 0 else -place - 1)
                factors.append(factor)
                plain_sum = plain_sum and factor == 1 and plain(index) not in self._numbers
        if not places or plain_sum:
            if low <= 0 and high >= len(places):
                return  # holds anyhow
            if not places or (low == 1 and high >= len(places)):
                clause = self.model.cp.proto.constraints.add().bool_or
                clause.literals.extend([*places, *(-one - 1 for one in when)])
                return
        constraint = self.model.cp.proto.constraints.add()
        constraint.enforcement_literal.extend(when)
        if plain_sum and low == high == len(places):
            constraint.bool_and.literals.extend(places)
            return
        for number, place in enumerate(places):
            if place < 0:  # sums know no negations
                low, high = _less(low, factors[number]), _less(high, factors[number])
                places[number], factors[number] = -place - 1, -factors[number]
        linear = constraint.linear
        linear.vars.extend(places)
        linear.coeffs.extend(factors)
        linear.domain.extend([low, high])

    def _value(self, index: int) -> int:
        """What a literal outside is."""
        value = self._values[plain(index)]
        return value if index >= 0 else 1 - value


def _less(end: int, settled: int) -> int:
    """A sum's end with a part taken off; without end it stays so."""
    return end if abs(end) > ENDLESS else end - settled
