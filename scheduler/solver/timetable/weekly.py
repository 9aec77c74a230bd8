"""The timetable by weeks: how often each class has what with whom, whatever the hour.

What the whole season costs at least follows from this small model (`solver/summing.py`), and how often each
class would best have each course, and with whom, is where the search for hours begins.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from typing import NamedTuple

from scheduler.solver.blocks import SHARED
from scheduler.solver.summing import Linear
from scheduler.solver.timetable.build import Built
from scheduler.variables.lessons import Lesson


class Alike(NamedTuple):
    """What is the same for all variables of a group; blank where it does not matter."""

    kind: str
    class_: str = ""
    venue: str = ""
    week: str = ""
    course: str = ""
    teacher: str = ""
    shift: str = ""
    moments: int = 0


class Weekly:
    """The groups of a model's variables, and the families of its constraints."""

    def __init__(self, built: Built, *, by_day: bool = False) -> None:
        """Tell for each variable its group, and when it takes place; with `by_day` days are kept apart."""
        self._built, self._by_day = built, by_day
        number = len(built.model.cp.proto.variables)
        self.groups: list[Hashable] = list(range(number))
        self._alike: dict[int, Alike] = {}
        self._moments: dict[int, frozenset[tuple[date, int]]] = {}
        self._known: dict[Alike, Alike] = {}
        self._when: dict[tuple[date, tuple[int, ...]], frozenset[tuple[date, int]]] = {}
        self._departures = {row.held.index for row in built.x.departures if not isinstance(row.held, int)}
        self._tell_lessons()
        self._tell_visits()

    def group_of(self, lesson: Lesson) -> Hashable:
        """The group of a lesson that is to be decided."""
        group: Hashable = self.groups[lesson.held.index]
        return group

    @staticmethod
    def block_of(group: Hashable) -> Hashable | None:
        """What of the sums is one specialist's own: there whole numbers cost most. None where the
        constraints tell."""
        if not isinstance(group, Alike):
            return None
        return group.teacher if group.teacher not in ("", "-") else SHARED

    def _tell_lessons(self) -> None:
        x = self._built.x
        for lesson in x.lessons:
            alike = Alike(
                "held",
                lesson.class_,
                lesson.venue,
                self._time(lesson.date),
                lesson.course.id,
                lesson.teacher or "-",
                lesson.shift,
            )
            self._tell(lesson.held, alike, lesson.date, x.moments_of(lesson.block))
        for class_, day in x.class_days:
            week, venue = self._time(day), x.scenario.class_[class_].venue
            for start in x.starts(class_, day):
                shift = start.block[0].shift
                alike = Alike("start", class_, venue, week, start.course.id, shift=shift)
                self._tell(start.held, alike, day, x.moments_of(start.block))
        for meeting in x.meetings:
            one = meeting.one
            alike = Alike(
                "held", "", one.venue, self._time(one.date), one.course.id, one.teacher or "-", one.shift
            )
            self._tell(meeting.held, alike, one.date, meeting.moments)

    def _tell_visits(self) -> None:
        for day in self._built.x.workdays:
            week = self._time(day.date)
            for venue in day.venues:
                for visit in venue.visits:
                    alike = Alike("visit", "", venue.id, week, "", day.teacher, visit.place.shift)
                    self._tell(visit.held, alike, day.date)
                moments = len(
                    {moment for visit in venue.visits for row in visit.meetings for moment in row.moments}
                )
                alike = Alike("venue", "", venue.id, week, "", day.teacher, moments=moments)
                self._tell(venue.held, alike, day.date)
            moments = len({moment for row in day.meetings for moment in row.moments})
            self._tell(day.held, Alike("day", "", "", week, "", day.teacher, moments=moments), day.date)

    def _time(self, day: date) -> str:
        """What days are told apart by."""
        return day.isoformat() if self._by_day else self._built.x.scenario.week_of(day)

    def _tell(self, held: object, alike: Alike, day: date, moments: Sequence[int] = ()) -> None:
        index = getattr(held, "index", None)
        if index is not None and index not in self._alike:
            alike = self._known.setdefault(alike, alike)
            self._alike[index] = alike
            self.groups[index] = alike
            when = (day, tuple(moments))
            self._moments[index] = self._when.setdefault(when, frozenset((day, one) for one in moments))

    # ---- families -------------------------------------------------------------------------------

    def family(self, linear: Linear) -> Hashable:
        """Constraints are added up over the hours and days of a week that say the same of the same."""
        terms, low, high = linear
        grouped = [index for index in terms if index in self._alike]
        own = frozenset(
            index for index in terms if index not in self._alike and index not in self._departures
        )
        if not grouped:
            return ("own", frozenset(terms))
        rows = list({id(row): row for row in (self._alike[index] for index in grouped)}.values())
        same = _same(rows)
        kinds = frozenset(row.kind for row in rows)
        if own and "day" not in kinds:
            if len(own) > 1:
                return None  # where a specialist was last: says nothing but of hours
            return ("own", own, same.week, frozenset(terms[index] for index in grouped))
        if kinds == {"visit", "venue"} or kinds == {"venue", "day"} or own:
            shift = "" if own else same.shift
            return ("places", kinds, bool(own), same.teacher, same.venue, same.week, shift)
        at_once = self._at_once(grouped)
        factors = frozenset(terms.values())
        if kinds & {"visit", "venue", "day"}:
            teacher = self._teacher(grouped)
            what = "" if at_once else (same.class_, same.course)
            shift = same.shift if kinds == {"held", "visit"} else ""
            return ("visits", kinds, at_once, what, teacher, same.venue, same.week, shift, factors)
        if low == high:
            return ("tie", same.class_, same.week, same.course, same.shift)
        if same.class_:
            what = same.shift if at_once else same.course
            return ("class", same.class_, same.week, at_once, what, high)
        if same.teacher not in ("", "-"):
            if not at_once and high == 1:
                return None  # what lies too far apart
            return ("teacher", same.teacher, same.week, at_once, same.shift if at_once else "", high)
        if at_once:
            return (
                "course" if same.course else "room",
                same.course or same.venue,
                same.week,
                same.shift,
                high,
            )
        return None

    def _teacher(self, grouped: Sequence[int]) -> str:
        return next(row.teacher for row in (self._alike[index] for index in grouped) if row.teacher)

    def _at_once(self, grouped: Sequence[int]) -> bool:
        """Whether all that takes time goes on at one moment."""
        moments = {found for index in grouped if (found := self._moments[index])}
        return bool(moments) and bool(frozenset.intersection(*moments))


def _same(rows: Sequence[Alike]) -> Alike:
    """What is the same for all."""
    return Alike._make(
        values.pop() if len(values) == 1 else "" for values in map(set, zip(*rows, strict=True))
    )
