"""A placement made better piece by piece, level by level, where a season is too wide for one search."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from scheduler.domain.plan import Level
from scheduler.solver.climbing import Climb
from scheduler.solver.door import Clock, Limits, Progress
from scheduler.solver.levels import Goal, Solution, terms_of
from scheduler.solver.placement.bounding import HASTE, Bounds, level_told, value_of
from scheduler.solver.placement.build import Built
from scheduler.solver.placement.pieces import Pieces
from scheduler.solver.rows import Rows

PIECE = 5.0
"""Seconds that a piece may take at most."""

QUIET = 6
"""After so many waves that change nothing the rest of the time is better spent on the next level."""

SHARES = {"soft": 0.8, "draw": 1.0}
"""Of the time left when it is its turn, what a level may take; the others take `SHARE` each."""

SHARE = 0.4

BOUND = 0.3
"""Of a level's time, what its bound may take."""

APART = 0.3
"""Decisions that differ so much from the relaxation's are looked at together."""


@dataclass
class Improvement:
    """The model, the levels in their order, and what looks a solution through for claims left undeclared
    (and excludes them for good: then the last solution without any stands)."""

    built: Built
    rows: Rows
    goals: Sequence[Goal]
    refine: Callable[[Solution], bool] | None
    limits: Limits
    clock: Clock

    def __post_init__(self) -> None:
        """Tell whose decisions are which variables."""
        x = self.built.x
        self._of: dict[str, frozenset[int]] = {}
        for child, week in x.child_weeks:
            found = {one.index for one in x.seats(child, week).values() if not isinstance(one, int)}
            self._of[child] = self._of.get(child, frozenset()) | found
        self._decisions = frozenset(one for found in self._of.values() for one in found)
        self._pieces = Pieces(x, self.limits.seed)

    def improved(self, known: Solution) -> Solution:
        """The best solution found around a known one, with each level's bound."""
        bounds = Bounds(self.built, self.rows, self.limits, self.clock)
        levels: list[Level] = []
        for number, goal in enumerate(self.goals):
            seconds = SHARES.get(goal.name, SHARE) * self.clock.left
            until = self.clock.left - seconds
            level = bounds.level(goal, known.values, BOUND * seconds)
            if level.gap:
                known = self._climbed(known, number, level, bounds.point, until)
                sign = 1 if goal.sense == "least" else -1
                bound = round(sign * level.bound * goal.scale)
                level = level_told(goal, value_of(goal, known.values), bound)
            levels.append(level)
            bounds.hold(goal, known.values)
        return replace(known, levels=tuple(levels), stopped=self.limits.stop.requested)

    def _climbed(
        self, known: Solution, number: int, level: Level, point: Sequence[float] | None, until: float
    ) -> Solution:
        """Wave upon wave of pieces until the bound is reached, waves change nothing, or time is up."""
        goal, quiet = self.goals[number], 0
        for wave in self._waves(known, point):
            climb = Climb(self.built.model, self.rows, self._decisions, known.values, "placement")
            before = value_of(goal, known.values)
            over = self._wave(climb, wave, number, level, until)
            known = self._without_claims(climb, known)
            quiet = 0 if value_of(goal, known.values) < before else quiet + 1
            if over or quiet > QUIET:
                break
        return known

    def _waves(self, known: Solution, point: Sequence[float] | None) -> Iterator[list[Set[str]]]:
        """First those for whom the relaxation has other places, then all, more and more together."""
        if point is not None:
            children = [
                child
                for child, found in sorted(self._of.items())
                if any(abs(point[one] - known.values[one]) > APART for one in found)
            ]
            yield self._pieces.of(children)
        yield from self._pieces.waves()

    def _wave(self, climb: Climb, wave: Sequence[Set[str]], number: int, level: Level, until: float) -> bool:
        """Every piece of a wave once; whether that is the end of it."""
        goal = self.goals[number]
        terms = [terms_of(goal)[1]]
        held = [terms_of(other)[1] for other in self.goals[:number]]
        for children in wave:
            left = self.clock.left - until
            if self.limits.stop.requested or left <= HASTE:
                return True
            piece = {one for child in children for one in self._of.get(child, ())}
            if climb.anew(piece, terms, held, self.limits, self.clock, min(PIECE, max(0.2, left))):
                value = level_told(goal, value_of(goal, climb.values), 0).value
                self.limits.report(Progress("placement", goal.name, value, level.bound))
                if value == level.bound:
                    return True
        return False

    def _without_claims(self, climb: Climb, known: Solution) -> Solution:
        """What was climbed to, unless it leaves a claim undeclared: then what was known, as the model that
        now excludes that claim has it."""
        found = Solution(list(climb.values), (), self.limits.stop.requested)
        if self.refine is None or not self.refine(found):
            return found
        self.rows.read()
        model = self.built.model
        seats = {model.cp.get_int_var_from_proto_index(one): known.values[one] for one in self._decisions}
        completed = model.completed(seats, seconds=60.0)
        if completed is seats:
            return known
        return Solution(list(completed.values()), (), known.stopped)
