"""Making a solution better a piece at a time: a few decisions anew while the rest stands."""

from __future__ import annotations

from collections.abc import Sequence, Set

from scheduler.solver.cpsat import CpModel
from scheduler.solver.door import Clock, Limits, StageName
from scheduler.solver.excerpt import Excerpt
from scheduler.solver.relaxation import Terms
from scheduler.solver.rows import Rows

STEPS = 2
"""From the decisions of a piece to the variables that measure them, and on to what those measure."""

LARGEST = 2**50
"""Beyond which a search reckons no longer exactly: later levels are then left to another time."""


class Climb:
    """A solution in all its values, and ever better ones around it."""

    def __init__(
        self, model: CpModel, rows: Rows, decisions: Set[int], values: Sequence[int], stage: StageName
    ) -> None:
        """Start from a solution."""
        self._model, self._rows, self._decisions, self._stage = model, rows, decisions, stage
        self.values = list(values)

    def value(self, terms: Terms) -> int:
        """What the solution costs by these terms."""
        return sum(factor * self.values[index] for index, factor in terms)

    def anew(
        self,
        piece: Set[int],
        levels: Sequence[Terms],
        held: Sequence[Terms],
        limits: Limits,
        clock: Clock,
        seconds: float,
    ) -> bool:
        """Decide a piece anew, as well as can be by the levels in their strict order, none of the `held` ones
        costing more than now; whether that made the solution better."""
        inside = self._rows.around(piece, self._decisions, STEPS)
        cost = self._blended([_within(terms, inside) for terms in levels])
        if not cost:
            return False
        rows = [self._rows[number] for number in sorted(self._rows.speaking_of(inside))]
        excerpt = Excerpt(self._model, inside, rows, self.values)
        for terms in held:
            excerpt.hold(_within(terms, inside))
        before = self.value(cost)
        found = excerpt.best(cost, limits, clock, seconds, self._stage)
        if found is None or found.levels[0].value >= before:
            return False
        for index, value in excerpt.whole(found).items():
            self.values[index] = value
        return True

    def _blended(self, levels: Sequence[Terms]) -> list[tuple[int, int]]:
        """One cost for several levels: each weighs more than all that the later ones can differ."""
        weight, cost = 1, dict[int, int]()
        for terms in reversed(levels):
            spread = sum(abs(factor) * self._range(index) for index, factor in terms)
            if weight * (spread + 1) > LARGEST and weight > 1:
                weight, cost = 1, {}  # too much for one search: the earlier levels come first
            for index, factor in terms:
                cost[index] = cost.get(index, 0) + factor * weight
            weight *= spread + 1
        return sorted((index, factor) for index, factor in cost.items() if factor)

    def _range(self, index: int) -> int:
        ends = list(self._model.cp.proto.variables[index].domain)
        return int(ends[-1]) - int(ends[0])


def _within(terms: Terms, inside: Set[int]) -> list[tuple[int, int]]:
    return [(index, factor) for index, factor in terms if index in inside]
