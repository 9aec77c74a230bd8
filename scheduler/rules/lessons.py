"""What the checks of the timetable read out of a plan's sessions; robust against whatever a plan says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from scheduler.domain.calendar import overlap
from scheduler.domain.plan import Plan, Session
from scheduler.domain.programme import joint_key
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Period


def is_known(scenario: Scenario, session: Session) -> bool:
    """Whether the season has the session's class, course, period and day."""
    return (
        session.class_ in scenario.class_
        and session.course in scenario.course
        and session.period in scenario.period
        and session.date in scenario.day
    )


def known_sessions(scenario: Scenario, plan: Plan) -> tuple[Session, ...]:
    """The sessions whose class, course, period and day the season has."""
    return tuple(session for session in plan.sessions if is_known(scenario, session))


def shift_of(scenario: Scenario, session: Session) -> str:
    """The shift of a known session."""
    return scenario.period[session.period].shift


def periods_of(scenario: Scenario, session: Session) -> tuple[Period, ...]:
    """The periods a known session takes; its first alone where it does not fit."""
    length = scenario.course[session.course].length
    return scenario.block(session.period, length) or (scenario.period[session.period],)


def at_once(scenario: Scenario, one: Session, other: Session) -> bool:
    """Whether two known sessions share a minute."""
    if one.date != other.date:
        return False
    a, b = periods_of(scenario, one), periods_of(scenario, other)
    return overlap(a[0].start, a[-1].end, b[0].start, b[-1].end)


def meetings(scenario: Scenario, sessions: Iterable[Session]) -> tuple[tuple[Session, ...], ...]:
    """Known sessions, those that are one joint session together."""
    found: dict[tuple[str, ...], list[Session]] = defaultdict(list)
    for session in sessions:
        if is_known(scenario, session):
            found[joint_key(scenario, session)].append(session)
    return tuple(tuple(rows) for _, rows in sorted(found.items()))


def alike(scenario: Scenario, one: Session, other: Session) -> bool:
    """Whether two rows of known classes of one venue differ in nothing but the class."""
    same_venue = scenario.class_[one.class_].venue == scenario.class_[other.class_].venue
    return same_venue and one.model_copy(update={"class_": other.class_}) == other


def room_of(scenario: Scenario, session: Session) -> str | None:
    """The room a known session is in: its own, or the class's home room."""
    return session.room or scenario.class_[session.class_].room
