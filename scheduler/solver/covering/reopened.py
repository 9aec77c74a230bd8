"""A timetable that stands but for some sessions, each of which may be held in one of a few ways, or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from scheduler.domain.absence import Left
from scheduler.domain.plan import Plan, Session
from scheduler.domain.programme import joined
from scheduler.domain.scenario import Scenario
from scheduler.rules.lessons import at_once, known_sessions, room_of
from scheduler.variables.lessons import Departure, Lesson
from scheduler.variables.model import Model, Variable
from scheduler.variables.timetable import Timetable

Ways = Mapping[Session, tuple[Session, ...]]
"""Sessions, and how each of them may be held."""


class Reopened(Timetable):
    """The variables of a few sessions; all others, and the trips, stand as constants."""

    def __init__(self, model: Model, scenario: Scenario, plan: Plan, ways: Ways) -> None:
        """Make the variables; `plan` holds everything, the sessions in question too."""
        self._ways = ways
        self._touched = {(row.class_, row.date) for row in ways}
        self.chosen: dict[tuple[Session, Session], Variable] = {}
        super().__init__(model, scenario, plan, kept=plan)

    def is_free(self, class_: str, day: date) -> bool:
        """Whether anything of a class's day is to be decided here."""
        return (class_, day) in self._touched

    def _lessons(self, kept: Plan | None) -> Iterator[Lesson]:
        seen = set()
        for session in self.plan.sessions:
            lesson = self.offer.settled(session)
            if lesson and session not in self._ways and lesson.key not in seen:
                seen.add(lesson.key)
                yield lesson
        for session, ways in self._ways.items():
            for way in ways:
                lesson = self.offer.settled(way)
                if lesson and lesson.key not in seen:
                    seen.add(lesson.key)
                    self.chosen[session, way] = self.model.boolean("")
                    yield lesson.with_(self.chosen[session, way])

    def _departures(self, kept: Plan | None) -> Iterator[Departure]:
        for outing in self.plan.trips:
            departure = self.offer.departed(outing)
            if departure:
                yield departure


def tied(scenario: Scenario, plan: Plan, left: Left) -> dict[Session, tuple[Session, ...]]:
    """The sessions of others that may have to change with those left open, and how each may be held.

    A session may come only after one that is dropped; or it is held in the home room of a class that is back
    there once its own session elsewhere is dropped: then it may go to its own class's home room.
    """
    found: dict[Session, tuple[Session, ...]] = {}
    by_day: dict[tuple[str, date], list[Session]] = {}
    by_class: dict[str, list[Session]] = {}
    for row in known_sessions(scenario, plan):
        by_day.setdefault((scenario.class_[row.class_].venue, row.date), []).append(row)
        by_class.setdefault(row.class_, []).append(row)
    open_ = list(left.sessions)
    while open_:
        before = open_.pop()
        here = by_day.get((scenario.class_[before.class_].venue, before.date), ())
        after = (row for row in by_class.get(before.class_, ()) if _builds_on(scenario, row, before))
        guests = (row for row in here if _is_guest(scenario, row, before))
        for row in (*after, *guests):
            if row not in found:
                found[row] = _ways(scenario, plan, row)
                open_.append(row)
    return found


def _builds_on(scenario: Scenario, row: Session, before: Session) -> bool:
    """Whether a session of the same class may only come after one like that before."""
    return scenario.course[row.course].after == before.course and row.date > before.date


def _is_guest(scenario: Scenario, row: Session, away: Session) -> bool:
    """Whether a session is in the home room of a class that is in another session elsewhere meanwhile."""
    home = scenario.class_[away.class_].room
    elsewhere = home is not None and room_of(scenario, away) != home
    inside = row.class_ != away.class_ and room_of(scenario, row) == home
    return elsewhere and inside and at_once(scenario, row, away)


def _ways(scenario: Scenario, plan: Plan, row: Session) -> tuple[Session, ...]:
    """As it is, or (where it is a class's own) in that class's home room, if that has what it needs."""
    class_, course = scenario.class_[row.class_], scenario.course[row.course]
    home = scenario.room.get(class_.room) if class_.room else None
    fits = not course.room_feature or (home is not None and course.room_feature in home.features)
    if not fits or joined(scenario, plan, row) or room_of(scenario, row) == class_.room:
        return (row,)
    named = class_.room if course.joint is not None else None
    return (row, row.model_copy(update={"room": named}))
