"""Whose claims one child's move can change."""

from __future__ import annotations

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
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
