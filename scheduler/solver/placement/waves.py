"""Waves of pieces: children decided anew among their neighbours' places, while all else stands."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.domain.plan import Level
from scheduler.solver.climbing import Climb
from scheduler.solver.door import Clock, Limits, Progress
from scheduler.solver.goals import Goal, Solution
from scheduler.solver.placement.bounding import HASTE, level_told, value_of
from scheduler.solver.placement.build import Built
from scheduler.solver.placement.deciding import HEARD
from scheduler.solver.placement.pieces import Piece, Pieces
from scheduler.solver.placement.reading import seats_of
from scheduler.solver.placement.refilling import PATIENT
from scheduler.solver.placement.refining import Refinement
from scheduler.solver.rows import Rows

PIECE = 5.0
"""Seconds that a piece may take at most."""

QUIET = 6
"""After so many waves that change nothing the rest of the time is better spent on the next level."""

CLAIM = 1_000_000
"""What a claim counts beside the soft rules when the least of both is told."""


class Waves:
    """A solution made better piece by piece, level by level; claims left undeclared are excluded for good
    (then the last solution without any stands)."""

    def __init__(
        self,
        built: Built,
        rows: Rows,
        goals: Sequence[Goal],
        refine: Refinement | None,
        limits: Limits,
        clock: Clock,
    ) -> None:
        """Tell whose decisions are which variables."""
        self._built, self._rows, self._goals, self._refine = built, rows, goals, refine
        self._limits, self._clock = limits, clock
        self._of: dict[tuple[str, str], set[int]] = {}
        x = built.x
        for child, week in x.child_weeks:
            for class_, literal in x.seats(child, week).items():
                if not isinstance(literal, int):
                    self._of.setdefault((child, x.scenario.class_[class_].venue), set()).add(literal.index)
        self._decisions = frozenset(one for found in self._of.values() for one in found)
        self._pieces = Pieces(x, limits.seed)

    def climbed(self, known: Solution, number: int, level: Level, until: float) -> Solution:
        """Wave upon wave of pieces until the bound is reached, waves change nothing, or time is up."""
        goal, quiet = self._goals[number], 0
        unheard = range(self._built.hard, self._built.before_claims)
        self._pieces.see(seats_of(self._built.x, known))
        for wave in self._pieces.waves():
            climb = Climb(
                self._built.model,
                self._rows,
                self._decisions,
                known.values,
                "placement",
                unheard=range(0) if goal.name in HEARD else unheard,
            )
            before = value_of(goal, known.values)
            over = self._wave(climb, wave, number, level, until)
            known = self._without_claims(climb, known)
            self._pieces.see(seats_of(self._built.x, known))
            quiet = 0 if value_of(goal, known.values) < before else quiet + 1
            if over or quiet > QUIET:
                break
        return known

    def completed(self, known: Solution) -> Solution:
        """The same seats, with what follows from them as the model has it now."""
        model = self._built.model
        seats = {model.cp.get_int_var_from_proto_index(one): known.values[one] for one in self._decisions}
        claims = model.total(claim for claim in self._built.x.claims.values() if not isinstance(claim, int))
        least = self._built.cost + CLAIM * claims
        completed = model.completed(seats, seconds=PATIENT, least=least)
        return known if completed is seats else Solution(list(completed.values()), (), known.stopped)

    def _wave(self, climb: Climb, wave: Sequence[Piece], number: int, level: Level, until: float) -> bool:
        """Every piece of a wave once; whether that is the end of it."""
        goal = self._goals[number]
        held = [other.cost[1] for other in self._goals[:number]]
        for piece in wave:
            left = self._clock.left - until
            if self._limits.stop.requested or left <= HASTE:
                return True
            anew = {
                one
                for child in piece.children
                for venue in piece.venues
                for one in self._of.get((child, venue), ())
            }
            seconds = min(PIECE, max(0.2, left))
            if not climb.anew(anew, goal.cost[1], held, self._limits, self._clock, seconds):
                continue
            if self._leaves_claims(climb):
                climb.back()
                if not climb.grow(self._limits, self._clock, PIECE):
                    return True
                continue
            value = level_told(goal, value_of(goal, climb.values), 0).value
            self._limits.report(Progress("placement", goal.name, value, level.bound))
            if value == level.bound:
                return True
        return False

    def _leaves_claims(self, climb: Climb) -> bool:
        """Whether a unit of several children is left with a claim undeclared, which the model does not know
        of beforehand; it is excluded from now on."""
        found = Solution(climb.values, (), stopped=False)
        return self._refine is not None and self._refine(found, bound_only=True)

    def _without_claims(self, climb: Climb, known: Solution) -> Solution:
        """What was climbed to, unless it leaves a claim undeclared: then what was known, as the model that
        now excludes that claim has it."""
        found = Solution(list(climb.values), (), self._limits.stop.requested)
        if found.values == known.values:
            return known
        if self._refine is None or not self._refine(found):
            return found
        self._rows.read()
        return self.completed(known)
