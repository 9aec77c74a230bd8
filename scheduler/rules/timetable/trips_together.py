"""The classes of one venue go on a trip together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.variables.model import Expression, Model, Variable
from scheduler.variables.timetable import Timetable


class TripsTogether(Rule):
    """Counts for each trip and venue the days on which classes leave, beyond the trip's `times_per_class`:
    so many are enough where all go together."""

    stage = "timetable"
    hard = False
    unit = "days"
    weight = 3.0

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every trip and venue that goes on more days than one class would."""
        days: dict[tuple[str, str], set[date]] = defaultdict(set)
        for row in plan.trips:
            if row.trip in scenario.trip and row.class_ in scenario.class_ and row.date in scenario.day:
                days[row.trip, scenario.class_[row.class_].venue].add(row.date)
        for (trip, venue), found in sorted(days.items()):
            enough = max(1, scenario.trip[trip].times_per_class)
            if len(found) > enough:
                yield self.broken(
                    len(found) - enough,
                    refs=(f"trip:{trip}", f"venue:{venue}"),
                    trip=trip,
                    venue=venue,
                    dates=tuple(day.isoformat() for day in sorted(found)),
                )

    def formulate(self, model: Model, x: Timetable) -> Expression:
        """A variable for each day on which anybody of the venue goes, and their excess."""
        goes: dict[tuple[str, str], dict[date, list[Variable]]] = defaultdict(lambda: defaultdict(list))
        for row in x.departures:
            goes[row.trip.id, row.venue][row.date].append(row.held)
        terms: list[Expression] = []
        for (trip, venue), dates in goes.items():
            enough = max(1, x.scenario.trip[trip].times_per_class)
            if len(dates) > enough:
                used = [
                    model.either(held, f"leaves|{trip}|{venue}|{day}") if len(held) > 1 else held[0]
                    for day, held in dates.items()
                ]
                name = f"days|{trip}|{venue}"
                terms.append(model.excess(model.total(used), enough, len(used) - enough, name))
        return model.total(terms)
