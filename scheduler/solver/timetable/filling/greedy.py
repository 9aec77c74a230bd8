"""A quick first timetable: what locks ask for, trips, visits of specialists, then what needs none."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from heapq import heapify, heappop, heappush

from scheduler.rules import Rulebook
from scheduler.rules.timetable.timetable_locks import asks_for, places_asked
from scheduler.solver.timetable.filling.ledger import Ledger
from scheduler.solver.timetable.filling.visiting import Visits
from scheduler.solver.timetable.filling.worth import Worth
from scheduler.solver.timetable.pricing.leading import Likely
from scheduler.variables.lessons import Departure, Lesson
from scheduler.variables.timetable import Timetable


class Greedy:
    """Takes what fits beside all that was taken before.

    Its plan keeps the hard rules unless locks ask for more than it can fit, and is no more than a start.
    """

    def __init__(self, x: Timetable, rulebook: Rulebook) -> None:
        """Begin with what is settled; of the variables only those of trips are looked at."""
        self.x = x
        self._ledger = Ledger(x)
        self._worth = Worth(self._ledger, rulebook)

    @property
    def taken(self) -> list[Lesson]:
        """The sessions held."""
        return self._ledger.taken

    @property
    def departed(self) -> list[Departure]:
        """The trips taken."""
        return self._ledger.departed

    def fill(self, *, whole_visits: bool, likely: Likely | None = None) -> None:
        """Take what locks ask for, trips, and then sessions, those worth most first; of specialists a whole
        visit at once, or one at a time, and what is likely before all else."""
        self._keep_locks()
        order = sorted(self.x.departures, key=lambda row: (row.date, row.class_, row.trip.id))
        for departure in order:
            if not isinstance(departure.held, int) and self._ledger.may_go(departure):
                self._ledger.go(departure)
        visits = Visits(self._ledger, self._worth, whole=whole_visits)
        if likely is not None:
            visits.make(likely)
        visits.make()
        days: dict[tuple[str, str], list[date]] = defaultdict(list)
        for class_, day in self.x.class_days:
            if self.x.is_free(class_, day):
                days[self.x.scenario.week_of(day), class_].append(day)
        for (_, class_), in_week in days.items():
            lessons = (row for day in in_week for row in self.x.offer.given_by(None, class_, day))
            self._take_the_best(self._ledger.allowed(lessons))
        visits.make_up()

    def _take(self, lesson: Lesson) -> None:
        self._ledger.take(lesson)
        self._worth.take(lesson)

    def _keep_locks(self) -> None:
        for lock in self.x.scenario.lock.values():
            if lock.kind not in ("session", "trip"):
                continue
            for class_, day in places_asked(self.x, lock):
                kept: list[Lesson | Departure] = [*self.taken, *self.departed]
                if any((row.class_, row.date) == (class_, day) and asks_for(lock, row) for row in kept):
                    continue
                if lock.kind == "trip":
                    rows = (row for row in self.x.departures if (row.class_, row.date) == (class_, day))
                    going = (row for row in rows if asks_for(lock, row) and self._ledger.may_go(row))
                    if (departure := next(going, None)) is not None:
                        self._ledger.go(departure)
                    continue
                lessons = self.x.offer.lessons(class_, day)
                asked = self._ledger.allowed(row for row in lessons if asks_for(lock, row))
                possible = [row for row in asked if self._ledger.fits(row)]
                if possible:
                    self._take(max(possible, key=self._worth.of))

    def _take_the_best(self, lessons: list[Lesson]) -> None:
        """What a session is worth falls as others are taken, so that an old worth is at most too high."""
        best = [(-self._worth.of(lesson), number) for number, lesson in enumerate(lessons)]
        heapify(best)
        later: dict[tuple[str, str], list[int]] = defaultdict(list)
        while best:
            before, number = heappop(best)
            lesson = lessons[number]
            if not self._ledger.follows(lesson):
                later[lesson.class_, lesson.course.after or ""].append(number)
            elif self._ledger.fits(lesson):
                worth = self._worth.of(lesson)
                if worth <= 0:
                    continue
                if worth < -before:
                    heappush(best, (-worth, number))
                    continue
                self._take(lesson)
                for one in later.pop((lesson.class_, lesson.course.id), ()):
                    heappush(best, (-self._worth.of(lessons[one]), one))
