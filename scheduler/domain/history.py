"""A plan's past: what of it lists that have changed since can still tell, and what was done by then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scheduler.domain.plan import Duty, Outing, Plan, Session
from scheduler.domain.scenario import Scenario


def remembered(scenario: Scenario, previous: Plan, so_far: Plan) -> Plan:
    """The previous plan without those sessions, trips and duties before `as_of` that nothing can be said of:
    their class, course, teacher, trip or person is gone from the lists, or nobody of their class-week is
    known any more (`so_far` holds the placements). A duty in a class is told at the class's venue, wherever
    that is now, as its sessions are. Later rows stay: what becomes of them is a change."""
    as_of = so_far.as_of
    if as_of is None:
        return previous
    return previous.with_(
        sessions=tuple(
            row for row in previous.sessions if row.date >= as_of or _given(scenario, so_far, row)
        ),
        trips=tuple(row for row in previous.trips if row.date >= as_of or _taken(scenario, so_far, row)),
        duties=tuple(
            row if row.date >= as_of else _at_its_class(scenario, row)
            for row in previous.duties
            if row.date >= as_of or _done(scenario, so_far, row)
        ),
    )


def begun(scenario: Scenario, plan: Plan) -> frozenset[str]:
    """The weeks that had begun when a plan was remade (`as_of`): nobody can move in them any more."""
    if plan.as_of is None:
        return frozenset()
    return frozenset(
        week for week in scenario.weeks if any(day < plan.as_of for day in scenario.days_in(week)[:1])
    )


def done(plan: Plan) -> Plan:
    """A plan with those sessions, trips and duties alone that lie before its `as_of`."""
    as_of = plan.as_of
    if as_of is None:
        return plan.with_(sessions=(), trips=(), duties=())
    return plan.with_(
        sessions=tuple(row for row in plan.sessions if row.date < as_of),
        trips=tuple(row for row in plan.trips if row.date < as_of),
        duties=tuple(row for row in plan.duties if row.date < as_of),
    )


def _given(scenario: Scenario, so_far: Plan, row: Session) -> bool:
    return (
        row.course in scenario.course
        and row.period in scenario.period
        and (row.teacher is None or row.teacher in scenario.person)
        and _ran(scenario, so_far, row.class_, row.date)
    )


def _taken(scenario: Scenario, so_far: Plan, row: Outing) -> bool:
    return row.trip in scenario.trip and _ran(scenario, so_far, row.class_, row.date)


def _done(scenario: Scenario, so_far: Plan, row: Duty) -> bool:
    at = [row.class_] if row.class_ else [class_.id for class_ in scenario.classes_at(row.venue)]
    return (
        row.person in scenario.person
        and row.shift in scenario.shift
        and any(_ran(scenario, so_far, class_, row.date) for class_ in at)
    )


def _at_its_class(scenario: Scenario, row: Duty) -> Duty:
    return replace(row, venue=scenario.class_[row.class_].venue) if row.class_ else row


def _ran(scenario: Scenario, so_far: Plan, class_: str, day: date) -> bool:
    return (
        class_ in scenario.class_
        and day in scenario.day
        and (class_, scenario.week_of(day)) in so_far.running
    )
