"""A quick first timetable: trips, then for every class and period in turn the session that is worth most."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from scheduler.domain.buses import adults_required, buses_needed
from scheduler.domain.tables import Lock
from scheduler.variables.lessons import Departure, Lesson, moments_of
from scheduler.variables.timetable import Timetable


class Greedy:
    """Takes what fits beside all that was taken before; nothing is shared, no home room of others is used.

    Its plan keeps the hard rules but for locks that ask for something, and is no more than a start.
    """

    def __init__(self, x: Timetable) -> None:
        """Begin with what is settled."""
        self.x = x
        self.taken: list[Lesson] = []
        self.departed: list[Departure] = []
        self._class_busy: set[tuple[str, date, int]] = set()
        self._room_busy: set[tuple[str, date, int]] = set()
        self._kits: Counter[tuple[str, date, int]] = Counter()
        self._had: Counter[tuple[str, ...]] = Counter()
        self._first: dict[tuple[str, str], date] = {}
        self._days: dict[tuple[str, date], list[Lesson]] = defaultdict(list)
        self._with: dict[tuple[str, str], str] = {}
        self._worked: dict[str, set[date]] = defaultdict(set)
        self._children: Counter[tuple[str, date]] = Counter()
        self._people: dict[tuple[str, date], Counter[str]] = defaultdict(Counter)
        self._homes = {row.room for row in x.scenario.class_.values() if row.room}
        locks = x.scenario.lock.values()
        self._no_sessions = [lock for lock in locks if lock.kind == "no_session"]
        self._no_trips = [lock for lock in locks if lock.kind == "no_trip"]

    def fill(self) -> None:
        """Take trips first, since they come first in worth, then sessions, day by day."""
        for departure in sorted(self.x.departures, key=lambda row: (row.date, row.class_, row.trip.id)):
            if isinstance(departure.held, int) or self._may_go(departure):
                self._go(departure)
        turn = {class_: number for number, class_ in enumerate(self.x.scenario.class_)}
        slots: dict[tuple[date, int, int], list[Lesson]] = defaultdict(list)
        for lesson in self.x.lessons:
            if isinstance(lesson.held, int):
                self._take(lesson)
            else:
                # another class comes first every day
                place = (turn[lesson.class_] - lesson.date.toordinal()) % len(turn)
                slots[lesson.date, self._moments(lesson)[0], place].append(lesson)
        for _, lessons in sorted(slots.items(), key=lambda item: item[0]):
            possible = [lesson for lesson in lessons if self._fits(lesson)]
            if possible:
                self._take(max(possible, key=self._worth))

    # ---- trips ----------------------------------------------------------------------------------

    def _may_go(self, row: Departure) -> bool:
        trip, key = row.trip, (row.trip.id, row.date)
        children = self.x.children(row.class_, row.week)
        if self._had["trip", row.class_, trip.id] >= trip.times_per_class:
            return False
        if any(set(other.trip.shifts) & set(trip.shifts) for other in self.departed if _same(other, row)):
            return False
        if trip.children_per_day is not None and self._children[key] + children > trip.children_per_day:
            return False
        if any(_forbids_trip(lock, row) for lock in self._no_trips):
            return False
        people = self._people[key] + Counter({row.venue: children + adults_required(trip, children)})
        return trip.buses is None or sum(buses_needed(trip, n) for n in people.values()) <= trip.buses

    def _go(self, row: Departure) -> None:
        children, key = self.x.children(row.class_, row.week), (row.trip.id, row.date)
        self.departed.append(row)
        self._had["trip", row.class_, row.trip.id] += 1
        self._children[key] += children
        self._people[key][row.venue] += children + adults_required(row.trip, children)
        for shift in row.trip.shifts:
            for period in self.x.scenario.periods_of(shift):
                for moment in moments_of(self.x.scenario, (period,)):
                    self._class_busy.add((row.class_, row.date, moment))

    # ---- sessions -------------------------------------------------------------------------------

    def _moments(self, lesson: Lesson) -> tuple[int, ...]:
        return self.x.moments_of(lesson.block)

    def _fits(self, lesson: Lesson) -> bool:
        course, day, moments = lesson.course, lesson.date, self._moments(lesson)
        if any((lesson.class_, day, moment) in self._class_busy for moment in moments):
            return False
        if lesson.room in self._homes and lesson.room != self.x.scenario.class_[lesson.class_].room:
            return False
        if lesson.room and any((lesson.room, day, moment) in self._room_busy for moment in moments):
            return False
        if course.kits is not None and any(
            self._kits[course.id, day, moment] >= course.kits for moment in moments
        ):
            return False
        if any(_forbids(lock, lesson) for lock in self._no_sessions):
            return False
        return self._course_allows(lesson) and self._teacher_can(lesson, moments)

    def _course_allows(self, lesson: Lesson) -> bool:
        course = lesson.course
        if self._had[lesson.class_, course.id, lesson.date.isoformat()]:
            return False
        weekly, season = course.max_per_week, course.max_per_season
        if weekly is not None and self._had["week", lesson.class_, course.id, lesson.week] >= weekly:
            return False
        if season is not None and self._had["season", lesson.class_, course.id] >= season:
            return False
        first = self._first.get((lesson.class_, course.after)) if course.after else None
        return course.after is None or (first is not None and first < lesson.date)

    def _teacher_can(self, lesson: Lesson, moments: tuple[int, ...]) -> bool:
        if lesson.teacher is None:
            # rows without teacher and room would be a joint session
            return lesson.room is not None or lesson.course.joint is None
        person, day = self.x.scenario.person[lesson.teacher], lesson.date
        today = self._days[person.id, day]
        shifts = {row.shift for row in today} | {lesson.shift}
        days = self._worked[person.id] | {day}
        in_week = {other for other in days if self.x.scenario.week_of(other) == lesson.week}
        counts = (
            (len(today) + 1, person.max_sessions_per_day),
            (self._had["by", person.id, lesson.week] + 1, person.max_sessions_per_week),
            (len(shifts), person.max_shifts_per_day),
            (len(in_week), person.max_days_per_week),
            (len(days), person.max_days),
        )
        if any(most is not None and number > most for number, most in counts):
            return False
        return all(self._apart(row, lesson, moments) for row in today)

    def _apart(self, row: Lesson, lesson: Lesson, moments: tuple[int, ...]) -> bool:
        """Whether a teacher can give both sessions of a day, the way between them included."""
        if set(self._moments(row)) & set(moments):
            return False
        first, then = sorted((row, lesson), key=lambda one: one.block[0].start)
        return not self.x.scenario.too_close(first.block[-1], first.venue, then.block[0], then.venue)

    def _worth(self, lesson: Lesson) -> tuple[int, ...]:
        """More is better: sessions the week still lacks, new to the class, long, with the teacher it knows,
        who is here already."""
        course = lesson.course
        lacking = course.min_per_week - self._had["week", lesson.class_, course.id, lesson.week]
        seldom = -self._had["season", lesson.class_, course.id]
        known = self._with.get((lesson.class_, course.id), lesson.teacher) == lesson.teacher
        today = self._days[lesson.teacher or "", lesson.date]
        here = all(row.venue == lesson.venue for row in today) + any(today)
        return (int(lacking > 0), seldom, len(lesson.block), int(known), int(here))

    def _take(self, lesson: Lesson) -> None:
        course, day = lesson.course.id, lesson.date
        self.taken.append(lesson)
        for moment in self._moments(lesson):
            self._class_busy.add((lesson.class_, day, moment))
            self._kits[course, day, moment] += 1
            if lesson.room:
                self._room_busy.add((lesson.room, day, moment))
        self._had[lesson.class_, course, day.isoformat()] += 1
        self._had["week", lesson.class_, course, lesson.week] += 1
        self._had["season", lesson.class_, course] += 1
        self._first.setdefault((lesson.class_, course), day)
        if lesson.teacher is not None:
            self._had["by", lesson.teacher, lesson.week] += 1
            self._days[lesson.teacher, day].append(lesson)
            self._worked[lesson.teacher].add(day)
            self._with.setdefault((lesson.class_, course), lesson.teacher)


def _same(one: Departure, other: Departure) -> bool:
    return (one.class_, one.date) == (other.class_, other.date)


def _forbids_trip(lock: Lock, row: Departure) -> bool:
    return _all_match(
        (lock.class_, row.class_), (lock.date, row.date), (lock.week, row.week), (lock.trip, row.trip.id)
    ) and (lock.shift is None or lock.shift in row.trip.shifts)


def _forbids(lock: Lock, row: Lesson) -> bool:
    return _all_match(
        (lock.class_, row.class_),
        (lock.date, row.date),
        (lock.week, row.week),
        (lock.shift, row.shift),
        (lock.course, row.course.id),
        (lock.person, row.teacher),
    ) and (lock.period is None or any(lock.period == period.id for period in row.block))


def _all_match(*pairs: tuple[object, object]) -> bool:
    return all(wanted is None or wanted == given for wanted, given in pairs)
