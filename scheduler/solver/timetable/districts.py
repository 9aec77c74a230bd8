"""Districts of a season too wide for one model: venues near each other, and what of others matters there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Set
from datetime import date
from math import ceil
from typing import NamedTuple

from scheduler.domain.plan import Plan, Session
from scheduler.domain.tables import Person
from scheduler.solver.door import Request
from scheduler.variables.offer import Offer

UNDIVIDED = 60_000
"""Seasons of no more decisions are one model."""

MOST = 30_000
"""Decisions of a district at most, where its venues allow."""

SMALL = 20_000
"""Seasons of no more decisions are one model however little time there is."""

PACE = 1.5e-4
"""Seconds that stating a decision takes, all in all."""

STATED = 0.35
"""The part of the time that stating one model of the season may take."""


class District(NamedTuple):
    """Some venues, and about how many decisions they have."""

    venues: frozenset[str]
    size: int


def sizes(request: Request) -> Counter[str]:
    """About how many decisions each venue has, where anything is to be decided: so many as if all of a
    class's days of a week were as the first, and one a day for trips."""
    scenario, offer, found = request.scenario, Offer(request.scenario, request.so_far), Counter[str]()
    number: dict[tuple[str, str], int] = {}
    for class_, day in offer.shifts:
        venue, week = scenario.class_[class_].venue, scenario.week_of(day)
        if request.is_free(venue, day=day):
            if (class_, week) not in number:
                number[class_, week] = 1 + offer.number(class_, day)
            found[venue] += number[class_, week]
    return found


def is_wide(number: int, seconds: float) -> bool:
    """Whether no model should hold so many decisions: for want of memory, or of time."""
    return number > UNDIVIDED or (number > SMALL and number * PACE > STATED * seconds)


def districts(request: Request, offered: Mapping[str, int], *, turned: bool = False) -> list[District]:
    """The districts of what is to be decided; `turned` with other borders."""
    total = sum(offered.values())
    order = list(reversed(list(offered))) if turned else list(offered)
    most = ceil(total / ceil(total / MOST)) * (0.7 if turned else 1)
    parts = request.scenario.near_together({venue: offered[venue] for venue in order}, ceil(most))
    return [District(frozenset(part), sum(offered[venue] for venue in part)) for part in parts]


def exhausted(request: Request, plan: Plan, venues: Set[str]) -> frozenset[tuple[str, date]]:
    """The specialists on days on which what they give at other venues leaves nothing of them."""
    scenario = request.scenario
    elsewhere: dict[str, list[Session]] = defaultdict(list)
    for row in plan.sessions:
        if row.teacher in scenario.person and scenario.class_[row.class_].venue not in venues:
            elsewhere[row.teacher].append(row)
    return frozenset(
        (name, day) for name, rows in elsewhere.items() for day in _full(request, scenario.person[name], rows)
    )


def _full(request: Request, person: Person, rows: list[Session]) -> list[date]:
    """The days on which somebody who gives these sessions can give no other."""
    scenario = request.scenario
    # sessions of several classes may be one, so that fewer are sure than there are rows
    given = {(row.date, row.period) for row in rows}
    on = Counter(day for day, _ in given)
    in_week = Counter(scenario.week_of(day) for day, _ in given)
    days_in = Counter(scenario.week_of(day) for day in on)

    def is_full(day: date) -> bool:
        week = scenario.week_of(day)
        limits = [(in_week[week], person.max_sessions_per_week), (on[day], person.max_sessions_per_day)]
        if day not in on:
            limits += [(days_in[week], person.max_days_per_week), (len(on), person.max_days)]
        return any(most is not None and number >= most for number, most in limits)

    return [day for day in scenario.open_days if is_full(day)]


def concerning(request: Request, plan: Plan, venues: Set[str]) -> Plan:
    """A plan with only those sessions that matter for what is decided at some venues: their own; those of
    specialists who may come there, of classes that share children with theirs, and of whatever is scarce."""
    scenario = request.scenario
    own = {row.id for row in scenario.class_.values() if row.venue in venues}
    children = {row.child for row in plan.placements if row.class_ in own}
    classes = own | {row.class_ for row in plan.placements if row.child in children}
    people = {
        row.id
        for row in scenario.person.values()
        if "specialist" in row.roles and any(scenario.works_at(row.id, venue) for venue in venues)
    }
    scarce = {row.id for row in scenario.course.values() if row.kits is not None}
    budget = request.rulebook.by_id["fee_budget"]
    every = getattr(budget, "yuan", None) is not None  # all that is paid counts
    return plan.with_(
        sessions=tuple(
            row
            for row in plan.sessions
            if every or row.class_ in classes or row.teacher in people or row.course in scarce
        )
    )
