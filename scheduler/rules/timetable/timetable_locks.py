"""Decisions on sessions and trips that were made by hand stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.domain.plan import Outing, Plan, Session
from scheduler.domain.programme import LockedDuties, runs_on
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Lock
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import known_sessions, periods_of, shift_of
from scheduler.variables.lessons import Departure, Lesson
from scheduler.variables.model import Because, Model, Variable
from scheduler.variables.timetable import Timetable, at_most


class TimetableLocks(Rule):
    """Locks `session`, `no_session`, `trip` and `no_trip` are kept; whom `duty` wants teaches nowhere else.

    A `session` or `trip` lock holds for every class and day that matches, in the weeks in which the class
    runs: where it names both, for them, come what may; where one is blank, for every running class, or every
    open day, that is on in the lock's shift (for trips: on a day the trip is offered, on in all its shifts).
    What else is blank may be any: some teacher, some course, some time of that day. A lock that holds for
    nothing at all so is remarked on. `no_session` and `no_trip` forbid all that matches; `no_session` with a
    period also what began before and still goes on.
    """

    stage = "timetable"
    unit = "locks"

    # ---- check ----------------------------------------------------------------------------------

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every class and day for which a lock is not kept, and every session or trip that one forbids."""
        for lock in scenario.lock.values():
            if lock.kind == "no_session":
                for row in known_sessions(scenario, plan):
                    if self._is_session(scenario, lock, row) and self._touches(scenario, lock, row):
                        yield self._broken(lock, "no_session", row.class_, row.date, course=row.course)
            elif lock.kind == "no_trip":
                for outing in plan.trips:
                    if self._is_trip(scenario, lock, outing):
                        yield self._broken(lock, "no_trip", outing.class_, outing.date, trip=outing.trip)
            elif lock.kind in ("session", "trip"):
                for class_, day in self._asked(scenario, plan, lock):
                    if not self._kept(scenario, plan, lock, class_, day):
                        yield self._broken(lock, lock.kind, class_, day)
        yield from self._wanted_elsewhere(scenario, plan)

    def _wanted_elsewhere(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        duties = LockedDuties(scenario, plan)
        for row in known_sessions(scenario, plan):
            for lock in duties.elsewhere(row.teacher, row.class_, row.date, shift_of(scenario, row)):
                yield self._broken(lock, "duty", row.class_, row.date, person=row.teacher, course=row.course)

    def _broken(self, lock: Lock, message: str, class_: str, day: date, **parameters: object) -> Violation:
        return self.broken(
            1,
            message,
            (f"class:{class_}",),
            lock=lock.id,
            class_=class_,
            date=day.isoformat(),
            **parameters,
        )

    def _kept(self, scenario: Scenario, plan: Plan, lock: Lock, class_: str, day: date) -> bool:
        if lock.kind == "trip":
            return any(self._is_trip(scenario, lock, row) for row in plan.outings_of(class_, day))
        return any(
            self._is_session(scenario, lock, row) and lock.period in (None, row.period)
            for row in known_sessions(scenario, plan)
            if (row.class_, row.date) == (class_, day)
        )

    @staticmethod
    def _asked(scenario: Scenario, plan: Plan, lock: Lock) -> Iterator[tuple[str, date]]:
        """The classes and days a positive lock holds for."""
        if lock.class_ and lock.date:
            named = scenario.day.get(lock.date)
            if named is not None and (lock.class_, named.week) in plan.running:
                yield lock.class_, lock.date
            return
        shift = scenario.period[lock.period].shift if lock.period in scenario.period else lock.shift
        trips = [row for row in scenario.trip.values() if lock.trip in (None, row.id)]
        for class_, week in sorted(plan.running):
            if class_ not in scenario.class_ or lock.class_ not in (None, class_):
                continue
            for day in scenario.days_in(week) if lock.week in (None, week) else ():
                on = runs_on(scenario, plan, class_, day)
                if not on or lock.date not in (None, day):
                    continue
                if lock.kind == "session" and shift in (None, *on):
                    yield class_, day
                if lock.kind == "trip" and any(
                    day in row.dates and set(row.shifts) <= set(on) and shift in (None, *row.shifts)
                    for row in trips
                ):
                    yield class_, day

    @staticmethod
    def _is_session(scenario: Scenario, lock: Lock, row: Session) -> bool:
        return (
            lock.class_ in (None, row.class_)
            and lock.date in (None, row.date)
            and lock.week in (None, scenario.week_of(row.date))
            and lock.shift in (None, shift_of(scenario, row))
            and lock.course in (None, row.course)
            and lock.person in (None, row.teacher)
        )

    @staticmethod
    def _touches(scenario: Scenario, lock: Lock, row: Session) -> bool:
        return lock.period in (None, *(period.id for period in periods_of(scenario, row)))

    @staticmethod
    def _is_trip(scenario: Scenario, lock: Lock, row: Outing) -> bool:
        trip, day = scenario.trip.get(row.trip), scenario.day.get(row.date)
        return (
            trip is not None
            and day is not None
            and lock.class_ in (None, row.class_)
            and lock.date in (None, row.date)
            and lock.week in (None, day.week)
            and lock.trip in (None, row.trip)
            and lock.shift in (None, *trip.shifts)
        )

    def remarks(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every `session` or `trip` that comes to nothing, because no class runs where and when it asks."""
        for lock in scenario.lock.values():
            if lock.kind not in ("session", "trip") or any(self._asked(scenario, plan, lock)):
                continue
            class_ = (f"class:{lock.class_}",) if lock.class_ else ()
            message = f"idle_{lock.kind}" if lock.class_ else f"idle_{lock.kind}_anywhere"
            yield self.broken(1, message, (f"lock:{lock.id}", *class_), lock=lock.id, class_=lock.class_)

    # ---- mathematics ----------------------------------------------------------------------------

    def formulate(self, model: Model, x: Timetable) -> None:
        """What is forbidden is 0; of what a lock asks for at least one is 1."""
        for lock in x.scenario.lock.values():
            because = Because("locks", lock.id)
            for row in forbidden(x, lock):
                at_most(model, [row.held], 0, because)
            if lock.kind in ("session", "trip"):
                ways = ways_to_keep(x, lock)
                for class_, day in places_asked(x, lock):
                    model.any_of(ways.get((class_, day), ()), because)
        duties = LockedDuties(x.scenario, x.plan)
        for lesson in x.lessons:
            for lock in duties.elsewhere(lesson.teacher, lesson.class_, lesson.date, lesson.shift):
                at_most(model, [lesson.held], 0, Because("locks", lock.id))


def _fits(lock: Lock, lesson: Lesson) -> bool:
    wanted = (lock.class_, lock.date, lock.week, lock.shift, lock.course, lock.person)
    given = (lesson.class_, lesson.date, lesson.week, lesson.shift, lesson.course.id, lesson.teacher)
    return all(want is None or want == has for want, has in zip(wanted, given, strict=True))


def _takes(lock: Lock, departure: Departure) -> bool:
    wanted = (lock.class_, lock.date, lock.week, lock.trip)
    given = (departure.class_, departure.date, departure.week, departure.trip.id)
    fits = all(want is None or want == has for want, has in zip(wanted, given, strict=True))
    return fits and (lock.shift is None or lock.shift in departure.trip.shifts)


def forbids(lock: Lock, row: Lesson | Departure) -> bool:
    """Whether a lock is a negative one that speaks of this."""
    if isinstance(row, Departure):
        return lock.kind == "no_trip" and _takes(lock, row)
    touches = lock.period in (None, *(period.id for period in row.block))
    return lock.kind == "no_session" and touches and _fits(lock, row)


def asks_for(lock: Lock, row: Lesson | Departure) -> bool:
    """Whether a lock is a positive one that would be kept by this."""
    if isinstance(row, Departure):
        return lock.kind == "trip" and _takes(lock, row)
    return lock.kind == "session" and lock.period in (None, row.block[0].id) and _fits(lock, row)


def forbidden(x: Timetable, lock: Lock) -> Iterator[Lesson | Departure]:
    """All that a negative lock forbids; nothing for others."""
    if lock.kind == "no_session":
        yield from (lesson for lesson in x.lessons_of(lock.class_, lock.person) if forbids(lock, lesson))
    elif lock.kind == "no_trip":
        yield from (departure for departure in x.departures if forbids(lock, departure))


def ways_to_keep(x: Timetable, lock: Lock) -> dict[tuple[str, date], list[Variable]]:
    """By class and day, all that would keep a positive lock."""
    ways: dict[tuple[str, date], list[Variable]] = {}
    rows = x.departures if lock.kind == "trip" else x.lessons_of(lock.class_, lock.person)
    for row in rows:
        if asks_for(lock, row):
            ways.setdefault((row.class_, row.date), []).append(row.held)
    return ways


def places_asked(x: Timetable, lock: Lock) -> Iterator[tuple[str, date]]:
    """The classes and days that are to be decided here and for which a positive lock holds."""
    if lock.class_ is not None and lock.date is not None:
        in_season = lock.date in x.scenario.day
        runs = in_season and (lock.class_, x.scenario.week_of(lock.date)) in x.plan.running
        if runs and x.is_free(lock.class_, lock.date):
            yield lock.class_, lock.date
        return
    shift = x.scenario.period[lock.period].shift if lock.period else lock.shift
    for class_, day in x.class_days:
        if lock.class_ not in (None, class_) or lock.date not in (None, day):
            continue
        if lock.week not in (None, x.scenario.week_of(day)) or not x.is_free(class_, day):
            continue
        held = set(x.held(class_, day))
        if lock.kind == "session":
            if shift is None or shift in held:
                yield class_, day
        elif any(
            day in trip.dates
            and held.issuperset(trip.shifts)
            and (lock.trip is None or lock.trip == trip.id)
            and (shift is None or shift in trip.shifts)
            for trip in x.scenario.trip.values()
        ):
            yield class_, day
