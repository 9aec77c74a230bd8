"""A first timetable to improve on: the previous plan's, one that is told, or the better of greedy ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scheduler.domain.plan import Plan
from scheduler.solver.cpsat import CpModel
from scheduler.solver.door import Clock, Request
from scheduler.solver.goals import Solution
from scheduler.solver.rows import Rows
from scheduler.solver.timetable import decisions
from scheduler.solver.timetable.build import Built, standing
from scheduler.solver.timetable.filling.greedy import Greedy
from scheduler.solver.timetable.measures import Measures
from scheduler.solver.timetable.pricing.leading import Likely, likely
from scheduler.solver.timetable.rebuilding.annealing import rebuilt
from scheduler.variables.lessons import Lesson
from scheduler.variables.model import Variable
from scheduler.variables.timetable import Timetable

LED = 20_000
"""Seasons of more decisions are begun with what is likely, too."""

REBUILT = 8_000
"""Seasons of more decisions are then rebuilt, where nothing of them stands."""

REBUILDING, IN_HASTE = 0.6, 0.8
"""The part of the time left that this takes; where no model will hold the season, more of it."""

AGAIN = 5.0
"""There must be time left for so many first timetables before another is tried."""


class Start(NamedTuple):
    """A solution that is known, or None, and a hint; the model's constraints as they were read for it."""

    known: Solution | None
    hint: Mapping[Variable, int]
    rows: Rows
    measures: Measures


class Unstated(Timetable):
    """A season of which no lesson is stated but those that stand: however wide, it is made at once."""

    def _lessons(self, kept: Plan | None) -> Iterator[Lesson]:
        yield from self._standing(kept)


def unstated(request: Request) -> Unstated:
    """The season without its lessons."""
    return Unstated(
        CpModel(),
        request.scenario,
        request.so_far,
        is_free=lambda venue, day: request.is_free(venue, day=day),
        kept=standing(request),
        away=request.part.away,
    )


def first_plan(request: Request, *, in_haste: bool = False, first: Likely | None = None) -> Plan:
    """A greedy timetable of all that is to be decided, some of it first; no model is made for it."""
    x = unstated(request)
    greedy = Greedy(x, request.rulebook)
    greedy.fill(whole_visits=in_haste, likely=first)
    lessons = [row for row in greedy.taken if not row.held]
    departures = [row for row in greedy.departed if not isinstance(row.held, int)]
    return request.so_far.with_(
        sessions=decisions.held(request, lessons), trips=decisions.seated(request, x, departures)
    )


def best_first_plan(request: Request, size: int, clock: Clock, *, in_haste: bool = False) -> Plan:
    """A greedy timetable of a season of so many decisions; of many, where nothing stands, it is rebuilt."""
    plan = _best_greedy(request, size, clock, in_haste=in_haste)
    if size <= REBUILT or not request.is_anew:
        return plan
    part = IN_HASTE if in_haste else REBUILDING
    return rebuilt(unstated(request), request, plan, clock, part * clock.left)


def _best_greedy(request: Request, size: int, clock: Clock, *, in_haste: bool) -> Plan:
    """Of many decisions, where nothing stands and time allows, there is another greedy timetable that begins
    with what is likely, and the better one is taken."""
    begun = clock.left
    plan = first_plan(request, in_haste=in_haste)
    is_time = clock.left > AGAIN * (begun - clock.left)
    if size <= LED or not is_time or not request.is_anew:
        return plan
    if (first := likely(request, clock)) is None:
        return plan
    led = first_plan(request, in_haste=in_haste, first=first)
    return min(plan, led, key=lambda one: request.rulebook.cost(request.scenario, one, "timetable"))


def start(built: Built, before: Plan) -> Start:
    """A first solution: what a plan has; where that breaks a rule the decisions alone."""
    x = built.x
    same = {id(x.lesson(session)) for session in before.sessions}
    same |= {id(x.outing(outing)) for outing in before.trips}
    hint = {held: int(id(held) in same) for held in built.decisions}
    rows = Rows(built.model)
    measures = Measures(built.model, rows, {held.index for held in built.decisions})
    values = measures.completed({held.index: value for held, value in hint.items()})
    return Start(None if values is None else Solution(values, (), False), hint, rows, measures)
