"""Claims of single units against one plan, as the season stands or as it would stand otherwise.

What a unit could claim depends on the venues it may go to and on nobody else: so a court looks at these
venues alone, with the children who sit or wait there and their families. That is exact, and quick in a season
of any size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.domain.history import begun
from scheduler.domain.outcomes import Outcomes, UnitOutcome, WeekSeats, wanted_outcome
from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.seating import Seating, shifts_in
from scheduler.domain.standing import Standings
from scheduler.domain.tables import Lock, Row
from scheduler.domain.units import Unit


@dataclass(frozen=True)
class Nearby:
    """A season and its plan, cut down to some venues and to the children who sit, wait or may come there."""

    scenario: Scenario
    plan: Plan
    classes: frozenset[str]
    """The classes of these venues; of others only what somebody of here has is known."""


def nearby(scenario: Scenario, plan: Plan, unit: Unit, venues: Iterable[str]) -> Nearby:
    """The part of a season that bears on what a unit could claim at these venues."""
    here = set(venues)
    classes = {row.id for venue in here for row in scenario.classes_at(venue)}
    waitlist = tuple(row for row in plan.waitlist if row.class_ in classes)
    moving = {*unit.members, *(row.child for row in waitlist)}
    homes = {scenario.child[child].family for child in moving} - {""}
    moving |= {row.id for row in scenario.children if row.family in homes}
    placements = tuple(row for row in plan.placements if row.class_ in classes or row.child in moving)
    known = moving | {row.child for row in placements}
    homes = {scenario.child[child].family for child in known} - {""}
    held = classes | {row.class_ for row in placements} | {row.class_ for row in _placing(scenario)}
    cut = scenario.with_(
        children=tuple(row for row in scenario.children if row.id in known or row.family in homes),
        classes=tuple(row for row in scenario.classes if row.id in held or None in held),
    )
    part = plan.with_(
        placements=placements, waitlist=waitlist, sessions=(), trips=(), duties=(), gaps=(), changes=()
    )
    return Nearby(cut, part, frozenset(classes))


# ---- the season otherwise ---------------------------------------------------------------------------


def with_children(scenario: Scenario, changes: Mapping[str, Mapping[str, object]]) -> Scenario:
    """The season with some children's rows changed."""
    return scenario.with_(children=_changed(scenario.children, changes))


def with_seats(scenario: Scenario, n: int, *, classes: bool, venues: bool) -> Scenario:
    """The season with so many seats more in every class, or room for so many more children at every venue."""
    more: dict[str, object] = {}
    if classes:
        more["classes"] = tuple(_raised(row, n) for row in scenario.classes)
        more["rooms"] = tuple(_raised(row, n) for row in scenario.rooms)
    if venues:
        more["venues"] = tuple(_raised(row, n) for row in scenario.venues)
    return scenario.with_(**more)


def with_points(scenario: Scenario, child: str, venue: str, points: float) -> Scenario:
    """The season with other points of a child at a venue."""
    kept = [row for row in scenario.points if (row.child, row.venue) != (child, venue)]
    given = type(scenario.points[0])(child=child, venue=venue, points=points)
    return scenario.with_(points=(*kept, given))


def _placing(scenario: Scenario) -> list[Lock]:
    """The locks that place children: who is placed by one anywhere makes and suffers no claim."""
    return [row for row in scenario.locks if row.kind == "place"]


def _changed(rows: Sequence[Any], changes: Mapping[str, Mapping[str, object]]) -> tuple[Row, ...]:
    return tuple(row.model_copy(update=changes[row.id]) if row.id in changes else row for row in rows)


def _raised(row: Any, n: int) -> Row:  # noqa: ANN401 - a class, room or venue
    found: Row = row if row.capacity is None else row.model_copy(update={"capacity": row.capacity + n})
    return found


# ---- judging ----------------------------------------------------------------------------------------


