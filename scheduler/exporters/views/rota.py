"""Who is on duty where and when, who comes to teach, and who is missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time

from scheduler.domain.demand import AIDE
from scheduler.domain.plan import Gap, Plan
from scheduler.domain.programme import joined, runs_on, trip_of
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables.staff import Role
from scheduler.exporters.views.common import Names, class_name, course_name, trip_name, venue_name


@dataclass(frozen=True)
class Missing:
    """Adults missing at a post; `must` gaps come first."""

    need: str
    role: Role | None
    qualification: str
    number: int
    must: bool


@dataclass(frozen=True)
class Visit:
    """A specialist who comes for a session; `joint` are the other classes in it."""

    start: time
    course: str
    person: str
    joint: tuple[str, ...] = ()


@dataclass(frozen=True)
class Post:
    """A class (or the venue itself, `class_` empty) in one shift."""

    date: date
    shift: str
    start: time
    end: time
    venue: str
    class_: str
    trip: str
    people: tuple[tuple[Role, str], ...]
    visits: tuple[Visit, ...]
    missing: tuple[Missing, ...]

    def holders(self, role: Role) -> tuple[str, ...]:
        """Names of the people on duty in a role."""
        return tuple(name for held, name in self.people if held == role)


def rota(scenario: Scenario, plan: Plan, venue: str, names: Names) -> tuple[Post, ...]:
    """A venue's posts by day and shift: its running classes, and the venue where somebody is asked for."""
    people, gaps = _people(plan, venue, names), _gaps(scenario, plan, venue)
    found = []
    for day in scenario.open_days:
        for shift in scenario.shift.values():
            here = [
                row.id
                for row in scenario.classes_at(venue)
                if shift.id in runs_on(scenario, plan, row.id, day)
            ]
            extra = {key[0] for key in (*people, *gaps) if key[1:] == (day, shift.id)} - set(here)
            for class_ in [*here, *sorted(extra, key=lambda name: name or "")]:
                key = (class_, day, shift.id)
                outing = trip_of(scenario, plan, class_, day, shift.id) if class_ else None
                post = Post(
                    day,
                    shift.id,
                    shift.start,
                    shift.end,
                    venue_name(scenario, venue),
                    class_name(scenario, class_),
                    trip_name(scenario, outing.trip) if outing else "",
                    tuple(people.get(key, ())),
                    _visits(scenario, plan, class_, day, shift.id, names) if class_ else (),
                    tuple(gaps.get(key, ())),
                )
                found.append(post)
    return tuple(found)


def missing_of(scenario: Scenario, gap: Gap) -> Missing:
    """A gap with what its need asks for."""
    need = scenario.need.get(gap.need)
    if need is None:  # a trip's ratio, or a child's own adult: both are musts
        return Missing(gap.need, None, "", gap.missing, gap.need == AIDE or gap.need.startswith("trip:"))
    return Missing(gap.need, need.role, need.qualification, gap.missing, need.strength == "must")


_Key = tuple[str | None, date, str]


def _people(plan: Plan, venue: str, names: Names) -> dict[_Key, list[tuple[Role, str]]]:
    found: dict[_Key, list[tuple[Role, str]]] = defaultdict(list)
    for row in plan.duties_at(venue):
        found[row.class_, row.date, row.shift].append((row.role, names.person(row.person)))
    return {key: sorted(rows) for key, rows in found.items()}


def _gaps(scenario: Scenario, plan: Plan, venue: str) -> dict[_Key, list[Missing]]:
    found: dict[_Key, list[Missing]] = defaultdict(list)
    for row in plan.gaps_at(venue):
        found[row.class_, row.date, row.shift].append(missing_of(scenario, row))
    return {key: sorted(rows, key=lambda gap: (not gap.must, gap.need)) for key, rows in found.items()}


def _visits(
    scenario: Scenario, plan: Plan, class_: str, day: date, shift: str, names: Names
) -> tuple[Visit, ...]:
    found = []
    for session in plan.sessions_of(class_, day):
        period = scenario.period.get(session.period)
        if period is None or period.shift != shift or session.teacher is None:
            continue
        teacher = names.person(session.teacher)
        joint = tuple(class_name(scenario, other) for other in joined(scenario, plan, session))
        found.append(Visit(period.start, course_name(scenario, session.course), teacher, joint))
    return tuple(sorted(found, key=lambda visit: visit.start))
