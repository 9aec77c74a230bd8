"""Everybody who goes on a trip has a seat in a bus of the own venue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from scheduler.domain.buses import buses_needed
from scheduler.domain.demand import adults_away
from scheduler.domain.plan import Outing, Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Trip
from scheduler.rules.base import Rule, Violation
from scheduler.variables.lessons import Departure
from scheduler.variables.model import Because, Model, Variable
from scheduler.variables.timetable import Timetable


class BusSeats(Rule):
    """All children of a class, and the adults required, are seated; no bus takes more people than it has
    seats or serves two venues; there are no more buses than the trip has."""

    stage = "timetable"
    unit = "seats"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every class whose people are not all seated, and every bus that is too full, shared or unknown."""
        by_day: dict[tuple[str, date], list[Outing]] = defaultdict(list)
        for outing in plan.trips:
            trip = scenario.trip.get(outing.trip)
            known = outing.class_ in scenario.class_ and outing.date in scenario.day
            if trip is not None and trip.buses is not None and known:
                by_day[trip.id, outing.date].append(outing)
        for (trip_id, day), outings in sorted(by_day.items()):
            trip = scenario.trip[trip_id]
            for outing in outings:
                yield from self._everybody(scenario, plan, trip, outing)
            yield from self._buses(scenario, trip, day, outings)

    def _everybody(self, scenario: Scenario, plan: Plan, trip: Trip, outing: Outing) -> Iterator[Violation]:
        week = scenario.week_of(outing.date)
        children = len(plan.children_in(outing.class_, week))
        adults = adults_away(scenario, plan, outing.class_, week, trip)
        seated = sum(row.children for row in outing.seating), sum(row.adults for row in outing.seating)
        negative = sum(max(0, -row.children) + max(0, -row.adults) for row in outing.seating)
        wrong = abs(seated[0] - children) + abs(seated[1] - adults) + negative
        if wrong:
            yield self.broken(
                wrong,
                "seated",
                refs=(f"class:{outing.class_}", f"trip:{trip.id}"),
                class_=outing.class_,
                trip=trip.id,
                date=outing.date.isoformat(),
                children=children,
                adults=adults,
                seated=seated[0],
                seated_adults=seated[1],
            )

    def _buses(self, scenario: Scenario, trip: Trip, day: date, outings: list[Outing]) -> Iterator[Violation]:
        assert trip.buses is not None
        people: dict[int, int] = defaultdict(int)
        venues: dict[int, set[str]] = defaultdict(set)
        for outing in outings:
            for seat in outing.seating:
                people[seat.bus] += seat.children + seat.adults
                venues[seat.bus].add(scenario.class_[outing.class_].venue)
        for bus in sorted(people):
            seats, where = trip.seats_per_bus, {"trip": trip.id, "date": day.isoformat(), "bus": str(bus)}
            refs = (f"trip:{trip.id}",)
            if not 1 <= bus <= trip.buses:
                yield self.broken(max(1, people[bus]), "no_bus", refs, buses=trip.buses, **where)
            if seats is not None and people[bus] > seats:
                yield self.broken(people[bus] - seats, refs=refs, number=people[bus], seats=seats, **where)
            if len(venues[bus]) > 1:
                yield self.broken(len(venues[bus]) - 1, "shared", refs, venues=tuple(venues[bus]), **where)

    def formulate(self, model: Model, x: Timetable) -> None:
        """For each venue enough whole buses for its people; over the venues no more than there are."""
        by_day: dict[tuple[str, date], dict[str, list[Departure]]] = defaultdict(lambda: defaultdict(list))
        for departure in x.departures:
            if departure.trip.buses is not None:
                by_day[departure.trip.id, departure.date][departure.venue].append(departure)
        for (trip_id, day), venues in by_day.items():
            trip = x.scenario.trip[trip_id]
            buses = [
                self._needed(model, x, trip, rows, f"buses|{trip_id}|{day}|{venue}")
                for venue, rows in venues.items()
            ]
            assert trip.buses is not None
            settled = sum(number for number in buses if isinstance(number, int))
            if not all(isinstance(number, int) for number in buses):
                because = Because("trips", trip_id)
                model.require(model.total(buses) <= max(trip.buses, settled), because)

    @staticmethod
    def _needed(model: Model, x: Timetable, trip: Trip, rows: list[Departure], name: str) -> Variable:
        sizes = [(row.held, sum(x.party(row))) for row in rows]
        everybody = sum(size for _, size in sizes)
        if all(isinstance(held, int) for held, _ in sizes):
            return buses_needed(trip, everybody)
        buses = model.integer(0, buses_needed(trip, everybody), name)
        seats = trip.seats_per_bus or everybody
        model.require(model.total(held * size for held, size in sizes) <= seats * buses)
        return buses
