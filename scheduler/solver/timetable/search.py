"""Searching the timetable's model."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from math import inf
from typing import NamedTuple

from scheduler.domain.plan import Level
from scheduler.solver.door import Clock, Limits, Progress
from scheduler.solver.levels import Goal, Solution, gap, solve_levels
from scheduler.solver.rows import Rows
from scheduler.solver.summing import Summing
from scheduler.solver.timetable.build import Built
from scheduler.solver.timetable.measures import Measures
from scheduler.solver.timetable.polish import Polish
from scheduler.solver.timetable.start import Start
from scheduler.solver.timetable.weekly import Weekly

WEEKS, DAYS = (0.05, 0.05), (0.4, 0.1)
"""The parts of the time left that are spent on the bound by weeks and by days, each loosely and then in whole
numbers."""

POLISHED, POLISHED_WIDE = 0.6, 1.0
"""The parts of the time then left that are spent on pieces: all in models of more than `WHOLE` decisions, of
which CP-SAT proves nothing."""

WHOLE = 8000

USED = 0.01
"""What of a lesson's sum makes it likely."""


class Bounded(NamedTuple):
    """What no timetable costs less than, and the decisions that one of that cost would be likely to take."""

    least: float
    likely: Set[int]


def search(built: Built, goals: Sequence[Goal], limits: Limits, clock: Clock, first: Start) -> Solution:
    """The best solution by the goals, with their bounds; raises Infeasible or NoPlanInTime."""
    known, goal = first.known, goals[-1]
    if known is None:
        # any plan first: once there is one the limit can be kept
        any_plan = [Goal("any plan", 0)]
        known = solve_levels(built.model, any_plan, limits, clock, "timetable", start=first.hint)
    before: tuple[Level, ...] = ()
    if len(goals) > 1:
        known, before = _earlier(built, goals[:-1], known, limits, clock)
    if isinstance(goal.expression, int):
        cost = goal.expression / goal.scale
        level = Level(name=goal.name, value=cost, bound=cost, gap=0.0)
        return Solution(known.values, (*before, level), limits.stop.requested)
    rows = Rows(built.model)
    measures = Measures(built.model, rows, set(_decisions(built)))
    values, least = _piece_by_piece(built, goal, rows, measures, known, limits, clock)
    if Polish.cost(goal, values) > least and clock.left > 0 and not limits.stop.requested:
        built.model.require(goal.expression >= round(least * goal.scale))
        started = Solution(values, (), False)
        found = solve_levels(built.model, [goal], limits, clock, "timetable", known=started)
        least = max(least, found.levels[-1].bound)
        values = _without_slack(built, measures, found)
    value = Polish.cost(goal, values)
    level = Level(name=goal.name, value=value, bound=least, gap=gap(value, least))
    return Solution(values, (*before, level), limits.stop.requested)


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
    built: Built,
    goal: Goal,
    rows: Rows,
    measures: Measures,
    known: Solution,
    limits: Limits,
    clock: Clock,
) -> tuple[Sequence[int], float]:
    """A solution polished piece by piece, and the least that the season costs."""
    values = _without_slack(built, measures, known)
    least, likely = _bounded(built, goal, rows, limits, clock)
    polish = Polish(built, rows, measures, goal, values, likely)
    limits.report(Progress("timetable", goal.name, polish.value, least))
    share = POLISHED if len(built.decisions) <= WHOLE else POLISHED_WIDE
    polish.improve(least, limits, clock, share * clock.left)
    return polish.values, polish.least


def _bounded(built: Built, goal: Goal, rows: Rows, limits: Limits, clock: Clock) -> Bounded:
    """The bound of the season summed by weeks, then by days, whatever the hour."""
    offset, cost = goal.cost
    least, likely = 0.0, set[int]()
    for by_day, shares in ((False, WEEKS), (True, DAYS)):
        if limits.stop.requested:
            break
        weekly = Weekly(built, by_day=by_day)
        summing = Summing(built.model, rows, weekly.groups, weekly.family)
        for whole, share in zip((False, True), shares, strict=True):
            found = summing.least(cost, limits, clock, share * clock.left, whole=whole)
            least = max(least, (offset + found.bound) / goal.scale)
            if found.sizes is not None:
                sizes = found.sizes
                likely = {one for one in _decisions(built) if sizes.get(weekly.groups[one], 0.0) > USED}
            if found.bound == -inf:
                break  # nor will it be found in whole numbers
    return Bounded(least, likely)


def _decisions(built: Built) -> list[int]:
    """The decisions by their number in the model."""
    return [held.index for held in built.decisions]
