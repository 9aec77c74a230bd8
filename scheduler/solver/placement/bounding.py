"""How good a placement is proven to be: the bounds of levels by linear programming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scheduler.domain.plan import Level
from scheduler.solver.door import Clock, Limits, Progress
from scheduler.solver.levels import Goal, Solution, terms_of
from scheduler.solver.placement.build import Built
from scheduler.solver.relaxation import Relaxation
from scheduler.solver.rows import Rows

HASTE = 0.05
"""Seconds too few for a bound."""


class Bounds:
    """The bounds of one level after the other, each of solutions that are no worse in those before it."""

    def __init__(self, built: Built, rows: Rows, limits: Limits, clock: Clock) -> None:
        """Relax a model as its rows have it now."""
        self._built, self._limits, self._clock = built, limits, clock
        self._relaxation = Relaxation(built.model, rows)
        self.point: Sequence[float] | None = None

    def level(self, goal: Goal, values: Sequence[int], seconds: float) -> Level:
        """A level as these values have it, bounded in so many seconds; `point` is then where the relaxation
        is best, or None."""
        constant, terms = terms_of(goal)
        value = value_of(goal, values)
        bound, self.point = constant + _lowest(self._built, terms), None
        if bound < value and seconds > HASTE and not self._limits.stop.requested:
            relaxed = self._relaxation.least(terms, self._limits, seconds, vertex=False)
            if self._limits.reproducible:
                self._clock.spend(seconds)
            bound, self.point = max(bound, constant + int(relaxed.bound)), relaxed.point
        found = level_told(goal, value, min(value, bound))
        self._limits.report(Progress("placement", goal.name, found.value, found.bound))
        return found

    def hold(self, goal: Goal, values: Sequence[int]) -> None:
        """From now on this level is no worse than these values have it."""
        constant, terms = terms_of(goal)
        self._relaxation.hold(terms, value_of(goal, values) - constant)


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
    constant, terms = terms_of(goal)
    return constant + sum(factor * values[index] for index, factor in terms)


def level_told(goal: Goal, value: float, bound: float) -> Level:
    """A cost and its bound as a level, in the goal's own sense and scale."""
    sign = 1 if goal.sense == "least" else -1
    gap = round(abs(value - bound) / goal.scale / max(1.0, abs(value) / goal.scale), 6)
    return Level(name=goal.name, value=sign * value / goal.scale, bound=sign * bound / goal.scale, gap=gap)


def _lowest(built: Built, terms: Sequence[tuple[int, int]]) -> int:
    variables = built.model.cp.proto.variables
    total = 0
    for index, factor in terms:
        ends = list(variables[index].domain)
        total += min(factor * ends[0], factor * ends[-1])
    return total
