"""Searching the timetable's model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scheduler.domain.plan import Level
from scheduler.solver.cpsat import Goal, Solution, solve_levels
from scheduler.solver.door import Clock, Limits, Stop
from scheduler.solver.timetable.build import Built
from scheduler.solver.timetable.start import Start


def search(built: Built, goals: Sequence[Goal], limits: Limits, clock: Clock, first: Start) -> Solution:
    """The best solution by the goals, with their bounds; raises Infeasible or NoPlanInTime."""
    if first.known is not None:
        known = Solution(first.known.values, (), first.known.stopped)
        found = solve_levels(built.model, goals, limits, clock, "timetable", known=known)
        levels = found.levels
    else:
        # any plan first: once there is one the limit can be kept
        in_order = [Goal("any plan", 0), *goals]
        found = solve_levels(built.model, in_order, limits, clock, "timetable", start=first.hint)
        levels = found.levels[1:]
    levels = tuple(_not_below_nothing(level) for level in levels)
    return _without_slack(built, goals, Solution(found.values, levels, found.stopped), limits)


def _not_below_nothing(level: Level) -> Level:
    """Amounts, and so costs, are never negative, even where the search has not yet proven that."""
    bound = max(0.0, level.bound)
    gap = round(abs(level.value - bound) / max(1.0, abs(level.value)), 6)
    return level.model_copy(update={"bound": bound, "gap": gap})


def _without_slack(built: Built, goals: Sequence[Goal], solution: Solution, limits: Limits) -> Solution:
    """The same decisions, the variables that only measure them as low as they can be.

    An unproven solution may count more than its decisions cost.
    """
    if not solution.levels[-1].gap:
        return solution
    for held in built.decisions:
        built.model.require(held == solution[held])
    at_once = replace(limits, workers=1, stop=Stop(), report=lambda progress: None, reproducible=True)
    tight = solve_levels(built.model, goals[-1:], at_once, Clock(at_once), "timetable")
    level = solution.levels[-1]
    value = tight.levels[-1].value
    gap = round(abs(value - level.bound) / max(1.0, abs(value)), 6)
    levels = (*solution.levels[:-1], level.model_copy(update={"value": value, "gap": gap}))
    return Solution(tight.values, levels, solution.stopped)
