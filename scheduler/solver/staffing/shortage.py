"""Rosters with the fewest gaps, and replanning with the fewest changes, before any soft rule is looked at.

Weeks are tied to one another by limits of the season alone. So each is solved by itself, and where the
weeks together break no rule that is proven best; else the whole season is solved at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from scheduler.domain.plan import Level
from scheduler.solver.door import Clock, Limits, Progress
from scheduler.solver.levels import solve_levels
from scheduler.solver.staffing.greedy import first_roster
from scheduler.solver.staffing.model.improve import Roster, without_extras
from scheduler.solver.staffing.model.task import Task

SHARE = 0.5
"""Of the stage's time, at most."""


@dataclass(frozen=True)
class Start:
    """A roster, and how good it is in the levels before the soft rules."""

    roster: Roster
    levels: tuple[Level, ...]


def fewest_gaps(task: Task, clock: Clock) -> Start:
    """A roster with the fewest gaps; a simple one will do where it has none. Raises Infeasible."""
    simple = _simple(task)
    names = [goal.name for goal in task.goals(task.build(free=()))]
    sound = not task.breaks_rules(simple)
    if sound and (task.request.limits.stop.requested or not any(task.levels(simple))):
        return Start(simple, _levels(task, names, simple, list(task.levels(simple))))
    until = clock.left * (1 - SHARE)
    roster, slack = _week_by_week(task, clock, simple, until)
    if task.breaks_rules(roster):
        return _at_once(task, clock, simple, until)
    if sound and task.levels(simple) <= task.levels(roster):
        roster = simple
    return Start(_lean(task, roster), _levels(task, names, roster, slack))


def _simple(task: Task) -> Roster:
    """The previous plan's duties as far as they are possible, else what a simple hand would do."""
    previous = task.request.previous
    if previous is not None:
        return task.known | (frozenset(task.possible) & frozenset(previous.duties))
    return task.known | frozenset(first_roster(task.build().x, task.posts))


def _week_by_week(task: Task, clock: Clock, simple: Roster, until: float) -> tuple[Roster, list[float]]:
    """All weeks' rosters together, and by level how far they may be from the best."""
    week_of = task.scenario.week_of
    weeks = [w for w in task.scenario.weeks if any(week_of(duty.date) == w for duty in task.possible)]
    roster, slack = task.known, [0.0] * len(task.levels(task.known))
    for number, week in enumerate(weeks):
        free = frozenset(duty for duty in task.possible if week_of(duty.date) == week)
        at = [post for post in task.posts if week_of(post.date) == week]
        built = task.build(free=free, roster=task.known, at=at)
        goals = tuple(task.goals(built))
        seconds = max(0.0, clock.left - until) / (len(weeks) - number)
        limits = _quiet(replace(task.request.limits, seconds=seconds))
        first = built.completed(simple, built.model.total(goal.expression for goal in goals))
        part = Clock(limits)
        solution = solve_levels(built.model, goals, limits, part, "staffing", start=first)
        clock.spend(limits.seconds - part.left if limits.reproducible else 0.0)
        roster |= built.roster(solution)
        slack = [sum_ + level.value - level.bound for sum_, level in zip(slack, solution.levels, strict=True)]
    return roster, slack


def _at_once(task: Task, clock: Clock, simple: Roster, until: float) -> Start:
    """The whole season in one model."""
    built = task.build()
    goals = tuple(task.goals(built))
    limits = replace(task.request.limits, seconds=max(0.0, clock.left - until))
    first = built.completed(simple, built.model.total(goal.expression for goal in goals))
    part = Clock(limits)
    solution = solve_levels(built.model, goals, limits, part, "staffing", start=first)
    clock.spend(limits.seconds - part.left if limits.reproducible else 0.0)
    return Start(_lean(task, built.roster(solution)), solution.levels)


def _lean(task: Task, roster: Roster) -> Roster:
    """Without those who are not missed, unless that changes more of the previous plan."""
    lean = without_extras(task, roster)
    return lean if task.levels(lean) <= task.levels(roster) else roster


def _levels(task: Task, names: list[str], roster: Roster, slack: list[float]) -> tuple[Level, ...]:
    """A roster's levels, each bound as far below as the slack says."""
    found = []
    for name, value, far in zip(names, task.levels(roster), slack, strict=True):
        bound = max(0.0, value - far)
        gap = round((value - bound) / max(1.0, value), 6)
        found.append(Level(name=name, value=value, bound=bound, gap=gap))
    return tuple(found)


def _quiet(limits: Limits) -> Limits:
    """A week's numbers are not the season's: only the level is reported."""

    def report(progress: Progress) -> None:
        limits.report(replace(progress, value=None, bound=None))

    return replace(limits, report=report)
