"""Searching the timetable's model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scheduler.domain.plan import Level
from scheduler.solver.door import Clock, Limits, Progress, Stop
from scheduler.solver.levels import Goal, Solution, gap, solve_levels
from scheduler.solver.rows import rows_of
from scheduler.solver.timetable.build import Built
from scheduler.solver.timetable.parts import Parts
from scheduler.solver.timetable.polish import Polish
from scheduler.solver.timetable.start import Start

BOUNDING, POLISHING = 0.3, 0.85
"""The parts of the time left that are spent on the bound by classes, and then on polishing."""


def search(built: Built, goals: Sequence[Goal], limits: Limits, clock: Clock, first: Start) -> Solution:
    """The best solution by the goals, with their bounds; raises Infeasible or NoPlanInTime."""
    known = first.known
    if known is None:
        # any plan first: once there is one the limit can be kept
        any_plan = [Goal("any plan", 0)]
        known = solve_levels(built.model, any_plan, limits, clock, "timetable", start=first.hint)
    least = 0.0
    if len(goals) == 1 and first.known is not None and not isinstance(goals[0].expression, int):
        known, least = _part_by_part(built, goals[0], known, limits, clock)
        if known.levels[0].value <= least:
            return Solution(known.values, (_above(known.levels[0], least),), known.stopped)
        built.model.require(goals[0].expression >= round(least * goals[0].scale))
    started = Solution(known.values, (), known.stopped)
    found = solve_levels(built.model, goals, limits, clock, "timetable", known=started)
    levels = tuple(_above(level, least if level.name == goals[-1].name else 0.0) for level in found.levels)
    return _without_slack(built, goals, Solution(found.values, levels, found.stopped), limits)


def _part_by_part(
    built: Built, goal: Goal, known: Solution, limits: Limits, clock: Clock
) -> tuple[Solution, float]:
    """A solution polished piece by piece, and the least that the season costs by its classes or its weeks,
    each for itself: bounds that the whole model is slow to find."""
    rows = rows_of(built.model)
    by_class, by_week = Parts(built, rows, lambda row: row.class_), Parts(built, rows, lambda row: row.week)
    pieces, least, values = Polish(built, rows, goal), 0.0, known.values
    if len(by_class.names) > 1:
        least = by_class.least(goal, values, limits, clock, BOUNDING * clock.left)
    limits.report(Progress("timetable", goal.name, pieces.value(values), least))
    values = pieces.best(known, least, limits, clock, POLISHING * clock.left).values
    if len(by_week.names) > 1 and pieces.value(values) > least:
        least = max(least, by_week.least(goal, values, limits, clock, clock.left / 2))
        limits.report(Progress("timetable", goal.name, pieces.value(values), least))
    value = pieces.value(values)
    level = Level(name=goal.name, value=value, bound=least, gap=0.0)
    return Solution(values, (level,), limits.stop.requested), least


def _above(level: Level, least: float) -> Level:
    """The level with the better bound of the two; `least` is 0 or more, as amounts and costs are, even where
    the search has not yet proven that."""
    bound = max(least, level.bound)
    return level.model_copy(update={"bound": bound, "gap": gap(level.value, bound)})


def _without_slack(built: Built, goals: Sequence[Goal], solution: Solution, limits: Limits) -> Solution:
    """The same decisions, the variables that only measure them as low as they can be.

    An unproven solution may count more than its decisions cost.
    """
    if not solution.levels[-1].gap:
        return solution
    for held in built.decisions:
        domain = built.model.cp.proto.variables[held.index].domain
        domain[0] = domain[1] = solution[held]
    at_once = replace(limits, workers=1, stop=Stop(), report=lambda progress: None, reproducible=True)
    tight = solve_levels(built.model, goals[-1:], at_once, Clock(at_once), "timetable")
    level = solution.levels[-1]
    value = tight.levels[-1].value
    true = level.model_copy(update={"value": value, "gap": gap(value, level.bound)})
    levels = (*solution.levels[:-1], true)
    return Solution(tight.values, levels, solution.stopped)
