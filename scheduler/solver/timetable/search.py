"""Searching the timetable's model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scheduler.domain.plan import Level
from scheduler.solver.door import Clock, Limits, Progress
from scheduler.solver.goals import Goal, Solution, gap
from scheduler.solver.levels import solve_levels
from scheduler.solver.linear import Linear
from scheduler.solver.rows import Rows
from scheduler.solver.timetable.bounding import Bounds
from scheduler.solver.timetable.build import Built
from scheduler.solver.timetable.measures import Measures
from scheduler.solver.timetable.polish import Polish
from scheduler.solver.timetable.pricing.apart import Apart
from scheduler.solver.timetable.start import Start

AHEAD = 0.4
"""The part of the time left after which branch and bound on a whole season begins: from what pieces have come
to by then."""

LATE = 3.0
"""Seconds that a search beside may be late: what it has found by then is worth them."""


def search(
    built: Built,
    goals: Sequence[Goal],
    limits: Limits,
    clock: Clock,
    first: Start,
    apart: Apart | None = None,
) -> Solution:
    """The best solution by the goals, with their bounds (by prices too, where there may be such a one);
    raises Infeasible or NoPlanInTime."""
    known, goal = first.known, goals[-1]
    if known is None:
        # any plan first: once there is one the limit can be kept
        any_plan = [Goal("any plan", 0)]
        known = solve_levels(built.model, any_plan, limits, clock, "timetable", start=first.hint)
    before: tuple[Level, ...] = ()
    rows, measures = first.rows, first.measures
    if len(goals) > 1:
        known, before = _earlier(built, goals[:-1], known, limits, clock)
        rows = Rows(built.model)  # with what holds the earlier levels
        measures = Measures(built.model, rows, set(_decisions(built)))
    if isinstance(goal.expression, int):
        cost = goal.expression / goal.scale
        level = Level(name=goal.name, value=cost, bound=cost, gap=0.0)
        return Solution(known.values, (*before, level), limits.stop.requested)
    values = known.values
    if known is not first.known:
        values = _without_slack(built, measures, known)
    bounds = Bounds(built, goal, rows, Linear(built.model, rows), apart=apart)
    values, least = _piece_by_piece(bounds, measures, values, limits, clock)
    value = Polish.cost(goal, values)
    level = Level(name=goal.name, value=value, bound=least, gap=gap(value, least))
    return Solution(values, (*before, level), limits.stop.requested)


def polished(built: Built, goal: Goal, limits: Limits, clock: Clock, first: Start) -> tuple[Solution, float]:
    """A solution at least as good as the first one by the goal, without a bound, and how much less it costs:
    so much is reported too. Raises Infeasible or NoPlanInTime where the first one breaks a rule."""
    known = first.known
    if known is None:
        any_plan = [Goal("any plan", 0)]
        known = solve_levels(built.model, any_plan, limits, clock, "timetable", start=first.hint)
        values = _without_slack(built, first.measures, known)
    else:
        values = known.values
    if isinstance(goal.expression, int):
        return Solution(values, (), limits.stop.requested), 0.0
    linear = Linear(built.model, first.rows)
    before = Polish.cost(goal, values)

    def report(progress: Progress) -> None:
        limits.report(replace(progress, value=before - (progress.value or 0.0)))

    polish = Polish(built, linear, first.measures, goal, values, Bounds(built, goal, first.rows, linear))
    polish.improve(replace(limits, report=report), clock)
    return Solution(polish.values, (), limits.stop.requested), before - polish.value


def _earlier(
    built: Built, goals: Sequence[Goal], known: Solution, limits: Limits, clock: Clock
) -> tuple[Solution, tuple[Level, ...]]:
    """The levels before the last, in half of the time."""
    part = replace(limits, seconds=clock.left / 2)
    started = Solution(known.values, (), known.stopped)
    spent = Clock(part)
    found = solve_levels(built.model, goals, part, spent, "timetable", known=started)
    clock.spend(part.seconds - spent.left)
    return found, found.levels


def _without_slack(built: Built, measures: Measures, found: Solution) -> Sequence[int]:
    """The same decisions, the variables that only measure them as low as they can be: an unproven solution
    may count more than its decisions cost."""
    return measures.completed({held.index: found[held] for held in built.decisions}) or found.values


def _piece_by_piece(
    bounds: Bounds, measures: Measures, values: Sequence[int], limits: Limits, clock: Clock
) -> tuple[Sequence[int], float]:
    """A solution polished piece by piece, and the least that the season costs."""
    goal = bounds.goal
    polish = Polish(bounds.built, bounds.linear, measures, goal, values, bounds)
    limits.report(Progress("timetable", goal.name, polish.value, None))
    beside = None
    if bounds.is_wide and not limits.reproducible and not limits.stop.requested:
        # the first bound of a wide season takes long, and the smallest pieces need nothing of it
        beside = bounds.beside(limits, clock, from_first=True)
    else:
        bounds.first(limits, clock)
        limits.report(Progress("timetable", goal.name, polish.value, bounds.least))
        if polish.value <= polish.least:
            return polish.values, polish.least
        part = replace(limits, seconds=AHEAD * clock.left)
        ahead = Clock(part)
        polish.improve(part, ahead)
        if limits.reproducible:
            clock.spend(part.seconds - ahead.left)
            bounds.better(limits, clock, clock.left / 2, polish.values.copy())
        elif not polish.is_over(limits, clock):
            beside = bounds.beside(limits, clock, polish.values.copy())
    polish.improve(limits, clock, beside)
    if beside is not None:
        while beside.is_alive() and not polish.is_over(limits, clock):
            beside.join(0.5)
        if polish.value > polish.least and not limits.stop.requested:
            beside.join(LATE)
    polish.improve(limits, clock)  # from what was found beside at last, if that is better
    return polish.values, polish.least


def _decisions(built: Built) -> list[int]:
    """The decisions by their number in the model."""
    return [held.index for held in built.decisions]