class Court:
    """Judges what units could claim against a plan."""

    def __init__(
        self, scenario: Scenario, plan: Plan, *, free_only: bool, before: Court | None = None
    ) -> None:
        """Look at a plan; with `free_only` nobody gives way, as under the policy `seats`.

        `before` is a court whose seats, standings and locks are the same, so that they are not read again.
        """
        self.scenario, self.plan, self.free_only = scenario, plan, free_only
        self.locks: PlacementLocks = before.locks if before else PlacementLocks(scenario)
        self.seating: Seating = (
            before.seating if before else Seating(scenario, plan, self.locks, Standings(scenario))
        )
        self._outcomes = Outcomes(scenario, self.locks)
        self._past = begun(scenario, plan)

    def present(self, unit: Unit) -> UnitOutcome:
        """What the plan gives a unit in the weeks it wants."""
        return wanted_outcome(self.scenario, self.plan, unit)

    def weeks(self, unit: Unit) -> tuple[str, ...]:
        """The weeks any member wants, without those that began with nobody placed."""
        wanted = {week for child in unit.members for week in self.scenario.wanted_weeks(child)}
        placed = {week for weeks in self.present(unit).values() for week in weeks}
        return tuple(week for week in self.scenario.weeks if week in wanted - (self._past - placed))

    def ways(self, unit: Unit, week: str) -> list[WeekSeats]:
        """Every way a unit could spend a week by its own rules; only the present one once it has begun."""
        if week in self._past:
            present = self.present(unit)
            return [{child: weeks[week] for child, weeks in present.items() if week in weeks}]
        return self._outcomes.in_week(unit, week)

    def allows(self, unit: Unit, week: str, way: WeekSeats) -> bool:
        """Whether the seats of a week can be had."""
        if not self.seating.allows(unit, week, way):
            return False
        return not self.free_only or self.is_free(unit, week, way)

    def allowed(self, unit: Unit) -> dict[str, list[WeekSeats]]:
        """The ways to spend each week that can be had."""
        return {
            week: [way for way in self.ways(unit, week) if self.allows(unit, week, way)]
            for week in self.weeks(unit)
        }

    def claimed(self, unit: Unit, by_week: Mapping[str, Sequence[WeekSeats]]) -> list[UnitOutcome]:
        """The outcomes made of these ways that a unit prefers to what it has. Who is placed by a lock claims
        nothing."""
        if not self.locks.children.isdisjoint(unit.members):
            return []
        return self._outcomes.preferred(unit, self.present(unit), by_week)

    def lacking(self, unit: Unit, week: str, way: WeekSeats) -> frozenset[str]:
        """The classes of a way that have too few free seats for it."""
        asked = Counter(way.values())
        return frozenset(
            class_
            for class_, n in asked.items()
            if len(self._others(unit, week, class_)) + n > self.scenario.seats(class_)
        )

    def is_free(self, unit: Unit, week: str, way: WeekSeats) -> bool:
        """Whether a way needs free seats alone, those of the unit itself among them."""
        if self.lacking(unit, week, way):
            return False
        asked = Counter(way.values())
        return all(
            self._at_once(unit, week, venue, asked)
            for venue in {self.scenario.class_[c].venue for c in asked}
        )

    def _at_once(self, unit: Unit, week: str, venue: str, asked: Counter[str]) -> bool:
        capacity = self.scenario.venue[venue].capacity
        if capacity is None:
            return True
        classes = [row.id for row in self.scenario.classes_at(venue)]
        for shift in self.scenario.shift:
            held = [c for c in classes if shift in shifts_in(self.scenario, c, week)]
            if not asked.keys().isdisjoint(held):
                present = sum(len(self._others(unit, week, c)) + asked[c] for c in held)
                if present > capacity:
                    return False
        return True

    def _others(self, unit: Unit, week: str, class_: str) -> frozenset[str]:
        return self.seating.holders(class_, week) - set(unit.members)
