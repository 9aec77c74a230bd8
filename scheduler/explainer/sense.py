"""The rows of a plan that name what the season has; the others are `verify`'s business."""

from __future__ import annotations

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario


def sensible(scenario: Scenario, plan: Plan) -> Plan:
    """The plan without rows that name no row, day or shift of the season."""
    classes, days, venues = scenario.class_, scenario.day, scenario.venue
    return plan.with_(
        open_classes=tuple(
            row for row in plan.open_classes if row.class_ in classes and row.week in scenario.weeks
        ),
        placements=tuple(
            row
            for row in plan.placements
            if row.child in scenario.child and row.class_ in classes and row.week in scenario.weeks
        ),
        waitlist=tuple(row for row in plan.waitlist if row.child in scenario.child),
        envy=tuple(row for row in plan.envy if row.child in scenario.child),
        sessions=tuple(
            row
            for row in plan.sessions
            if row.class_ in classes
            and row.date in days
            and row.period in scenario.period
            and row.course in scenario.course
        ),
        trips=tuple(row for row in plan.trips if row.class_ in classes and row.trip in scenario.trip),
        duties=tuple(
            row
            for row in plan.duties
            if row.person in scenario.person
            and (row.class_ is None or row.class_ in classes)
            and row.venue in venues
            and row.date in days
            and row.shift in scenario.shift
        ),
        gaps=tuple(
            row
            for row in plan.gaps
            if (row.class_ is None or row.class_ in classes)
            and row.venue in venues
            and row.date in days
            and row.shift in scenario.shift
        ),
    )
