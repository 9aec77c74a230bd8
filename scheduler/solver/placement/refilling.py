"""A placement without claims filled anew while its cutoffs stand.

Which classes are full, and up to which standing, decides who has a claim to what. As long as that stands the
rest is nearly a transportation problem again: most places, earlier ranks and better choices come from its
relaxation, and so does what may still differ for the soft rules. It proves nothing of other cutoffs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scheduler.solver.branching import Branching
from scheduler.solver.door import Clock, Limits
from scheduler.solver.levels import Goal, Solution
from scheduler.solver.placement.build import Built
from scheduler.solver.placement.narrowing import FEW, SELECTIVE, SHORTEST, narrowed
from scheduler.solver.placement.reading import seats_of
from scheduler.solver.placement.settling import Seats
from scheduler.solver.relaxation import Face, Relaxation
from scheduler.solver.rows import Row, Rows, Terms, ends, plain
from scheduler.variables.cutoffs import FULL

USUAL, PACE, GROWTH = 12_000, 2.0, 2.5
"""With so many decisions the simplex method takes so many seconds, and longer by such a power where there are
more: as measured with 12,000 and 52,000."""

ROUNDS = 3
"""So often it is looked at what follows from what is settled: more finds little."""


class Refill:
    """What filling a season's placements anew needs to know."""

    def __init__(
        self,
        built: Built,
        rows: Rows,
        terms: Terms,
        goals: Sequence[Goal],
        number: int,
        limits: Limits,
        clock: Clock,
    ) -> None:
        """Fill anew up to this level; `terms` count places, ranks and positions together, as a cost."""
        self._built, self._rows, self._terms = built, rows, terms
        self._goals, self._number, self._limits, self._clock = goals, number, limits, clock

    def seats(self, known: Solution, seconds: float) -> Seats | None:
        """The best seats found with the cutoffs of a solution, whatever claims bound units are left with;
        None if that takes longer."""
        decisions = sum(len(self._built.x.seats(*key)) for key in self._built.x.child_weeks)
        if seconds < PACE * (decisions / USUAL) ** GROWTH:
            return None
        until = self._clock.left - seconds
        filling = _Filling(self._built, self._rows, known.values)
        relaxation = Relaxation(self._built.model, filling.said, hulls=False, within=filling.ends)
        relaxed = relaxation.exactly(self._terms, self._limits, self._clock.left - until)
        self._clock.spend(seconds / 3 if self._limits.reproducible else 0.0)
        for most in (int(relaxed.bound), sum(f * known.values[index] for index, f in self._terms)):
            face = relaxation.face(relaxed, self._terms, most)
            left = self._clock.left - until
            if len(face.free) > max(FEW, SELECTIVE * self._built.variables) or left < SHORTEST:
                return None
            branching = Branching(
                self._built.model, set(face.free), [*filling.said, *face.tight], face.values
            )
            found = branching.best(self._terms, self._limits, self._clock, left)
            self._clock.spend(seconds / 3 if self._limits.reproducible else 0.0)
            if found.values is not None:
                values = [found.values.get(index, value) for index, value in enumerate(face.values)]
                return self._softer(filling, face, values, self._clock.left - until)
        return None

    def _softer(self, filling: _Filling, face: Face, values: Sequence[int], seconds: float) -> Seats:
        """Of the seats as good as these, the best by the level wanted, if it is a later one."""
        goals, number = self._goals, self._number
        if goals[number].name == "soft":
            held, goal, limits, clock = goals[:number], goals[number], self._limits, self._clock
            best = narrowed(
                self._built, self._rows, face, held, goal, values, limits, clock, seconds, filling.said
            )
            values = values if best is None or best.values is None else best.values
        return seats_of(self._built.x, Solution(values, (), stopped=False))


class _Filling:
    """The hard rules and the claims, with the cutoffs as a solution has them."""

    def __init__(self, built: Built, rows: Rows, values: Sequence[int]) -> None:
        """Settle the cutoffs, and what follows from them."""
        variables = built.model.cp.proto.variables
        self._low, self._high = ends(variables)
        for index in range(len(self._low)):
            if variables[index].name.startswith(FULL):
                self._low[index] = self._high[index] = values[index]
        said: Iterable[Row] = (
            rows[number] for number in range(len(rows)) if not built.hard <= number < built.before_claims
        )
        for _ in range(ROUNDS):
            said = list(self._open(said))
        self.said: Sequence[Row] = list(said)

    @property
    def ends(self) -> tuple[Sequence[int], Sequence[int]]:
        """The least and the greatest value of each variable."""
        return self._low, self._high

    def _open(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The constraints that what is settled does not see to; one that leaves a variable no choice settles
        it."""
        low, high = self._low, self._high
        for row in rows:
            if row.when:
                when = [index for index in row.when if not self._holds(index)]
                if any(self._fails(index) for index in when):
                    continue
                row = Row(tuple(when), row.terms, row.low, row.high)
            least = sum(self._least(index, factor) for index, factor in row.terms)
            most = sum(-self._least(index, -factor) for index, factor in row.terms)
            if least >= row.low and most <= row.high:
                continue
            if row.when:
                if len(row.when) == 1 and (least > row.high or most < row.low):
                    index = row.when[0]
                    low[plain(index)] = high[plain(index)] = int(index < 0)
                    continue
            else:
                for index, factor in row.terms:
                    one = plain(index)
                    if low[one] == 0 and high[one] == 1:
                        if most - abs(factor) < row.low:
                            low[one] = high[one] = int((factor > 0) == (index >= 0))
                        elif least + abs(factor) > row.high:
                            low[one] = high[one] = int((factor < 0) == (index >= 0))
            yield row

    def _least(self, index: int, factor: int) -> int:
        low, high = self._low[plain(index)], self._high[plain(index)]
        if index < 0:
            low, high = 1 - high, 1 - low
        return factor * (low if factor > 0 else high)

    def _holds(self, index: int) -> bool:
        one = plain(index)
        return self._low[one] == self._high[one] == int(index >= 0)

    def _fails(self, index: int) -> bool:
        one = plain(index)
        return self._low[one] == self._high[one] == int(index < 0)
