"""Excerpts of a model: a few variables with all that is said of them, small enough to solve at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from ortools.sat.python import cp_model

from scheduler.solver.cpsat import CpModel
from scheduler.solver.door import Clock, Limits, StageName
from scheduler.solver.levels import Goal, Solution, solve_goal
from scheduler.solver.rows import Row, plain
from scheduler.variables.model import Variable

Cost = Sequence[tuple[int, int]]
"""Variables and what each costs."""


class Excerpt:
    """A model of the variables `inside` alone. Constraints with others take these as they are in `values`."""

    def __init__(self, whole: CpModel, inside: Set[int], rows: Iterable[Row], values: Sequence[int]) -> None:
        """Copy the variables, and the constraints that say something of them."""
        self.model = CpModel()
        self._values = values
        self._copy: dict[int, Variable] = {}
        for index in sorted(inside):
            ends = list(whole.cp.proto.variables[index].domain)
            self._copy[index] = self.model.cp.new_int_var(ends[0], ends[-1], "")
        for row in rows:
            self._add(row)

    def best(
        self, cost: Cost, limits: Limits, clock: Clock, seconds: float, stage: StageName = "timetable"
    ) -> Solution | None:
        """The solution of least cost in so many seconds; None if none was found in them."""
        goal = Goal("part", cp_model.LinearExpr.sum([factor * self._copy[one] for one, factor in cost]))
        start = {variable: self._values[index] for index, variable in self._copy.items()}
        silent = replace(limits, report=lambda progress: None)
        return solve_goal(self.model, goal, silent, clock, stage, seconds=seconds, start=start)

    def hold(self, cost: Cost) -> None:
        """No solution may cost more by these terms than the values given do."""
        most = sum(factor * self._values[one] for one, factor in cost)
        total = cp_model.LinearExpr.sum([factor * self._copy[one] for one, factor in cost])
        self.model.cp.add_linear_constraint(total, -(2**62), most)

    def whole(self, found: Solution) -> Mapping[int, int]:
        """The values of a solution by the whole model's variables."""
        return {index: found[variable] for index, variable in self._copy.items()}

    def _add(self, row: Row) -> None:
        when = [self._literal(index) for index in row.when]
        if any(literal == 0 for literal in when if isinstance(literal, int)):
            return
        terms = [(self._literal(index), factor) for index, factor in row.terms]
        settled = sum(term * factor for term, factor in terms if isinstance(term, int))
        free = [term * factor for term, factor in terms if not isinstance(term, int)]
        conditions = [literal for literal in when if not isinstance(literal, int)]
        if free:
            total = cp_model.LinearExpr.sum(free)
            added = self.model.cp.add_linear_constraint(
                total, _less(row.low, settled), _less(row.high, settled)
            )
            if conditions:
                added.only_enforce_if(conditions)
        elif conditions and not row.low <= settled <= row.high:
            self.model.cp.add_bool_or([literal.negated() for literal in conditions])

    def _literal(self, index: int) -> Variable:
        copy = self._copy.get(plain(index))
        if copy is None:
            value = self._values[plain(index)]
            return value if index >= 0 else 1 - value
        return copy if index >= 0 else copy.negated()


def _less(end: int, settled: int) -> int:
    """A sum's end with a part taken off; without end it stays so."""
    return end if abs(end) > 2**60 else end - settled
