"""A placement without claims filled anew while its cutoffs stand.

Which classes are full, and up to which standing, decides who has a claim to what. As long as that stands the
rest is nearly a transportation problem again: most places, earlier ranks and better choices come from its
relaxation, and so does what may still differ for the soft rules. It proves nothing of other cutoffs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scheduler.solver.door import Clock, Limits
from scheduler.solver.goals import Goal, Solution
from scheduler.solver.linear import Linear
from scheduler.solver.placement.bounding import value_of
from scheduler.solver.placement.build import Built
from scheduler.solver.placement.filling import Filling, Wishes
from scheduler.solver.placement.narrowing import FEW, SELECTIVE, SHORTEST, narrowed
from scheduler.solver.placement.reading import seats_of
from scheduler.solver.placement.refining import Refinement
from scheduler.solver.placement.settling import Seats, settled
from scheduler.solver.placement.starting import seat_values
from scheduler.solver.relaxation import Face, Relaxation
from scheduler.solver.rows import Rows, Terms

USUAL, PACE, GROWTH = 52_000, 5.0, 1.5
"""With so many decisions one filling takes so many seconds, and by such a power longer where there are more:
as measured with 52,000."""

ROUNDS = 3
"""So often it is looked at what follows from what is settled: more finds little."""

MEETINGS = 4
"""So often bound units are given what they claim and the rest is filled around them, and claims that are left
are met one by one."""

WANTED = 2000
"""What it is worth that a bound unit has a seat it claims, where a place counts some hundreds."""

REFILLS = 6
"""So often a placement is filled anew at most."""

PATIENT = 60.0
"""Deterministic time in which a solution must show what follows from its seats."""

NEAR = 1e-6
"""How near to the best, as a share, a filling is."""


class Refill:
    """What filling a season's placements anew needs to know."""

    def __init__(
        self,
        built: Built,
        rows: Rows,
        refine: Refinement,
        terms: Terms,
        goals: Sequence[Goal],
        number: int,
        limits: Limits,
        clock: Clock,
    ) -> None:
        """Fill anew up to this level; `terms` count places, ranks and positions together, as a cost."""
        self._built, self._rows, self._refine, self._terms = built, rows, refine, terms
        self._goals, self._number, self._limits, self._clock = goals, number, limits, clock
        self._wishes = Wishes(built.x)

    def improved(
        self, known: Solution, until: float, complete: Callable[[Solution], Solution] | None
    ) -> Solution:
        """The best solution found by filling again and again, while so much of the time is not yet left.
        `complete` gives least values to what the soft rules measure, if that is to be looked at."""
        for _ in range(REFILLS):
            left = self._clock.left - until
            if left <= SHORTEST or self._limits.stop.requested:
                break
            seats = self.seats(known, left)
            better = known if seats is None else self._free_of_claims(known, seats, complete)
            if better is known:
                break
            known = better
        return known

    def _free_of_claims(
        self, known: Solution, seats: Seats, complete: Callable[[Solution], Solution] | None
    ) -> Solution:
        """These seats, with claims met that the model does not know of; or the solution known if they leave
        any, or are no better."""
        model = self._built.model
        for _ in range(MEETINGS):
            completed = model.completed(seat_values(self._built.x, seats), seconds=PATIENT)
            if len(completed) < len(model.cp.proto.variables):
                return known
            found = Solution(list(completed.values()), (), known.stopped)
            if self._worth(found, soft=False) > self._worth(known, soft=False):
                return known
            if not self._refine(found):
                found = found if complete is None else complete(found)
                return found if self._worth(found) < self._worth(known) else known
            self._rows.read()
            seats = settled(self._built.x, dict(seats))
        return known

    def _worth(self, found: Solution, *, soft: bool = True) -> list[int]:
        """What a solution costs, level by level."""
        goals = [goal for goal in self._goals[: self._number + 1] if soft or goal.name != "soft"]
        return [value_of(goal, found.values) for goal in goals]

    def seats(self, known: Solution, seconds: float) -> Seats | None:
        """The best seats found with the cutoffs of a solution; None if that takes longer.

        Bound units may have claims then: they are given what they claim, and the rest is filled around them;
        if that does not end, claims are met one by one.
        """
        decisions = sum(len(self._built.x.seats(*key)) for key in self._built.x.child_weeks)
        needed = PACE * (decisions / USUAL) ** GROWTH
        until = self._clock.after(seconds)
        filling = Filling(self._built, self._wishes, seats_of(self._built.x, known))
        found: Seats | None = None
        for _ in range(MEETINGS):
            left = self._clock.left - until
            if left < needed or self._limits.stop.requested:
                break
            seats = self._filled(filling, known, left)
            if seats is None:
                break
            found, claims = seats, list(self._refine.claims_to(seats))
            if not claims:
                return found
            for _, claimed in claims:
                filling.give(claimed[0].outcome)
        return None if found is None else settled(self._built.x, dict(found))

    def _filled(self, filling: Filling, known: Solution, seconds: float) -> Seats | None:
        """The best seats with these cutoffs, whatever claims bound units are left with."""
        built, until = self._built, self._clock.after(seconds)
        linear = Linear(built.model, self._rows, [range(built.hard)], (filling.low, filling.high))
        linear.tighten(ROUNDS)
        relaxation = Relaxation(built.model, linear, variables=built.variables)
        for row in filling.rows:
            relaxation.require(row)
        terms = [*self._terms, *((index, -WANTED) for index in sorted(filling.wanted))]
        relaxed = relaxation.exactly(terms, self._limits, self._clock.left - until)
        self._clock.spend(seconds / 3 if self._limits.reproducible else 0.0)
        for most in (int(relaxed.bound), sum(f * known.values[index] for index, f in terms)):
            face = relaxation.face(relaxed, terms, most)
            left = self._clock.left - until
            if len(face.free) > max(FEW, SELECTIVE * built.variables) or left < SHORTEST:
                return None
            beyond = [0] * (len(filling.low) - built.variables)
            branching = linear.piece(face.free, [*face.values, *beyond])
            for row in (*face.tight, *filling.rows):
                branching.require(row, face.values)
            found = branching.best(terms, self._limits, self._clock, left, near=NEAR)
            self._clock.spend(seconds / 3 if self._limits.reproducible else 0.0)
            if found.values is not None:
                values = [found.values.get(index, value) for index, value in enumerate(face.values)]
                return self._softer(filling, face, values, known, self._clock.left - until)
        return None

    def _softer(
        self, filling: Filling, face: Face, filled: Sequence[int], known: Solution, seconds: float
    ) -> Seats:
        """Of the seats as good as these, the best by the level wanted, if it is a later one."""
        goals, number, built = self._goals, self._number, self._built
        values = [*filled, *known.values[built.variables :]]
        if goals[number].name == "soft":
            ends = filling.low, filling.high
            linear = Linear(built.model, self._rows, [range(built.before_claims)], ends)
            held, goal, limits, clock = goals[:number], goals[number], self._limits, self._clock
            best = narrowed(built, linear, face, held, goal, values, limits, clock, seconds, filling.rows)
            values = values if best is None or best.values is None else list(best.values)
        return seats_of(built.x, Solution(values, (), stopped=False))
