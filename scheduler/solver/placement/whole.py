"""A season decided as a whole by branch and bound, its cutoffs with it, where it is small enough for that.

With cutoffs as variables of their own the relaxation alone says little; branch and bound cuts off what no
whole numbers allow, proves seasons of a hundred children and bounds the places of some hundred closely.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from math import ceil, isfinite

from ortools.math_opt.python import mathopt

from scheduler.solver.beside import beside
from scheduler.solver.branching import Search
from scheduler.solver.door import Clock, Limits
from scheduler.solver.goals import Goal
from scheduler.solver.linear import Linear
from scheduler.solver.placement.bounding import value_of
from scheduler.solver.placement.build import Built
from scheduler.solver.placement.narrowing import SHORTEST, Narrowed, no_worse, put_in
from scheduler.solver.rows import ENDLESS, Row, Rows, Terms, step

MOST = 25_000
"""Constraints beyond which the first relaxation alone takes longer than there mostly is."""


@dataclass
class Whole:
    """The model of a season with all that speaks of claims."""

    built: Built
    rows: Rows
    limits: Limits
    clock: Clock

    def least(
        self, held: Sequence[Goal], goal: Goal, values: Sequence[int], seconds: float, *, soft: bool
    ) -> Narrowed | None:
        """Values that cost less by a goal than those known and no more in the levels held, or None, and what
        none of these can undercut, in so many seconds; `soft`: the soft rules are part of it. None if the
        time is too short."""
        if seconds < SHORTEST or self.limits.stop.requested:
            return None
        until = self.clock.after(seconds)
        search = self._better(held, goal, values, soft=soft)
        return self._told(search, goal, values, self.clock.left - until)

    def beside(
        self, held: Sequence[Goal], goal: Goal, values: Sequence[int], seconds: float
    ) -> Future[Narrowed | None]:
        """The same without soft rules while something else is done, where there are two workers and time is
        told by the clock; else at once."""
        search = self._better(held, goal, values, soft=False)
        return beside(lambda: self._told(search, goal, values, seconds), self.limits)

    def _better(self, held: Sequence[Goal], goal: Goal, values: Sequence[int], *, soft: bool) -> Search:
        """What costs less by a goal, and no more in the levels held."""
        search, terms = self._search(values, soft=soft), goal.cost[1]
        for other in held:
            for row in no_worse(self.built, other, values):
                search.require(row, values)
        search.require(_better(terms, values), values)
        return search

    def _told(self, search: Search, goal: Goal, values: Sequence[int], seconds: float) -> Narrowed | None:
        constant, terms = goal.cost
        found = search.best(terms, self.limits, self.clock, max(SHORTEST, seconds))
        known = value_of(goal, values) - constant
        if found.has_none:
            return Narrowed(None, constant + known)
        if not isfinite(found.bound):
            return None
        bound = constant + min(known, step(terms) * ceil(found.bound / step(terms)))
        return Narrowed(put_in(values, found.values), bound)

    def near(
        self, held: Sequence[Goal], terms: Terms, values: Sequence[int], seconds: float, *, soft: bool
    ) -> Sequence[int] | None:
        """The least by these terms of what costs no more than values known in the levels held, among what
        decides as these do wherever the relaxation does too; None if none was found in so many seconds."""
        if seconds < SHORTEST or self.limits.stop.requested:
            return None
        until = self.clock.after(seconds)
        search = self._search(values, soft=soft)
        for other in held:
            for row in no_worse(self.built, other, values):
                search.require(row, values)
        if not held:
            search.require(_better(terms, values), values)
        decisions, left = set(range(self.built.variables)), max(SHORTEST, self.clock.left - until)
        method = mathopt.LPAlgorithm.BARRIER  # a tenth of what the simplex method takes here
        return put_in(
            values, search.near(terms, values, decisions, self.limits, self.clock, left, method).values
        )

    def _search(self, values: Sequence[int], *, soft: bool) -> Search:
        built, number = self.built, len(self.rows)
        spoken = [range(number)] if soft else [range(built.hard), range(built.before_claims, number)]
        inside = set(range(len(values))).difference(() if soft else built.measures)
        return Linear(built.model, self.rows, spoken).piece(inside, values)


def _better(terms: Terms, values: Sequence[int]) -> Row:
    """A cost that is less than that of some values; in small numbers, for rounding's sake."""
    least = step(terms)
    known = sum(factor * values[index] for index, factor in terms) // least
    return Row((), tuple((index, factor // least) for index, factor in terms), -ENDLESS, known - 1)
