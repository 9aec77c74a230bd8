"""A trip takes `children_per_day` children a day, and each class `times_per_class` times at most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.variables.lessons import Departure
from scheduler.variables.model import Because, Model
from scheduler.variables.timetable import Timetable, at_most, at_most_of


class TripPlaces(Rule):
    """On no day do more children go on a trip than it takes, and no class goes more often than it may."""

    stage = "timetable"
    unit = "children"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every trip and day with too many children, and every class that goes too often."""
        children: Counter[tuple[str, date]] = Counter()
        times: Counter[tuple[str, str]] = Counter()
        for outing in plan.trips:
            if outing.trip in scenario.trip and outing.date in scenario.day:
                week = scenario.week_of(outing.date)
                children[outing.trip, outing.date] += len(plan.children_in(outing.class_, week))
                times[outing.trip, outing.class_] += 1
        for (trip, day), number in sorted(children.items()):
            most = scenario.trip[trip].children_per_day
            if most is not None and number > most:
                yield self.broken(
                    number - most,
                    refs=(f"trip:{trip}",),
                    trip=trip,
                    date=day.isoformat(),
                    number=number,
                    most=most,
                )
        for (trip, class_), number in sorted(times.items()):
            most = scenario.trip[trip].times_per_class
            if number > most:
                yield self.broken(
                    number - most,
                    "too_often",
                    refs=(f"class:{class_}", f"trip:{trip}"),
                    class_=class_,
                    trip=trip,
                    number=number,
                    most=most,
                )

    def formulate(self, model: Model, x: Timetable) -> None:
        """The children of a day, and the times of a class, are summed."""
        by_day: dict[tuple[str, date], list[Departure]] = defaultdict(list)
        by_class: dict[tuple[str, str], list[Departure]] = defaultdict(list)
        for departure in x.departures:
            by_day[departure.trip.id, departure.date].append(departure)
            by_class[departure.trip.id, departure.class_].append(departure)
        for (trip, _), rows in by_day.items():
            most = x.scenario.trip[trip].children_per_day
            if most is not None:
                sizes = [(row.held, x.children(row.class_, row.week)) for row in rows]
                at_most_of(model, sizes, most, Because("trips", trip))
        for (trip, _), rows in by_class.items():
            times = x.scenario.trip[trip].times_per_class
            at_most(model, [row.held for row in rows], times, Because("trips", trip))
