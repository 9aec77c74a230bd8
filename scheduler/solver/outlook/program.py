"""The linear relaxation of placing the most child-weeks: bounds for any plan, and what a seat is worth.

Whatever keeps the hard rules of placement is feasible here, under either policy, so its optimum is a bound
for both. Classes of a venue that the same children can attend are one pool; a child's stay is linked once per
venue and week, which leaves the relaxation almost integral (Wolsey, Integer Programming, on tight links).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import floor, inf
from typing import Any

from ortools.linear_solver.python import model_builder

from scheduler.domain.history import begun
from scheduler.domain.outcomes import Outcomes
from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.seating import shifts_in
from scheduler.domain.units import units

ClassWeek = tuple[str, str]
VenueWeek = tuple[str, str]

ENGINE = "glop"
"""Three times as fast here as HiGHS, which through this door tells rows' activities for their duals."""

TOLERANCE = 1e-6


@dataclass(frozen=True)
class Pool:
    """Classes of a venue in a week that the same children can attend in the same shifts."""

    venue: str
    week: str
    shifts: tuple[str, ...]
    classes: tuple[str, ...]
    children: tuple[str, ...]
    least: int = 0
    """Fewest children it runs with; 0 where it runs with any."""


@dataclass(frozen=True)
class Relief:
    """A change of what is offered: seats more by class-week, seats at once more by venue, and optional
    class-weeks that run with any number."""

    seats: Mapping[ClassWeek, int] = field(default_factory=dict)
    venues: Mapping[str, int] = field(default_factory=dict)
    any_number: frozenset[ClassWeek] = frozenset()


NOTHING = Relief()


@dataclass(frozen=True)
class Worth:
    """The optimum, and what one seat more would add to it at most: by class-week, by venue and week."""

    value: float
    seat: Mapping[ClassWeek, float]
    venue: Mapping[VenueWeek, float]

    @property
    def bound(self) -> int:
        """Child-weeks that no plan exceeds."""
        return floor(self.value + 1e-4)


