"""How good a placement is proven to be: the bounds of levels that the search left open."""

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
"""Less time than this is not worth a bound."""


def bounded(
    built: Built, rows: Rows, goals: Sequence[Goal], found: Solution, limits: Limits, clock: Clock
) -> Solution:
    """A solution with the value of every level and the best bound known of it.

    A level's bound speaks of all solutions that are no worse in the levels before it. Levels already told
    keep theirs where it is better.
    """
    told = {level.name: level for level in found.levels}
    open_ones = [goal for goal in goals if goal.name not in told or told[goal.name].gap]
    if not open_ones:
        return found
    relaxation = Relaxation(built.model, rows)
    levels: list[Level] = []
    for goal in goals:
        constant, terms = terms_of(goal)
        value = constant + sum(factor * found.values[index] for index, factor in terms)
        level = told.get(goal.name) or _level(goal, value, constant + _lowest(built, terms))
        if level.gap and clock.left > HASTE and not limits.stop.requested:
            share = clock.left / len(open_ones)
            relaxed = relaxation.least(terms, limits, share, vertex=False)
            if limits.reproducible:
                clock.spend(share)
            level = _better(level, _level(goal, value, min(value, constant + int(relaxed.bound))))
            limits.report(Progress("placement", goal.name, level.value, level.bound))
        open_ones = [one for one in open_ones if one is not goal]
        levels.append(level)
        relaxation.hold(terms, value - constant)
    return replace(found, levels=tuple(levels))


def _level(goal: Goal, value: float, bound: float) -> Level:
    """A level told in its own sense and scale."""
    sign = 1 if goal.sense == "least" else -1
    gap = round(abs(value - bound) / goal.scale / max(1.0, abs(value) / goal.scale), 6)
    return Level(name=goal.name, value=sign * value / goal.scale, bound=sign * bound / goal.scale, gap=gap)


def _better(one: Level, other: Level) -> Level:
    return min(one, other, key=lambda level: level.gap)


def _lowest(built: Built, terms: Sequence[tuple[int, int]]) -> int:
    variables = built.model.cp.proto.variables
    total = 0
    for index, factor in terms:
        ends = list(variables[index].domain)
        total += min(factor * ends[0], factor * ends[-1])
    return total
