"""A season's lessons by numbers: who may give what to which class, when and where, as sets of bits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from scheduler.solver.timetable.filling.ledger import Ledger
from scheduler.solver.timetable.pricing.grid import Grid
from scheduler.variables.lessons import Lesson

NOBODY = HOME = -1
"""No specialist; the home room, or no room in particular."""


class Given(NamedTuple):
    """A session, by numbers."""

    class_: int
    course: int
    day: int
    block: int
    teacher: int
    """Or NOBODY."""
    room: int
    """Or HOME."""


class Option(NamedTuple):
    """A block and a room that a session may have: the block as a bit, the moments it takes as bits."""

    bit: int
    moments: int
    block: int
    room: int


class Entry(NamedTuple):
    """A course that a class may have on a day: both, the number of the pair, and that of the class's day."""

    class_: int
    course: int
    series: int
    place: int
    options: tuple[Option, ...]


class Numbered:
    """All that may be held in a season, by the numbers of `Grid`; specialists and rooms are numbered here.

    A pair of a class and a course (a series), of a class and a day, or of a specialist and a day is one
    number too: the first times the number of the others, and the second.
    """

    def __init__(self, grid: Grid, ledger: Ledger) -> None:
        """Number everything; the ledger knows which lessons locks forbid."""
        self.grid, self._ledger, self._x = grid, ledger, ledger.x
        scenario = self._scenario = grid.scenario
        self.classes, self.courses, self.days = list(grid.classes), list(grid.courses), list(grid.days)
        self.people = [row for row in scenario.person.values() if "specialist" in row.roles]
        self.rooms = list(scenario.room)
        self._person = {row.id: number for number, row in enumerate(self.people)}
        self._room = {name: number for number, name in enumerate(self.rooms)}
        self.week_of: list[int] = grid.week_of.tolist()
        self.days_in = [
            [day for day, week in enumerate(self.week_of) if week == one] for one in range(len(grid.weeks))
        ]
        self._venues = list(grid.venues)
        self.venue_of = [grid.venues[scenario.class_[name].venue] for name in self.classes]
        self.classes_at: list[list[int]] = [[] for _ in grid.venues]
        for class_, venue in enumerate(self.venue_of):
            self.classes_at[venue].append(class_)
        self.reach = [
            [number for name, number in grid.venues.items() if scenario.works_at(row.id, name)]
            for row in self.people
        ]
        self.near: list[list[int]] = [[] for _ in grid.venues]
        """The specialists in whose reach each venue is."""
        for number, venues in enumerate(self.reach):
            for venue in venues:
                self.near[venue].append(number)
        self.blocks = [tuple(grid.periods[place] for place in block.periods) for block in grid.blocks]
        self._block = {(block[0].id, len(block)): number for number, block in enumerate(self.blocks)}
        self._number_moments()
        shifts = list(scenario.shift)
        self.shift = [shifts.index(block[0].shift) for block in self.blocks]
        self.start = [block[0].start for block in self.blocks]
        self._homes = {row.room for row in scenario.class_.values() if row.room}
        self._alike: dict[tuple[Option, ...], tuple[Option, ...]] = {}
        self.taken_in = cache(self._taken_in)
        self.clash = cache(self._clash)
        self.entries = cache(self._entries)
        self.led = cache(self._led)

    def _number_moments(self) -> None:
        numbers = {one: None for block in self.blocks for one in self._x.moments_of(block)}
        self._moment = {one: 1 << number for number, one in enumerate(numbers)}
        self.each_moment = [
            tuple(self._moment[one] for one in self._x.moments_of(block)) for block in self.blocks
        ]
        self.moments = [sum(found) for found in self.each_moment]

    def number(self, lesson: Lesson) -> Given:
        """A lesson by numbers."""
        grid = self.grid
        return Given(
            grid.classes[lesson.class_],
            grid.courses[lesson.course.id],
            grid.days[lesson.date],
            self._block[lesson.block[0].id, len(lesson.block)],
            NOBODY if lesson.teacher is None else self._person[lesson.teacher],
            HOME if lesson.room is None else self._room[lesson.room],
        )

    def lesson(self, given: Given) -> Lesson:
        """The lesson of such numbers."""
        class_, course, day, block, teacher, room = given
        row, date = self._scenario.class_[self.classes[class_]], self.days[day]
        return Lesson(
            row.id,
            row.venue,
            self._scenario.week_of(date),
            date,
            self.blocks[block][0].shift,
            self.blocks[block],
            self.grid.rows[course],
            None if teacher == NOBODY else self.people[teacher].id,
            None if room == HOME else self.rooms[room],
        )

    def held(self, class_: int, day: int) -> tuple[str, ...]:
        """The shifts in which a class takes place on a day."""
        return self._x.held(self.classes[class_], self.days[day])

    def _taken_in(self, shifts: tuple[str, ...], *, care: bool) -> int:
        """The moments, by bits, of all course periods of some shifts; with `care`, of the other periods, too,
        during which other shifts may have courses."""
        periods = [row for shift in shifts for row in self._scenario.periods_of(shift)]
        counted = [row for row in periods if care or row.kind == "course"]
        moments = {one for row in counted for one in self._x.moments_of((row,))}
        return sum(self._moment.get(one, 0) for one in moments)

    def _clash(self, block: int, here: int, there: int) -> int:
        """The blocks, by bits, that a specialist who gives one here cannot give there on the same day."""
        names, one, too_close = self._venues, self.blocks[block], self._scenario.too_close

        def is_barred(number: int) -> bool:
            other = self.blocks[number]
            if self.moments[block] & self.moments[number]:
                return True
            if one[0].start < other[0].start:
                return too_close(one[-1], names[here], other[0], names[there])
            return too_close(other[-1], names[there], one[0], names[here])

        return bits(is_barred(number) for number in range(len(self.blocks)))

    # ---- what may be held ------------------------------------------------------------------------

    def _entries(self, teacher: int, day: int) -> Sequence[tuple[int, Sequence[Entry]]]:
        """What a specialist may give on a day, venue by venue."""
        found = []
        for venue in self.reach[teacher]:
            name = self.people[teacher].id
            here = [entry for class_ in self.classes_at[venue] for entry in self._given_by(name, class_, day)]
            if here:
                found.append((venue, here))
        return found

    def _led(self, class_: int, day: int) -> Sequence[Entry]:
        """What a class may have on a day from whoever is on duty."""
        return list(self._given_by(None, class_, day))

    def _given_by(self, teacher: str | None, class_: int, day: int) -> Iterator[Entry]:
        name, date = self.classes[class_], self.days[day]
        if (name, date) not in self._x.offer.shifts:
            return
        home, by_course = self._scenario.class_[name].room, defaultdict[str, list[Lesson]](list)
        for lesson in self._ledger.allowed(self._x.offer.given_by(teacher, name, date)):
            is_home_of_others = lesson.room in self._homes and lesson.room != home
            # rows without teacher and room would be a joint session
            is_shared = teacher is None and lesson.room is None and lesson.course.joint is not None
            if not is_home_of_others and not is_shared:
                by_course[lesson.course.id].append(lesson)
        _, courses, days, _ = self.grid.shape
        for id, lessons in by_course.items():
            options, course = tuple(map(self._option, lessons)), self.grid.courses[id]
            alike = self._alike.setdefault(options, options)
            yield Entry(class_, course, class_ * courses + course, class_ * days + day, alike)

    def _option(self, lesson: Lesson) -> Option:
        block = self._block[lesson.block[0].id, len(lesson.block)]
        room = HOME if lesson.room is None else self._room[lesson.room]
        return Option(1 << block, self.moments[block], block, room)


def bits(flags: Iterable[bool]) -> int:
    """The numbers of those that are true, as bits."""
    return sum(1 << number for number, flag in enumerate(flags) if flag)
