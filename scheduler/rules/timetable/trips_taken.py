"""Every class old enough goes on every trip as often as it may, if it can."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.plan import Plan
from scheduler.domain.programme import runs_on
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Trip
from scheduler.rules.base import Rule, Violation
from scheduler.variables.model import Expression, Model, Variable
from scheduler.variables.timetable import Timetable


class TripsTaken(Rule):
    """Counts the trips that classes miss: up to `times_per_class` of each, as far as there are days on which
    the class is on in all the trip's shifts and the ages of its children fit."""

    stage = "timetable"
    hard = False
    unit = "trips"
    weight = 100.0

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every class and trip with the trips missing."""
        for class_ in sorted({name for name, _ in plan.running} & set(scenario.class_)):
            for trip in scenario.trip.values():
                days = [day for day in scenario.open_days if self._could(scenario, plan, class_, trip, day)]
                taken = sum((row.trip, row.class_) == (trip.id, class_) for row in plan.trips)
                missing = min(trip.times_per_class, len(days)) - taken
                if missing > 0:
                    yield self.broken(
                        missing,
                        refs=(f"class:{class_}", f"trip:{trip.id}"),
                        class_=class_,
                        trip=trip.id,
                    )

    @staticmethod
    def _could(scenario: Scenario, plan: Plan, class_: str, trip: Trip, day: object) -> bool:
        for date in trip.dates:
            if date == day and set(trip.shifts) <= set(runs_on(scenario, plan, class_, date)):
                children = plan.children_in(class_, scenario.week_of(date))
                ages = [scenario.age(child) for child in children if child in scenario.child]
                return all(
                    age is None
                    or (trip.min_age or 0) <= age <= (999 if trip.max_age is None else trip.max_age)
                    for age in ages
                )
        return False

    def formulate(self, model: Model, x: Timetable) -> Expression:
        """A variable for what each class misses of a trip."""
        goes: dict[tuple[str, str], list[Variable]] = {}
        for row in x.departures:
            goes.setdefault((row.class_, row.trip.id), []).append(row.held)
        terms: list[Expression] = []
        for (class_, trip), held in goes.items():
            asked = min(x.scenario.trip[trip].times_per_class, len(held))
            terms.append(model.excess(asked - model.total(held), 0, asked, f"missed|{class_}|{trip}"))
        return model.total(terms)
