"""A quick first timetable: what locks ask for, then trips, then the session worth most, again and again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from heapq import heapify, heappop, heappush

from scheduler.domain.buses import adults_required, buses_needed
from scheduler.rules.timetable.timetable_locks import forbidden, places_asked, ways_to_keep
from scheduler.solver.timetable.wishes import Wishes
from scheduler.variables.lessons import Departure, Lesson, moments_of
from scheduler.variables.timetable import Timetable


class Greedy:
    """Takes what fits beside all that was taken before; nothing is shared, no home room of others is used.

    Its plan keeps the hard rules unless locks ask for more than it can fit, and is no more than a start.
    """

    def __init__(self, x: Timetable, weight: Callable[[str], float]) -> None:
        """Begin with what is settled; `weight` of each soft rule, by its id."""
        self.x = x
        self.taken: list[Lesson] = []
        self.departed: list[Departure] = []
        self._weight = weight
        self._wishes = Wishes(x, weight("interests"), weight("no_wish_served"))
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
        self._barred = {id(row) for lock in x.scenario.lock.values() for row in forbidden(x, lock)}

    def fill(self) -> None:
        """Take what is settled, what locks ask for, trips, and then sessions, the one worth most first."""
        for departure in self.x.departures:
            if isinstance(departure.held, int):
                self._go(departure)
        for lesson in self.x.lessons:
            if isinstance(lesson.held, int):
                self._take(lesson)
        self._keep_locks()
        for departure in sorted(self.x.departures, key=lambda row: (row.date, row.class_, row.trip.id)):
            if self._may_go(departure):
                self._go(departure)
        self._take_the_best()

    def _keep_locks(self) -> None:
        departures = {id(row.held): row for row in self.x.departures}
        lessons = {id(row.held): row for row in self.x.lessons}
        for lock in self.x.scenario.lock.values():
            if lock.kind not in ("session", "trip"):
                continue
            ways = ways_to_keep(self.x, lock)
            for place in places_asked(self.x, lock):
                offered = ways.get(place, ())
                if any(isinstance(held, int) for held in offered):
                    continue
                trips = [departures[id(held)] for held in offered if id(held) in departures]
                going = next((row for row in trips if self._may_go(row)), None)
                if going is not None:
                    self._go(going)
                possible = [lessons[id(held)] for held in offered if id(held) in lessons]
                possible = [row for row in possible if self._fits(row)]
                if possible and not any(row in self.taken for row in possible):
                    self._take(max(possible, key=self._worth))

    def _take_the_best(self) -> None:
        """What a session is worth falls as others are taken, so that an old worth is at most too high."""
        lessons = [lesson for lesson in self.x.lessons if not isinstance(lesson.held, int)]
        best = [(-self._worth(lesson), number) for number, lesson in enumerate(lessons)]
        heapify(best)
        later: dict[tuple[str, str], list[int]] = defaultdict(list)
        while best:
            before, number = heappop(best)
            lesson = lessons[number]
            if not self._follows(lesson):
                later[lesson.class_, lesson.course.after or ""].append(number)
            elif self._fits(lesson):
                worth = self._worth(lesson)
                if worth <= 0:
                    continue
                if worth < -before:
                    heappush(best, (-worth, number))
                    continue
                self._take(lesson)
                for one in later.pop((lesson.class_, lesson.course.id), ()):
                    heappush(best, (-self._worth(lessons[one]), one))

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
        if id(row) in self._barred:
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
        if id(lesson) in self._barred:
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
        return self._follows(lesson)

    def _follows(self, lesson: Lesson) -> bool:
        """Whether the class has had the course that must come before."""
        first = self._first.get((lesson.class_, lesson.course.after)) if lesson.course.after else None
        return lesson.course.after is None or (first is not None and first < lesson.date)

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

    def _worth(self, lesson: Lesson) -> float:
        """About what the season's cost falls by: periods filled, sessions the week still lacks, wishes
        served; less for another teacher than the class knows, and for ways."""
        course, class_, weight = lesson.course, lesson.class_, self._weight
        had = self._had["week", class_, course.id, lesson.week]
        worth = weight("empty_periods") * len(lesson.block) + self._wishes.of(class_, lesson.week, course.id)
        worth += weight("minimum_sessions") * (course.min_per_week > had) - weight("variety") * (had > 1)
        if lesson.teacher is not None:
            known = self._with.get((class_, course.id), lesson.teacher) == lesson.teacher
            today = self._days[lesson.teacher, lesson.date]
            worth -= weight("same_specialist") * (not known)
            worth -= weight("specialist_ways") * any(row.venue != lesson.venue for row in today)
            worth -= weight("specialist_visits") * all(row.venue != lesson.venue for row in today)
            worth -= weight("session_fees") * (self.x.scenario.person[lesson.teacher].fee_per_session or 0)
        return worth

    def _take(self, lesson: Lesson) -> None:
        course, day = lesson.course.id, lesson.date
        self.taken.append(lesson)
        self._wishes.serve(lesson.class_, lesson.week, course)
        for moment in self._moments(lesson):
            self._class_busy.add((lesson.class_, day, moment))
            self._kits[course, day, moment] += 1
            if lesson.room:
                self._room_busy.add((lesson.room, day, moment))
        self._had[lesson.class_, course, day.isoformat()] += 1
        self._had["week", lesson.class_, course, lesson.week] += 1
        self._had["season", lesson.class_, course] += 1
        first = self._first.get((lesson.class_, course), day)
        self._first[lesson.class_, course] = min(first, day)
        if lesson.teacher is not None:
            self._had["by", lesson.teacher, lesson.week] += 1
            self._days[lesson.teacher, day].append(lesson)
            self._worked[lesson.teacher].add(day)
            self._with.setdefault((lesson.class_, course), lesson.teacher)


def _same(one: Departure, other: Departure) -> bool:
    return (one.class_, one.date) == (other.class_, other.date)
