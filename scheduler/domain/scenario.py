"""The scenario: all that is given, and the questions the house asks of it."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256
from math import degrees
from operator import itemgetter
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from scheduler.domain.calendar import age_on, minutes
from scheduler.domain.draw import draw
from scheduler.domain.tables import (
    Availability,
    Child,
    Class,
    Closure,
    Course,
    Day,
    Lock,
    Need,
    Period,
    Person,
    Points,
    Priority,
    Room,
    Row,
    Settings,
    Shift,
    Trip,
    Venue,
)
from scheduler.domain.tables.settings import Policy
from scheduler.domain.travel import EARTH_RADIUS_KM, haversine_km, to_wgs84

R = TypeVar("R", bound=Row)

_ordered = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
_compact = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Scenario(BaseModel):
    """A season as its coordinator gave it: every table's rows, references resolved to ids.

    Frozen. Row order carries no meaning; questions answer in a canonical order.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    settings: Settings = Settings()
    days: tuple[Day, ...] = ()
    shifts: tuple[Shift, ...] = ()
    periods: tuple[Period, ...] = ()
    venues: tuple[Venue, ...] = ()
    rooms: tuple[Room, ...] = ()
    classes: tuple[Class, ...] = ()
    children: tuple[Child, ...] = ()
    priorities: tuple[Priority, ...] = ()
    points: tuple[Points, ...] = ()
    courses: tuple[Course, ...] = ()
    trips: tuple[Trip, ...] = ()
    staff: tuple[Person, ...] = ()
    availability: tuple[Availability, ...] = ()
    needs: tuple[Need, ...] = ()
    closures: tuple[Closure, ...] = ()
    locks: tuple[Lock, ...] = ()

    # ---- identity -------------------------------------------------------------------------------

    @cached_property
    def sha256(self) -> str:
        """Digest of the canonical scenario: sorted rows and keys, whatever file they came from."""
        digest = sha256()
        for i, name in enumerate(sorted(type(self).model_fields)):
            digest.update(f'{"," if i else "{"}"{name}":{self._text_of(name)}'.encode())
        digest.update(b"}")
        return digest.hexdigest()

    def _text_of(self, table: str) -> str:
        """The canonical text of one table, or of the settings."""
        if table == "settings":
            return _compact(self.settings.model_dump(mode="json", exclude={"language"}))
        rows = [row.model_dump(mode="json") for row in getattr(self, table)]
        return f"[{','.join(map(_compact, sorted(rows, key=_ordered)))}]"

    def ruled_by(self, policy: Policy) -> Scenario:
        """The same season under another policy."""
        if policy == self.settings.policy:
            return self
        settings = self.settings.model_copy(update={"policy": policy})
        tables = {name: getattr(self, name) for name in type(self).model_fields}
        return Scenario(**{**tables, "settings": settings})

    # ---- rows by id -----------------------------------------------------------------------------

    @cached_property
    def day(self) -> dict[date, Day]:
        """Days by date."""
        return {day.date: day for day in sorted(self.days, key=lambda day: day.date)}

    @cached_property
    def shift(self) -> dict[str, Shift]:
        """Shifts by id, in the order of their start."""
        return {row.id: row for row in sorted(self.shifts, key=lambda row: (row.start, row.end, row.id))}

    @cached_property
    def period(self) -> dict[str, Period]:
        """Periods by id, in the order of their start."""
        return {row.id: row for row in sorted(self.periods, key=lambda row: (row.start, row.end, row.id))}

    @cached_property
    def venue(self) -> dict[str, Venue]:
        """Venues by id."""
        return _by_id(self.venues)

    @cached_property
    def room(self) -> dict[str, Room]:
        """Rooms by id."""
        return _by_id(self.rooms)

    @cached_property
    def class_(self) -> dict[str, Class]:
        """Classes by id."""
        return _by_id(self.classes)

    @cached_property
    def child(self) -> dict[str, Child]:
        """All children of the list by id, processed or not."""
        return _by_id(self.children)

    @cached_property
    def priority(self) -> dict[str, Priority]:
        """Priorities by id."""
        return _by_id(self.priorities)

    @cached_property
    def course(self) -> dict[str, Course]:
        """Courses by id."""
        return _by_id(self.courses)

    @cached_property
    def trip(self) -> dict[str, Trip]:
        """Trips by id."""
        return _by_id(self.trips)

    @cached_property
    def person(self) -> dict[str, Person]:
        """Staff by id."""
        return _by_id(self.staff)

    @cached_property
    def need(self) -> dict[str, Need]:
        """Needs by id."""
        return _by_id(self.needs)

    @cached_property
    def lock(self) -> dict[str, Lock]:
        """Locks by id."""
        return _by_id(self.locks)

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
        days: dict[str, list[date]] = defaultdict(list)
        for day in self.open_days:
            days[self.week_of(day)].append(day)
        return {week: tuple(dates) for week, dates in days.items()}

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
        not so many: a care period between two course periods parts them."""
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
        found: dict[str, list[Class]] = defaultdict(list)
        for row in self.class_.values():
            found[row.venue].append(row)
        return {venue: tuple(rows) for venue, rows in found.items()}

    def rooms_at(self, venue: str) -> tuple[Room, ...]:
        """A venue's rooms by id."""
        return tuple(row for row in self.room.values() if row.venue == venue)

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

    # ---- children -------------------------------------------------------------------------------

    @cached_property
    def processed(self) -> tuple[Child, ...]:
        """Children that are enrolled with consent, by id; the others are only listed."""
        return tuple(row for id, row in self.child.items() if self.is_processed(id))

    def is_processed(self, child: str) -> bool:
        """Whether a child is on the list, enrolled and with consent."""
        row = self.child.get(child)
        return row is not None and row.status == "enrolled" and row.consent

    def wanted_weeks(self, child: str) -> tuple[str, ...]:
        """The weeks a child wants, in order; blank means all."""
        return self._wanted_weeks[child]

    @cached_property
    def _wanted_weeks(self) -> dict[str, tuple[str, ...]]:
        known: dict[tuple[str, ...], tuple[str, ...]] = {(): self.weeks}
        for row in self.children:
            if row.weeks not in known:
                known[row.weeks] = tuple(week for week in self.weeks if week in row.weeks)
        return {row.id: known[row.weeks] for row in self.children}

    @cached_property
    def draws(self) -> dict[str, str]:
        """Every child's draw."""
        seed, season = self.settings.lottery_seed, self.settings.season
        return {row.id: draw(seed, season, row.id) for row in self.children}

    def are_apart(self, child: str, other: str) -> bool:
        """Whether either of two children says they must never be in one class."""
        return other in self.foes.get(child, ())

    @cached_property
    def foes(self) -> dict[str, frozenset[str]]:
        """Children each child must be kept apart from, whoever said so."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.processed:
            for other in row.apart:
                if other != row.id:
                    found[row.id].add(other)
                    found[other].add(row.id)
        return {child: frozenset(others) for child, others in found.items()}

    @cached_property
    def friendships(self) -> tuple[tuple[str, str], ...]:
        """Mutual friends among the processed children, each pair once, sorted."""
        wishes = {(row.id, other) for row in self.processed for other in row.friends if other != row.id}
        return tuple(sorted((a, b) for a, b in wishes if a < b and (b, a) in wishes))

    # ---- people ---------------------------------------------------------------------------------

    def availability_of(self, person: str, day: date, shift: str) -> str:
        """`yes`, `no`, `prefer` or `avoid`. Where rows disagree the shorter date range wins, then `no`;
        without a row teachers are available and volunteers are not."""
        best: tuple[int, int, str] | None = None
        for row in self._availability.get(person, ()):
            if not row.from_ <= day <= row.to:
                continue
            if row.weekdays and day.isoweekday() not in row.weekdays:
                continue
            if row.shifts and shift not in row.shifts:
                continue
            order = ("no", "avoid", "prefer", "yes").index(row.status)
            rank = ((row.to - row.from_).days, order, row.status)
            best = rank if best is None else min(best, rank)
        if best is not None:
            return best[2]
        return "yes" if self.person[person].kind == "teacher" else "no"

    @cached_property
    def _availability(self) -> dict[str, tuple[Availability, ...]]:
        found: dict[str, list[Availability]] = defaultdict(list)
        for row in self.availability:
            found[row.person].append(row)
        return {person: tuple(rows) for person, rows in found.items()}

    def is_cleared(self, person: str, day: date) -> bool:
        """Whether the person's background check is valid that day; blank is not cleared."""
        until = self.person[person].cleared_until
        return until is not None and day <= until

    def works_at(self, person: str, venue: str) -> bool:
        """Whether a venue lies in a person's area: named, or within the person's distance.

        A distance that cannot be reckoned for want of coordinates does not rule a venue out.
        """
        row = self.person[person]
        if row.venues:
            return venue in row.venues
        distance = self.distance_km(row, self.venue[venue])
        return row.max_distance_km is None or distance is None or distance <= row.max_distance_km

    # ---- ways -----------------------------------------------------------------------------------

    def distance_km(self, a: Venue | Child | Person, b: Venue | Child | Person) -> float | None:
        """Great-circle distance in km; None where coordinates are missing."""
        if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
            return None
        system = self.settings.coordinates
        return haversine_km(
            to_wgs84((a.latitude, a.longitude), system), to_wgs84((b.latitude, b.longitude), system)
        )

    def venues_within(self, row: Child | Person, km: float) -> tuple[str, ...]:
        """The venues at most so many km away, and those whose distance cannot be reckoned, by id.

        Two places are at least as far apart as their latitudes, so only a belt of venues is measured.
        """
        if row.latitude is None or row.longitude is None:
            return tuple(self.venue)
        north, _ = to_wgs84((row.latitude, row.longitude), self.settings.coordinates)
        belt = degrees(km / EARTH_RADIUS_KM) + 1e-6
        placed, unplaced = self._venues_by_latitude
        first = bisect_left(placed, north - belt, key=itemgetter(0))
        last = bisect_right(placed, north + belt, key=itemgetter(0))
        near = (id for _, id in placed[first:last] if (self.distance_km(row, self.venue[id]) or 0.0) <= km)
        return tuple(sorted((*near, *unplaced)))

    @cached_property
    def _venues_by_latitude(self) -> tuple[list[tuple[float, str]], list[str]]:
        """Venues with coordinates, by their latitude in WGS-84, and those without."""
        system = self.settings.coordinates
        placed = [
            (to_wgs84((row.latitude, row.longitude), system)[0], row.id)
            for row in self.venue.values()
            if row.latitude is not None and row.longitude is not None
        ]
        known = {id for _, id in placed}
        return sorted(placed), [id for id in self.venue if id not in known]

    def travel_minutes(self, venue: str, other: str) -> float:
        """Minutes from one venue to another: the fixed minutes and the way; 0 within a venue, the fixed
        minutes alone where coordinates are missing."""
        if (venue, other) not in self._travel_minutes:
            km = self.distance_km(self.venue[venue], self.venue[other]) or 0.0
            way = self.settings.travel_fixed_minutes + 60 * km / self.settings.travel_kmh
            self._travel_minutes[venue, other] = 0.0 if venue == other else way
        return self._travel_minutes[venue, other]

    @cached_property
    def _travel_minutes(self) -> dict[tuple[str, str], float]:
        """The ways asked for so far: of a province's pairs of venues few are."""
        return {}

    def too_close(self, end: Period | Shift, venue: str, start: Period | Shift, other: str) -> bool:
        """Whether who is at `venue` until `end` ends cannot be at `other` when `start` starts."""
        gap = minutes(start.start) - minutes(end.end)
        return gap < self.travel_minutes(venue, other) - 1e-9


def _by_id(rows: Iterable[R]) -> dict[str, R]:
    return {row.id: row for row in sorted(rows, key=lambda row: row.id)}  # type: ignore[attr-defined]


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=i) for i in range(max(0, (last - first).days + 1)))
