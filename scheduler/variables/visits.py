"""Where specialists are: their visits to venues, a shift at a time, and the days on which they come at all.

Several rules speak of these; the constraints between them and the sessions follow from hard rules (one
session at a time, no course twice a day) and are as tight as linear programming needs them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from scheduler.variables.lessons import Meeting
from scheduler.variables.model import Model, Variable


class Place(NamedTuple):
    """A venue, a day and a shift at which a specialist may be."""

    teacher: str
    date: date
    shift: str
    venue: str


@dataclass(frozen=True, eq=False, slots=True)
class Visit:
    """A specialist may come to a venue for a shift; `held` is 1 if any of the meetings is held."""

    place: Place
    meetings: tuple[Meeting, ...]
    held: Variable


@dataclass(frozen=True, eq=False, slots=True)
class Venue:
    """A specialist may come to a venue on a day; `held` is 1 if any of the visits is made."""

    id: str
    visits: tuple[Visit, ...]
    held: Variable


@dataclass(frozen=True, eq=False, slots=True)
class Workday:
    """A specialist may come on a day; `held` is 1 if any of the venues is visited."""

    teacher: str
    date: date
    week: str
    venues: tuple[Venue, ...]
    held: Variable

    @property
    def visits(self) -> tuple[Visit, ...]:
        """Every venue in every shift."""
        return tuple(visit for venue in self.venues for visit in venue.visits)

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """All that the specialist may give that day."""
        return tuple(meeting for visit in self.visits for meeting in visit.meetings)


def workdays(model: Model, meetings: Iterable[Meeting]) -> tuple[Workday, ...]:
    """Every specialist's days with their venues and visits, by specialist and day."""
    places: dict[Place, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        one = meeting.one
        if one.teacher is not None:
            places[Place(one.teacher, one.date, one.shift, one.venue)].append(meeting)
    days: dict[tuple[str, date], dict[str, list[Visit]]] = defaultdict(dict)
    for place, given in sorted(places.items()):
        held = _held(model, given, (), f"visit|{place.teacher}|{place.date}|{place.shift}|{place.venue}")
        visits = days[place.teacher, place.date].setdefault(place.venue, [])
        visits.append(Visit(place, tuple(given), held))
    return tuple(_workday(model, teacher, day, venues) for (teacher, day), venues in sorted(days.items()))


def _workday(model: Model, teacher: str, day: date, found: Mapping[str, list[Visit]]) -> Workday:
    venues = []
    for venue, visits in found.items():
        given = [meeting for visit in visits for meeting in visit.meetings]
        held = visits[0].held
        if len(visits) > 1:
            held = _held(model, given, [visit.held for visit in visits], f"at|{teacher}|{day}|{venue}")
        venues.append(Venue(venue, tuple(visits), held))
    given = [meeting for row in venues for visit in row.visits for meeting in visit.meetings]
    held = venues[0].held
    if len(venues) > 1:
        held = _held(model, given, [venue.held for venue in venues], f"works|{teacher}|{day}")
    return Workday(teacher, day, given[0].one.week, tuple(venues), held)


def _held(model: Model, given: list[Meeting], parts: Iterable[Variable], name: str) -> Variable:
    """A variable that is 1 if any of these meetings of one specialist on one day is held; `parts` are such
    variables of some of them."""
    if any(isinstance(row.held, int) for row in given):
        return 1
    if len(given) == 1:
        return given[0].held
    held = model.boolean(name)
    # of each of these at most one is held, so that the sum makes the tighter constraint
    sums: dict[Hashable, dict[int, Variable]] = defaultdict(dict)
    for row in given:
        for moment in row.moments:
            sums[moment][id(row)] = row.held
        for lesson in row.lessons:
            sums[lesson.class_, lesson.course.id][id(lesson)] = lesson.held
    seen = set()
    for group in sums.values():
        key = frozenset(id(variable) for variable in group.values())
        if key not in seen:
            seen.add(key)
            model.require(model.total(group.values()) <= held)
    for part in parts:
        model.implies(part, held)
    return held
