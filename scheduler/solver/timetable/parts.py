"""The parts of a season, its weeks or classes, and what it costs at least, part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import floor

from scheduler.solver.cpsat import CpModel
from scheduler.solver.door import Clock, Limits
from scheduler.solver.excerpt import Excerpt
from scheduler.solver.levels import Goal
from scheduler.solver.rows import Row, Terms
from scheduler.solver.timetable.build import Built
from scheduler.variables.lessons import Departure, Lesson

FEW = 2
"""Workers for a part: its bound is soon told by linear programming, and more workers only delay that."""


class Parts:
    """A model's variables by week, or by class. What spans several parts belongs to none.

    A variable that measures belongs to the part of all that it is made from.
    """

    def __init__(
        self, built: Built, rows: Sequence[Row], part_of: Callable[[Lesson | Departure], str]
    ) -> None:
        """Tell for each variable and constraint which part it lies in."""
        self.model = built.model
        self._of: dict[int, str | None] = {row.held.index: part_of(row) for row in built.undecided}
        self.names = tuple(dict.fromkeys(self._of.values()))
        for index, sources in made_from(built, rows).items():
            parts = {self._of.get(source) for source in sources}
            self._of[index] = parts.pop() if len(parts) == 1 else None
        self._rows: dict[str | None, list[Row]] = {}
        for row in rows:
            within = {self._of.get(index) for index in row.variables}
            if len(within) == 1:
                self._rows.setdefault(within.pop(), []).append(row)

    def least(self, goal: Goal, values: Sequence[int], limits: Limits, clock: Clock, seconds: float) -> float:
        """What the season costs at least: each part for itself, with nothing that spans parts counted.

        Exact as a bound: leaving out constraints can only lower the cost, and the parts share no variable.
        """
        offset, cost = goal.cost
        costs: dict[str | None, list[tuple[int, int]]] = {}
        for index, factor in cost:
            costs.setdefault(self._of.get(index), []).append((index, factor))
        total = float(offset) + _lowest(self.model, costs.pop(None, []))
        until = max(0.0, clock.left - seconds)
        few = replace(limits, workers=min(FEW, limits.workers))
        for number, (name, terms) in enumerate(costs.items()):
            share = (clock.left - until) / (len(costs) - number)
            lowest = _lowest(self.model, terms)
            if not limits.stop.requested and share > 0:
                inside = {index for index, part in self._of.items() if part == name}
                alone = Excerpt(self.model, inside, self._rows.get(name, []), values)
                for searched in (few, limits):  # the portfolio proves what programming alone does not
                    found = alone.best(terms, searched, clock, share / 2)
                    if found is not None:
                        lowest = max(lowest, floor(found.levels[0].bound + 1e-6))
                        if found.levels[0].gap == 0:
                            break
            total += lowest
        return max(0.0, total) / goal.scale


def made_from(built: Built, rows: Sequence[Row]) -> Mapping[int, set[int]]:
    """For each variable that measures, in their order, those that it is made from.

    They are those of the constraints whose last variable it is: variables are made after their sources.
    """
    decided = {held.index for held in built.decisions}
    sources: dict[int, set[int]] = {}
    for row in rows:
        variables = row.variables
        last = max(variables, default=-1)
        if last >= 0 and last not in decided:
            sources.setdefault(last, set()).update(variables - {last})
    return dict(sorted(sources.items()))


def _lowest(model: CpModel, cost: Terms) -> int:
    total = 0
    for index, factor in cost:
        ends = list(model.cp.proto.variables[index].domain)
        total += min(factor * ends[0], factor * ends[-1])
    return total
