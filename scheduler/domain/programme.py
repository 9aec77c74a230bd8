"""What takes place: which shifts a running class is here or away, and whom a session joins."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from scheduler.domain.plan import Outing, Plan, Session
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Course, Lock, Trip


def runs_on(scenario: Scenario, plan: Plan, class_: str, day: date) -> tuple[str, ...]:
    """The shifts in which a class takes place on a day, here or on a trip; none when it does not run."""
    if day not in scenario.day or (class_, scenario.week_of(day)) not in plan.running:
        return ()
    return scenario.held(class_, day)


def duty_shifts(scenario: Scenario, plan: Plan, lock: Lock) -> set[tuple[date, str]]:
    """The days and shifts in which a lock `duty` asks for its person."""
    return {
        (day, shift)
        for class_, week in plan.running
        if lock.class_ in (None, class_) and lock.week in (None, week)
        for day in scenario.days_in(week)
        if lock.date in (None, day) and class_ in scenario.class_
        for shift in runs_on(scenario, plan, class_, day)
        if lock.shift in (None, shift)
    }


class LockedDuties:
    """Where locks put people on duty: in those shifts they can teach nowhere else."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        """Look at every lock `duty` that says where: in a class, or for a whole venue (role `site`)."""
        self._at: dict[tuple[str, date, str], list[Lock]] = defaultdict(list)
        for lock in scenario.lock.values():
            if lock.kind == "duty" and lock.person and (lock.class_ or lock.role == "site"):
                for day, shift in duty_shifts(scenario, plan, lock):
                    self._at[lock.person, day, shift].append(lock)

    def elsewhere(self, person: str | None, class_: str, day: date, shift: str) -> Sequence[Lock]:
        """The locks by which somebody is not in this class then."""
        if person is None or not self._at:  # asked of every lesson of a city
            return ()
        locks = self._at.get((person, day, shift), ())
        return [lock for lock in locks if lock.role == "site" or lock.class_ != class_]


def trip_of(scenario: Scenario, plan: Plan, class_: str, day: date, shift: str) -> Outing | None:
    """The trip a class is away on in a shift."""
    for outing in plan.outings_of(class_, day):
        trip = scenario.trip.get(outing.trip)
        if trip is not None and shift in trip.shifts:
            return outing
    return None


def ages_in(scenario: Scenario, plan: Plan, class_: str, week: str) -> tuple[int, ...]:
    """The known ages of the children placed in a class that week, sorted."""
    ages = (scenario.age(child) for child in plan.children_in(class_, week) if child in scenario.child)
    return tuple(sorted(age for age in ages if age is not None))


def suits(row: Course | Trip, ages: tuple[int, ...]) -> bool:
    """Whether a course or trip fits children of these (sorted) ages."""
    if not ages:
        return True
    youngest_fits = row.min_age is None or ages[0] >= row.min_age
    return youngest_fits and (row.max_age is None or ages[-1] <= row.max_age)


def joint_key(scenario: Scenario, session: Session) -> tuple[str, ...]:
    """Equal for the rows that are one joint session: one venue, and alike in all but the class.

    A session in a home room is its class's alone unless its course may be shared.
    """
    course = scenario.course.get(session.course)
    alone = () if course is not None and course.joint is not None else (session.class_,)
    class_ = scenario.class_.get(session.class_)
    venue = class_.venue if class_ else session.class_
    day = session.date.isoformat()
    return (venue, day, session.period, session.course, session.teacher or "", session.room or "", *alone)


class TeachingOffers:
    """How many sessions each specialist offers over a season: the most that the own limits leave room for."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        """Know in which shifts anything runs at each venue."""
        self._scenario = scenario
        self._runs: dict[str, dict[date, set[str]]] = defaultdict(lambda: defaultdict(set))
        for class_, week in plan.running:
            row = scenario.class_.get(class_)
            for day in scenario.days_in(week) if row else ():
                assert row is not None
                self._runs[row.venue][day].update(scenario.held(class_, day))
        self._reach: dict[str, tuple[str, ...]] = {}
        self._periods = Counter(row.shift for row in scenario.periods if row.kind == "course")

    def of(self, person: str) -> int:
        """The sessions a person could give, were all the time taken: cleared, not saying no, while a class
        runs in reach, within the own limits; of the shortest course taught. Minors teach like others."""
        row = self._scenario.person[person]
        weeks: dict[str, list[int]] = defaultdict(list)
        for day in self._scenario.open_days:
            sessions = self._on(person, day)
            if sessions:
                weeks[self._scenario.week_of(day)].append(sessions)
        days: list[int] = []
        total = 0
        for found in weeks.values():
            kept = sorted(found, reverse=True)[: row.max_days_per_week]
            most = sum(kept) if row.max_sessions_per_week is None else row.max_sessions_per_week
            total += min(sum(kept), most)
            days += kept
        return min(total, sum(sorted(days, reverse=True)[: row.max_days]))

    def shifts_of(self, person: str, day: date) -> tuple[str, ...]:
        """The shifts of a day in which a person could teach somewhere."""
        scenario = self._scenario
        if not scenario.is_cleared(person, day):
            return ()
        if person not in self._reach:
            area = scenario.area_of(person)
            self._reach[person] = tuple(venue for venue in self._runs if venue in area)
        held = {shift for venue in self._reach[person] for shift in self._runs[venue].get(day, ())}
        return tuple(
            shift
            for shift in scenario.shift
            if shift in held and scenario.availability_of(person, day, shift) != "no"
        )

    def _on(self, person: str, day: date) -> int:
        row = self._scenario.person[person]
        lengths = [self._scenario.course[id].length for id in row.courses if id in self._scenario.course]
        shortest = min(lengths, default=1)
        by_shift = sorted(
            (self._periods[shift] // shortest for shift in self.shifts_of(person, day)), reverse=True
        )
        most = sum(by_shift[: row.max_shifts_per_day])
        return most if row.max_sessions_per_day is None else min(most, row.max_sessions_per_day)


def joined(scenario: Scenario, plan: Plan, session: Session) -> tuple[str, ...]:
    """The other classes in the same joint session, by id; none where it is the class's own."""
    course, class_ = scenario.course.get(session.course), scenario.class_.get(session.class_)
    if course is None or course.joint is None or class_ is None:
        return ()
    key = joint_key(scenario, session)
    return tuple(
        row.id
        for row in scenario.classes_at(class_.venue)
        if row.id != class_.id
        and any(joint_key(scenario, other) == key for other in plan.sessions_of(row.id, session.date))
    )
