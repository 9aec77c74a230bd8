"""A placement made better piece by piece, where a season is too wide for one search, and how good it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

from scheduler.solver.climbing import Climb
from scheduler.solver.door import Clock, Limits, Progress
from scheduler.solver.levels import Goal, Solution, terms_of
from scheduler.solver.placement.build import Built
from scheduler.solver.placement.pieces import Pieces
from scheduler.solver.relaxation import Terms
from scheduler.solver.rows import Rows

PIECE = 4.0
"""Seconds that a piece may take at most."""

ALONE = ("positions", "soft", "draw")
"""Levels that are climbed each for itself, once those before stand; the others are climbed at once."""

SHARES = {"positions": 0.3, "soft": 0.7, "draw": 0.5}
"""Of the time left when it is its turn, what a level may take; the first take more than half."""

FIRST_SHARE = 0.55


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
        """Tell the levels' terms, and whose decisions are which variables."""
        x = self.built.x
        self._terms = {goal.name: terms_of(goal)[1] for goal in self.goals}
        self._goal = {goal.name: goal for goal in self.goals}
        self._of: dict[str, set[int]] = {}
        for child, week in x.child_weeks:
            found = {one.index for one in x.seats(child, week).values() if not isinstance(one, int)}
            self._of.setdefault(child, set()).update(found)
        self._decisions = frozenset(one for found in self._of.values() for one in found)

    def climbed(self, known: Solution, until: float) -> Solution:
        """The best solution found around a known one, until so many seconds are left on the clock."""
        pieces = Pieces(self.built.x, self.limits.seed)
        held: list[str] = []
        for names in self._groups():
            left = max(0.0, self.clock.left - until)
            share = SHARES.get(names[0], FIRST_SHARE)
            known = self._climbed(known, names, held, pieces, self.clock.left - share * left)
            held += names[: len(names) - 1] if len(names) > 1 else names
        return known

    def _groups(self) -> list[list[str]]:
        """The names of the levels that are climbed at once; the first of them with an eye to positions."""
        first = [name for name in self._terms if name not in ALONE]
        rest = [[name] for name in self._terms if name in ALONE]
        return [[*first, *ALONE[:1]], *rest]

    def _climbed(
        self, known: Solution, names: Sequence[str], held: Sequence[str], pieces: Pieces, until: float
    ) -> Solution:
        """Wave upon wave of pieces until venues alone and together change nothing, or time is up."""
        levels, holding = [self._terms[name] for name in names], [self._terms[name] for name in held]
        quiet = 0
        for wave in pieces.waves():
            climb = Climb(self.built.model, self.rows, self._decisions, known.values, "placement")
            done = self._wave(climb, wave, names[0], levels, holding, until)
            better = list(known.values) != climb.values
            known = self._without_claims(climb, known)
            quiet = 0 if better else quiet + 1
            if done or quiet > 1:
                break
        return known

    def _wave(
        self,
        climb: Climb,
        wave: Sequence[Set[str]],
        name: str,
        levels: Sequence[Terms],
        holding: Sequence[Terms],
        until: float,
    ) -> bool:
        """Every piece of a wave once; whether time is up."""
        for children in wave:
            left = self.clock.left - until
            if self.limits.stop.requested or left <= 0:
                return True
            piece = {one for child in children for one in self._of.get(child, ())}
            seconds = min(PIECE, max(0.2, left))
            if climb.anew(piece, levels, holding, self.limits, self.clock, seconds):
                self.limits.report(Progress("placement", name, self._told(climb, name), None))
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

    def _told(self, climb: Climb, name: str) -> float:
        goal = self._goal[name]
        value = (terms_of(goal)[0] + climb.value(self._terms[name])) / goal.scale
        return -value if goal.sense == "most" else value
