"""Where the search for a placement starts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from scheduler.solver.door import Clock, Request
from scheduler.solver.levels import Goal, Solution, solve_goal
from scheduler.solver.placement.build import Built, build_hard
from scheduler.solver.placement.settling import Seats, settled
from scheduler.variables.model import Variable
from scheduler.variables.placement import ClassWeek, PlacementVariables

FULL = 50
"""What a place counts before its position is taken off, when the fullest placement is sought for a start."""

SHARE = 0.15
"""Of the time, what the fullest placement may take."""


def starts(request: Request, withheld: frozenset[ClassWeek], clock: Clock) -> Iterator[Seats]:
    """Seats to start from, the best first, the last sure to keep the hard rules if that was found in time.

    The published plan where there is one; under `seats` nobody; under `fair` the fullest placement there is,
    once all claims against it have been met. (Most of its seats stay filled: a far better start than meeting
    claims from nothing.)
    """
    hard = build_hard(request, withheld)
    found: Solution | None = None
    if request.previous is not None:
        yield {(row.child, row.week): row.class_ for row in request.previous.placements}
    elif request.scenario.settings.policy == "seats":
        yield {}
    else:
        found = _fullest(request, hard, clock)
        yield settled(hard.x, None if found is None else _seats(hard, found))
    if found is not None:
        yield _seats(hard, found)
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


def _fullest(request: Request, hard: Built, clock: Clock) -> Solution | None:
    most = hard.model.total(
        (FULL - hard.x.choice(child, week, class_)) * literal
        for child, week in hard.x.child_weeks
        for class_, literal in hard.x.seats(child, week).items()
    )
    return solve_goal(
        hard.model,
        Goal("placed", most, "most"),
        replace(request.limits, report=lambda progress: None),
        clock,
        "placement",
        seconds=SHARE * clock.left,
        start={},
    )


def _seats(hard: Built, found: Solution) -> Seats:
    return {
        (child, week): class_
        for child, week in hard.x.child_weeks
        for class_, literal in hard.x.seats(child, week).items()
        if found[literal]
    }
