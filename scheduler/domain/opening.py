"""When what is open: days, weeks and shifts, and the classes held in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property

from scheduler.domain.calendar import age_on
from scheduler.domain.grouping import grouped
from scheduler.domain.lists import Lists
from scheduler.domain.tables import Class, Closure, Period, Room


class Opening(Lists):
    """What a scenario's calendar, classes and closures say of each day, week and shift."""

    # ---- calendar -------------------------------------------------------------------------------

    @cached_property
    def weeks(self) -> tuple[str, ...]:
        """Names of the weeks by their first day."""
        return tuple(dict.fromkeys(day.week for day in self.day.values()))

    @cached_property
    def open_days(self) -> tuple[date, ...]:
        """Open days, in order."""
        return tuple(day.date for day in self.day.values() if day.open)

    def week_of(self, day: date) -> str:
        """The week a day of the season belongs to."""
        return self.day[day].week

    def days_in(self, week: str) -> tuple[date, ...]:
        """The week's open days, in order."""
        return self._days_in.get(week, ())

    @cached_property
    def _days_in(self) -> dict[str, tuple[date, ...]]:
        return grouped(self.open_days, self.week_of)

    @cached_property
    def age_day(self) -> date | None:
        """The day on which ages are reckoned: `age_on`, else the first open day."""
        return self.settings.age_on or next(iter(self.open_days), None)

    def age(self, child: str) -> int | None:
        """A child's completed years on the season's age day; None without a birth date."""
        return self._ages[child]

    @cached_property
    def _ages(self) -> dict[str, int | None]:
        day = self.age_day
        return {
            row.id: age_on(row.birth_date, day) if row.birth_date and day else None for row in self.children
        }

    def is_minor(self, person: str, day: date) -> bool:
        """Whether a person is under 18 that day; a blank birth date is adult."""
        birth = self.person[person].birth_date
        return birth is not None and age_on(birth, day) < 18

    def periods_of(self, shift: str) -> tuple[Period, ...]:
        """A shift's periods, in order."""
        return tuple(row for row in self.period.values() if row.shift == shift)

    def block(self, first: str, length: int) -> tuple[Period, ...] | None:
        """The `length` consecutive course periods from period `first`, all of one shift; None if there are
        not so many (a care period between two course periods parts them), or no such period."""
        if first not in self.period:
            return None
        periods = self.periods_of(self.period[first].shift)
        start = next(i for i, row in enumerate(periods) if row.id == first)
        run = periods[start : start + length]
        return run if len(run) == length and all(row.kind == "course" for row in run) else None

    # ---- classes --------------------------------------------------------------------------------

    def classes_at(self, venue: str) -> tuple[Class, ...]:
        """A venue's classes by id."""
        return self._classes_at.get(venue, ())

    @cached_property
    def _classes_at(self) -> dict[str, tuple[Class, ...]]:
        return grouped(self.class_.values(), lambda row: row.venue)

    def rooms_at(self, venue: str) -> tuple[Room, ...]:
        """A venue's rooms by id."""
        return self._rooms_at.get(venue, ())

    @cached_property
    def _rooms_at(self) -> dict[str, tuple[Room, ...]]:
        return grouped(self.room.values(), lambda row: row.venue)

    def seats(self, class_: str) -> int:
        """Most children of a class: its capacity, and its home room's."""
        row = self.class_[class_]
        room = self.room.get(row.room) if row.room else None
        return row.capacity if room is None or room.capacity is None else min(row.capacity, room.capacity)

    def shifts_of(self, class_: str) -> tuple[str, ...]:
        """The shifts a class is held, in their order; blank means all."""
        wanted = self.class_[class_].shifts
        return tuple(shift for shift in self.shift if not wanted or shift in wanted)

    def held(self, class_: str, day: date) -> tuple[str, ...]:
        """The shifts in which a class takes place on a day if it runs that week: open day, offered week,
        its shifts, and neither it, its home room nor its venue closed."""
        return self._held.get((class_, day), ())

    @cached_property
    def _held(self) -> dict[tuple[str, date], tuple[str, ...]]:
        table = {}
        for row in self.class_.values():
            for day in self.open_days:
                if row.weeks and self.week_of(day) not in row.weeks:
                    continue
                table[row.id, day] = tuple(
                    shift
                    for shift in self.shifts_of(row.id)
                    if not self.closed(day, shift, venue=row.venue, room=row.room, class_=row.id)
                )
        return table

    def shifts_held(self, class_: str, week: str) -> tuple[str, ...]:
        """The shifts in which a class is held on any day of a week, in their order."""
        return self._shifts_held.get((class_, week), ())

    @cached_property
    def _shifts_held(self) -> dict[tuple[str, str], tuple[str, ...]]:
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for (class_, day), shifts in self._held.items():
            found[class_, self.week_of(day)].update(shifts)
        return {key: tuple(shift for shift in self.shift if shift in held) for key, held in found.items()}

    def held_together(self, venue: str, week: str) -> tuple[tuple[str, ...], ...]:
        """The classes of a venue held in each shift of a week; shifts that hold the same ones count once."""
        return self._held_together.get((venue, week), ())

    @cached_property
    def _held_together(self) -> dict[tuple[str, str], tuple[tuple[str, ...], ...]]:
        found = {}
        for venue in self.venue:
            for week in self.weeks:
                held = {row.id: self.shifts_held(row.id, week) for row in self.classes_at(venue)}
                by_shift = (tuple(c for c, shifts in held.items() if shift in shifts) for shift in self.shift)
                found[venue, week] = tuple(dict.fromkeys(by_shift))
        return found

    def closed(
        self,
        day: date,
        shift: str,
        *,
        venue: str | None = None,
        room: str | None = None,
        class_: str | None = None,
    ) -> Closure | None:
        """The closure that shuts this venue, room or class on that day and shift, if there is one."""
        for row in self._closures_on.get(day, ()):
            if row.shifts and shift not in row.shifts:
                continue
            if row.venue in (None, venue) and row.room in (None, room) and row.class_ in (None, class_):
                return row
        return None

    @cached_property
    def _closures_on(self) -> dict[date, tuple[Closure, ...]]:
        found: dict[date, list[Closure]] = defaultdict(list)
        for row in self.closures:
            for day in _days(row.from_, row.to):
                if day in self.day:
                    found[day].append(row)
        return {day: tuple(rows) for day, rows in found.items()}

    @cached_property
    def class_weeks(self) -> tuple[tuple[str, str], ...]:
        """Every (class, week) that can be held at all: offered, with at least one shift not closed."""
        return tuple(
            (class_, week)
            for class_ in self.class_
            for week in self.weeks
            if any(self.held(class_, day) for day in self.days_in(week))
        )


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=i) for i in range(max(0, (last - first).days + 1)))
