"""Courses and trips fit the ages of all children placed in the class that week."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Course, Trip
from scheduler.rules.base import Rule, Violation


class CourseAge(Rule):
    """Nobody in the class is too young or too old for a course it has or a trip it goes on.

    The variables admit nothing else.
    """

    stage = "timetable"
    unit = "children"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every session and trip, with the number of children it does not fit."""
        for session in plan.sessions:
            course = scenario.course.get(session.course)
            if course is not None and session.date in scenario.day:
                children = plan.children_in(session.class_, scenario.week_of(session.date))
                wrong = sum(_misfits(scenario, course, child) for child in children)
                if wrong:
                    yield self.broken(
                        wrong,
                        refs=(f"class:{session.class_}", f"course:{course.id}"),
                        class_=session.class_,
                        course=course.id,
                        date=session.date.isoformat(),
                    )
        for outing in plan.trips:
            trip = scenario.trip.get(outing.trip)
            if trip is not None and outing.date in scenario.day:
                children = plan.children_in(outing.class_, scenario.week_of(outing.date))
                wrong = sum(_misfits(scenario, trip, child) for child in children)
                if wrong:
                    yield self.broken(
                        wrong,
                        "trip",
                        refs=(f"class:{outing.class_}", f"trip:{trip.id}"),
                        class_=outing.class_,
                        trip=trip.id,
                        date=outing.date.isoformat(),
                    )


def _misfits(scenario: Scenario, row: Course | Trip, child: str) -> bool:
    age = scenario.age(child) if child in scenario.child else None
    if age is None:
        return False
    return (row.min_age is not None and age < row.min_age) or (row.max_age is not None and age > row.max_age)
