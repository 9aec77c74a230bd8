"""Staff can be scheduled, courses can be taught, needs ask for somebody."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.calendar import age_on
from scheduler.domain.problems import Problem
from scheduler.domain.scenario import Scenario

OLDEST = 90
ADULT = 18


def birth_dates_plausible(scenario: Scenario) -> Iterator[Problem]:
    """Nobody is born after the season began; minors are listed, since they never count."""
    day = scenario.age_day
    for row in scenario.staff:
        if row.birth_date is None or day is None:
            continue
        if row.birth_date > day:
            yield Problem.at(row.source, "birth_date", "birth_in_future", row.birth_date, who=row.id)
            continue
        age = age_on(row.birth_date, day)
        if age > OLDEST:
            yield Problem.at(
                row.source,
                "birth_date",
                "age_implausible",
                row.birth_date,
                blocking=False,
                who=row.id,
                age=age,
            )
        elif age < ADULT:
            yield Problem.at(
                row.source, "birth_date", "staff_minor", row.birth_date, blocking=False, who=row.id, age=age
            )


def clearance(scenario: Scenario) -> Iterator[Problem]:
    """Who is not cleared on some open day is listed: not scheduled then."""
    first, last = min(scenario.open_days, default=None), max(scenario.open_days, default=None)
    for row in scenario.staff:
        if row.cleared_until is None:
            yield Problem.at(row.source, "cleared_until", "staff_not_cleared", blocking=False, who=row.id)
        elif first is not None and last is not None and row.cleared_until < last:
            id = "clearance_expired" if row.cleared_until < first else "clearance_ends"
            yield Problem.at(
                row.source, "cleared_until", id, row.cleared_until, blocking=False, who=row.id, last=last
            )


def specialists_have_courses(scenario: Scenario) -> Iterator[Problem]:
    """A specialist names courses, and who names courses is a specialist."""
    for row in scenario.staff:
        if "specialist" in row.roles and not row.courses:
            yield Problem.at(row.source, "courses", "specialist_without_courses", blocking=False, who=row.id)
        elif row.courses and "specialist" not in row.roles:
            yield Problem.at(
                row.source,
                "roles",
                "courses_without_specialist",
                ", ".join(row.roles),
                blocking=False,
                who=row.id,
            )


def volunteers_available(scenario: Scenario) -> Iterator[Problem]:
    """A volunteer says when: else it is never scheduled."""
    told = {row.person for row in scenario.availability if row.status != "no"}
    for row in scenario.staff:
        if row.kind == "volunteer" and row.id not in told:
            yield Problem.at(row.source, "kind", "volunteer_never_available", blocking=False, who=row.id)


def courses_in_order(scenario: Scenario) -> Iterator[Problem]:
    """No course is its own precondition, however many courses lie between."""
    told: set[str] = set()
    for row in scenario.courses:
        path: list[str] = []
        at: str | None = row.id
        while at is not None and at not in path:
            path.append(at)
            at = scenario.course[at].after if at in scenario.course else None
        if at is not None and not told & set(path):
            circle = path[path.index(at) :]
            told |= set(circle)
            first = scenario.course[at]
            yield Problem.at(
                first.source, "after", "courses_in_circle", first.after, circle=" → ".join([*circle, at])
            )


def courses_have_teachers(scenario: Scenario) -> Iterator[Problem]:
    """A course that needs a teacher has one."""
    taught = {course for row in scenario.staff if "specialist" in row.roles for course in row.courses}
    for row in scenario.courses:
        if row.teacher and row.id not in taught:
            yield Problem.at(row.source, "teacher", "course_without_teacher", blocking=False, who=row.id)


def features_offered(scenario: Scenario) -> Iterator[Problem]:
    """What a course asks of its room some room offers."""
    offered = {feature for row in scenario.rooms for feature in row.features}
    for row in scenario.courses:
        if row.room_feature and row.room_feature not in offered:
            yield Problem.at(
                row.source,
                "room_feature",
                "feature_nowhere" if offered else "features_none",
                row.room_feature,
                blocking=False,
                known=", ".join(sorted(offered)),
            )


def qualifications_held(scenario: Scenario) -> Iterator[Problem]:
    """What a need asks for somebody has."""
    held = {qualification for row in scenario.staff for qualification in row.qualifications}
    for row in scenario.needs:
        if row.qualification and row.qualification not in held:
            yield Problem.at(
                row.source,
                "qualification",
                "qualification_nobody" if held else "qualifications_none",
                row.qualification,
                blocking=False,
                known=", ".join(sorted(held)),
            )


def needs_ask_for_somebody(scenario: Scenario) -> Iterator[Problem]:
    """A need says how many, or with what qualification; a ratio asks nothing of a venue as a whole."""
    for row in scenario.needs:
        ratio = row.children_per_adult is not None and row.setting != "venue"
        if not row.per_class and not ratio and not row.qualification:
            yield Problem.at(row.source, "per_class", "need_without_number", blocking=False, who=row.id)
