"""A first timetable to improve on: the previous plan's, or a greedy one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from scheduler.solver.door import Request
from scheduler.solver.levels import Solution
from scheduler.solver.rows import Rows
from scheduler.solver.timetable.build import Built
from scheduler.solver.timetable.greedy import Greedy
from scheduler.solver.timetable.measures import Measures
from scheduler.variables.model import Variable


class Start(NamedTuple):
    """A solution that is known, or None, and a hint; the model's constraints as they were read for it."""

    known: Solution | None
    hint: Mapping[Variable, int]
    rows: Rows
    measures: Measures


def start(request: Request, built: Built) -> Start:
    """A first solution: the previous plan where there is one, else a greedy one; where it breaks a rule the
    decisions alone."""
    if request.previous is not None:
        x, before = built.x, request.previous
        same = {id(x.lesson(session)) for session in before.sessions}
        same |= {id(x.outing(outing)) for outing in before.trips}
    else:
        weight = {rule.id(): request.rulebook.weight(rule) for rule in request.rulebook.rules}
        greedy = Greedy(built.x, lambda rule: weight.get(rule, 0.0))
        greedy.fill()
        same = {id(row.held) for row in greedy.taken} | {id(row.held) for row in greedy.departed}
    hint = {held: int(id(held) in same) for held in built.decisions}
    rows = Rows(built.model)
    measures = Measures(built.model, rows, {held.index for held in built.decisions})
    values = measures.completed({held.index: value for held, value in hint.items()})
    return Start(None if values is None else Solution(values, (), False), hint, rows, measures)
