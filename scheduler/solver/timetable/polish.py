"""Making a timetable better a piece at a time: a venue's week, a class, a specialist's week anew while the
rest stands."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from math import inf
from random import Random
from threading import Thread
from typing import NamedTuple

import numpy as np

from scheduler.solver.branching import Branched, Search
from scheduler.solver.door import Clock, Limits, Progress
from scheduler.solver.goals import Goal
from scheduler.solver.linear import Linear
from scheduler.solver.timetable.bounding import Bounds
from scheduler.solver.timetable.build import Built
from scheduler.solver.timetable.measures import Measures
from scheduler.solver.timetable.pieces import EVERYTHING, Piece, Pieces

SHORTEST, LONGEST = 4.0, 20.0
"""Seconds that any piece may take: between these, so that all of a kind have their turn."""

TOGETHER = 0.6
"""The part of the time left that all lessons together may take."""

NO_TIME = 1e-3
"""Seconds with which nothing is begun: where runs are to repeat each piece spends half of what is left."""

LOTS = 0.9
"""What lots may cost at most, as a share of what all costs are multiples of."""


class _Try(NamedTuple):
    """A piece being decided: what it costs now, since when it stands so, and whether lots are added."""

    piece: Piece
    cost: float
    moment: int
    straying: bool


class Polish:
    """A solution, and ever better ones."""

    def __init__(
        self,
        built: Built,
        linear: Linear,
        measures: Measures,
        goal: Goal,
        values: Sequence[int],
        bounds: Bounds,
    ) -> None:
        """Start from a solution; the decisions that `bounds` finds likely are tried before all others."""
        self.values = list(values)
        self._built, self._linear, self._measures, self._goal = built, linear, measures, goal
        self._array = np.array(self.values)
        self._bounds = bounds
        self._settle(goal.cost[0] + sum(factor * values[one] for one, factor in goal.cost[1]))
        self._pieces = Pieces(built)
        self._cost = dict(goal.cost[1])
        self._beside: Thread | None = None
        self._chance = Random(len(built.decisions))  # noqa: S311 - ties, not secrets
        self._straying = False
        self._moment = 0
        self._changed: dict[str, int] = {}  # by week, when anything in it last changed
        self._done: dict[tuple[str, str], int] = {}  # by piece, when it was last found to be best

    @property
    def value(self) -> float:
        """What the solution costs."""
        return self._total / self._goal.scale

    @staticmethod
    def cost(goal: Goal, values: Sequence[int]) -> float:
        """What any solution costs."""
        offset, terms = goal.cost
        return (offset + sum(factor * values[one] for one, factor in terms)) / goal.scale

    @property
    def least(self) -> float:
        """What no solution costs less than."""
        return self._bounds.least

    def improve(self, limits: Limits, clock: Clock, beside: Thread | None = None) -> None:
        """Decide piece after piece anew until the bound is reached or the time is up; `beside` goes on at the
        same time. Once no piece makes it better, solutions as good are taken too: they open other ways."""
        self._beside = beside
        threads = 1 if limits.reproducible else max(1, min(limits.workers, os.cpu_count() or 1))
        with ThreadPoolExecutor(threads) as pool:
            self._straying = False
            while not self.is_over(limits, clock):
                moment = self._moment
                for wave in self._pieces.waves(lambda: self._likely(limits, clock)):
                    if not self.is_over(limits, clock):
                        self._wave(pool, threads, wave, limits, clock)
                if self._straying and moment == self._moment:
                    return
                self._straying = True

    def _likely(self, limits: Limits, clock: Clock) -> Set[int]:
        self._bounds.await_first(self._beside, limits, clock)
        return self._bounds.likely

    def _settle(self, total: int) -> None:
        """This is what the solution costs now."""
        self._total = total
        self._bounds.known = total / self._goal.scale

    def _look_beside(self) -> None:
        """Take over a solution that came to light beside, if it is better."""
        found = self._bounds.found
        if found is None:
            return
        self._bounds.found = None
        chosen = {held.index: found[held.index] for held in self._built.decisions}
        values = self._measures.completed(chosen)
        if values is not None and self.cost(self._goal, values) < self.value:
            self.values, self._moment = values, self._moment + 1
            self._array = np.array(values)
            self._settle(round(self.cost(self._goal, values) * self._goal.scale))
            self._changed.update((row.week, self._moment) for row in self._built.undecided)

    def is_over(self, limits: Limits, clock: Clock) -> bool:
        """Whether there is nothing left to do, or no time."""
        self._look_beside()
        return limits.stop.requested or clock.left <= NO_TIME or self.value <= self.least

    def _wave(
        self,
        pool: ThreadPoolExecutor,
        threads: int,
        wave: Sequence[Piece],
        limits: Limits,
        clock: Clock,
    ) -> None:
        """All pieces of a kind once, as many at a time as there are threads."""
        waiting: Iterator[Piece] = (piece for piece in wave if self._straying or not self._is_best(piece))
        running: dict[Future[Branched], _Try] = {}
        while True:
            if not self.is_over(limits, clock):
                busy = len(running) + (self._beside is not None and self._beside.is_alive())
                for piece in islice(waiting, max(0 if running else 1, threads - busy)):
                    left = clock.left
                    fair = max(SHORTEST, 3 * threads * left / len(wave))
                    seconds = min(LONGEST, fair, left)
                    search, inside, tried = self._prepared(piece)
                    cost = self._lots(piece, inside) if self._straying else self._costs(inside)
                    if piece.as_used:
                        known, longest = self.values.copy(), TOGETHER * left
                        future = pool.submit(
                            search.among_used, cost, known, piece.decisions, limits, clock, longest
                        )
                    else:
                        future = pool.submit(search.best, cost, limits, clock, seconds)
                    running[future] = tried
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                if self._took(future.result(), running.pop(future)):
                    self._straying = False
                    limits.report(Progress("timetable", self._goal.name, self.value, self.least))

    def _prepared(self, piece: Piece) -> tuple[Search, set[int], _Try]:
        likely = self._bounds.likely
        inside = self._measures.around(
            one for one in piece.decisions if not piece.narrow or one in likely or self.values[one]
        )
        search = self._linear.piece(inside, self._array)
        cost = sum(self._cost.get(one, 0) * self.values[one] for one in inside)
        return search, inside, _Try(piece, cost, self._moment, self._straying)

    def _costs(self, inside: Iterable[int]) -> list[tuple[int, float]]:
        return [(one, self._cost[one]) for one in inside if one in self._cost]

    def _lots(self, piece: Piece, inside: Iterable[int]) -> list[tuple[int, float]]:
        """The costs, with less than a step more, all in all, for decisions drawn by lot."""
        most = LOTS * self._bounds.step / max(1, len(piece.decisions))
        lots = [(one, most * self._chance.random()) for one in sorted(piece.decisions)]
        return [*self._costs(inside), *lots]

    def _took(self, found: Branched, tried: _Try) -> bool:
        """Take over a piece's decisions if that makes the solution better as it is by now."""
        if tried.straying:
            found = Branched(found.values, -inf)  # nothing is proven of costs with lots
        if found.bound > tried.cost - 1:  # costs are whole numbers
            self._done[tried.piece.key] = tried.moment
        if tried.piece.key == EVERYTHING and found.bound > -inf:
            self._bounds.learn(self._total - self._goal.cost[0] - tried.cost + found.bound)
        if found.values is None:
            return False
        chosen = {one: found.values[one] for one in tried.piece.decisions & found.values.keys()}
        less = self._applied(chosen, tried.piece.weeks, tried.straying)
        if less is None:
            if not tried.piece.as_used:
                return False
            # it took long: where not all of it fits what changed meanwhile, some weeks may
            parts = [self._applied(part, {week}, False) for week, part in self._by_week(chosen).items()]
            return any(part is not None for part in parts)
        if sum(self._cost.get(one, 0) * found.values[one] for one in found.values) <= found.bound + 1:
            self._done[tried.piece.key] = self._moment
        return less > 0

    def _applied(self, chosen: Mapping[int, int], weeks: Iterable[str], straying: bool) -> int | None:
        """Take over some decisions if that is possible and costs less, or straying as much; how much less."""
        changed = self._measures.changed(self.values, chosen)
        if not changed:
            return None
        less = sum(self._cost.get(one, 0) * (self.values[one] - value) for one, value in changed.items())
        if less < 0 or (not less and not straying):
            return None
        for one, value in changed.items():
            self.values[one] = self._array[one] = value
        self._settle(self._total - less)
        self._moment += 1
        for week in weeks:
            self._changed[week] = self._moment
        return less

    def _by_week(self, chosen: Mapping[int, int]) -> dict[str, dict[int, int]]:
        found: dict[str, dict[int, int]] = {}
        for row in self._built.undecided:
            if row.held.index in chosen:
                found.setdefault(row.week, {})[row.held.index] = chosen[row.held.index]
        return found

    def _is_best(self, piece: Piece) -> bool:
        """Whether nothing changed since the piece was last found to be as good as can be."""
        since = self._done.get(piece.key, -1)
        return since >= max((self._changed.get(week, 0) for week in piece.weeks), default=0)
