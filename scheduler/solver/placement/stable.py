"""What no placement without claims can undercut, its cutoffs in whole numbers.

With fractions of cutoffs nobody is wholly barred from anything, and everybody has nearly what it wishes;
where they are whole, choices cost what they must. With them settled the rest is nearly a transportation
problem, so nothing else is asked to be whole. Age groups that share no class are decided one by one: what
ties them (levels held, families, venues) is priced by the dual values of the linear relaxation.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from math import ceil

from ortools.math_opt import model_pb2

from scheduler.domain.seating import fewest
from scheduler.solver.asking import first_order
from scheduler.solver.blocks import Blocks, duals_of
from scheduler.solver.door import Clock, Limits
from scheduler.solver.goals import Goal
from scheduler.solver.linear import Linear
from scheduler.solver.matrix import Matrix
from scheduler.solver.placement.barred import barred
from scheduler.solver.placement.build import Built
from scheduler.solver.placement.flows import Flows
from scheduler.solver.placement.narrowing import no_worse
from scheduler.solver.rows import Rows, Terms, written_out
from scheduler.variables.placement import PlacementVariables

PRICED = 0.75
"""Of the time, what the linear relaxation may take, by whose prices the rest is decided."""

NEAR = 1e-5
"""How near to the least cost its search ends, as a share of it."""

ROUNDS = 3
"""So often it is looked at what follows from what is settled."""

TO_DECIDE, MOST = 5e-4, {False: 100_000, True: 10_000}
"""With fewer seconds a variable, or more variables, cutoffs are not asked to be whole: that search hears of
no limit before its first relaxation is solved, and of none of time where runs are to repeat."""

ROUNDING = 1e-6


class Stable:
    """The hard rules of a season that leaves nobody with a claim, and who is barred from where."""

    def __init__(self, built: Built, rows: Rows, held: Sequence[Goal], values: Sequence[int]) -> None:
        """All that is no worse than these values in the levels held, which places and ranks must be among."""
        x, first = built.x, built.variables
        linear = Linear(built.model, rows, [range(built.hard)])
        linear.tighten(ROUNDS)
        fewest_kept = {key: fewest(x.scenario, x.locks, *key) for key in x.class_weeks}
        least = {key: number for key, number in fewest_kept.items() if number}
        placed = sum(
            seat if isinstance(seat, int) else values[seat.index]
            for key in x.child_weeks
            for seat in x.seats(*key).values()
        )
        bars = barred(x, first, Flows(x).above(least, placed))
        own = bars.number - first
        self._low = [*map(float, linear.ends[0][:first]), *[0.0] * own]
        self._high = [*map(float, linear.ends[1][:first]), *[1.0] * own]
        self._whole, self._block = bars.whole, _blocks(x)
        self._matrix = Matrix()
        self._matrix.take(*linear.constraints())
        for terms, low, high in bars.constraints:
            self._matrix.add({index: float(factor) for index, factor in terms.items()}, low, high)
        for goal in held:
            for row in no_worse(built, goal, values):
                terms, low, high = written_out(row)
                self._matrix.add({index: float(factor) for index, factor in terms.items()}, low, high)

    def bound(self, terms: Terms, limits: Limits, clock: Clock, seconds: float) -> int:
        """What no such placement costs less than by these terms, in so many seconds."""
        until = clock.after(seconds)
        proto = self._proto(terms)
        found = first_order(proto, limits, PRICED * seconds, relative=NEAR, absolute=100 * NEAR)
        clock.spend(PRICED * seconds if limits.reproducible else 0.0)
        prices = duals_of(found)
        duals = [prices.get(row, 0.0) for row in range(len(self._matrix.low))]
        relaxed, error = self._matrix.bound(terms, duals, self._low, self._high)
        bound, left = relaxed - error, clock.left - until
        if left > TO_DECIDE * len(self._low) and len(self._low) < MOST[limits.reproducible]:
            bound = max(bound, self._decided(proto, duals, limits, clock, left))
        return ceil(bound - ROUNDING)

    def _decided(
        self,
        proto: model_pb2.ModelProto,
        duals: Sequence[float],
        limits: Limits,
        clock: Clock,
        seconds: float,
    ) -> float:
        """The same with cutoffs in whole numbers, by these dual values."""
        for index in self._whole:
            proto.variables.integers[index] = True
        blocks = Blocks(proto, [self._block.get(index) for index in range(len(self._low))])
        return blocks.bound(duals, limits, clock, seconds)

    def _proto(self, terms: Terms) -> model_pb2.ModelProto:
        return self._matrix.proto(self._low, self._high, {i: float(f) for i, f in terms}, whole=False)


def _blocks(x: PlacementVariables) -> dict[int, Hashable]:
    """For each seat one of the classes that children tie to its own, the same for all of these."""
    root: dict[str, str] = {}

    def top(class_: str) -> str:
        while (above := root.setdefault(class_, class_)) != class_:
            class_ = above
        return class_

    of_child: dict[str, str] = {}
    for child, week in x.child_weeks:
        for class_ in x.seats(child, week):
            root[top(class_)] = top(of_child.setdefault(child, class_))
    return {
        seat.index: top(of_child[child])
        for child, week in x.child_weeks
        for seat in x.seats(child, week).values()
        if not isinstance(seat, int)
    }
