"""Where the search for a placement starts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite

from scheduler.solver.door import Clock, Request
from scheduler.solver.levels import Goal, Solution
from scheduler.solver.placement.build import Built, Task, build_hard
from scheduler.solver.placement.settling import Seats, settled
from scheduler.solver.relaxation import Relaxation
from scheduler.solver.rows import Rows
from scheduler.variables.model import Variable
from scheduler.variables.placement import PlacementVariables

FULL, RANK = 400, 20
"""What a place counts, and what each rank before the last adds, before its position is taken off, when the
fullest placement is sought for a start."""

WORTH = 15.0
"""Seconds that a good start is worth waiting for: without one the rest of the time makes no good plan."""

SHARE = 0.5
"""Of the time, what the fullest placement may take."""


@dataclass
class Fullness:
    """What places, ranks and positions can come to together, of all that keeps the hard rules: no more than
    `most`, counted as the fullest placement counts them. None until that is known."""

    most: int | None = None

    def least_positions(self, placed: int, of_rank: Mapping[int, int], last: int) -> int | None:
        """The least sum of positions of so many places, so many of each rank, or more of either; `last` is
        the last rank."""
        if self.most is None:
            return None
        return FULL * placed + sum(RANK * (last - rank) * of_rank[rank] for rank in of_rank) - self.most


def starts(task: Task, clock: Clock, fullness: Fullness) -> Iterator[Seats]:
    """Seats to start from, the best first, the last sure to keep the hard rules if that was found in time.

    The published plan where there is one; under `seats` the fullest placement there is; under `fair` the
    same once all claims against it have been met. (Most of its seats stay filled: a far better start than
    meeting claims from nothing.)
    """
    request, hard = task.request, build_hard(task)
    found: Seats | None = None
    if request.previous is not None:
        yield {(row.child, row.week): row.class_ for row in request.previous.placements}
    else:
        found = _fullest(request, hard, clock, fullness)
        is_fair = request.scenario.settings.policy == "fair"
        yield settled(hard.x, found) if is_fair or found is None else found
    if found is not None:
        yield found
    completed = hard.model.completed({})
    if completed:
        yield _seats(hard, Solution(list(completed.values()), (), stopped=False))


def seat_values(x: PlacementVariables, seats: Seats) -> Mapping[Variable, int]:
    """Every decision as these seats have it."""
    return {
        literal: int(seats.get((child, week)) == class_)
        for child, week in x.child_weeks
        for class_, literal in x.seats(child, week).items()
        if not isinstance(literal, int)
    }


def _fullest(request: Request, hard: Built, clock: Clock, fullness: Fullness) -> Seats | None:
    """The placement of most children, earlier ranks and better choices: nearly a transportation problem.

    Its linear relaxation leaves few variables that are not whole, and those it uses hold a best solution that
    is. None if that cannot be found in time.
    """
    x, until = hard.x, (1 - SHARE) * clock.left
    last = max((x.standings.rank(row.id) for row in x.scenario.processed), default=1)
    gain = hard.model.total(
        (FULL + RANK * (last - x.standings.rank(child)) - x.choice(child, week, class_)) * literal
        for child, week in x.child_weeks
        for class_, literal in x.seats(child, week).items()
    )
    constant, terms = Goal("placed", gain, "most").cost
    if not terms:
        return None
    relaxation = Relaxation(hard.model, Rows(hard.model), hulls=False)
    left = clock.left - until
    relaxed = relaxation.least(terms, request.limits, left)
    fullness.most = -constant - int(relaxed.bound) if isfinite(relaxed.bound) else None
    clock.spend(left / 2 if request.limits.reproducible else 0.0)
    values = relaxation.whole(relaxed, terms, request.limits, max(WORTH, clock.left - until))
    clock.spend(left / 2 if request.limits.reproducible else 0.0)
    return None if values is None else _seats(hard, Solution(values, (), stopped=False))


def _seats(hard: Built, found: Solution) -> Seats:
    return {
        (child, week): class_
        for child, week in hard.x.child_weeks
        for class_, literal in hard.x.seats(child, week).items()
        if found[literal]
    }
