"""What specialists are likely to give in a season of little cost: what they give at good prices.

At prices (`prices.py`) each specialist decides alone, now for this class and now for that one as the prices
swing about the best ones. How often a course is given to a class on a day while they swing tends to what a
best solution of the relaxation gives (the volume algorithm: Barahona and Anbil, 2000).
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from scheduler.solver.door import Clock, Request
from scheduler.solver.linear import Places
from scheduler.solver.timetable.pricing.grid import Grid
from scheduler.solver.timetable.pricing.prices import PACE, Market
from scheduler.variables.offer import Offer

STEPS = 200
"""So many steps of the prices tell who is likely to be where; after twice as many they tell no more."""

PART = 0.06
"""The part of the time left that they may take; fewer of them tell less."""

SWINGING = 0.5
"""The part of the steps after which prices are good, and what is given is counted."""

OFTEN = 0.05
"""What is given in so many of the steps counted is likely."""


class Given(NamedTuple):
    """A specialist gives a class a course on a day."""

    teacher: str
    class_: str
    course: str
    date: date


class Likely:
    """What specialists are likely to give."""

    def __init__(self, grid: Grid, given: set[Given]) -> None:
        """Know it by days, and by weeks."""
        self.given = given
        week_of = grid.scenario.week_of
        self._in_week = {(row.teacher, row.class_, row.course, week_of(row.date)) for row in given}

    def on(self, teacher: str, class_: str, course: str, day: date) -> bool:
        """Whether somebody is likely to give a class a course on a day."""
        return Given(teacher, class_, course, day) in self.given

    def in_week(self, teacher: str, class_: str, course: str, week: str) -> bool:
        """Whether somebody is likely to give a class a course on any day of a week."""
        return (teacher, class_, course, week) in self._in_week


def likely(request: Request, clock: Clock) -> Likely | None:
    """What is likely in a season of which nothing stands; None where nobody gives anything, no time is left
    to tell, or somebody asked to stop."""
    grid = Grid(Offer(request.scenario, request.so_far), request.rulebook)
    if grid.is_empty:
        return None
    market = Market(grid, request.rulebook)
    climb, counted = market.climb(), list[Places]()
    whole, begun, steps, gone = PART * clock.left, clock.left, 0, 0.0
    while gone < 1 and not request.limits.stop.requested:
        told = climb.step(gone)
        if gone >= SWINGING:
            counted.append(told.given)
        if request.limits.reproducible:
            clock.spend(1 / PACE)
        steps += 1
        gone = max(steps / STEPS, (begun - clock.left) / whole if whole > 0 else 1.0)
    if not counted or request.limits.stop.requested:
        return None
    return _likely(grid, market.specialists, counted)


def _likely(grid: Grid, specialists: list[str], counted: list[Places]) -> Likely | None:
    """What is given often, of [4, n] specialist, class, course and day for each step."""
    classes, courses, days, _ = grid.shape
    shape = (len(specialists), classes, courses, days)
    # a session of a step counts once, however many classes share it
    flat = np.concatenate([np.unique(np.ravel_multi_index(tuple(one), shape)) for one in counted])
    found, number = np.unique(flat, return_counts=True)
    often = np.stack(np.unravel_index(found[number >= OFTEN * len(counted)], shape), axis=1)
    names = [specialists, list(grid.classes), list(grid.courses)]
    dates = list(grid.days)
    given = {
        Given(names[0][who], names[1][class_], names[2][course], dates[day])
        for who, class_, course, day in often.tolist()
    }
    return Likely(grid, given) if given else None
