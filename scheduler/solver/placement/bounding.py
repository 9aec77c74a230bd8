"""How good a placement is proven to be: the bounds of levels by linear programming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scheduler.domain.plan import Level
from scheduler.solver.door import Clock, Limits, Progress
from scheduler.solver.goals import Goal, Solution, gap
from scheduler.solver.placement.build import Built
from scheduler.solver.relaxation import Relaxation
from scheduler.solver.rows import Rows

HASTE = 0.05
"""Seconds too few for a bound."""

TO_MAKE = 4e-4
"""Seconds a constraint below which there is no time for the relaxation with all claims."""


TO_STATE = 5e-5
"""Seconds a constraint below which there is no time for one without claims either."""


class Bounds:
    """The bounds of one level after the other, each of solutions that are no worse in those before it.

    A relaxation of everything is many times as large as one of the hard rules alone, and bounds little more
    where only places are counted. So a level is bounded by as little as speaks of it first, and by more only
    if that bound is not reached.
    """

    def __init__(
        self, built: Built, rows: Rows, limits: Limits, clock: Clock, *, with_points: bool = False
    ) -> None:
        """Relax a model as its rows have it now; `with_points` where solutions need not be free of claims."""
        self._with_points = with_points
        self._built, self._rows, self._limits, self._clock = built, rows, limits, clock
        self._all = len(rows)
        self._relaxations: dict[int, Relaxation] = {}
        self._held: list[tuple[list[tuple[int, int]], int]] = []
        self._placed: dict[int, int] = {}
        """By rank, the child-weeks that every solution from now on places."""
        self.point: Sequence[int] | None = None

    def level(self, goal: Goal, values: Sequence[int], seconds: float, implied: int | None = None) -> Level:
        """A level as these values have it, bounded in about so many seconds and by what earlier levels
        imply; `point` is then the best solution found that uses what the relaxation uses (whatever claims
        it leaves), or None."""
        constant, terms = goal.cost
        value = value_of(goal, values)
        bound, self.point = constant + self._lowest(terms), None
        bound = bound if implied is None else max(bound, implied)
        until = self._clock.after(seconds)
        for size in self._sizes(goal):
            left = self._clock.left - until
            needed = size * TO_MAKE if size > self._built.before_claims else HASTE + size * TO_STATE
            if bound >= value or left < needed or self._limits.stop.requested:
                break
            relaxation = self._relaxation(size)
            left = self._clock.left - until
            if left < HASTE:
                break  # to state it took the time there was
            found = relaxation.least(terms, self._limits, left)
            self._clock.spend(left / 2 if self._limits.reproducible else 0.0)
            bound = max(bound, constant + int(found.bound))
            if self._with_points and bound < value and size == self._sizes(goal)[0]:
                left = self._clock.left - until
                self.point = relaxation.whole(found, terms, self._limits, left)
                self._clock.spend(left / 2 if self._limits.reproducible else 0.0)
        told = level_told(goal, value, min(value, bound))
        self._limits.report(Progress("placement", goal.name, told.value, told.bound))
        return told

    def hold(self, goal: Goal, values: Sequence[int]) -> None:
        """From now on this level is no worse than these values have it."""
        constant, terms = goal.cost
        self._held.append((terms, value_of(goal, values) - constant))
        name, _, rank = goal.name.partition("_")
        if name == "rank" and rank.isdecimal():
            self._placed[int(rank)] = -value_of(goal, values)
        for relaxation in self._relaxations.values():
            relaxation.hold(*self._held[-1])

    def _lowest(self, terms: Sequence[tuple[int, int]]) -> int:
        """What cannot be undercut, looking only at ranges, at the places held by rank (each at the seat that
        costs its child least), and at that a child has one seat a week."""
        x, variables, factors = self._built.x, self._built.model.cp.proto.variables, dict(terms)
        costs: dict[int, list[int]] = {}
        for child, week in x.child_weeks:
            seats = x.seats(child, week).values()
            least = min(0 if isinstance(seat, int) else factors.pop(seat.index, 0) for seat in seats)
            costs.setdefault(x.standings.rank(child), []).append(least)
        total = 0
        for rank, of_rank in costs.items():
            of_rank.sort()
            placed = self._placed.get(rank, 0)
            # nobody else need be placed, but where that pays
            total += sum(of_rank[:placed]) + sum(cost for cost in of_rank[placed:] if cost < 0)
        for index, factor in factors.items():
            ends = list(variables[index].domain)
            total += min(factor * ends[0], factor * ends[-1])
        return total

    def _sizes(self, goal: Goal) -> list[int]:
        """The numbers of constraints to relax, in turn."""
        first = self._built.before_claims if goal.name == "soft" else self._built.hard
        return sorted({first, self._all} if self._all > self._built.before_claims else {first})

    def _relaxation(self, size: int) -> Relaxation:
        if size not in self._relaxations:
            found = Relaxation(self._built.model, (self._rows[number] for number in range(size)))
            for held in self._held:
                found.hold(*held)
            self._relaxations[size] = found
        return self._relaxations[size]


def bounded(built: Built, goals: Sequence[Goal], found: Solution, limits: Limits, clock: Clock) -> Solution:
    """A solution of all levels with better bounds of those it leaves open."""
    left = sum(1 for level in found.levels if level.gap)
    if not left:
        return found
    bounds = Bounds(built, Rows(built.model), limits, clock)
    levels: list[Level] = []
    for goal, told in zip(goals, found.levels, strict=True):
        level = told
        if told.gap:
            level = min(told, bounds.level(goal, found.values, clock.left / left), key=lambda row: row.gap)
            left -= 1
        levels.append(level)
        bounds.hold(goal, found.values)
    return replace(found, levels=tuple(levels))


def value_of(goal: Goal, values: Sequence[int]) -> int:
    """What values cost by a goal."""
    constant, terms = goal.cost
    return constant + sum(factor * values[index] for index, factor in terms)


def cost_of(goal: Goal, told: float) -> int:
    """A value or a bound of a level, as told, as a cost."""
    return round((1 if goal.sense == "least" else -1) * told * goal.scale)


def level_told(goal: Goal, value: float, bound: float) -> Level:
    """A cost and its bound as a level, in the goal's own sense and scale."""
    sign = 1 if goal.sense == "least" else -1
    told, at_best = sign * value / goal.scale, sign * bound / goal.scale
    return Level(name=goal.name, value=told, bound=at_best, gap=gap(told, at_best))
