"""Nothing else happens to a class while it is away on a trip."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from scheduler.domain.calendar import minutes
from scheduler.domain.plan import Outing, Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import known_sessions, shift_of
from scheduler.variables.lessons import Departure
from scheduler.variables.model import Model
from scheduler.variables.timetable import Timetable, at_most


class TripAbsence(Rule):
    """In the shifts of a trip its class has no session and no other trip."""

    stage = "timetable"
    unit = "clashes"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every session during a trip, and every two trips at once."""
        away: dict[tuple[str, date], list[Outing]] = defaultdict(list)
        for outing in plan.trips:
            if outing.trip in scenario.trip:
                away[outing.class_, outing.date].append(outing)
        for session in known_sessions(scenario, plan):
            for outing in away.get((session.class_, session.date), ()):
                if shift_of(scenario, session) in scenario.trip[outing.trip].shifts:
                    yield self.broken(
                        refs=(f"class:{session.class_}", f"trip:{outing.trip}"),
                        class_=session.class_,
                        trip=outing.trip,
                        course=session.course,
                        date=session.date.isoformat(),
                        period=session.period,
                    )
        for (class_, day), outings in sorted(away.items()):
            for one, other in combinations(outings, 2):
                if set(scenario.trip[one.trip].shifts) & set(scenario.trip[other.trip].shifts):
                    yield self.broken(
                        message="two_trips",
                        refs=(f"class:{class_}", f"trip:{one.trip}", f"trip:{other.trip}"),
                        class_=class_,
                        date=day.isoformat(),
                        trip=one.trip,
                        other=other.trip,
                    )

    def formulate(self, model: Model, x: Timetable) -> None:
        """At any moment of a shift the sessions and trips of a class sum to at most one."""
        trips: dict[tuple[str, date], list[Departure]] = defaultdict(list)
        for departure in x.departures:
            trips[departure.class_, departure.date].append(departure)
        for (class_, day), departures in trips.items():
            for shift in x.held(class_, day):
                goes = [row.held for row in departures if shift in row.trip.shifts]
                if not goes:
                    continue
                at_most(model, goes, 1)
                for period in x.scenario.periods_of(shift):
                    at_most(model, [*goes, *x.busy(class_, day, minutes(period.start))], 1)
