"""The gaps of a whole season by branch and bound on one model: what pieces cannot prove, and seldom miss."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, inf
from threading import Thread

from scheduler.solver.door import Clock, Limits
from scheduler.solver.goals import Goal
from scheduler.solver.linear import Linear
from scheduler.solver.staffing.model.season import Season

ROUNDING = 1e-4
"""How far above a whole number a bound may lie, as a share, and still be that number."""

MOMENT = 0.1


class Whole:
    """Goal after goal over the whole season, each held once it is proven; in a thread of its own, unless
    reproducible, since the search cannot be interrupted."""

    def __init__(self, season: Season, limits: Limits, clock: Clock) -> None:
        """Nothing is decided yet."""
        self._season, self._limits, self._clock = season, limits, clock
        self._thread: Thread | None = None
        self._values: dict[int, int] | None = None
        self._bounds: list[float] = []

    def begin(self, until: float) -> None:
        """Search until no more than `until` of the time is left."""
        if self._limits.reproducible:
            self._decide(until)
        else:
            self._thread = Thread(target=self._decide, args=(until,), daemon=True)
            self._thread.start()

    def wait(self, until: float) -> None:
        """Wait for the end of the search, until no more than `until` of the time is left."""
        if self._thread is not None:
            self._thread.join(max(MOMENT, self._clock.left - until))

    def take(self) -> None:
        """Let the season have the best values found, if they are better than its own."""
        season, found = self._season, self._values
        if found is None:
            return
        if [_value(goal, found) for goal in season.goals] >= [season.value(goal) for goal in season.goals]:
            return
        before = season.roster
        on_duty = {one for one in season.decisions if found[one]}
        standing = before - frozenset(season.duty_of.values())
        if not season.begin(standing | {season.duty_of[one] for one in on_duty}):
            season.begin(before)

    def raise_to(self, bounds: list[float]) -> None:
        """Raise bounds of the goals, each of which speaks of rosters with those before at theirs."""
        for place, bound in enumerate(tuple(self._bounds)):
            if bound < bounds[place]:
                return
            if bound > bounds[place]:
                bounds[place:] = [bound] + [0.0] * (len(bounds) - place - 1)

    def _decide(self, until: float) -> None:
        season, clock = self._season, self._clock
        season.rows.read()
        everything = range(len(season.built.model.cp.proto.variables))
        search = Linear(season.built.model, season.rows).piece(everything, None)
        for goal in season.goals:
            if clock.left <= until + MOMENT or self._limits.stop.requested:
                return
            constant, terms = goal.cost
            found = search.best(terms, self._limits, clock, clock.left - until)
            least = constant + found.bound
            if least == -inf:
                return
            proven = ceil(least - ROUNDING * (1 + abs(least)))
            self._bounds.append(float(proven))
            if found.values is None or _value(goal, found.values) > proven:
                return
            self._values = dict(found.values)
            search.hold([(one, -factor) for one, factor in terms], constant - proven)


def _value(goal: Goal, values: Mapping[int, int]) -> int:
    constant, terms = goal.cost
    return constant + sum(factor * values[one] for one, factor in terms)
