"""What a timetable in the making has taken so far, and what fits beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from scheduler.domain.buses import buses_needed
from scheduler.domain.programme import LockedDuties
from scheduler.domain.tables import Course, Lock, Person
from scheduler.rules.timetable.timetable_locks import forbids
from scheduler.variables.lessons import Departure, Lesson, moments_of
from scheduler.variables.timetable import Timetable


class Ledger:
    """Takes what it is told to; nothing is shared, and no home room of others is used."""

    def __init__(self, x: Timetable) -> None:
        """Begin with what stands."""
        self.x = x
        self.taken: list[Lesson] = []
        self.departed: list[Departure] = []
        self.days: dict[tuple[str, date], list[Lesson]] = defaultdict(list)
        """By specialist and day."""
        self.known: dict[tuple[str, str], str] = {}
        """By class and course, the specialist who gave it first."""
        self._class_busy: dict[tuple[str, date], set[int]] = defaultdict(set)
        self._free_on: dict[tuple[str, date], int] = {}
        self._gone: set[tuple[str, date, str]] = set()
        self._room_busy: dict[tuple[str, date], set[int]] = defaultdict(set)
        self._kits: Counter[tuple[str, date, int]] = Counter()
        self._had: Counter[tuple[str, ...]] = Counter()
        self._courses: set[tuple[str, str, date]] = set()
        self._first: dict[tuple[str, str], date] = {}
        self._worked: dict[str, set[date]] = defaultdict(set)
        self._children: Counter[tuple[str, date]] = Counter()
        self._people: dict[tuple[str, date], Counter[str]] = defaultdict(Counter)
        self._periods: Counter[tuple[str, str]] = Counter()
        for class_, day in x.class_days:
            periods = (row for shift in x.held(class_, day) for row in x.scenario.periods_of(shift))
            self._periods[class_, x.scenario.week_of(day)] += sum(row.kind == "course" for row in periods)
        self._moments = {
            held: [
                self.x.moments_of((row,))[0]
                for shift in held
                for row in x.scenario.periods_of(shift)
                if row.kind == "course"
            ]
            for held in {x.held(class_, day) for class_, day in x.class_days} | {()}
        }
        self._homes = {row.room for row in x.scenario.class_.values() if row.room}
        forbidding = [row for row in x.scenario.lock.values() if row.kind in ("no_session", "no_trip")]
        of_all = [lock for lock in forbidding if lock.class_ is None]
        self._locks: dict[str, list[Lock]] = defaultdict(lambda: of_all)
        for lock in forbidding:
            if lock.class_ is not None:
                self._locks[lock.class_] = [*self._locks[lock.class_], lock]
        self._duties = LockedDuties(x.scenario, x.plan)
        for departure in x.departures:
            if isinstance(departure.held, int):
                self.go(departure)
        for lesson in x.lessons:
            if isinstance(lesson.held, int):
                self.take(lesson)

    # ---- trips ----------------------------------------------------------------------------------

    def may_go(self, row: Departure) -> bool:
        """Whether a class may go on a trip besides."""
        trip, key = row.trip, (row.trip.id, row.date)
        children = self.x.children(row.class_, row.week)
        if self._had["trip", row.class_, trip.id] >= trip.times_per_class:
            return False
        if any((row.class_, row.date, shift) in self._gone for shift in trip.shifts):
            return False
        if not self._class_busy[row.class_, row.date].isdisjoint(self._away(row)):
            return False
        if trip.children_per_day is not None and self._children[key] + children > trip.children_per_day:
            return False
        if self._is_forbidden(row):
            return False
        people = self._people[key] + Counter({row.venue: sum(self.x.party(row))})
        return trip.buses is None or sum(buses_needed(trip, n) for n in people.values()) <= trip.buses

    def go(self, row: Departure) -> None:
        """A class goes on a trip."""
        children, key = self.x.children(row.class_, row.week), (row.trip.id, row.date)
        self.departed.append(row)
        self._had["trip", row.class_, row.trip.id] += 1
        self._children[key] += children
        self._people[key][row.venue] += sum(self.x.party(row))
        self._gone.update((row.class_, row.date, shift) for shift in row.trip.shifts)
        self._keep_busy(row.class_, row.date, self._away(row))

    def _away(self, row: Departure) -> list[int]:
        scenario = self.x.scenario
        periods = (period for shift in row.trip.shifts for period in scenario.periods_of(shift))
        return [moment for period in periods for moment in moments_of(scenario, (period,))]

    def _is_forbidden(self, row: Lesson | Departure) -> bool:
        """Whether a lock forbids it."""
        locks = self._locks[row.class_]
        if locks and any(forbids(lock, row) for lock in locks):
            return True
        if isinstance(row, Departure):
            return False
        return bool(self._duties.elsewhere(row.teacher, row.class_, row.date, row.shift))

    # ---- sessions -------------------------------------------------------------------------------

    def allowed(self, lessons: Iterable[Lesson]) -> list[Lesson]:
        """Those that no lock forbids."""
        return [row for row in lessons if not self._is_forbidden(row)]

    def free(self, class_: str, week: str) -> int:
        """In how many course periods of a week a class is in nothing yet, at most."""
        return self._periods[class_, week] - self._had["busy", class_, week]

    def free_on(self, class_: str, day: date) -> int:
        """In how many course periods of a day a class is in nothing yet."""
        if (class_, day) not in self._free_on:
            busy = self._class_busy[class_, day]
            free = sum(moment not in busy for moment in self._moments[self.x.held(class_, day)])
            self._free_on[class_, day] = free
        return self._free_on[class_, day]

    def _keep_busy(self, class_: str, day: date, moments: Iterable[int]) -> None:
        self._class_busy[class_, day].update(moments)
        self._free_on.pop((class_, day), None)

    def count(self, class_: str, week: str, course: str) -> int:
        """How often a class has a course in a week."""
        return self._had["week", class_, course, week]

    def fits(self, lesson: Lesson) -> bool:
        """Whether a session that no lock forbids may be held besides."""
        if not self.may_have(lesson.class_, lesson.course, lesson.date, lesson.week):
            return False
        teacher = self.x.scenario.person[lesson.teacher] if lesson.teacher is not None else None
        if teacher is not None and self.left(teacher, lesson.date, lesson.week) == 0:
            return False
        return self.has_time(lesson)

    def may_have(self, class_: str, course: Course, day: date, week: str) -> bool:
        """Whether a class may have a course that day, whoever gives it."""
        if (class_, course.id, day) in self._courses:
            return False
        return self.is_due(class_, course.id, week) and self._follows(class_, course, day)

    def has_time(self, lesson: Lesson) -> bool:
        """Whether class, room, kits and specialist are free, whatever limits allow."""
        course, day, room = lesson.course, lesson.date, lesson.room
        moments = self.x.moments_of(lesson.block)
        if not self._class_busy[lesson.class_, day].isdisjoint(moments):
            return False
        if room in self._homes and room != self.x.scenario.class_[lesson.class_].room:
            return False
        if room and not self._room_busy[room, day].isdisjoint(moments):
            return False
        if course.kits is not None and any(
            self._kits[course.id, day, moment] >= course.kits for moment in moments
        ):
            return False
        if lesson.teacher is None:
            # rows without teacher and room would be a joint session
            return room is not None or course.joint is None
        today = self.days.get((lesson.teacher, day), ())
        if not today:
            return True
        shifts = {row.shift for row in today} | {lesson.shift}
        most = self.x.scenario.person[lesson.teacher].max_shifts_per_day
        if most is not None and len(shifts) > most:
            return False
        return all(self._apart(row, lesson, moments) for row in today)

    def is_due(self, class_: str, course: str, week: str) -> bool:
        """Whether the limits of a week and of the season leave a class more sessions of a course."""
        row = self.x.scenario.course[course]
        weekly, season = row.max_per_week, row.max_per_season
        if weekly is not None and self._had["week", class_, course, week] >= weekly:
            return False
        return season is None or self._had["season", class_, course] < season

    def follows(self, lesson: Lesson) -> bool:
        """Whether the class has had the course that must come before."""
        return self._follows(lesson.class_, lesson.course, lesson.date)

    def _follows(self, class_: str, course: Course, day: date) -> bool:
        if course.after is None:
            return True
        first = self._first.get((class_, course.after))
        return first is not None and first < day

    def worked(self, person: str, day: date) -> int:
        """On how many days somebody comes, that day apart."""
        return len(self._worked[person] - {day})

    def left(self, person: Person, day: date, week: str) -> int | None:
        """How many sessions more somebody may give on a day; None: as many as there is time for."""
        if person.max_shifts_per_day == 0:
            return 0
        days = self._worked[person.id]
        if day not in days:
            most = person.max_days_per_week
            if most is not None and self._had["days", person.id, week] >= most:
                return 0
            if person.max_days is not None and len(days) >= person.max_days:
                return 0
        daily, weekly = person.max_sessions_per_day, person.max_sessions_per_week
        limits = []
        if daily is not None:
            limits.append(daily - len(self.days.get((person.id, day), ())))
        if weekly is not None:
            limits.append(weekly - self._had["by", person.id, week])
        return max(0, min(limits)) if limits else None

    def _apart(self, row: Lesson, lesson: Lesson, moments: tuple[int, ...]) -> bool:
        """Whether a specialist can give both sessions of a day, the way between them included."""
        if not set(self.x.moments_of(row.block)).isdisjoint(moments):
            return False
        first, then = sorted((row, lesson), key=lambda one: one.block[0].start)
        return not self.x.scenario.too_close(first.block[-1], first.venue, then.block[0], then.venue)

    def take(self, lesson: Lesson) -> None:
        """A session is held."""
        class_, course, day = lesson.class_, lesson.course.id, lesson.date
        self.taken.append(lesson)
        moments = self.x.moments_of(lesson.block)
        self._keep_busy(class_, day, moments)
        for moment in moments:
            self._kits[course, day, moment] += 1
            if lesson.room:
                self._room_busy[lesson.room, day].add(moment)
        self._courses.add((class_, course, day))
        self._had["week", class_, course, lesson.week] += 1
        self._had["busy", class_, lesson.week] += len(lesson.block)
        self._had["season", class_, course] += 1
        self._first[class_, course] = min(self._first.get((class_, course), day), day)
        if lesson.teacher is not None:
            self._had["by", lesson.teacher, lesson.week] += 1
            self.days[lesson.teacher, day].append(lesson)
            self._had["days", lesson.teacher, lesson.week] += day not in self._worked[lesson.teacher]
            self._worked[lesson.teacher].add(day)
            self.known.setdefault((class_, course), lesson.teacher)
