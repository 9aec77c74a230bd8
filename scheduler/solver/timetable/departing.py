"""What the trips of a season cost at least, whatever lessons there are: places, buses and dates are few.

A fraction of a bus takes a fraction of a class, so that no sum of weeks sees that trips must be missed; alone
they are a small model that branch and bound solves at once.
"""

from __future__ import annotations

from math import ceil, inf
from typing import NamedTuple

from scheduler.solver.door import Clock, Limits
from scheduler.solver.levels import Goal
from scheduler.solver.linear import Linear
from scheduler.solver.rows import Terms
from scheduler.solver.timetable.build import Built


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
