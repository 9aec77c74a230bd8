"""Where the search for a placement starts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite

from scheduler.solver.door import Clock, Request
from scheduler.solver.goals import Goal, Solution
from scheduler.solver.linear import Linear
from scheduler.solver.placement.build import Built, Task, build_hard
from scheduler.solver.placement.narrowing import FEW, SELECTIVE
from scheduler.solver.placement.settling import Seats, settled
from scheduler.solver.relaxation import CLOSE, Face, Relaxation, Relaxed
from scheduler.solver.rows import Rows, Terms
from scheduler.variables.model import Variable
from scheduler.variables.placement import PlacementVariables

FULL, RANK = 400, 20
"""What a place counts, and what each rank before the last adds, before its position is taken off, when the
fullest placement is sought for a start."""

WORTH = 15.0
"""Seconds that a good start is worth waiting for: without one the rest of the time makes no good plan."""

SHARE = 0.6
"""Of the time, what the fullest placement may take."""


class Fullness:
    """What places, ranks and positions can come to together, of all that keeps the hard rules."""

    def __init__(self) -> None:
        """Nothing is known until the fullest placement is sought."""
        self._found: tuple[Relaxation, Relaxed, Goal] | None = None

    @property
    def terms(self) -> Terms | None:
        """How they are counted, as a cost."""
        return None if self._found is None else self._found[2].cost[1]

    def learn(self, relaxation: Relaxation, relaxed: Relaxed, goal: Goal) -> None:
        """Take note of what its relaxation came to."""
        if isfinite(relaxed.bound):
            self._found = relaxation, relaxed, goal

    def least_positions(self, placed: int, of_rank: Mapping[int, int], last: int) -> int | None:
        """The least sum of positions of so many places, so many of each rank, or more of either; `last` is
        the last rank."""
        if self._found is None:
            return None
        _, relaxed, goal = self._found
        most = -goal.cost[0] - int(relaxed.bound)
        return FULL * placed + sum(RANK * (last - rank) * of_rank[rank] for rank in of_rank) - most

    def face(self, values: Sequence[int] | None = None) -> Face | None:
        """What may differ among placements with as many places, as many of each rank, and positions as good,
        as these values have them; or as the relaxation has them."""
        if self._found is None:
            return None
        relaxation, relaxed, goal = self._found
        terms, most = goal.cost[1], int(relaxed.bound)
        if values is not None:
            most = sum(factor * values[index] for index, factor in terms)
        return relaxation.face(relaxed, terms, most)


def starts(task: Task, built: Built, rows: Rows, clock: Clock, fullness: Fullness) -> Iterator[Seats]:
    """Seats to start from, the best first, the last sure to keep the hard rules if that was found in time.

    The published plan where there is one; under `seats` the fullest placement there is; under `fair` the
    same once all claims against it have been met. (Most of its seats stay filled: a far better start than
    meeting claims from nothing.)
    """
    request = task.request
    found: Seats | None = None
    if request.previous is not None:
        yield {(row.child, row.week): row.class_ for row in request.previous.placements}
    else:
        found = _fullest(request, built, rows, clock, fullness)
        is_fair = request.scenario.settings.policy == "fair"
        yield settled(built.x, found) if is_fair or found is None else found
    if found is not None:
        yield found
    hard = build_hard(task)
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


def _fullest(request: Request, built: Built, rows: Rows, clock: Clock, fullness: Fullness) -> Seats | None:
    """The placement of most children, earlier ranks and better choices: nearly a transportation problem.

    Its linear relaxation leaves few variables that are not whole, and those it uses hold a best solution that
    is. None if that cannot be found in time.
    """
    x, until = built.x, (1 - SHARE) * clock.left
    last = max((x.standings.rank(row.id) for row in x.scenario.processed), default=1)
    gain = built.model.total(
        (FULL + RANK * (last - x.standings.rank(child)) - x.choice(child, week, class_)) * literal
        for child, week in x.child_weeks
        for class_, literal in x.seats(child, week).items()
    )
    goal = Goal("placed", gain, "most")
    terms = goal.cost[1]
    if not terms:
        return None
    linear = Linear(built.model, rows, [range(built.hard)])
    relaxation = Relaxation(built.model, linear, variables=built.variables)
    left = max(WORTH, clock.left - until)
    relaxed = relaxation.least(terms, request.limits, left, CLOSE)
    fullness.learn(relaxation, relaxed, goal)
    clock.spend(left / 2 if request.limits.reproducible else 0.0)
    values = None
    if relaxed.exact:
        values = _at_best(built, linear, fullness, terms, request, clock, max(WORTH, clock.left - until))
    if values is None:
        values = relaxation.whole(relaxed, terms, request.limits, max(WORTH, clock.left - until))
    clock.spend(left / 2 if request.limits.reproducible else 0.0)
    return None if values is None else _seats(built, Solution(values, (), stopped=False))


def _at_best(
    built: Built,
    linear: Linear,
    fullness: Fullness,
    terms: Terms,
    request: Request,
    clock: Clock,
    seconds: float,
) -> Sequence[int] | None:
    """A placement as full as the relaxation has it, if whole numbers allow any: what such placements share is
    known by its dual values, and the rest mostly soon found."""
    face = fullness.face()
    if face is None or len(face.free) > max(FEW, SELECTIVE * built.variables):
        return None
    branching = linear.piece(face.free, [*face.values, *[0] * (len(linear.ends[0]) - len(face.values))])
    for row in face.tight:
        branching.require(row, face.values)
    found = branching.best(terms, request.limits, clock, seconds)
    if found.values is None:
        return None
    return [found.values.get(index, value) for index, value in enumerate(face.values)]


def _seats(hard: Built, found: Solution) -> Seats:
    return {
        (child, week): class_
        for child, week in hard.x.child_weeks
        for class_, literal in hard.x.seats(child, week).items()
        if found[literal]
    }
