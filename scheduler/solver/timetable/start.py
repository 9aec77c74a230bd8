"""A first timetable to improve on: the previous plan's, or one made week by week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scheduler.domain.plan import Plan
from scheduler.solver.cpsat import CpModel, Goal, Infeasible, solve_levels
from scheduler.solver.door import Clock, Limits, NoPlanInTime, Part, Request
from scheduler.solver.timetable import decisions
from scheduler.solver.timetable.build import Built, build
from scheduler.solver.timetable.search import search
from scheduler.variables.model import Variable

LARGE = 6000
"""Lessons from which on a season is first solved week by week: below it the whole is as quick."""

SHARE = 0.4
"""Part of the time that the weeks may take together."""


def start(request: Request, built: Built, clock: Clock) -> Mapping[Variable, int] | None:
    """Values of the decisions that make a good first plan; None where the search needs none."""
    if request.previous is not None:
        return _as_in(built, request.previous)
    weeks = request.scenario.weeks
    if len(built.x.lessons) < LARGE or len(weeks) < 2 or request.part != Part():
        return None
    plan = request.so_far
    share = clock.left * SHARE / len(weeks)
    for week in weeks:
        part = replace(
            request,
            so_far=plan,
            part=Part(weeks=frozenset({week})),
            limits=replace(request.limits, seconds=share, report=lambda progress: None),
        )
        one = build(part)
        week_clock = Clock(part.limits)
        try:
            solution = search(one, one.goals(part), part.limits, week_clock)
        except (Infeasible, NoPlanInTime):
            return None  # what an earlier week took may be locked to a later one
        clock.spend(share - week_clock.left)
        plan = plan.with_(
            sessions=decisions.sessions(part, one.x, solution), trips=decisions.trips(part, one.x, solution)
        )
    return _as_in(built, plan)


def _as_in(built: Built, plan: Plan) -> Mapping[Variable, int] | None:
    """The decisions of a plan and all that measures them, since only a complete start is sure to be taken;
    of a plan that breaks a rule the decisions alone, as a hint."""
    same = {id(built.x.lesson(session)) for session in plan.sessions}
    same |= {id(built.x.outing(outing)) for outing in plan.trips}
    wanted = {held: int(id(held) in same) for held in built.decisions}
    fixed = CpModel()
    fixed.cp = built.model.cp.clone()
    for held, value in wanted.items():
        fixed.require(held == value)
    limits = Limits(workers=1, reproducible=True)
    try:
        whole = solve_levels(fixed, [Goal("start", 0)], limits, Clock(limits), "timetable")
    except (Infeasible, NoPlanInTime):
        return wanted
    variables = (built.model.cp.get_int_var_from_proto_index(i) for i in range(len(whole.values)))
    return dict(zip(variables, whole.values, strict=True))
