"""Children are of an age to come, fit somewhere, and name one another rightly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from scheduler.domain.calendar import age_on
from scheduler.domain.choices import fits_age, may_attend, wished
from scheduler.domain.consistency.coordinates import listed
from scheduler.domain.problems import Problem
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Child, Class
from scheduler.domain.units import families, sibling_wish

YOUNGEST, OLDEST = 4, 16
"""Ages beyond these are more likely a slip than a child of these classes."""

YEARS_BEFORE_SCHOOL = range(4, 9)
"""Age less grade: who is in grade 1 is 5 to 9, late and early starters included."""


def birth_dates_plausible(scenario: Scenario) -> Iterator[Problem]:
    """Nobody is born after the season's age day; few are younger than 4 or older than 16."""
    day = scenario.age_day
    for row in scenario.children:
        if row.birth_date is None or day is None:
            continue
        if row.birth_date > day:
            yield Problem.at(row.source, "birth_date", "birth_in_future", row.birth_date, who=row.id)
            continue
        age = age_on(row.birth_date, day)
        if not YOUNGEST <= age <= OLDEST:
            yield Problem.at(
                row.source,
                "birth_date",
                "age_implausible",
                row.birth_date,
                blocking=False,
                who=row.id,
                age=age,
            )


def grade_matches_age(scenario: Scenario) -> Iterator[Problem]:
    """Grade and age are those of one child."""
    day = scenario.age_day
    for row in scenario.children:
        if row.birth_date is None or not row.grade or day is None or row.birth_date > day:
            continue
        age = age_on(row.birth_date, day)
        if YOUNGEST <= age <= OLDEST and age - row.grade not in YEARS_BEFORE_SCHOOL:
            yield Problem.at(
                row.source, "grade", "grade_not_age", row.grade, blocking=False, who=row.id, age=age
            )


def not_processed(scenario: Scenario) -> Iterator[Problem]:
    """Children who withdrew or whose guardian did not consent are listed."""
    for row in scenario.children:
        if row.status == "withdrawn":
            yield Problem.at(row.source, "status", "child_withdrawn", blocking=False, who=row.id)
        elif not row.consent:
            yield Problem.at(row.source, "consent", "child_without_consent", blocking=False, who=row.id)


def some_child_processed(scenario: Scenario) -> Iterator[Problem]:
    """Of the children on the list at least one is enrolled with consent: else there is nobody to place."""
    if scenario.children and not scenario.processed:
        first = scenario.children[0].source
        yield Problem(
            "no_child_processed", file=first.file if first else "", sheet=first.sheet if first else ""
        )


def names_others(scenario: Scenario) -> Iterator[Problem]:
    """Nobody wishes for, or avoids, oneself."""
    for child in scenario.children:
        for column in ("friends", "apart"):
            if child.id in getattr(child, column):
                yield Problem.at(child.source, column, "names_itself", child.id, blocking=False)
    for person in scenario.staff:
        if person.id in person.partners:
            yield Problem.at(person.source, "partners", "names_itself", person.id, blocking=False)


def not_enrolled_twice(scenario: Scenario) -> Iterator[Problem]:
    """The same name, birth date and phone twice is one child enrolled twice, most likely."""
    seen: dict[tuple[object, ...], Child] = {}
    for row in scenario.children:
        if row.status == "withdrawn" or row.birth_date is None or not (row.phone or row.guardian):
            continue
        other = seen.setdefault((row.name, row.birth_date, row.phone or row.guardian), row)
        if other.id != row.id:
            newest = max((other, row), key=lambda child: (str(child.submitted_at or ""), child.id))
            yield Problem.at(
                row.source,
                "name",
                "child_twice",
                blocking=False,
                who=row.id,
                other=other.id,
                other_row=other.source.row if other.source else "?",
                newest=newest.id,
            )


def age_known(scenario: Scenario) -> Iterator[Problem]:
    """Where a class that a child may go to asks for an age or a grade, the child has one."""
    by_age = {c.id for c in scenario.classes if c.min_age is not None or c.max_age is not None}
    by_grade = {c.id for c in scenario.classes if c.min_grade is not None or c.max_grade is not None}
    asked = (("birth_date", "birth_date_needed", by_age), ("grade", "grade_needed", by_grade))
    for row in scenario.processed:
        for column, id, asking in asked:
            if getattr(row, column) is None and asking:
                there = (class_ for class_ in _named(scenario, row) if class_.id in asking)
                first = next((class_ for class_ in there if may_attend(scenario, row, class_)), None)
                if first:
                    yield Problem.at(row.source, column, id, who=row.id, class_=first.id)


