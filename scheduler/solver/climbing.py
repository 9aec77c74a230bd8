"""Making a solution better a piece at a time: a few decisions anew while the rest stands."""

from __future__ import annotations

from collections.abc import Sequence, Set

from scheduler.solver.cpsat import CpModel
from scheduler.solver.door import Clock, Limits, StageName
from scheduler.solver.excerpt import Excerpt
from scheduler.solver.goals import Infeasible
from scheduler.solver.rows import Rows, Terms

STEPS = 2
"""From the decisions of a piece to the variables that measure them, and on to what those measure."""


class Climb:
    """A solution in all its values, and ever better ones around it."""

    def __init__(
        self,
        model: CpModel,
        rows: Rows,
        decisions: Set[int],
        values: Sequence[int],
        stage: StageName,
        *,
        unheard: range = range(0),
    ) -> None:
        """Start from a solution. Constraints `unheard` are not looked at: what they alone measure is then no
        longer true of the values."""
        self._model, self._rows, self._decisions, self._stage = model, rows, decisions, stage
        self._unheard = unheard
        self._before: dict[int, int] = {}
        self.values = list(values)

    def anew(
        self,
        piece: Set[int],
        terms: Terms,
        held: Sequence[Terms],
        limits: Limits,
        clock: Clock,
        seconds: float,
    ) -> bool:
        """Decide a piece anew, so that it costs least by these terms, and no more than now by the `held`
        ones; whether that made the solution better."""
        inside = self._rows.around(piece, self._decisions, STEPS, self._unheard)
        cost = _within(terms, inside)
        if not cost:
            return False
        excerpt = self._excerpt(inside)
        for other in held:
            excerpt.hold(_within(other, inside))
        before = sum(factor * self.values[index] for index, factor in cost)
        try:
            found = excerpt.best(cost, limits, clock, seconds, self._stage)
        except Infeasible:  # the values break a constraint that was added since
            return False
        if found is None or found.levels[0].value >= before:
            return False
        self._before = {}
        for index, value in excerpt.whole(found).items():
            if self.values[index] != value:
                self._before[index] = self.values[index]
                self.values[index] = value
        return True

    def back(self) -> None:
        """Undo the last piece."""
        for index, value in self._before.items():
            self.values[index] = value
        self._before = {}

    def grow(self, limits: Limits, clock: Clock, seconds: float) -> bool:
        """Give values to variables the model got since; whether the solution allows any."""
        self._rows.read()
        new = set(range(len(self.values), len(self._model.cp.proto.variables)))
        self.values += [0] * len(new)
        if not new:
            return True
        excerpt = self._excerpt(new)
        try:
            found = excerpt.best([], limits, clock, seconds, self._stage)
        except Infeasible:
            return False
        if found is None:
            return False
        for index, value in excerpt.whole(found).items():
            self.values[index] = value
        return True

    def _excerpt(self, inside: Set[int]) -> Excerpt:
        speaking = self._rows.speaking_of(inside)
        rows = [self._rows[number] for number in sorted(speaking) if number not in self._unheard]
        return Excerpt(self._model, inside, rows, self.values)


def _within(terms: Terms, inside: Set[int]) -> list[tuple[int, int]]:
    return [(index, factor) for index, factor in terms if index in inside]
