"""Districts of a season too wide for one model: venues near each other, and the children who belong there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import ceil
from typing import NamedTuple

from scheduler.domain.outcomes import Outcomes
from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.units import units
from scheduler.solver.door import Request
from scheduler.solver.placement.settling import Seats

UNDIVIDED = 12_000
"""Seasons of no more children are one model."""

MOST = 5_000
"""Children of a district, about."""


class District(NamedTuple):
    """Some venues, and the children who are placed there or nowhere until borders are looked across."""

    venues: frozenset[str]
    children: frozenset[str]


def is_divided(scenario: Scenario) -> bool:
    """Whether a season has more children than one model holds."""
    return len(scenario.processed) > UNDIVIDED


def districts(request: Request, spread: Seats) -> list[District]:
    """The districts of a season whose children are spread over its seats like this: each party belongs where
    most of its weeks are. Districts that a party's locks tie together are one."""
    homes = _Homes(request, spread)
    venue_of = {party: homes.venue(party) for party in _parties(request.scenario)}
    sizes = Counter(dict.fromkeys(request.scenario.venue, 0))
    for party, venue in venue_of.items():
        sizes[venue] += len(party)
    number = max(1, ceil(sizes.total() / MOST))
    parts = request.scenario.near_together(sizes, ceil(sizes.total() / number))
    at = {venue: part for part, venues in enumerate(parts) for venue in venues}
    at = _united(at, (homes.locked(party) for party in venue_of))
    children: dict[int, list[str]] = defaultdict(list)
    for party, venue in venue_of.items():
        children[at[venue]] += party
    return [
        District(frozenset(venue for venue in at if at[venue] == part), frozenset(children[part]))
        for part in sorted(set(at.values()))
    ]


def alone(request: Request, district: District) -> Request:
    """A district as a season of its own: its venues, its children, and nobody else."""
    scenario = request.scenario
    kept = scenario.with_(
        venues=tuple(row for row in scenario.venues if row.id in district.venues),
        classes=tuple(row for row in scenario.classes if row.venue in district.venues),
        rooms=tuple(row for row in scenario.rooms if row.venue in district.venues),
        children=tuple(row for row in scenario.children if row.id in district.children),
        locks=tuple(
            row
            for row in scenario.locks
            if (row.child is None or row.child in district.children)
            and (row.class_ is None or scenario.class_[row.class_].venue in district.venues)
        ),
        closures=tuple(row for row in scenario.closures if row.venue is None or row.venue in district.venues),
        courses=(),
        trips=(),
        staff=(),
        availability=(),
        needs=(),
    )
    return replace(
        request,
        scenario=kept,
        so_far=_within(request.so_far, district),
        previous=None if request.previous is None else _within(request.previous, district),
    )


def _within(plan: Plan, district: District) -> Plan:
    return plan.with_(
        placements=tuple(row for row in plan.placements if row.child in district.children), stages=()
    )


Party = tuple[str, ...]
"""Children who belong to one district: a unit, or a family that would be together."""


def _parties(scenario: Scenario) -> list[Party]:
    of_family: dict[str, list[str]] = defaultdict(list)
    for unit in units(scenario):
        first = scenario.child[unit.members[0]]
        name = f"family {first.family}" if first.family else f"child {first.id}"
        of_family[name] += unit.members
    return [tuple(sorted(members)) for _, members in sorted(of_family.items())]


class _Homes:
    """To which venue each party belongs."""

    def __init__(self, request: Request, spread: Seats) -> None:
        self._scenario = request.scenario
        self._locks = PlacementLocks(request.scenario)
        self._outcomes = Outcomes(request.scenario, self._locks)
        known = {} if request.previous is None else _seats(request.previous)
        self._spread, self._known = _of_child(spread), _of_child(known)
        self._any = min(request.scenario.venue)

    def venue(self, party: Party) -> str:
        """Where its locks place it, else where it was before, else where most of its weeks are, else the best
        it wishes for."""
        for seats in (
            self.locked(party),
            self._venues(party, self._known),
            self._venues(party, self._spread),
        ):
            if seats:
                return max(sorted(seats), key=seats.__getitem__)
        for child in party:
            for week in self._scenario.wanted_weeks(child):
                for class_ in self._outcomes.seats(child, week):
                    return self._scenario.class_[class_].venue
        return self._any

    def locked(self, party: Party) -> Counter[str]:
        """The venues at which locks place a party."""
        return Counter(
            self._scenario.class_[class_].venue
            for child in party
            if child in self._locks.children
            for week in self._scenario.weeks
            for class_ in self._locks.classes_for(child, week)
        )

    def _venues(self, party: Party, classes: Mapping[str, Sequence[str]]) -> Counter[str]:
        seats = (class_ for child in party for class_ in classes.get(child, ()))
        return Counter(
            self._scenario.class_[class_].venue for class_ in seats if class_ in self._scenario.class_
        )


def _united(at: Mapping[str, int], tied: Iterable[Iterable[str]]) -> dict[str, int]:
    """The district of each venue, those of venues tied together being one."""
    found = dict(at)
    for venues in tied:
        numbers = {found[venue] for venue in venues}
        if len(numbers) > 1:
            found = {venue: min(numbers) if number in numbers else number for venue, number in found.items()}
    return found


def _of_child(seats: Seats) -> Mapping[str, list[str]]:
    """The classes of each child over its weeks."""
    found: dict[str, list[str]] = defaultdict(list)
    for (child, _), class_ in seats.items():
        found[child].append(class_)
    return found


def _seats(plan: Plan) -> Seats:
    return {(row.child, row.week): row.class_ for row in plan.placements}