def fits_some_class(scenario: Scenario) -> Iterator[Problem]:
    """A child fits at least one class it may go to, and one of these runs in a week it wants; else it waits,
    and the report says why."""
    running = frozenset(scenario.class_weeks)
    for row in scenario.processed:
        if next(_open_to(scenario, row), None) is None:
            column = "choices" if row.choices else "id"
            yield Problem.at(
                row.source, column, "child_fits_nowhere", ", ".join(row.choices), blocking=False, who=row.id
            )
            continue
        weeks = scenario.wanted_weeks(row.id)
        held = ((class_.id, week) in running for class_ in _open_to(scenario, row) for week in weeks)
        if running and not any(held):
            told = ", ".join(weeks)
            yield Problem.at(
                row.source, "weeks", "child_weeks_nowhere", told, blocking=False, who=row.id, weeks=told
            )


def points_complete(scenario: Scenario) -> Iterator[Problem]:
    """Where a venue has points for some of its applicants only, the settings say what the others are."""
    if scenario.settings.points_missing != "refuse" or scenario.settings.policy != "fair":
        return
    holders: dict[str, set[str]] = defaultdict(set)
    for row in scenario.points:
        holders[row.venue].add(row.child)
    lacking: dict[str, list[str]] = defaultdict(list)
    for child in scenario.processed if holders else ():
        for venue in sorted({class_.venue for class_ in _open_to(scenario, child)} & set(holders)):
            if child.id not in holders[venue]:
                lacking[venue].append(child.id)
    for venue, children in sorted(lacking.items()):
        source = next(row.source for row in scenario.points if row.venue == venue)
        yield Problem.at(
            source, "venue", "points_missing", venue, venue=venue, number=len(children), ids=listed(children)
        )


def friends_mutual(scenario: Scenario) -> Iterator[Problem]:
    """Friends name one another: a wish of one side does not count."""
    one_sided = [
        row
        for row in scenario.processed
        if any(
            row.id not in scenario.child[o].friends
            for o in row.friends
            if o in scenario.child and o != row.id
        )
    ]
    if one_sided:
        yield Problem.at(
            one_sided[0].source,
            "friends",
            "friends_one_sided",
            blocking=False,
            number=len(one_sided),
            ids=listed([row.id for row in one_sided]),
        )


def siblings_found(scenario: Scenario) -> Iterator[Problem]:
    """Who must be with siblings has some."""
    found = families(scenario)
    for row in scenario.processed:
        if row.siblings == "must" and row.family not in found:
            message = "siblings_missing" if row.family else "siblings_no_family"
            yield Problem.at(row.source, "family", message, row.family, blocking=False, who=row.id)
    for name, rows in found.items():
        wishes = {row.siblings for row in rows}
        if "must" in wishes and len(wishes) > 1:
            yield Problem.at(
                rows[0].source,
                "siblings",
                "siblings_differ",
                name,
                blocking=False,
                ids=listed([row.id for row in rows]),
                wish=sibling_wish(scenario, rows),
            )
        if "must" in wishes and not _shared(scenario, rows):
            ids = listed([row.id for row in rows])
            yield Problem.at(rows[0].source, "siblings", "siblings_no_venue", name, blocking=False, ids=ids)


def _named(scenario: Scenario, child: Child) -> Iterator[Class]:
    """The classes a child names, itself or by their venue; all, however far, where it names none."""
    return wished(scenario, child) if child.choices else iter(scenario.class_.values())


def _open_to(scenario: Scenario, child: Child) -> Iterator[Class]:
    return (
        class_
        for class_ in wished(scenario, child)
        if fits_age(scenario, child, class_) and may_attend(scenario, child, class_)
    )


def _shared(scenario: Scenario, rows: Iterable[Child]) -> bool:
    """Whether a venue has, in some week, a class for each of these children who wants that week."""
    running = frozenset(scenario.class_weeks)
    shared: dict[str, set[str]] = {}
    for row in rows:
        fitting = tuple(_open_to(scenario, row))
        for week in scenario.wanted_weeks(row.id):
            venues = {class_.venue for class_ in fitting if (class_.id, week) in running}
            shared[week] = shared.get(week, venues) & venues
    return any(shared.values())
