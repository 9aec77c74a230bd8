"""What a class could do instead of what it does: other sessions in its day, and what they would cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from scheduler.domain.plan import OpenClass, Plan, Session
from scheduler.domain.tables import Course, Period
from scheduler.explainer.ground import NOT_DECIDED, Ground
from scheduler.explainer.lines import Line, Word
from scheduler.explainer.trials import (
    Trial,
    displaced_by,
    rooms_for,
    session_at,
    teachers_of,
    try_session,
)

PRICED = 6
"""Most possible sessions of one course that are priced, those of the first periods and teachers."""
PARTS_TOLD = 3
"""Most soft rules that are told of a difference, the dearest first."""


@dataclass(frozen=True)
class Swap:
    """A session that could be held, those it would displace, and by how much each soft rule's amount and the
    whole cost would change."""

    session: Session
    instead_of: tuple[Session, ...]
    changes: Mapping[str, int]
    cost: float

    def parts(self, ground: Ground) -> tuple[Line, ...]:
        """The changes that weigh most, as words."""
        rulebook = ground.rulebook
        dearest = sorted(
            self.changes, key=lambda rule: -abs(self.changes[rule] * rulebook.weight(rulebook.by_id[rule]))
        )
        return tuple(
            Line("day.part", {"n": f"{self.changes[rule]:+d}", "unit": Word("unit", rule), "rule": rule})
            for rule in dearest[:PARTS_TOLD]
        )


@dataclass(frozen=True)
class Choice:
    """A course on a class's day: the cheapest way to have it, or what stands against every way."""

    best: Swap | None
    barred: tuple[Trial, ...]


def choice(ground: Ground, class_: str, day: date, course: Course, period: str | None = None) -> Choice:
    """How a class could have a course on a day (beginning in a period, if one is named), whatever of its own
    sessions that displaces."""
    possible: list[Swap] = []
    barred: list[Trial] = []
    for block in _blocks(ground, class_, day, course, period):
        found = [
            (trial, session, displaced)
            for session, displaced in _sessions(ground, class_, day, course, block[0])
            for trial in [try_session(ground, session, frozenset(displaced))]
        ]
        free = [(session, displaced) for trial, session, displaced in found if not trial.blockers]
        if free and len(possible) < PRICED:
            possible += [price(ground, *one) for one in free[: PRICED - len(possible)]]
        elif found and not free:
            barred.append(min((trial for trial, *_ in found), key=lambda trial: len(trial.blockers)))
    best = min(possible, key=lambda swap: swap.cost, default=None)
    return Choice(best, tuple(barred))


def _blocks(
    ground: Ground, class_: str, day: date, course: Course, period: str | None
) -> Iterator[tuple[Period, ...]]:
    for row in ground.scenario.period.values():
        if row.shift in ground.scenario.held(class_, day) and period in (None, row.id):
            block = ground.scenario.block(row.id, course.length)
            if block is not None:
                yield block


def _sessions(
    ground: Ground, class_: str, day: date, course: Course, first: Period
) -> Iterator[tuple[Session, tuple[Session, ...]]]:
    """The sessions of a course that could begin then, each with those of the class it would displace."""
    for teacher in teachers_of(ground, course):
        for room in rooms_for(ground, course, class_):
            session = session_at(class_, day, first.id, course.id, teacher, room)
            yield session, displaced_by(ground, session)


def price(ground: Ground, session: Session, displaced: tuple[Session, ...]) -> Swap:
    """A swap with the soft rules' amounts before and after."""
    part = _around(ground, session, displaced)
    after = part.with_(sessions=(*(row for row in part.sessions if row not in displaced), session))
    changes, cost = {}, 0.0
    for rule in ground.rulebook.of_stage("timetable", hard=False):
        # shares are of what is offered wherever anything runs: they need the whole plan
        whole = rule.id() == "fair_shares"
        kept = tuple(row for row in ground.plan.sessions if row not in displaced)
        before_plan = ground.plan if whole else part
        after_plan = ground.plan.with_(sessions=(*kept, session)) if whole else after
        change = sum(found.amount for found in rule.check(ground.scenario, after_plan))
        change -= sum(found.amount for found in rule.check(ground.scenario, before_plan))
        if change:
            changes[rule.id()] = change
            cost += change * ground.rulebook.weight(rule)
    return Swap(session, displaced, changes, round(cost, 3))


def _around(ground: Ground, session: Session, displaced: tuple[Session, ...]) -> Plan:
    """The part of the plan in which soft rules see the difference: the class's children wherever they go, and
    the teachers concerned."""
    scenario, plan = ground.scenario, ground.plan
    weeks = [week for class_, week in plan.running if class_ == session.class_]
    children = {child for week in weeks for child in plan.children_in(session.class_, week)}
    placements = tuple(row for row in plan.placements if row.child in children)
    classes = {row.class_ for row in placements} | {session.class_}
    teachers = {row.teacher for row in (session, *displaced) if row.teacher is not None}
    venue = scenario.class_[session.class_].venue
    near = {row.id for row in scenario.classes_at(venue)}
    return plan.with_(
        open_classes=tuple(
            OpenClass(class_=class_, week=week) for class_, week in sorted(plan.running) if class_ in classes
        ),
        placements=placements,
        sessions=tuple(
            row
            for row in plan.sessions
            if row.class_ in classes
            or row.teacher in teachers
            or (row.class_ in near and row.date == session.date)
        ),
        trips=tuple(row for row in plan.trips if row.class_ in classes),
        duties=(),
        **NOT_DECIDED,
    )
