"""The duties of an absence, taken by others: the staffing stage's model with nothing else to decide."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from scheduler.domain.absence import Left, Standins
from scheduler.domain.plan import Duty
from scheduler.domain.work import is_known_duty
from scheduler.solver.covering.parts import Part
from scheduler.solver.cpsat import CpModel
from scheduler.solver.door import Clock, Request
from scheduler.solver.door import Part as Decided
from scheduler.solver.goals import Goal, Infeasible
from scheduler.solver.levels import solve_levels
from scheduler.solver.staffing.model.task import Built, Task, order

Slot = tuple[str | None, str, object, str]


@dataclass(frozen=True)
class Reopening:
    """A model of the duties left open: who could take each, one person for each at most."""

    task: Task
    built: Built
    free: frozenset[Duty]


def reopened_duties(
    request: Request, left: Left, standins: Standins, model: CpModel | None = None
) -> Reopening:
    """The duties left open as decisions (of `model`, where there is one), every other duty standing."""
    scenario, plan = request.scenario, request.so_far
    here = replace(
        request,
        part=Decided(
            venues=frozenset(row.venue for row in left.duties),
            weeks=frozenset(scenario.week_of(row.date) for row in left.duties),
        ),
    )
    task = Task(here)
    open_ = Counter(_slot(row) for row in left.duties)
    free = frozenset(task.possible) & frozenset(standins.duties)
    others = frozenset(
        row for row in plan.duties if row.person in scenario.person and is_known_duty(scenario, row)
    )
    built = task.build(free=free, roster=others, model=model)
    for slot, most in open_.items():
        taking = [built.x.on_duty[row] for row in sorted(free, key=order) if _slot(row) == slot]
        if len(taking) > most:
            built.model.require(built.model.total(taking) <= most)
    return Reopening(task, built, free)


def filled(request: Request, left: Left, standins: Standins) -> Part:
    """The plan so far with the duties left open taken by those who could, one person for each at most:
    fewest `must` gaps, then fewest others, then the least weighted cost of the soft rules."""
    plan = request.so_far
    if not standins.duties:
        return Part(plan, proven=True)
    opened = reopened_duties(request, left, standins)
    task, built = opened.task, opened.built
    # among rosters that cost the same, the candidates' own order decides
    taking = sorted(opened.free, key=order)
    places = built.model.total(standins.duties[row] * built.x.on_duty[row] for row in taking)
    goals = [*task.goals(built), task.soft_goal(built), Goal("order", places)]
    clock = Clock(request.limits)
    try:
        solution = solve_levels(built.model, goals, request.limits, clock, "staffing")
    except Infeasible:  # the plan breaks rules as it is: what is proposed must not make use of that
        return Part(plan, proven=False)
    taken = sorted(built.roster(solution) & opened.free, key=order)
    proven = all(level.gap == 0 for level in solution.levels)
    return Part(plan.with_(duties=tuple(sorted([*plan.duties, *taken], key=order))), proven)


def _slot(row: Duty) -> Slot:
    return (row.class_, row.venue, row.date, row.shift)
