"""What takes place: which shifts a running class is here or away, and whom a session joins."""

from __future__ import annotations

from datetime import date

from scheduler.domain.plan import Outing, Plan, Session
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Course, Trip


def runs_on(scenario: Scenario, plan: Plan, class_: str, day: date) -> tuple[str, ...]:
    """The shifts in which a class takes place on a day, here or on a trip; none when it does not run."""
    if day not in scenario.day or (class_, scenario.week_of(day)) not in plan.running:
        return ()
    return scenario.held(class_, day)


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
