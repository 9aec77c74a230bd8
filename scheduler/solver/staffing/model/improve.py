"""Better rosters from a given one: parts of the season are solved again while the rest stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations

from scheduler.domain.demand import Post, counts, missing
from scheduler.domain.plan import Duty
from scheduler.solver.door import Clock, Limits, Progress
from scheduler.solver.levels import solve_goal
from scheduler.solver.staffing.model.task import Task, order

Roster = frozenset[Duty]
Cell = tuple[str, str]
"""A venue in a week."""


PART_SHARE = 0.15
"""Of the time for parts, at most for one of them."""


def without_extras(task: Task, roster: Roster) -> Roster:
    """The roster less everybody whom no post misses when they stay away, as far as the hard rules allow."""
    at: dict[tuple[date, str], list[Post]] = defaultdict(list)
    for post in task.posts:
        at[post.date, post.shift].append(post)
    by_shift: dict[tuple[date, str], set[Duty]] = defaultdict(set)
    for duty in roster:
        by_shift[duty.date, duty.shift].add(duty)
    for duty in sorted(roster - task.known, key=order, reverse=True):
        here = by_shift[duty.date, duty.shift]
        if not any(_is_missed(task, post, here, duty) for post in at[duty.date, duty.shift]):
            here.discard(duty)
    lean = frozenset(duty for here in by_shift.values() for duty in here)
    return roster if task.breaks_rules(lean) else lean


def _is_missed(task: Task, post: Post, here: set[Duty], duty: Duty) -> bool:
    for ask in post.asks:
        if counts(task.scenario, task.plan, post, ask, duty):
            present = sum(counts(task.scenario, task.plan, post, ask, other) for other in here)
            if missing(ask, present - 1) > missing(ask, present):
                return True
    return False


def improved(task: Task, clock: Clock, roster: Roster, until: float) -> Roster:
    """The roster after solving week by week, venue by venue and two weeks at a time, as long as that helps
    and more than `until` of the time is left."""
    limits = replace(task.request.limits, report=_without_bounds(task.request.limits.report))
    best, begun = task.cost(roster), clock.left
    parts = tuple(_parts(task))
    failed = 0
    for number in range(3 * len(parts)):
        if clock.left <= until or limits.stop.requested or failed >= len(parts):
            break
        cells = parts[number % len(parts)]
        seconds = min(clock.left - until, max(0.5, PART_SHARE * (begun - until)))
        found = _solved_again(task, limits, clock, roster, cells, seconds)
        cost = task.cost(found)
        failed = 0 if cost < best - 1e-9 else failed + 1
        if cost <= best:
            roster, best = found, cost
    return roster


def _parts(task: Task) -> Iterator[frozenset[Cell]]:
    """Weeks, then venues over all weeks, then pairs of weeks."""
    week = task.scenario.week_of
    cells = frozenset((duty.venue, week(duty.date)) for duty in task.possible)
    weeks = [frozenset(cell for cell in cells if cell[1] == name) for name in task.scenario.weeks]
    venues = [frozenset(cell for cell in cells if cell[0] == name) for name in task.scenario.venue]
    pairs = [a | b for a, b in combinations([part for part in weeks if part], 2)]
    yield from (part for part in (*weeks, *venues, *pairs) if part and (part != cells or len(weeks) == 1))


def _solved_again(
    task: Task, limits: Limits, clock: Clock, roster: Roster, cells: frozenset[Cell], seconds: float
) -> Roster:
    """The roster with some cells decided anew, no worse in what is missing and what is changed."""
    week = task.scenario.week_of
    free = frozenset(duty for duty in task.possible if (duty.venue, week(duty.date)) in cells)
    at = [post for post in task.posts if (post.venue, week(post.date)) in cells]
    built = task.build(free=free, roster=roster, at=at)
    task.hold(built, task.levels(roster, at))
    goal = task.soft_goal(built)
    first = built.completed(roster, goal.expression)
    solution = solve_goal(built.model, goal, limits, clock, "staffing", seconds=seconds, start=first)
    return roster if solution is None else built.roster(solution)


def _without_bounds(report: Callable[[Progress], None]) -> Callable[[Progress], None]:
    """Progress as it is reported while parts are solved: a part's bound is no bound of the whole."""
    return lambda progress: report(replace(progress, bound=None))
