"""What the trips of a season cost at least, whatever lessons there are, or at what is paid for periods.

Places, buses and dates are few. A fraction of a bus takes a fraction of a class, so that no sum of weeks sees
that trips must be missed; alone they are a small model that branch and bound solves at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import ceil, inf
from typing import NamedTuple

from scheduler.rules import Rulebook
from scheduler.rules.timetable.trips_taken import TripsTaken
from scheduler.rules.timetable.trips_together import TripsTogether
from scheduler.solver.door import Clock, Limits, Request
from scheduler.solver.goals import Goal
from scheduler.solver.linear import Linear
from scheduler.solver.rows import Rows, Terms
from scheduler.solver.timetable.build import Built, build
from scheduler.variables.lessons import Departure


class Least(NamedTuple):
    """No timetable costs less than `bound` by these terms."""

    terms: Terms
    bound: int


def least_of_trips(
    built: Built, goal: Goal, linear: Linear, limits: Limits, clock: Clock, seconds: float
) -> Least | None:
    """What all that measures nothing but departures costs at least; None if there is no such thing, or
    nothing was found in so many seconds."""
    departures = {row.held.index for row in built.x.departures if not isinstance(row.held, int)}
    inside = linear.measuring_only(departures, {held.index for held in built.decisions})
    terms = [
        (one, factor) for one, factor in goal.cost[1] if one in inside - departures and factor > 0
    ]  # that lessons fall out for a trip saves what the lessons' own rules count
    if not terms:
        return None
    found = linear.piece(inside, None).best(terms, limits, clock, seconds).bound
    return Least(terms, ceil(found)) if found > -inf else None


class Alone:
    """The trips of a whole season as if there were no lessons, to be bounded at one price after another."""

    def __init__(self, request: Request) -> None:
        """State all that the rules say of trips."""
        scenario, book = request.scenario, request.rulebook
        own = (TripsTaken.id(), TripsTogether.id())
        weights = {
            rule.id(): book.weight(rule) if rule.id() in own else 0.0 for rule in book.rules if not rule.hard
        }
        settings = scenario.settings.model_copy(update={"weights": weights})
        lone = replace(
            request,
            scenario=scenario.with_(
                settings=settings,
                courses=(),
                staff=(),
                availability=(),
                locks=tuple(row for row in scenario.locks if row.kind in ("trip", "no_trip")),
            ),
            rulebook=Rulebook(settings),
        )
        self._built = build(lone)
        (self._goal,) = self._built.goals(lone)
        self._search = Linear(self._built.model, Rows(self._built.model)).piece(
            range(len(self._built.model.cp.proto.variables)), None
        )

    def least(
        self, worth: Callable[[Departure], float], limits: Limits, clock: Clock, seconds: float
    ) -> float:
        """What trips cost at least if each departure is worth so much; minus infinity if nothing was found
        in so many seconds."""
        constant, terms = self._goal.cost
        cost = [(index, factor / self._goal.scale) for index, factor in terms]
        rows = [row for row in self._built.x.departures if not isinstance(row.held, int)]
        cost += [(row.held.index, -worth(row)) for row in rows]
        if not cost:
            return constant / self._goal.scale
        return constant / self._goal.scale + self._search.best(cost, limits, clock, seconds).bound
