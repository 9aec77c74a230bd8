"""Where the search for a placement starts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from scheduler.solver.climbing import STEPS
from scheduler.solver.door import Clock, Request
from scheduler.solver.excerpt import Excerpt
from scheduler.solver.levels import Goal, Infeasible, Solution, terms_of
from scheduler.solver.placement.build import Built, Task, build_hard
from scheduler.solver.placement.settling import Seats, settled
from scheduler.solver.relaxation import WHOLE, Relaxation
from scheduler.solver.rows import Rows
from scheduler.variables.model import Variable
from scheduler.variables.placement import PlacementVariables

FULL, RANK = 400, 20
"""What a place counts, and what each rank before the last adds, before its position is taken off, when the
fullest placement is sought for a start."""

WIDER = 3
"""Times that the part decided exactly is made wider where too little room was left for it."""

SHARE = 0.25
"""Of the time, what the fullest placement may take."""


def starts(task: Task, clock: Clock) -> Iterator[Seats]:
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
        found = _fullest(request, hard, clock)
        yield settled(hard.x, found) if request.scenario.settings.policy == "fair" else found or {}
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


def _fullest(request: Request, hard: Built, clock: Clock) -> Seats | None:
    """The placement of most children, earlier ranks and better choices: nearly a transportation problem.

    Its linear relaxation leaves few variables that are not whole; what those concern is decided exactly, all
    else as it says. None if that cannot be done in time.
    """
    x, until = hard.x, (1 - SHARE) * clock.left
    last = max((x.standings.rank(row.id) for row in x.scenario.processed), default=1)
    gain = hard.model.total(
        (FULL + RANK * (last - x.standings.rank(child)) - x.choice(child, week, class_)) * literal
        for child, week in x.child_weeks
        for class_, literal in x.seats(child, week).items()
    )
    _, terms = terms_of(Goal("placed", gain, "most"))
    if not terms:
        return None
    rows = Rows(hard.model)
    relaxation = Relaxation(hard.model, rows, hulls=False)
    relaxed = relaxation.least(terms, request.limits, clock.left - until, vertex=True)
    clock.spend((clock.left - until) / 2 if request.limits.reproducible else 0.0)
    if relaxed.point is None:
        return None
    values = [round(value) for value in relaxed.point]
    parted = {one for one, value in enumerate(relaxed.point) if abs(value - round(value)) > WHOLE}
    children = {child for child in x.unit_of if not parted.isdisjoint(_decisions(x, child))}
    decisions = frozenset(one for child in x.unit_of for one in _decisions(x, child))
    for _ in range(WIDER):
        inside = parted | {one for child in children for one in _decisions(x, child)}
        inside = rows.around(inside, decisions, STEPS)
        speaking = [rows[number] for number in sorted(rows.speaking_of(inside))]
        excerpt = Excerpt(hard.model, inside, speaking, values)
        cost = [(one, factor) for one, factor in terms if one in inside]
        try:
            found = excerpt.best(cost, request.limits, clock, max(1.0, clock.left - until), "placement")
        except Infeasible:  # too little room beside what is whole
            children = _competing(x, children)
            continue
        if found is None:
            return None
        for index, value in excerpt.whole(found).items():
            values[index] = value
        return _seats(hard, Solution(values, (), stopped=False))
    return None


def _decisions(x: PlacementVariables, child: str) -> set[int]:
    """The variables of a child's seats."""
    return {
        literal.index
        for week in x.scenario.weeks
        for literal in x.seats(child, week).values()
        if not isinstance(literal, int)
    }


def _competing(x: PlacementVariables, children: Set[str]) -> set[str]:
    """Everybody who could be in a class that one of these children could be in."""
    classes = {
        (class_, week) for child in children for week in x.scenario.weeks for class_ in x.seats(child, week)
    }
    return {child for class_, week in classes for child in x.holders(class_, week)}


def _seats(hard: Built, found: Solution) -> Seats:
    return {
        (child, week): class_
        for child, week in hard.x.child_weeks
        for class_, literal in hard.x.seats(child, week).items()
        if found[literal]
    }
