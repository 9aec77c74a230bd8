"""How the courses are taught: what each course comes to, what is short and why, who goes where."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby

from scheduler.domain.plan import Plan, Session
from scheduler.domain.programme import TeachingOffers, joint_key
from scheduler.domain.scenario import Scenario
from scheduler.exporters.views.common import Names, class_name, course_name, venue_name
from scheduler.exporters.views.ways import Way, ways
from scheduler.exporters.views.work import Work, Works
from scheduler.rules.base import Phrase
from scheduler.rules.report import Report


@dataclass(frozen=True)
class CourseRow:
    """A course over the season: sessions (a joint one once), classes that have it, children who wish for it
    and those of them who get it, specialists, and its kits with the most in use at once."""

    name: str
    sessions: int
    joint: int
    classes: int
    wanted: int
    served: int
    specialists: int | None
    kits: int | None
    kits_used: int
    missing: int


@dataclass(frozen=True)
class ShortRow:
    """A class-week with fewer sessions of a course than `min_per_week`, and the limit that binds."""

    venue: str
    class_: str
    week: str
    course: str
    number: int
    least: int
    why: Phrase


@dataclass(frozen=True)
class Stop:
    """One session on a specialist's route, and the way to it from the stop before, if that is elsewhere."""

    date: date
    start: time
    end: time
    venue: str
    what: str
    classes: tuple[str, ...]
    room: str
    way: Way | None = None


@dataclass(frozen=True)
class Route:
    """A specialist's season, day by day, against what was offered."""

    person: str
    name: str
    courses: tuple[str, ...]
    sessions: int
    offered: int
    days: int
    visits: int
    ways: int
    km: float
    fee: float
    stops: tuple[Stop, ...]

    @property
    def share(self) -> float:
        """The share of the sessions offered that are given."""
        return self.sessions / self.offered if self.offered else 0.0


@dataclass(frozen=True)
class Teaching:
    """Everything about courses and specialists."""

    courses: tuple[CourseRow, ...] = ()
    short: tuple[ShortRow, ...] = ()
    routes: tuple[Route, ...] = ()


def teaching_view(scenario: Scenario, plan: Plan, report: Report, names: Names) -> Teaching:
    """How the courses of a plan are taught."""
    short = _short(scenario, report)
    return Teaching(_courses(scenario, plan, short), short, _routes(scenario, plan, names))


# ---- courses ----------------------------------------------------------------------------------------


def _courses(scenario: Scenario, plan: Plan, short: tuple[ShortRow, ...]) -> tuple[CourseRow, ...]:
    sessions: dict[str, list[Session]] = defaultdict(list)
    for row in plan.sessions:
        sessions[row.course].append(row)
    taught = {
        (row.class_, scenario.week_of(row.date), row.course)
        for row in plan.sessions
        if row.date in scenario.day
    }
    wanted: Counter[str] = Counter()
    served: Counter[str] = Counter()
    for child in {row.child for row in plan.placements} & set(scenario.child):
        for course in set(scenario.child[child].interests):
            wanted[course] += 1
            served[course] += any(
                (class_, week, course) in taught for week, class_ in plan.weeks_of(child).items()
            )
    missing: Counter[str] = Counter()
    for found in short:
        missing[found.course] += found.least - found.number
    return tuple(
        _course(
            scenario,
            course,
            sessions[course],
            (wanted[course], served[course]),
            missing[course_name(scenario, course)],
        )
        for course in scenario.course
    )


def _course(
    scenario: Scenario, course: str, sessions: list[Session], wishes: tuple[int, int], missing: int
) -> CourseRow:
    row = scenario.course[course]
    together = Counter(joint_key(scenario, session) for session in sessions)
    at_once: dict[tuple[date, str], set[tuple[str, ...]]] = defaultdict(set)
    for session in sessions:
        for period in scenario.block(session.period, row.length) or ():
            at_once[session.date, period.id].add(joint_key(scenario, session))
    teachers = [it for it in scenario.person.values() if "specialist" in it.roles and course in it.courses]
    return CourseRow(
        row.name,
        len(together),
        sum(n > 1 for n in together.values()),
        len({session.class_ for session in sessions}),
        *wishes,
        len(teachers) if row.teacher else None,
        row.kits,
        max(map(len, at_once.values()), default=0),
        missing,
    )


def _short(scenario: Scenario, report: Report) -> tuple[ShortRow, ...]:
    """What the checker says of `min_per_week`, as rows."""
    rows = []
    for found in report.findings:
        told = found.violation.parameters
        why, number, least = told.get("why"), told.get("number"), told.get("least")
        if isinstance(why, Phrase) and isinstance(number, int) and isinstance(least, int):
            class_ = str(told["class_"])
            home = scenario.class_.get(class_)
            rows.append(
                ShortRow(
                    venue_name(scenario, home.venue) if home else "",
                    class_name(scenario, class_),
                    str(told["week"]),
                    course_name(scenario, str(told["course"])),
                    number,
                    least,
                    why,
                )
            )
    return tuple(rows)


# ---- routes -----------------------------------------------------------------------------------------


def _routes(scenario: Scenario, plan: Plan, names: Names) -> tuple[Route, ...]:
    works, offers = Works(scenario, plan), TeachingOffers(scenario, plan)
    people = [row.id for row in scenario.person.values() if "specialist" in row.roles]
    found = (_route(scenario, works, offers.of(person), person, names) for person in people)
    return tuple(sorted(found, key=lambda route: (-route.share, route.person)))


def _route(scenario: Scenario, works: Works, offered: int, person: str, names: Names) -> Route:
    given = [work for work in works.of(person) if work.is_session]
    stops: list[Stop] = []
    for _, run in groupby(given, key=lambda work: work.date):
        today = tuple(run)
        stops += [_stop(scenario, work, way) for work, way in zip(today, ways(scenario, today), strict=True)]
    row = scenario.person[person]
    changes = [stop.way for stop in stops if stop.way is not None]
    return Route(
        person,
        names.person(person),
        tuple(course_name(scenario, course) for course in row.courses),
        len(given),
        offered,
        len({work.date for work in given}),
        len({work.date for work in given}) + len(changes),
        len(changes),
        round(sum(way.km or 0.0 for way in changes), 1),
        len(given) * (row.fee_per_session or 0.0),
        tuple(stops),
    )


def _stop(scenario: Scenario, work: Work, way: Way | None) -> Stop:
    name = venue_name(scenario, work.venue)
    return Stop(work.date, work.start, work.end, name, work.course, work.classes, work.room, way)
