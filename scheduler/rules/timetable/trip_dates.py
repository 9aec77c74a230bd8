"""A class goes on a trip on one of its dates, and only if it is held in all the trip's shifts that day."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.plan import Outing, Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation


class TripDates(Rule):
    """A trip is on an open day that it is offered, by a class that runs that week and has all its shifts.

    What a closure shuts is the business of `closures`. The variables admit nothing else.
    """

    stage = "timetable"
    unit = "trips"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every trip on a wrong day, or of something unknown."""
        for outing in plan.trips:
            message = self._wrong(scenario, plan, outing)
            if message:
                yield self.broken(
                    message=message,
                    refs=(f"class:{outing.class_}", f"trip:{outing.trip}"),
                    class_=outing.class_,
                    trip=outing.trip,
                    date=outing.date.isoformat(),
                )

    @staticmethod
    def _wrong(scenario: Scenario, plan: Plan, outing: Outing) -> str | None:
        row, trip = scenario.class_.get(outing.class_), scenario.trip.get(outing.trip)
        if row is None or trip is None or outing.date not in scenario.day:
            return "unknown"
        if outing.date not in trip.dates:
            return "broken"
        week = scenario.week_of(outing.date)
        offered = not row.weeks or week in row.weeks
        if not scenario.day[outing.date].open or not offered or (row.id, week) not in plan.running:
            return "not_running"
        return "not_running" if row.shifts and not set(trip.shifts) <= set(row.shifts) else None
