"""Moves tried out on a plan: what the rules have against a person on a post, or a session in a slot.

A rule about one person (or one class and its teacher) is asked over the part of the plan that concerns
them: the answer is the same, and a season of any size is asked quickly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.domain.demand import class_asks, venue_asks
from scheduler.domain.plan import Duty, Gap, Plan, Session
from scheduler.domain.tables import Course
from scheduler.domain.tables.staff import Role
from scheduler.explainer.ground import NOT_DECIDED, Ground
from scheduler.rules import StageName, Violation
from scheduler.rules.lessons import at_once, is_known
from scheduler.rules.moves import Lesson, Move, Post


@dataclass(frozen=True)
class Trial:
    """A person, or a slot, and what stands against it; nothing: it could be."""

    who: str
    blockers: tuple[Violation, ...]
    km: float | None = None

    @property
    def rules(self) -> frozenset[str]:
        """The rules in the way."""
        return frozenset(found.rule for found in self.blockers)


def try_duty(ground: Ground, duty: Duty, part: Plan | None = None) -> Trial:
    """What the hard rules of staffing have against a duty, with `part` of the plan around it (None: all that
    concerns the person)."""
    scenario, person = ground.scenario, ground.scenario.person[duty.person]
    around = ground.part_of(duty.person) if part is None else part
    found = _blockers(ground, "staffing", around, Post(duty))
    km = scenario.distance_km(person, scenario.venue[duty.venue])
    return Trial(duty.person, found, None if km is None else round(km, 1))


def roles_of(ground: Ground, gap: Gap) -> tuple[Role, ...]:
    """The roles that could fill a gap."""
    if gap.class_ is None:
        asks = venue_asks(ground.scenario, ground.plan, gap.venue, gap.date, gap.shift)
    else:
        asks = class_asks(ground.scenario, ground.plan, gap.class_, gap.date, gap.shift)
    roles = (role for ask in asks if ask.need == gap.need for role in ask.roles)
    return tuple(dict.fromkeys(roles))


def qualification_of(ground: Ground, gap: Gap) -> str:
    """The qualification a gap asks for, if its need asks for one and for no number."""
    need = ground.scenario.need.get(gap.need)
    plain = need is None or need.per_class or need.children_per_adult
    return "" if need is None or plain else need.qualification


def slots(ground: Ground, course: Course, class_: str, week: str, most: int) -> Iterator[Trial]:
    """Every slot of a class's week that a course could begin in, with the least that stands against it
    whoever teaches it and whatever room it is in; what the class itself does then would give way."""
    tried = 0
    for day in ground.scenario.days_in(week):
        for period in ground.scenario.period.values():
            if period.shift not in ground.scenario.held(class_, day):
                continue
            if ground.scenario.block(period.id, course.length) is None:
                continue
            if tried >= most:
                return
            tried += 1
            yield min(
                (
                    try_session(ground, session, frozenset(displaced_by(ground, session)))
                    for teacher in teachers_of(ground, course)
                    for room in rooms_for(ground, course, class_)
                    for session in [session_at(class_, day, period.id, course.id, teacher, room)]
                ),
                key=lambda trial: (len(trial.blockers), trial.who),
            )


def session_at(
    class_: str, day: date, period: str, course: str, teacher: str | None, room: str | None
) -> Session:
    """A session that could be held."""
    row = {"class": class_, "date": day, "period": period, "course": course, "teacher": teacher, "room": room}
    return Session.model_validate(row)


def displaced_by(ground: Ground, session: Session) -> tuple[Session, ...]:
    """The class's own sessions that would have to give way to another one."""
    own = ground.plan.sessions_of(session.class_, session.date)
    return tuple(
        row for row in own if is_known(ground.scenario, row) and at_once(ground.scenario, row, session)
    )


def teachers_of(ground: Ground, course: Course) -> tuple[str | None, ...]:
    """Who could teach a course; nobody in particular where it needs no teacher, or has none."""
    if not course.teacher:
        return (None,)
    named = tuple(row.id for row in ground.scenario.person.values() if course.id in row.courses)
    return named or (None,)


def rooms_for(ground: Ground, course: Course, class_: str) -> tuple[str | None, ...]:
    """The home room, and every room with what the course needs."""
    if not course.room_feature:
        return (None,)
    row = ground.scenario.class_[class_]
    fitting = [
        room.id for room in ground.scenario.rooms_at(row.venue) if course.room_feature in room.features
    ]
    return tuple(None if room == row.room else room for room in fitting) or (None,)


def try_session(ground: Ground, session: Session, without: frozenset[Session] = frozenset()) -> Trial:
    """What the hard rules of the timetable have against a session, were some others not held."""
    plan, scenario = ground.plan, ground.scenario
    near = {row.id for row in scenario.classes_at(scenario.class_[session.class_].venue)}
    part = plan.with_(
        placements=tuple(row for row in plan.placements if row.class_ in near),
        sessions=tuple(
            row
            for row in plan.sessions
            if row not in without
            and (
                row.class_ in near
                or row.course == session.course
                or (session.teacher is not None and row.teacher == session.teacher)
            )
        ),
        trips=tuple(row for row in plan.trips if row.class_ in near),
        duties=plan.duties_of(session.teacher) if session.teacher else (),
        **NOT_DECIDED,
    )
    who = f"{session.date.isoformat()}/{session.period}"
    return Trial(who, _blockers(ground, "timetable", part, Lesson(session)))


def _blockers(ground: Ground, stage: StageName, plan: Plan, move: Move) -> tuple[Violation, ...]:
    rules = ground.rulebook.of_stage(stage, hard=True)
    return tuple(found for rule in rules for found in rule.blockers(ground.scenario, plan, move))
