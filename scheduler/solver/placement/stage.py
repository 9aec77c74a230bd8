"""The placement stage from request to answer."""

from __future__ import annotations

from dataclasses import replace

from scheduler.domain.claims import envy, waiting
from scheduler.domain.plan import Level, Plan, Stage
from scheduler.solver.contradiction import concerned, smallest_conflict
from scheduler.solver.door import Answer, Clock, Contradiction, Request
from scheduler.solver.goals import Infeasible, Solution, gap
from scheduler.solver.placement.build import Task, build_kept
from scheduler.solver.placement.districts import is_divided
from scheduler.solver.placement.divided import in_districts, levels
from scheduler.solver.placement.pooling import Pools, pooled
from scheduler.solver.placement.reading import plan_of, seats_of
from scheduler.solver.placement.searching import is_wide, search
from scheduler.solver.placement.settling import Seats
from scheduler.solver.placement.splitting import split
from scheduler.variables.model import Because
from scheduler.variables.placement import ClassWeek

SPLIT, SPLIT_ALL, SPLIT_MOST = 0.1, 0.003, 0.25
"""Of the time, what dealing out pools to their classes may take; where a child takes so many seconds, up to
more of it."""

AFTER = 0.0007
"""Seconds a child that waiting lists and claims take in the end, in a wide season."""


def solve(request: Request, *, withheld: frozenset[ClassWeek] = frozenset()) -> Answer:
    """Place the children: the best plan by the contract's levels, each with its bound.

    `withheld` class-weeks offer no seat (adults cannot carry them). Raises Contradiction with the rows
    that cannot all hold, or NoPlanInTime.
    """
    clock = Clock(request.limits)
    task = Task(request, withheld)
    after = AFTER * len(request.scenario.processed)
    if is_divided(request.scenario):
        own = Clock(replace(request.limits, seconds=max(0.0, clock.left - after)))
        found = in_districts(task, own, lambda part, clock: _placed(part, clock)[0])
        plan = _with_consequences(request, plan_of(task, found.seats))
        stage = Solution((), levels(request, found, plan), request.limits.stop.requested)
    else:
        seats, stage = _placed(task, clock, after)
        plan = _with_consequences(request, plan_of(task, seats))
    return Answer(plan, _told_honestly(request, stage.stage("placement", clock), plan))


def _placed(whole: Task, clock: Clock, after: float = 0.0) -> tuple[Seats, Solution]:
    """The seats of a season that one model holds, and the solution with its levels; `after` are seconds kept
    for what follows, in a wide season. Raises Contradiction or NoPlanInTime."""
    request = whole.request
    task, pools = _narrowed(whole)
    wide = is_wide(request)
    children = len(request.scenario.processed)
    dealing = max(SPLIT * clock.left, min(SPLIT_ALL * children, SPLIT_MOST * clock.left)) if pools else 0.0
    after = after if wide else 0.0
    try:
        built, solution = search(task, Clock(replace(request.limits, seconds=clock.left - dealing - after)))
    except Infeasible:
        raise Contradiction("placement", _conflict(whole)) from None
    seats = seats_of(built.x, solution)
    if pools:
        seconds = max(dealing / 2, clock.left - after)
        seats = split(request, pools, seats, Clock(replace(request.limits, seconds=seconds)))
    return seats, solution


def _narrowed(task: Task) -> tuple[Task, Pools]:
    """The task with interchangeable classes taken together, where the season is wide."""
    if not is_wide(task.request):
        return task, {}
    found = pooled(task.request, task.withheld)
    scenario = task.request.scenario
    seats = {pool: tuple(scenario.seats(one) for one in classes) for pool, classes in found.pools.items()}
    return Task(found.request, task.withheld, seats), found.pools


def _conflict(task: Task) -> tuple[Because, ...]:
    """The smallest set of rows that contradict each other, sought among those whom it can concern."""
    request = task.request
    given = {row.child for row in (request.kept or request.so_far).placements}
    small = replace(task, request=replace(request, scenario=concerned(request.scenario, also=given)))
    return smallest_conflict(lambda keep: build_kept(small, keep))


def _with_consequences(request: Request, plan: Plan) -> Plan:
    """The plan with its waiting lists and its claims."""
    scenario = request.scenario
    return plan.with_(waitlist=waiting(scenario, plan), envy=envy(scenario, plan))


def _told_honestly(request: Request, stage: Stage, plan: Plan) -> Stage:
    """The stage with the claims that stand in the end (more than the level reached if time ran out before
    the last solution was looked through), and the soft rules' cost by their own checks (less than the level
    reached where an unproven solution carries slack); a bound never lies beyond its value."""
    true = {"claims": len(plan.envy), "soft": request.rulebook.cost(request.scenario, plan, "placement")}
    levels = tuple(_told(level, true[level.name]) if level.name in true else level for level in stage.levels)
    optimal = all(level.gap == 0 for level in levels)
    status = stage.status if optimal or stage.status != "optimal" else "feasible"
    return stage.model_copy(update={"levels": levels, "status": status})


def _told(level: Level, value: float) -> Level:
    bound = min(level.bound, value)
    return Level(name=level.name, value=value, bound=bound, gap=gap(value, bound))
