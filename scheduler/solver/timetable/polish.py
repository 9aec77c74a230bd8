"""Making a timetable better a piece at a time: a class, a day or a week anew while the rest stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.solver.door import Clock, Limits, Progress
from scheduler.solver.excerpt import Excerpt
from scheduler.solver.levels import Goal, Solution
from scheduler.solver.rows import Row
from scheduler.solver.timetable.build import Built
from scheduler.solver.timetable.parts import made_from

SHORTEST = 0.5
"""Seconds that any piece is given while there are as many."""


class Polish:
    """Pieces of a model, each solved with all else as the best solution so far has it."""

    def __init__(self, built: Built, rows: Sequence[Row], goal: Goal) -> None:
        """Know which variables change with each piece."""
        self._model, self._rows, self._goal = built.model, rows, goal
        self._offset, self._cost = goal.cost
        sources = made_from(built, rows)
        self._pieces = []
        for piece in _pieces(built):
            for index, made in sources.items():
                if not piece.isdisjoint(made):
                    piece.add(index)
            self._pieces.append(piece)
        self._touching = [
            [row for row in rows if not piece.isdisjoint(row.variables)] for piece in self._pieces
        ]

    def best(self, known: Solution, least: float, limits: Limits, clock: Clock, seconds: float) -> Solution:
        """The solution after round upon round of pieces, until one changes nothing, the bound is reached, or
        the time is up."""
        until = max(0.0, clock.left - seconds)
        values, better = list(known.values), True
        while better:
            better = False
            for number in range(len(self._pieces)):
                left = clock.left - until
                if limits.stop.requested or left <= 0 or self.value(values) <= least:
                    return Solution(values, (), limits.stop.requested)
                share = min(left, max(SHORTEST, 2 * left / (len(self._pieces) - number)))
                if self._anew(number, values, limits, clock, share):
                    better = True
                    limits.report(Progress("timetable", self._goal.name, self.value(values), least))
        return Solution(values, (), limits.stop.requested)

    def value(self, values: Sequence[int]) -> float:
        """What a solution costs."""
        return (self._offset + sum(factor * values[one] for one, factor in self._cost)) / self._goal.scale

    def _anew(self, number: int, values: list[int], limits: Limits, clock: Clock, seconds: float) -> bool:
        """Decide one piece anew; whether that made the values better."""
        piece = self._pieces[number]
        cost = [(one, factor) for one, factor in self._cost if one in piece]
        excerpt = Excerpt(self._model, piece, self._touching[number], values)
        found = excerpt.best(cost, limits, clock, seconds)
        before = sum(factor * values[one] for one, factor in cost)
        if found is None or found.levels[0].value >= before:
            return False
        for index, value in excerpt.whole(found).items():
            values[index] = value
        return True


def _pieces(built: Built) -> Iterator[set[int]]:
    """The decisions of each class, then those of each day, then those of each week."""
    kinds: list[dict[object, set[int]]] = [{}, {}, {}]
    for row in built.undecided:
        for kind, name in zip(kinds, (row.class_, row.date, row.week), strict=True):
            kind.setdefault(name, set()).add(row.held.index)
    for kind in kinds:
        yield from kind.values()