class Program:
    """The relaxation of a season after the weeks that have begun.

    `unoffered` class-weeks are known but have no seat: classes that do not exist yet, and those withheld.
    """

    def __init__(self, scenario: Scenario, plan: Plan, unoffered: frozenset[ClassWeek] = frozenset()) -> None:
        """Build the model once; `solve` changes only its limits."""
        self._scenario = scenario
        self._locks = PlacementLocks(scenario)
        self._past = begun(scenario, plan)
        self._unoffered = unoffered | plan.kept_back
        self._model: Any = model_builder.Model()  # type: ignore[no-untyped-call]
        self._helper = self._model.helper
        self.pools = self._pools()
        self._columns: dict[tuple[str, str], list[tuple[Pool, int]]] = defaultdict(list)
        self._seat_rows: dict[Pool, int] = {}
        self._least_rows: dict[Pool, int] = {}
        self._venue_rows: dict[tuple[str, str], list[int]] = defaultdict(list)
        for pool in self.pools:
            self._open(pool)
        self._venues()
        for row in scenario.processed:
            self._stay(row.id, row.stay)
        for unit in units(scenario):
            for one, other in zip(unit.members, unit.members[1:], strict=False):
                self._together(one, other)
        self._helper.set_maximize(True)

    @property
    def size(self) -> int:
        """Columns: ways to spend a week, over all children."""
        return sum(len(columns) for columns in self._columns.values())

    @property
    def weeks(self) -> tuple[str, ...]:
        """The weeks that are still to be decided."""
        return tuple(week for week in self._scenario.weeks if week not in self._past)

    def seats(self, class_: str, week: str) -> int:
        """Children a class can take in a week as things stand."""
        return 0 if (class_, week) in self._unoffered else self._scenario.seats(class_)

    def solve(self, seconds: float, relief: Relief = NOTHING) -> Worth | None:
        """The optimum with some limits eased; None if there was no time for it."""
        self._set_limits(relief)
        solver = model_builder.Solver(ENGINE)
        if seconds < inf:
            solver.set_time_limit_in_seconds(max(0.1, seconds))
        if solver.solve(self._model) != model_builder.SolveStatus.OPTIMAL:
            return None
        return Worth(
            solver.objective_value,
            {
                (class_, pool.week): self._price(solver, [row])
                for pool, row in self._seat_rows.items()
                for class_ in pool.classes
            },
            {key: self._price(solver, rows) for key, rows in self._venue_rows.items()},
        )

    # ---- columns --------------------------------------------------------------------------------

    def _pools(self) -> tuple[Pool, ...]:
        outcomes = Outcomes(self._scenario, self._locks)
        takers: dict[ClassWeek, list[str]] = defaultdict(list)
        for row in self._scenario.processed:
            for week in self._scenario.wanted_weeks(row.id):
                if week not in self._past:
                    for class_ in outcomes.seats(row.id, week):
                        takers[class_, week].append(row.id)
        alike: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for (class_, week), children in takers.items():
            home = self._scenario.class_[class_]
            least = home.min_children if home.optional and (class_, week) not in self._locks.opened else 0
            held = shifts_in(self._scenario, class_, week)
            alike[home.venue, week, held, class_ if least else "", tuple(children), least].append(class_)
        return tuple(
            Pool(venue, week, held, tuple(sorted(classes)), children, least)  # type: ignore[arg-type]
            for (venue, week, held, _, children, least), classes in sorted(
                alike.items(), key=lambda pair: (str(pair[0][0]), str(pair[0][1]), sorted(pair[1]))
            )
        )

    def _open(self, pool: Pool) -> None:
        columns = [self._variable(1.0) for _ in pool.children]
        for child, column in zip(pool.children, columns, strict=True):
            self._columns[child, pool.week].append((pool, column))
        row = self._seat_rows[pool] = self._row(-inf, 0, [(column, 1.0) for column in columns])
        if pool.least:
            runs = self._variable(0.0)
            seats = sum(self.seats(class_, pool.week) for class_ in pool.classes)
            self._helper.safe_add_term_to_constraint(row, runs, -float(seats))
            terms = [(column, 1.0) for column in columns]
            self._least_rows[pool] = self._row(0, inf, [*terms, (runs, -float(pool.least))])
            for column in columns:
                self._row(-inf, 0, [(column, 1.0), (runs, -1.0)])

    # ---- rows -----------------------------------------------------------------------------------

    def _venues(self) -> None:
        """Children at once, shift by shift; shifts in which the same pools are held are one row."""
        found: dict[tuple[str, str], set[tuple[Pool, ...]]] = defaultdict(set)
        for (venue, week), pools in _grouped(self.pools).items():
            if self._scenario.venue[venue].capacity is not None:
                for shift in self._scenario.shift:
                    found[venue, week].add(tuple(pool for pool in pools if shift in pool.shifts))
        columns: dict[Pool, list[int]] = defaultdict(list)
        for held in self._columns.values():
            for pool, column in held:
                columns[pool].append(column)
        for key, groups in sorted(found.items()):
            for group in sorted(groups, key=lambda pools: [pool.classes for pool in pools]):
                terms = [(column, 1.0) for pool in group for column in columns[pool]]
                if terms:
                    self._venue_rows[key].append(self._row(-inf, 0, terms))

    def _stay(self, child: str, stay: str) -> None:
        """At most one class a week; who stays, at one venue; `whole`, all weeks or none."""
        weeks = [week for week in self._scenario.wanted_weeks(child) if week not in self._past]
        by_venue = {week: self._at(child, week) for week in weeks}
        venues = sorted({venue for places in by_venue.values() for venue in places})
        bound = stay == "whole" and len(weeks) > 1
        if stay == "weeks" or len(weeks) < 2 or (len(venues) < 2 and not bound):
            for places in by_venue.values():
                self._row(-inf, 1, [(column, 1.0) for columns in places.values() for column in columns])
            return
        stays = {venue: self._variable(0.0) for venue in venues}
        self._row(-inf, 1, [(column, 1.0) for column in stays.values()])
        for venue, column in stays.items():
            for places in by_venue.values():
                terms = [(seat, 1.0) for seat in places.get(venue, ())]
                if bound or terms:
                    self._row(0 if bound else -inf, 0, [*terms, (column, -1.0)])

    def _together(self, one: str, other: str) -> None:
        """Two bound siblings: in a week that both want, both at a venue or neither."""
        wanted = set(self._scenario.wanted_weeks(one)) & set(self._scenario.wanted_weeks(other))
        for week in sorted(wanted - self._past):
            here, there = self._at(one, week), self._at(other, week)
            for venue in sorted({*here, *there}):
                terms = [(column, 1.0) for column in here.get(venue, ())]
                self._row(0, 0, [*terms, *((column, -1.0) for column in there.get(venue, ()))])

    def _at(self, child: str, week: str) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for pool, column in self._columns.get((child, week), ()):
            found[pool.venue].append(column)
        return found

    # ---- limits ---------------------------------------------------------------------------------

    def _set_limits(self, relief: Relief) -> None:
        for pool, row in self._seat_rows.items():
            more = sum(relief.seats.get((class_, pool.week), 0) for class_ in pool.classes)
            given = 0 if pool.least else sum(self.seats(class_, pool.week) for class_ in pool.classes)
            self._helper.set_constraint_upper_bound(row, float(given + more))
        for pool, row in self._least_rows.items():
            eased = any((class_, pool.week) in relief.any_number for class_ in pool.classes)
            self._helper.set_constraint_lower_bound(row, -inf if eased else 0.0)
        for (venue, _), rows in self._venue_rows.items():
            most = (self._scenario.venue[venue].capacity or 0) + relief.venues.get(venue, 0)
            for row in rows:
                self._helper.set_constraint_upper_bound(row, float(most))

    def _variable(self, worth: float) -> int:
        index = int(self._helper.add_var())
        self._helper.set_var_lower_bound(index, 0.0)
        self._helper.set_var_upper_bound(index, 1.0)
        self._helper.set_var_objective_coefficient(index, worth)
        return index

    def _row(self, low: float, high: float, terms: Iterable[tuple[int, float]]) -> int:
        index = int(self._helper.add_linear_constraint())
        self._helper.set_constraint_lower_bound(index, float(low))
        self._helper.set_constraint_upper_bound(index, float(high))
        for column, factor in terms:
            self._helper.add_term_to_constraint(index, column, factor)
        return index

    def _price(self, solver: model_builder.Solver, rows: Iterable[int]) -> float:
        duals = (solver.dual_value(self._model.linear_constraint_from_index(row)) for row in rows)
        return round(sum(abs(dual) for dual in duals if abs(dual) > TOLERANCE), 6)


def _grouped(pools: Iterable[Pool]) -> Mapping[VenueWeek, list[Pool]]:
    found: dict[VenueWeek, list[Pool]] = defaultdict(list)
    for pool in pools:
        found[pool.venue, pool.week].append(pool)
    return found
