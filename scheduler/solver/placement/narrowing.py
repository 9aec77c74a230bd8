"""The last levels of a wide season decided as a whole, once the first leave little open.

Places, ranks and positions are nearly a transportation problem, and the dual values of its relaxation tell
which seats no other placement as good in these uses, and which classes are full in all of them. What is left
is a small part of the season, and so closely tied that branch and bound proves its soft rules in seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import ceil, isfinite

from scheduler.solver.beside import runs_beside
from scheduler.solver.branching import Branched, Search
from scheduler.solver.door import Clock, Limits
from scheduler.solver.goals import Goal
from scheduler.solver.linear import Linear
from scheduler.solver.placement.build import Built
from scheduler.solver.relaxation import Face
from scheduler.solver.rows import ENDLESS, Row, Terms, step

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
    linear: Linear,
    face: Face,
    held: Sequence[Goal],
    goal: Goal,
    values: Sequence[int],
    limits: Limits,
    clock: Clock,
    seconds: float,
    besides: Sequence[Row] = (),
) -> Narrowed | None:
    """The least cost by a goal of all that is no worse than these values in the levels held, by the hard and
    soft rules and what is said besides, in so many seconds; None if that is too wide, or time short."""
    if len(face.free) > max(FEW, SELECTIVE * built.variables) or seconds < SHORTEST or limits.stop.requested:
        return None
    until = clock.after(seconds)
    inside = set(face.free).union(built.measures)
    constant, terms = goal.cost
    settled = constant + sum(factor * values[index] for index, factor in terms if index not in inside)
    branching = linear.piece(inside, values)
    for row in (*face.tight, *besides):
        branching.require(row, values)
    for other in held:
        if other.name != "placed":  # that follows from the ranks
            for row in no_worse(built, other, values):
                branching.require(row, values)
    seconds = max(SHORTEST, clock.left - until)
    found = _best(branching, terms, values, inside - set(built.measures), limits, clock, seconds)
    if not isfinite(found.bound):
        return None
    least = step([(index, factor) for index, factor in terms if index in inside])
    return Narrowed(put_in(values, found.values), settled + least * ceil(found.bound / least))


def put_in(values: Sequence[int], found: Mapping[int, int] | None) -> Sequence[int] | None:
    """The values with those found in their places; None if none were."""
    if found is None:
        return None
    best = list(values)
    for index, value in found.items():
        best[index] = value
    return best


def _best(
    search: Search,
    terms: Terms,
    values: Sequence[int],
    decisions: Set[int],
    limits: Limits,
    clock: Clock,
    seconds: float,
) -> Branched:
    """What branch and bound finds; with two workers, which is told to end by time, what the neighbours of the
    values known hold meanwhile, for branch and bound tends to find its first good values last of all."""
    if not runs_beside(limits):
        return search.best(terms, limits, clock, seconds)
    beside = ThreadPoolExecutor(1)
    near = beside.submit(search.copied().near, terms, values, decisions, limits, clock, seconds)
    found = search.best(terms, limits, clock, seconds)
    beside.shutdown(wait=False)
    if not near.done():
        return found
    others = [one for one in (found.values, near.result().values) if one is not None]
    best = min(others, key=lambda one: sum(f * one.get(v, 0) for v, f in terms), default=None)
    return Branched(best, max(found.bound, near.result().bound))


def no_worse(built: Built, goal: Goal, values: Sequence[int]) -> list[Row]:
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
