"""Finding what the adults can carry, wish after wish."""

from __future__ import annotations

from scheduler.domain.reserve import ClassWeek, Reserve
from scheduler.domain.scenario import Scenario
from scheduler.solver.door import Limits
from scheduler.solver.reserve.demand import Demand
from scheduler.solver.reserve.model import Flow
from scheduler.solver.reserve.search import Search
from scheduler.solver.reserve.supply import kinds, people, size

DAILY = 50_000
"""Flows of people up to which days are told apart."""


def withheld(
    scenario: Scenario,
    share: float,
    limits: Limits,
    *,
    weeks: frozenset[str] | None = None,
    promised: frozenset[ClassWeek] = frozenset(),
) -> frozenset[ClassWeek] | None:
    """The class-weeks that the adults cannot carry, so that those they can carry hold the most children.

    First as many seats that children could fill as can be in classes that are not optional, then in those
    that are; among equals classes carried in all their weeks, and those named first. `weeks` are those to
    decide (None: all). `promised` class-weeks, those that locks open and those that place children are
    never withheld. None where time runs out before anything is proven.
    """
    reserve = Reserve(scenario)
    if not reserve.reckons:
        return frozenset()
    flow = _flow(reserve, share, frozenset(scenario.weeks) if weeks is None else weeks, promised)
    if flow is None:
        return frozenset()
    search = Search(flow, limits)
    if search.carries_everything():
        return frozenset()
    carried = search.best()
    return None if carried is None else frozenset(flow.demand.blocks) - carried


def _flow(
    reserve: Reserve, share: float, weeks: frozenset[str], promised: frozenset[ClassWeek]
) -> Flow | None:
    """The programme, day by day; week by week where that would be too large: then people may work all their
    days of a week on the same day, which over-estimates them a little more. None if nothing is asked for."""
    scenario = reserve.scenario
    demand = Demand(reserve, weeks, promised, {day: day for day in scenario.open_days})
    if not demand.blocks:
        return None
    adults = people(reserve, demand)
    sorts = kinds(adults, demand)
    if size(sorts) > DAILY:
        first = {day: scenario.days_in(scenario.week_of(day))[0] for day in scenario.open_days}
        demand = Demand(reserve, weeks, promised, first)
        sorts = kinds(adults, demand)
    return Flow(scenario, demand, sorts, share)
