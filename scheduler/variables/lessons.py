"""What may be decided: a lesson of a class, a meeting of several, a departure on a trip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from scheduler.domain.calendar import minutes
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Course, Period, Trip
from scheduler.variables.model import Variable


class Key(NamedTuple):
    """What tells two lessons apart; `room` None is the class's home room, or no room in particular."""

    class_: str
    date: date
    period: str
    course: str
    teacher: str | None
    room: str | None


@dataclass(frozen=True, eq=False, slots=True)
class Lesson:
    """A session that a class may have; `held` is its variable (1 where the previous plan has settled it)."""

    class_: str
    venue: str
    week: str
    date: date
    shift: str
    block: tuple[Period, ...]
    course: Course
    teacher: str | None
    room: str | None
    held: Variable = 0

    @property
    def key(self) -> Key:
        """What tells it apart."""
        return Key(self.class_, self.date, self.block[0].id, self.course.id, self.teacher, self.room)

    @property
    def meeting(self) -> tuple[object, ...]:
        """Equal for the lessons that are one joint session if they are held."""
        alone = self.class_ if self.course.joint is None else None
        first = self.block[0].id
        return (self.venue, self.date, first, self.course.id, self.teacher, self.room, alone)

    def with_(self, held: Variable) -> Lesson:
        """The lesson with its variable."""
        # there are hundreds of thousands: `replace` takes three times as long
        return Lesson(
            self.class_,
            self.venue,
            self.week,
            self.date,
            self.shift,
            self.block,
            self.course,
            self.teacher,
            self.room,
            held,
        )


@dataclass(frozen=True, eq=False, slots=True)
class Meeting:
    """What a teacher, a room and a kit see: one class's lesson, or the joint session of several classes."""

    lessons: tuple[Lesson, ...]
    held: Variable
    moments: tuple[int, ...] = field(repr=False)

    @property
    def one(self) -> Lesson:
        """Any of its lessons: they are alike in all but the class."""
        return self.lessons[0]


@dataclass(frozen=True, eq=False, slots=True)
class Departure:
    """A trip that a class may go on."""

    class_: str
    venue: str
    week: str
    date: date
    trip: Trip
    held: Variable = 0

    def with_(self, held: Variable) -> Departure:
        """The departure with its variable."""
        return replace(self, held=held)


def moments_of(scenario: Scenario, block: Sequence[Period]) -> tuple[int, ...]:
    """The starts of periods, in minutes since midnight, that lie within a block.

    Two blocks overlap exactly if they share one: the later of two that overlap starts during the other.
    """
    first, last = minutes(block[0].start), minutes(block[-1].end)
    return tuple(
        sorted({minutes(row.start) for row in scenario.periods if first <= minutes(row.start) < last})
    )
