"""A first timetable to improve on: the previous plan's, or a greedy one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from scheduler.solver.cpsat import CpModel
from scheduler.solver.door import Clock, Limits, NoPlanInTime, Request
from scheduler.solver.levels import Goal, Infeasible, Solution, solve_levels
from scheduler.solver.timetable.build import Built
from scheduler.solver.timetable.greedy import Greedy
from scheduler.variables.model import Variable


class Start(NamedTuple):
    """A solution that is known, or None, and a hint."""

    known: Solution | None
    hint: Mapping[Variable, int]


def start(request: Request, built: Built, goal: Goal) -> Start:
    """A first solution: the previous plan where there is one, else a greedy one."""
    if request.previous is not None:
        x, before = built.x, request.previous
        same = {id(x.lesson(session)) for session in before.sessions}
        same |= {id(x.outing(outing)) for outing in before.trips}
    else:
        greedy = Greedy(built.x)
        greedy.fill()
        same = {id(row.held) for row in greedy.taken} | {id(row.held) for row in greedy.departed}
    return _completed(built, goal, {held: int(id(held) in same) for held in built.decisions})


def _completed(built: Built, goal: Goal, wanted: Mapping[Variable, int]) -> Start:
    """Decisions with all that measures them, as low as it can be; where they break a rule the decisions
    alone."""
    fixed = CpModel()
    fixed.cp = built.model.cp.clone()
    for held, value in wanted.items():
        domain = fixed.cp.proto.variables[held.index].domain
        domain[0] = domain[1] = value
    limits = Limits(workers=1, reproducible=True)
    try:
        return Start(solve_levels(fixed, [goal], limits, Clock(limits), "timetable"), wanted)
    except (Infeasible, NoPlanInTime):
        return Start(None, wanted)
