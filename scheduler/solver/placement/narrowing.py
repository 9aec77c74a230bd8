"""The last levels of a wide season decided as a whole, once the first leave little open.

Places, ranks and positions are nearly a transportation problem, and the dual values of its relaxation tell
which seats no other placement as good in these uses, and which classes are full in all of them. What is left
is a small part of the season, and so closely tied that branch and bound proves its soft rules in seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, gcd, isfinite

from scheduler.solver.branching import Branching
from scheduler.solver.door import Clock, Limits
from scheduler.solver.levels import Goal
from scheduler.solver.placement.build import Built
from scheduler.solver.relaxation import Face
from scheduler.solver.rows import ENDLESS, Row, Rows

FEW, SELECTIVE = 20_000, 0.5
"""Branch and bound is not begun where more than a few variables are open and more than such a share of all:
it hears of no limit before its first relaxation is solved."""

SHORTEST = 0.5
"""Seconds too few to begin with."""


@dataclass(frozen=True)
class Narrowed:
    """The best values found, or None; none that are as good in the levels held cost less than `bound`."""

    values: Sequence[int] | None
    bound: int


def narrowed(
    built: Built,
    rows: Rows,
    face: Face,
    held: Sequence[Goal],
    goal: Goal,
    values: Sequence[int],
    limits: Limits,
    clock: Clock,
    seconds: float,
    claims: Sequence[Row] = (),
) -> Narrowed | None:
    """The least cost by a goal of all that is no worse than these values in the levels held, by the hard and
    soft rules and what is said of `claims`, in so many seconds; None if that is too wide, or time short."""
    if len(face.free) > max(FEW, SELECTIVE * built.variables) or seconds < SHORTEST or limits.stop.requested:
        return None
    inside = set(face.free) | _measures(built, rows)
    constant, terms = goal.cost
    settled = constant + sum(factor * values[index] for index, factor in terms if index not in inside)
    said = [rows[number] for number in sorted(rows.speaking_of(inside)) if number < built.before_claims]
    said += [*face.tight, *claims]
    for other in held:
        if other.name != "placed":  # that follows from the ranks
            said += _no_worse(built, other, values)
    branching = Branching(built.model, inside, said, values)
    found = branching.best(terms, limits, clock, seconds)
    if not isfinite(found.bound):
        return None
    step = gcd(*(factor for index, factor in terms if index in inside)) or 1
    bound = settled + step * ceil(found.bound / step)
    if found.values is None:
        return Narrowed(None, bound)
    best = list(values)
    for index, value in found.values.items():
        best[index] = value
    return Narrowed(best, bound)


def _no_worse(built: Built, goal: Goal, values: Sequence[int]) -> list[Row]:
    """A level held: where all who could be placed are, one by one, which says more to a relaxation."""
    terms = goal.cost[1]
    most = sum(factor * values[index] for index, factor in terms)
    x, of_child = built.x, dict(terms)
    weeks = [
        places
        for child_week in x.child_weeks
        if (places := [one.index for one in x.seats(*child_week).values() if not isinstance(one, int)])
        and all(of_child.get(index) == -1 for index in places)
    ]
    if len(weeks) == -most and sum(map(len, weeks)) == len(terms):
        return [Row((), tuple((index, 1) for index in places), 1, ENDLESS) for places in weeks]
    return [Row((), tuple(terms), -ENDLESS, most)]


def _measures(built: Built, rows: Rows) -> set[int]:
    """The variables of the soft rules alone."""
    return {
        index
        for number in range(built.hard, built.before_claims)
        for index in rows[number].variables
        if index >= built.variables
    }
