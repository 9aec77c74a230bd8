"""A placement made better level by level, where a season is too wide for one search."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import cached_property

from scheduler.domain.plan import Level
from scheduler.solver.beside import beside, runs_beside
from scheduler.solver.door import Clock, Limits
from scheduler.solver.goals import Goal, Solution
from scheduler.solver.linear import Linear
from scheduler.solver.placement.bounding import Bounds, cost_of, level_told, value_of
from scheduler.solver.placement.build import Built
from scheduler.solver.placement.deciding import HEARD, Deciding
from scheduler.solver.placement.implied import Implied
from scheduler.solver.placement.narrowing import Narrowed, narrowed
from scheduler.solver.placement.refilling import Refill
from scheduler.solver.placement.refining import Refinement
from scheduler.solver.placement.shares import AFTER_REFILL, BOUND, REFILL, share_of
from scheduler.solver.placement.stable import Stable
from scheduler.solver.placement.starting import Fullness
from scheduler.solver.placement.waves import Waves
from scheduler.solver.relaxation import Face
from scheduler.solver.rows import Rows

TO_STABLE, BESIDE = 8e-5, 0.9
"""With fewer seconds a constraint there is no time for a bound by cutoffs; its part of those left, beside the
other levels."""


@dataclass
class Improvement:
    """The model, the levels in their order, and what looks a solution through for claims left undeclared
    (and excludes them for good: then the last solution without any stands)."""

    built: Built
    rows: Rows
    goals: Sequence[Goal]
    refine: Refinement | None
    limits: Limits
    clock: Clock
    fullness: Fullness
    is_pooled: bool
    _is_filled: bool = field(default=False, init=False)
    _cutoffs: tuple[list[int], Future[int]] | None = field(default=None, init=False)

    @cached_property
    def _waves(self) -> Waves:
        """What makes a solution better piece by piece."""
        return Waves(self.built, self.rows, self.goals, self.refine, self.limits, self.clock)

    @cached_property
    def _implied(self) -> Implied:
        """What is known of levels without a search."""
        return Implied(self.built.x, self.goals, self.fullness)

    @cached_property
    def _linear(self) -> Linear:
        """The hard and the soft rules."""
        return Linear(self.built.model, self.rows, [range(self.built.before_claims)])

    @cached_property
    def _deciding(self) -> Deciding | None:
        """What decides the season as a whole, where claims count and it is small enough."""
        if self.refine is None:
            return None
        found = Deciding(
            self.built,
            self.rows,
            self.goals,
            self.refine,
            self.limits,
            self.clock,
            self.fullness.terms or (),
            self.is_pooled,
            self._refilled,
            self._waves.completed,
        )
        return found if found.is_small else None

    def improved(self, known: Solution) -> Solution:
        """The best solution found around a known one, with each level's bound."""
        first = known
        known = self._refilled(known, self._number("positions"))
        if self._deciding is not None:
            known = self._deciding.begun(known, is_full=self._implied.is_full(known.values))
        self._is_filled = self._costs(known) != self._costs(first)
        known, levels = self._each_level(known, ())
        while self._deciding is not None and levels[(number := self._number("placed"))].gap:
            found, levels[number] = self._deciding.more(known, levels[number], 0.0)
            if found is known and levels[number].gap:
                break
            known, levels = self._each_level(found, self._still_true(levels, known, found))
        levels = self._by_what_is_implied(self._by_cutoffs(levels, known))
        return replace(known, levels=tuple(levels), stopped=self.limits.stop.requested)

    def _each_level(self, known: Solution, told: Sequence[Level]) -> tuple[Solution, list[Level]]:
        """A solution made better, and bounded, level by level; `told` are bounds of the first ones that hold
        whatever is found."""
        bounds = Bounds(self.built, self.rows, self.limits, self.clock, with_points=self.refine is None)
        levels: list[Level] = []
        for number, goal in enumerate(self.goals):
            share = share_of(self.goals[number:], as_a_whole=self._deciding is not None)
            seconds = share * self.clock.left
            most = max(seconds / 2, self._for_bound(goal) * self.clock.left)
            implied = self._implied.of(goal, levels)
            if number < len(told):
                known_before = cost_of(goal, told[number].bound)
                implied = known_before if implied is None else max(implied, known_before)
            if goal.name == "positions" and self._may_need_cutoffs(goal, known, implied):
                self._begin_cutoffs(known, number)
                most = 0.0
            if goal.name in HEARD:
                known, proven = self._heard(known, number, seconds)
                implied, most = (implied, most) if proven is None else (proven, 0.0)
            if self._says_no_more(goal, levels):
                most = 0.0
            level = bounds.level(goal, known.values, most, implied)
            known, level = self._decided(known, number, level, levels, share)
            if level.gap and goal.name != "soft":
                known = self._jumped(known, number, bounds.point)
                level = self._again(goal, level, known)
            if level.gap and (self._deciding is None or goal.name in HEARD):
                self._is_filled = self._is_filled and goal.name not in HEARD
                until = self.clock.left * (1 - share * (AFTER_REFILL if self._is_filled else 1.0))
                known = self._waves.climbed(known, number, level, until)
                level = self._again(goal, level, known)
            levels.append(level)
            if goal.name != "soft" or not self.is_pooled:  # that cost is told when pools are dealt out
                bounds.hold(goal, known.values)
        return known, levels

    def _still_true(self, levels: Sequence[Level], old: Solution, new: Solution) -> Sequence[Level]:
        """The levels whose bounds hold of another solution, too: those before which no level got worse."""
        costs = zip(self._costs(old), self._costs(new), strict=True)
        worse = (number for number, (before, now) in enumerate(costs) if now > before)
        return levels[: next(worse, len(levels)) + 1]

    def _by_what_is_implied(self, levels: Sequence[Level]) -> list[Level]:
        """The levels, each with what those before it imply by what is known of them in the end."""
        found: list[Level] = []
        for goal, level in zip(self.goals, levels, strict=True):
            bound, value = cost_of(goal, level.bound), cost_of(goal, level.value)
            implied = self._implied.of(goal, found)
            best = bound if implied is None else min(value, max(bound, implied))
            found.append(level_told(goal, value, best))
        return found

    def _costs(self, known: Solution) -> list[int]:
        return [value_of(goal, known.values) for goal in self.goals]

    def _number(self, name: str) -> int:
        return [goal.name for goal in self.goals].index(name)

    def _for_bound(self, goal: Goal) -> float:
        """Of all the time left, what a level's bound may take whatever its share is."""
        is_decided = self._deciding is not None and goal.name != "placed"
        return 0.0 if is_decided else BOUND[self.refine is None]

    def _heard(self, known: Solution, number: int, seconds: float) -> tuple[Solution, int | None]:
        """A solution with what soft rules measure, the best of what earlier levels leave open, and its bound
        if that was little."""
        is_soft = self.goals[number].name == "soft"
        if is_soft and self.refine is not None:
            known = self._refilled(self._waves.completed(known), number)
        known, proven = self._narrowed(known, number, seconds if self.refine is None else seconds / 4)
        if is_soft and value_of(self.goals[number], known.values) != proven:
            known = self._waves.completed(known)  # what the soft rules measure was not looked at so far
        return known, proven

    def _may_need_cutoffs(self, goal: Goal, known: Solution, implied: int | None) -> bool:
        """Whether a bound by cutoffs may say more of a level than is known: where nobody may be left with a
        claim, the season is not decided as a whole, and there is time."""
        claims = self.built.x.claims.values()
        is_free = self.refine is not None and all(isinstance(claim, int) for claim in claims)
        is_open = implied is None or implied < value_of(goal, known.values)
        is_early = self._for_cutoffs > len(self.rows) * TO_STABLE
        return is_free and is_open and is_early and self._deciding is None

    @property
    def _for_cutoffs(self) -> float:
        """Seconds for a bound by cutoffs; where it is not reckoned beside them, other levels wait for it."""
        return self.clock.left * (BESIDE if runs_beside(self.limits) else BOUND[False])

    def _begin_cutoffs(self, known: Solution, number: int) -> None:
        """Reckon what no cutoffs undercut of a level while the others are looked at."""
        stable = Stable(self.built, self.rows, self.goals[:number], known.values)
        constant, terms = self.goals[number].cost
        held, seconds = self._costs(known)[:number], self._for_cutoffs
        found = beside(lambda: constant + stable.bound(terms, self.limits, self.clock, seconds), self.limits)
        self._cutoffs = held, found

    def _by_cutoffs(self, levels: Sequence[Level], known: Solution) -> list[Level]:
        """The levels, the one bounded by cutoffs with what that has come to in the time."""
        if self._cutoffs is None:
            return list(levels)
        held, found = self._cutoffs
        number, costs = len(held), self._costs(known)
        try:
            bound = found.result(timeout=max(0.0, self.clock.left))
        except TimeoutError:
            return list(levels)
        if costs[:number] != held:  # it is of placements no worse in the levels before than those were
            return list(levels)
        goal, level = self.goals[number], levels[number]
        better = level_told(goal, costs[number], max(cost_of(goal, level.bound), bound))
        return [*levels[:number], better, *levels[number + 1 :]]

    def _says_no_more(self, goal: Goal, told: Sequence[Level]) -> bool:
        """Whether a relaxation says no more of a level than is known: of the last rank, if those before are
        proven, and of the soft rules, if what earlier levels leave open is worth more than all of them."""
        if self._implied.is_last_rank(goal):
            return not any(level.gap for level in told if level.name != "placed")
        return goal.name in HEARD and self._deciding is not None and any(level.gap for level in told)

    def _decided(
        self, known: Solution, number: int, level: Level, told: Sequence[Level], share: float
    ) -> tuple[Solution, Level]:
        """A level decided as a whole, if the season is small enough, in a share of the time."""
        if self._deciding is None:
            return known, level
        if level.name == "placed":
            return self._deciding.more(known, level)
        until = self.clock.left * (1 - share)
        follows = not any(before.gap for before in told)
        return self._deciding.level(known, number, level, until, follows=follows)

    def _narrowed(self, known: Solution, number: int, seconds: float) -> tuple[Solution, int | None]:
        """The best of what earlier levels leave open, if that is little, and its bound."""
        face = self.fullness.face(known.values)
        if face is None:
            return known, None
        goal, bounding = self.goals[number], self.goals[:number]
        if self.is_pooled:  # the cost of pools is not yet that of their classes: it proves nothing
            bounding = [other for other in bounding if other.name != "soft"]
        until = self.clock.after(seconds)
        found = self._least(face, bounding, goal, known, seconds)
        if found is not None and len(bounding) < number and (left := self.clock.left - until) > 0:
            best = self._least(face, self.goals[:number], goal, known, left)
            return self._better(known, number, None if best is None else best.values), found.bound
        if found is None:
            return known, None
        return self._better(known, number, found.values), found.bound

    def _refilled(self, known: Solution, number: int) -> Solution:
        """A solution without claims made better up to a level while its cutoffs stand, as often as helps."""
        terms = self.fullness.terms
        if self.refine is None or terms is None:
            return known
        refill = Refill(
            self.built, self.rows, self.refine, terms, self.goals, number, self.limits, self.clock
        )
        until = (1 - REFILL[self.goals[number].name]) * self.clock.left
        complete = self._waves.completed if self.goals[number].name in HEARD else None
        known = refill.improved(known, until, complete)
        is_told = len(known.values) == len(self.built.model.cp.proto.variables)
        return (
            known if is_told else self._waves.completed(known)
        )  # what was excluded meanwhile may measure more

    def _least(
        self, face: Face, held: Sequence[Goal], goal: Goal, known: Solution, seconds: float
    ) -> Narrowed | None:
        limits, clock = self.limits, self.clock
        found = narrowed(self.built, self._linear, face, held, goal, known.values, limits, clock, seconds)
        clock.spend(seconds / 2 if limits.reproducible else 0.0)
        return found

    def _again(self, goal: Goal, level: Level, known: Solution) -> Level:
        """A level with the same bound, as another solution has it."""
        return level_told(goal, value_of(goal, known.values), cost_of(goal, level.bound))

    def _jumped(self, known: Solution, number: int, point: Sequence[int] | None) -> Solution:
        """The relaxation's own solution, if there is one and it is better."""
        if point is None:
            return known
        rest = known.values[self.built.variables :]
        return self._better(known, number, [*point[: self.built.variables], *rest])

    def _better(self, known: Solution, number: int, values: Sequence[int] | None) -> Solution:
        """These values, if there are any and they are better up to a level."""
        if values is None or self.refine is not None:  # nobody looked whether they leave claims
            return known
        found = replace(known, values=values)
        cost = [[value_of(goal, row.values) for goal in self.goals[: number + 1]] for row in (found, known)]
        return found if cost[0] < cost[1] else known
