"""Moves: single decisions that somebody may ask about before they are made."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scheduler.domain.plan import Duty, OpenClass, Outing, Placement, Plan, Session


@dataclass(frozen=True)
class Seat:
    """A child takes a seat in a class for a week, leaving what it had that week."""

    child: str
    week: str
    class_: str
    choice: int = 0

    def applied_to(self, plan: Plan) -> Plan:
        """The plan after the move."""
        kept = tuple(row for row in plan.placements if (row.child, row.week) != (self.child, self.week))
        seat = Placement(child=self.child, week=self.week, class_=self.class_, choice=self.choice)
        running = plan.open_classes
        if (self.class_, self.week) not in plan.running:
            running = (*running, OpenClass(class_=self.class_, week=self.week))
        return plan.with_(placements=(*kept, seat), open_classes=running)


@dataclass(frozen=True)
class Lesson:
    """A class has a session."""

    session: Session

    def applied_to(self, plan: Plan) -> Plan:
        """The plan after the move."""
        return plan.with_(sessions=(*plan.sessions, self.session))


@dataclass(frozen=True)
class Departure:
    """A class goes on a trip."""

    outing: Outing

    def applied_to(self, plan: Plan) -> Plan:
        """The plan after the move."""
        return plan.with_(trips=(*plan.trips, self.outing))


@dataclass(frozen=True)
class Post:
    """A person takes a duty; whom it replaces, if anybody, leaves it."""

    duty: Duty
    instead_of: str | None = None

    def applied_to(self, plan: Plan) -> Plan:
        """The plan after the move."""
        if self.instead_of is None:
            return plan.with_(duties=(*plan.duties, self.duty))
        gone = replace(self.duty, person=self.instead_of)
        kept = tuple(row for row in plan.duties if row != gone)
        return plan.with_(duties=(*kept, self.duty))


Move = Seat | Lesson | Departure | Post
