"""Whose claims one child's move can change, and what single units could claim of a plan."""

from __future__ import annotations

from scheduler.domain.claims import Claim, begun, gain
from scheduler.domain.outcomes import Outcomes, UnitOutcome, WeekSeats, wanted_outcome
from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.seating import Seating
from scheduler.domain.standing import Standings
from scheduler.domain.units import Unit, units
from scheduler.rules.moves import Seat


def _classes_of(plan: Plan, move: Seat) -> set[str]:
    """The classes a child leaves by a move; a plan that is broken may hold several."""
    return {row.class_ for row in plan.placements if (row.child, row.week) == (move.child, move.week)}


def concerned(scenario: Scenario, plan: Plan, move: Seat) -> list[Unit]:
    """The units whose claims a move may change: whose member it is, or who may be, or are, at
    the venues it leaves or enters that week."""
    touched = _classes_of(plan, move) | {move.class_}
    venues = {scenario.class_[class_].venue for class_ in touched if class_ in scenario.class_}
    classes = {row.id for venue in venues for row in scenario.classes_at(venue)}
    here = {child for class_ in classes for child in plan.children_in(class_, move.week)}
    named = classes | venues
    here.update(
        row.id
        for row in scenario.processed
        if move.week in scenario.wanted_weeks(row.id) and (not row.choices or named & set(row.choices))
    )
    return [unit for unit in units(scenario) if not {move.child, *here}.isdisjoint(unit.members)]


class ClaimsOf:
    """What single units could claim of a plan."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        """Look at a plan."""
        self._scenario, self._plan = scenario, plan
        self._locks = PlacementLocks(scenario)
        self._outcomes = Outcomes(scenario, self._locks)
        self._seating = Seating(scenario, plan, self._locks, Standings(scenario))
        self._past = begun(scenario, plan)

    def gain(self, unit: Unit) -> tuple[str, str, str] | None:
        """What tells a unit's claim in a violation: the first member better off, the week and the class."""
        if not self._locks.children.isdisjoint(unit.members):
            return None
        present = wanted_outcome(self._scenario, self._plan, unit)
        by_week = {week: self._ways(unit, week, present) for week in self._scenario.weeks}
        if self._outcomes.is_content(unit, present, by_week):
            return None
        found = self._outcomes.preferred(
            unit,
            present,
            {
                week: [way for way in ways if self._seating.allows(unit, week, way)]
                for week, ways in by_week.items()
                if ways
            },
        )
        return gain(self._scenario, self._plan, Claim(unit, found[0])) if found else None

    def _ways(self, unit: Unit, week: str, present: UnitOutcome) -> list[WeekSeats]:
        if week in self._past:
            return [{child: weeks[week] for child, weeks in present.items() if week in weeks}]
        if any(week in self._scenario.wanted_weeks(child) for child in unit.members):
            return self._outcomes.in_week(unit, week)
        return []
