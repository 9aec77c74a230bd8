"""What leads the search for the fewest gaps where gaps alone leave the choice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from scheduler.domain.plan import Duty
from scheduler.solver.rows import ENDLESS, Row
from scheduler.solver.staffing.model.season import Season

Home = tuple[str, str]
"""A venue, and a class of it (or nothing: the venue itself)."""


def homes(duties: Iterable[Duty]) -> dict[tuple[str, str], Home]:
    """The class that everybody leans to in each role, so that those of a role are spread over the classes."""
    able: dict[tuple[str, str], Counter[Home]] = defaultdict(Counter)
    for duty in duties:
        able[duty.person, duty.role][duty.venue, duty.class_ or ""] += 1
    load: Counter[tuple[str, Home]] = Counter()
    home: dict[tuple[str, str], Home] = {}
    for (who, role), classes in sorted(able.items(), key=lambda item: (-max(item[1].values()), item[0])):
        best = min(classes, key=lambda class_: (load[role, class_] - classes[class_], class_))
        home[who, role] = best
        load[role, best] += classes[best]
    return home


def leanings(season: Season) -> dict[int, int]:
    """What a duty counts for where gaps alone leave the choice: least in the class a person leans to, so that
    faces stay the same and classes are no longer alike; most of those who can come to so many days only, whom
    the first weeks would use up."""
    person, home = season.task.scenario.person, homes(season.duty_of.values())
    return {
        one: 1
        + (home[duty.person, duty.role] != (duty.venue, duty.class_ or ""))
        + 2 * (person[duty.person].max_days is not None)
        for one, duty in season.duty_of.items()
    }


def shares(season: Season, point: Sequence[float]) -> list[Row]:
    """How many days of each week those are called on who can come to so many days of the season only, by a
    point of the relaxation: weeks can then be decided one by one."""
    scenario, x, rows = season.task.scenario, season.built.x, []
    for person in x.people:
        most = scenario.person[person].max_days
        if most is None or len({*x.days_of(person), *x.stands(person)}) <= most:
            continue
        weeks: dict[str, list[int]] = defaultdict(list)
        for day in x.days_of(person):
            works = x.works(person, day)
            if not isinstance(works, int):
                weeks[scenario.week_of(day)].append(works.index)
        most -= len(x.stands(person))
        wanted = {week: sum(point[one] for one in days) for week, days in weeks.items()}
        found = {week: int(value + 1e-3) for week, value in wanted.items()}
        for week in sorted(weeks, key=lambda week: (found[week] - wanted[week], week)):
            if sum(found.values()) < most:
                found[week] += 1
        for week, days in weeks.items():
            rows.append(Row((), tuple((one, 1) for one in days), -ENDLESS, max(0, found[week])))
    return rows
