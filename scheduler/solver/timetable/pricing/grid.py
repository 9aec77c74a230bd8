"""A season in arrays: its classes, courses, days and course periods by number, and what is offered where."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from scheduler.rules import Rulebook
from scheduler.solver.linear import Numbers, Places
from scheduler.variables.offer import Offer

Flags = NDArray[np.bool_]
K = TypeVar("K")

NEVER = -1e9
"""What is worth so much is not to be had."""


class Block(NamedTuple):
    """Course periods that a session may take, by their numbers; their shift."""

    periods: tuple[int, ...]
    shift: str


class Grid:
    """The classes that run, the days on which any does, and what each may have when.

    Axes of the arrays: C classes, D days, W weeks, P course periods by their starts, K courses, B blocks.
    """

    def __init__(self, offer: Offer, rulebook: Rulebook) -> None:
        """Number everything; what locks say is not looked at."""
        self.offer, self.scenario, self.plan = offer, offer.scenario, offer.plan
        self.weight = {rule.id(): rulebook.weight(rule) for rule in rulebook.rules if not rule.hard}
        scenario = self.scenario
        self.classes = _numbered(class_ for class_, _ in offer.shifts)
        self.days: dict[date, int] = _numbered(sorted({day for _, day in offer.shifts}))
        self.weeks = _numbered(scenario.week_of(day) for day in self.days)
        self.courses = _numbered(scenario.course)
        self.venues = _numbered(scenario.class_[class_].venue for class_ in self.classes)
        self.rows = list(scenario.course.values())
        periods = [row for row in scenario.periods if row.kind == "course"]
        self.periods = sorted(periods, key=lambda row: row.start)
        self._place = _numbered(row.id for row in self.periods)
        self.blocks = self._blocks()
        self.week_of: Places = np.array(
            [self.weeks[scenario.week_of(day)] for day in self.days], dtype=np.int64
        )
        self.led: Flags = np.array([not row.teacher for row in self.rows], dtype=bool)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to fill."""
        return not self.classes or not self.blocks

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """The numbers of classes, courses, days and course periods."""
        return len(self.classes), len(self.courses), len(self.days), len(self.periods)

    def _blocks(self) -> list[Block]:
        found = {
            (self._place[row.id], length): self.scenario.block(row.id, length)
            for row in self.periods
            for length in {course.length for course in self.rows}
        }
        return [
            Block(tuple(self._place[one.id] for one in block), block[0].shift)
            for _, block in sorted(found.items(), key=lambda item: item[0])
            if block
        ]

    @cached_property
    def days_in(self) -> Places:
        """[W, most days of a week] the days of each week, then -1."""
        longest = int(np.bincount(self.week_of).max())
        found = np.full((len(self.weeks), longest), -1, dtype=np.int64)
        for week in range(len(self.weeks)):
            days = np.flatnonzero(self.week_of == week)
            found[week, : len(days)] = days
        return found

    @cached_property
    def takes(self) -> Numbers:
        """[B, P] 1 where a block takes a period."""
        found = np.zeros((len(self.blocks), len(self.periods)))
        for number, block in enumerate(self.blocks):
            found[number, list(block.periods)] = 1
        return found

    @cached_property
    def open(self) -> Flags:
        """[C, D, P] where a class has a course period."""
        found = np.zeros((len(self.classes), len(self.days), len(self.periods)), dtype=bool)
        for (class_, day), shifts in self.offer.shifts.items():
            found[self.classes[class_], self.days[day]] = [row.shift in shifts for row in self.periods]
        return found

    @cached_property
    def offered(self) -> Flags:
        """[C, K, D, B] the sessions a class may have, where there is a room and whoever gives them."""
        classes, courses, days, _ = self.shape
        found = np.zeros((classes, courses, days, len(self.blocks)), dtype=bool)
        for (class_, day), shifts in self.offer.shifts.items():
            for course in self.offer.suited(class_, self.scenario.week_of(day)):
                fits = [
                    block.shift in shifts
                    and len(block.periods) == course.length
                    and self.offer.has_room(course.id, class_, day, block.shift)
                    for block in self.blocks
                ]
                found[self.classes[class_], self.courses[course.id], self.days[day]] = fits
        return found

    @cached_property
    def had(self) -> Flags:
        """[C, K, W] whether a class may have a course in a week."""
        daily: Flags = np.any(self.offered, axis=3)
        weeks = [daily[:, :, self.week_of == week].any(axis=2) for week in range(len(self.weeks))]
        return np.stack(weeks, axis=2)

    @cached_property
    def slots(self) -> Places:
        """[venues, most classes of a venue] the classes of each venue, then -1."""
        of: list[list[int]] = [[] for _ in self.venues]
        for class_, number in self.classes.items():
            of[self.venues[self.scenario.class_[class_].venue]].append(number)
        found = np.full((len(of), max(map(len, of))), -1, dtype=np.int64)
        for venue, numbers in enumerate(of):
            found[venue, : len(numbers)] = numbers
        return found

    @cached_property
    def together(self) -> dict[int, Places]:
        """For each course that classes may share, and that needs a specialist, how many classes of a venue
        a session holds at most."""
        return {
            self.courses[row.id]: np.array([self._most_together(row.joint, venue) for venue in self.venues])
            for row in self.rows
            if row.joint is not None and row.teacher
        }

    def _most_together(self, joint: int, venue: str) -> int:
        running = [(row.id, week) for row in self.scenario.classes_at(venue) for week in self.weeks]
        fewest: dict[str, int] = {}
        for class_, week in running:
            if (class_, week) in self.plan.running:
                children = self.offer.children(class_, week)
                fewest[class_] = min(children, fewest.get(class_, children))
        held = np.cumsum(sorted(fewest.values()))
        return max(1, int((held <= joint).sum()))


def _numbered(names: Iterable[K]) -> dict[K, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(names))}
