"""A placement made better piece by piece, level by level, where a season is too wide for one search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scheduler.domain.plan import Level
from scheduler.solver.climbing import Climb
from scheduler.solver.door import Clock, Limits, Progress
from scheduler.solver.levels import Goal, Solution
from scheduler.solver.placement.bounding import HASTE, Bounds, level_told, value_of
from scheduler.solver.placement.build import Built
from scheduler.solver.placement.pieces import Piece, Pieces
from scheduler.solver.placement.reading import seats_of
from scheduler.solver.placement.refining import Refinement
from scheduler.solver.placement.starting import Fullness
from scheduler.solver.rows import Rows

PIECE = 5.0
"""Seconds that a piece may take at most."""

QUIET = 6
"""After so many waves that change nothing the rest of the time is better spent on the next level."""

WEIGHTS = {"claims": 8.0, "changes": 8.0, "placed": 8.0, "positions": 4.0, "soft": 6.0}
"""Levels share the time by these weights; the others weigh 1."""

BOUND = 0.5
"""Of all the time left, what a level's bound may take: it mostly ends long before."""

HEARD = ("soft", "draw")
"""Levels at which soft rules count; before, what these measure is not looked at."""

PATIENT = 60.0
"""Deterministic time in which a solution must show what follows from its seats."""

CLAIM = 1_000_000
"""What a claim counts beside the soft rules when the least of both is told."""


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

    def __post_init__(self) -> None:
        """Tell whose decisions are which variables."""
        x = self.built.x
        self._of: dict[tuple[str, str], set[int]] = {}
        for child, week in x.child_weeks:
            for class_, literal in x.seats(child, week).items():
                if not isinstance(literal, int):
                    self._of.setdefault((child, x.scenario.class_[class_].venue), set()).add(literal.index)
        self._decisions = frozenset(one for found in self._of.values() for one in found)
        self._pieces = Pieces(x, self.limits.seed)

    def improved(self, known: Solution) -> Solution:
        """The best solution found around a known one, with each level's bound."""
        bounds = Bounds(self.built, self.rows, self.limits, self.clock, with_points=self.refine is None)
        levels: list[Level] = []
        for number, goal in enumerate(self.goals):
            if goal.name == "soft":
                known = self._completed(known)  # what the soft rules measure was not looked at so far
            weights = [WEIGHTS.get(other.name, 1.0) for other in self.goals[number:]]
            seconds = weights[0] / sum(weights) * self.clock.left
            most = max(seconds / 2, BOUND * self.clock.left)
            level = bounds.level(goal, known.values, most, self._implied(goal, levels))
            if level.gap and goal.name != "soft":
                known = self._jumped(known, number, bounds.point)
                level = self._again(goal, level, known)
            if level.gap:
                until = self.clock.left * (1 - weights[0] / sum(weights))
                known = self._climbed(known, number, level, until)
                level = self._again(goal, level, known)
            levels.append(level)
            if goal.name != "soft" or not self.is_pooled:  # that cost is told when pools are dealt out
                bounds.hold(goal, known.values)
        return replace(known, levels=tuple(levels), stopped=self.limits.stop.requested)

    def _implied(self, goal: Goal, told: Sequence[Level]) -> int | None:
        """What earlier levels say of the last rank (at best all who can be placed but for those of the other
        ranks) and of the positions."""
        values = {level.name: round(level.value) for level in told}
        placed = next((level for level in told if level.name == "placed"), None)
        ranks = [other.name for other in self.goals if other.name.startswith("rank_")]
        if placed is not None and goal.name == ranks[-1]:
            return round(sum(values[name] for name in ranks[:-1]) - placed.bound)
        if goal.name == "positions":
            of_rank = {int(name.removeprefix("rank_")): values[name] for name in ranks}
            return self.fullness.least_positions(values["placed"], of_rank, max(of_rank))
        return None

    def _again(self, goal: Goal, level: Level, known: Solution) -> Level:
        """A level with the same bound, as another solution has it."""
        bound = round((1 if goal.sense == "least" else -1) * level.bound * goal.scale)
        return level_told(goal, value_of(goal, known.values), bound)

    def _climbed(self, known: Solution, number: int, level: Level, until: float) -> Solution:
        """Wave upon wave of pieces until the bound is reached, waves change nothing, or time is up."""
        goal, quiet = self.goals[number], 0
        unheard = range(self.built.hard, self.built.before_claims)
        self._pieces.see(seats_of(self.built.x, known))
        for wave in self._pieces.waves():
            climb = Climb(
                self.built.model,
                self.rows,
                self._decisions,
                known.values,
                "placement",
                unheard=range(0) if goal.name in HEARD else unheard,
            )
            before = value_of(goal, known.values)
            over = self._wave(climb, wave, number, level, until)
            known = self._without_claims(climb, known)
            self._pieces.see(seats_of(self.built.x, known))
            quiet = 0 if value_of(goal, known.values) < before else quiet + 1
            if over or quiet > QUIET:
                break
        return known

    def _jumped(self, known: Solution, number: int, point: Sequence[int] | None) -> Solution:
        """The relaxation's own solution, if there is one and it is better."""
        if point is None:
            return known
        found = replace(known, values=[*point[: self.built.variables], *known.values[self.built.variables :]])
        values = [[value_of(goal, row.values) for goal in self.goals[: number + 1]] for row in (found, known)]
        return found if values[0] < values[1] else known

    def _wave(self, climb: Climb, wave: Sequence[Piece], number: int, level: Level, until: float) -> bool:
        """Every piece of a wave once; whether that is the end of it."""
        goal = self.goals[number]
        held = [other.cost[1] for other in self.goals[:number]]
        for piece in wave:
            left = self.clock.left - until
            if self.limits.stop.requested or left <= HASTE:
                return True
            anew = {
                one
                for child in piece.children
                for venue in piece.venues
                for one in self._of.get((child, venue), ())
            }
            seconds = min(PIECE, max(0.2, left))
            if not climb.anew(anew, goal.cost[1], held, self.limits, self.clock, seconds):
                continue
            if self._leaves_claims(climb):
                climb.back()
                if not climb.grow(self.limits, self.clock, PIECE):
                    return True
                continue
            value = level_told(goal, value_of(goal, climb.values), 0).value
            self.limits.report(Progress("placement", goal.name, value, level.bound))
            if value == level.bound:
                return True
        return False

    def _leaves_claims(self, climb: Climb) -> bool:
        """Whether a unit of several children is left with a claim undeclared, which the model does not know
        of beforehand; it is excluded from now on."""
        found = Solution(climb.values, (), stopped=False)
        return self.refine is not None and self.refine(found, bound_only=True)

    def _without_claims(self, climb: Climb, known: Solution) -> Solution:
        """What was climbed to, unless it leaves a claim undeclared: then what was known, as the model that
        now excludes that claim has it."""
        found = Solution(list(climb.values), (), self.limits.stop.requested)
        if found.values == known.values:
            return known
        if self.refine is None or not self.refine(found):
            return found
        self.rows.read()
        return self._completed(known)

    def _completed(self, known: Solution) -> Solution:
        """The same seats, with what follows from them as the model has it now."""
        model = self.built.model
        seats = {model.cp.get_int_var_from_proto_index(one): known.values[one] for one in self._decisions}
        claims = model.total(claim for claim in self.built.x.claims.values() if not isinstance(claim, int))
        least = self.built.cost + CLAIM * claims
        completed = model.completed(seats, seconds=PATIENT, least=least)
        return known if completed is seats else Solution(list(completed.values()), (), known.stopped)
