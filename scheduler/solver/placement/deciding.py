"""A placement without claims made better, and bounded, where the season is small enough to be decided whole.

First what is near the placement known, its cutoffs too; beside it the search for more places, which bounds
them. Then one level after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from scheduler.domain.plan import Level
from scheduler.solver.door import Clock, Limits
from scheduler.solver.goals import Goal, Solution
from scheduler.solver.placement.bounding import cost_of, level_told, value_of
from scheduler.solver.placement.build import Built
from scheduler.solver.placement.narrowing import SHORTEST, Narrowed
from scheduler.solver.placement.refining import Refinement
from scheduler.solver.placement.whole import MOST, Whole
from scheduler.solver.rows import Rows, Terms

SHARE = 0.6
"""Of the time left, what the search for other cutoffs may take, and how long that for more places beside it
is waited for; it then goes on while later levels are looked at."""

NEARER = {True: 0.7, False: 0.9}
"""Of the time of a level, what is spent near the solution known; by whether a bound is sought then."""

FIRST = 1000
"""How much more than a position a level counts that is to be better first of all."""

HEARD = ("soft", "draw")
"""Levels at which soft rules count; before, what these measure is not looked at."""


@dataclass
class Deciding:
    """The model and its levels, what looks a solution through for claims left undeclared, how places, ranks
    and positions count together, and how a solution is filled anew up to a level, or completed."""

    built: Built
    rows: Rows
    goals: Sequence[Goal]
    refine: Refinement
    limits: Limits
    clock: Clock
    terms: Terms
    is_pooled: bool
    refilled: Callable[[Solution, int], Solution]
    completed: Callable[[Solution], Solution]
    _more: Future[Narrowed | None] | None = field(default=None, init=False)
    _until: float = field(default=0.0, init=False)

    @property
    def is_small(self) -> bool:
        """Whether the season is small enough."""
        return len(self.rows) <= MOST

    @property
    def _whole(self) -> Whole:
        return Whole(self.built, self.rows, self.limits, self.clock)

    def begun(self, known: Solution, *, is_full: bool) -> Solution:
        """A solution made better by other cutoffs near its own, as long as that helps; meanwhile the search
        for more places goes on, unless as many are placed as can be."""
        until = self._until = (1 - SHARE) * self.clock.left
        places = self._number("placed")
        if not is_full:
            held, goal = self.goals[:places], self.goals[places]
            self._more = self._whole.beside(held, goal, known.values, self.clock.left)
        number = self._number("positions")
        while self.terms and self.clock.left > until:
            known, is_better = self._nearer(known, number, (), self.terms, self.clock.left - until)
            if not is_better:
                break
            known = self.refilled(known, number)
        return known

    def more(self, known: Solution, level: Level, until: float | None = None) -> tuple[Solution, Level]:
        """What the search for more places has come to when so much of the time is left (None: its share), if
        it has ended by then."""
        if self._more is None:
            return known, level
        until = self._until if until is None else until
        try:
            found = self._more.result(timeout=max(SHORTEST, self.clock.left - until))
        except TimeoutError:
            return known, level
        self._more = None
        if found is None:
            return known, level
        number = self._number("placed")
        if found.values is not None and self._is_better(known, number, found.values):
            # the model may have got variables since
            values = self.completed(replace(known, values=found.values)).values
            if len(values) == len(self.built.model.cp.proto.variables):
                known = self._taken(known, values)
        return known, self._bounded(level, number, known, found.bound)

    def level(
        self, known: Solution, number: int, level: Level, until: float, *, follows: bool
    ) -> tuple[Solution, Level]:
        """A level decided: what is near, then, if all levels before are proven, everything, with a bound."""
        goal, held = self.goals[number], self.goals[:number]
        is_heard = goal.name in HEARD
        terms = goal.cost[1] if is_heard else _first(goal.cost[1], self.terms)
        while level.gap and self.clock.left > until and not self.limits.stop.requested:
            seconds = NEARER[follows] * (self.clock.left - until)
            known, is_better = self._nearer(known, number, self.goals[: number + 1], terms, seconds)
            level = self._told(level, number, known)
            if not is_better:
                break
        if not level.gap or not follows:
            return known, level
        decided = self._whole.least(held, goal, known.values, self.clock.left - until, soft=is_heard)
        if decided is None:
            return known, level
        if decided.values is not None:
            known = self._taken(known, decided.values)
        if self.is_pooled and any(other.name == "soft" for other in held):
            return known, self._told(
                level, number, known
            )  # the cost of pools is not yet that of their classes
        return known, self._bounded(level, number, known, decided.bound)

    def _number(self, name: str) -> int:
        return [goal.name for goal in self.goals].index(name)

    def _nearer(
        self, known: Solution, number: int, held: Sequence[Goal], terms: Terms, seconds: float
    ) -> tuple[Solution, bool]:
        """The best near a solution by these terms, if it is better up to a level and leaves no claim, and
        whether it is; else what was known, as the model has it now."""
        is_heard = self.goals[number].name in HEARD
        values = self._whole.near(held, terms, known.values, seconds, soft=is_heard)
        if values is None or not self._is_better(known, number, values):
            return known, False
        taken = self._taken(known, values)
        return taken, self._is_better(known, number, taken.values)

    def _taken(self, known: Solution, values: Sequence[int]) -> Solution:
        """These values, unless they leave a claim undeclared: then what was known, as the model that now
        excludes that claim has it."""
        found = replace(known, values=values)
        if not self.refine(found):
            return found
        self.rows.read()
        return self.completed(known)

    def _is_better(self, known: Solution, number: int, values: Sequence[int] | None) -> bool:
        """Whether values are better than those of a solution, up to a level."""
        if values is None:
            return False
        goals = self.goals[: number + 1]
        return [value_of(goal, values) for goal in goals] < [value_of(goal, known.values) for goal in goals]

    def _bounded(self, level: Level, number: int, known: Solution, bound: int) -> Level:
        """A level as a solution has it, with the better of two bounds."""
        goal = self.goals[number]
        return level_told(goal, value_of(goal, known.values), max(cost_of(goal, level.bound), bound))

    def _told(self, level: Level, number: int, known: Solution) -> Level:
        """A level with the same bound, as a solution has it."""
        goal = self.goals[number]
        return level_told(goal, value_of(goal, known.values), cost_of(goal, level.bound))


def _first(terms: Terms, others: Terms) -> Terms:
    """A cost that counts so much more than others that these mostly decide among equals only."""
    found = {index: FIRST * factor for index, factor in terms}
    for index, factor in others:
        found[index] = found.get(index, 0) + factor
    return list(found.items())
