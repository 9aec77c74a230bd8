"""Districts of a season too wide for one model: venues near each other, and the children who belong there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import ceil
from types import MappingProxyType
from typing import NamedTuple

from scheduler.domain.outcomes import Outcomes
from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.units import Unit, units
from scheduler.solver.door import Request
from scheduler.solver.placement.settling import Seats

UNDIVIDED = 12_000
"""Seasons of no more children are one model."""

MOST = 5_000
"""Children of a district, about."""


class District(NamedTuple):
    """Some venues, and the children who are placed there or nowhere until borders are looked across; `weeks`
    are those of a child that is elsewhere in its others."""

    venues: frozenset[str]
    children: frozenset[str]
    weeks: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    def has(self, child: str, week: str) -> bool:
        """Whether a child belongs here that week."""
        return child in self.children and week in self.weeks.get(child, (week,))

    def with_(self, other: District) -> District:
        """Both as one."""
        weeks = {
            child: tuple(dict.fromkeys(week for part in (self, other) for week in part.weeks.get(child, ())))
            for child in {*self.weeks, *other.weeks}
        }
        return District(self.venues | other.venues, self.children | other.children, weeks)


def is_divided(scenario: Scenario) -> bool:
    """Whether a season has more children than one model holds."""
    return len(scenario.processed) > UNDIVIDED


def districts(request: Request, spread: Seats) -> list[District]:
    """The districts of a season whose children are spread over its seats like this: each party belongs where
    most of its weeks are. Districts that a party's locks tie together, or its past, are one. Replanning, who
    may be at another venue each week, and was, belongs week by week where it was."""
    if not request.scenario.venue:
        return []
    homes = _Homes(request, spread)
    venue_of = homes.of_parties()
    sizes = Counter(dict.fromkeys(request.scenario.venue, 0))
    for party, venue in venue_of.items():
        sizes[venue] += len(party)
    number = max(1, ceil(sizes.total() / MOST))
    parts = request.scenario.near_together(sizes, ceil(sizes.total() / number))
    at = {venue: part for part, venues in enumerate(parts) for venue in venues}
    at = _united(at, (homes.bound(party) for party in venue_of))
    children: dict[int, set[str]] = defaultdict(set)
    some_weeks: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for party, venue in venue_of.items():
        weeks: dict[int, list[str]] = defaultdict(list)
        for week, there in homes.by_week(party, venue).items():
            weeks[at[there]].append(week)
        for child in party:
            for part in weeks or (at[venue],):
                wanted = tuple(week for week in request.scenario.wanted_weeks(child) if week in weeks[part])
                if wanted and len(weeks) > 1:
                    some_weeks[part][child] = wanted
                if wanted or len(weeks) < 2:
                    children[part].add(child)
    return [
        District(
            frozenset(venue for venue in at if at[venue] == part),
            frozenset(children[part]),
            some_weeks[part],
        )
        for part in sorted(set(at.values()))
    ]


def alone(request: Request, district: District) -> Request:
    """A district as a season of its own: its venues, its children, and nobody else."""
    scenario = request.scenario
    kept = scenario.with_(
        venues=tuple(row for row in scenario.venues if row.id in district.venues),
        classes=tuple(row for row in scenario.classes if row.venue in district.venues),
        rooms=tuple(row for row in scenario.rooms if row.venue in district.venues),
        children=tuple(
            row.model_copy(update={"weeks": district.weeks.get(row.id, row.weeks)})
            for row in scenario.children
            if row.id in district.children
        ),
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
        placements=tuple(row for row in plan.placements if district.has(row.child, row.week)), stages=()
    )


Party = tuple[str, ...]
"""Children who belong to one district: a unit, or a family that would be together."""


def _families(scenario: Scenario) -> list[list[Unit]]:
    of_family: dict[str, list[Unit]] = defaultdict(list)
    for unit in units(scenario):
        first = scenario.child[unit.members[0]]
        name = f"family {first.family}" if first.family else f"child {first.id}"
        of_family[name].append(unit)
    return [found for _, found in sorted(of_family.items())]


class _Homes:
    """To which venue each party belongs."""

    def __init__(self, request: Request, spread: Seats) -> None:
        self._scenario = request.scenario
        self._locks = PlacementLocks(request.scenario)
        self._outcomes = Outcomes(request.scenario, self._locks)
        self._before = {} if request.previous is None else _seats(request.previous)
        self._spread, self._known = _of_child(spread), _of_child(self._before)
        self._past = _of_child({key: at for key, at in self._before.items() if self._is_past(request, *key)})
        self._any = min(request.scenario.venue)

    def _is_past(self, request: Request, child: str, week: str) -> bool:
        row = self._scenario.class_.get(self._before[child, week])
        return row is not None and not request.is_free(row.venue, week=week)

    def of_parties(self) -> dict[Party, str]:
        """The venue of every party. A family is one, but for units of it that had seats before: these stay
        where they were, siblings together or not, and the others go to them."""
        found: dict[Party, str] = {}
        for family in _families(self._scenario):
            whole = tuple(sorted(child for unit in family for child in unit.members))
            home = self._venue(whole)
            settled = [unit.members for unit in family if any(child in self._known for child in unit.members)]
            found |= {members: self._venue(members) for members in settled}
            gone = {child for members in settled for child in members}
            if rest := tuple(child for child in whole if child not in gone):
                found[rest] = home
        return found

    def by_week(self, party: Party, home: str) -> dict[str, str]:
        """The venue of each week of a party that may be elsewhere every week, and had seats before: where a
        lock places it, else where it was, else its home."""
        scenario = self._scenario
        if not any(child in self._known for child in party) or not self._is_weekwise(party):
            return {}
        found = {}
        for week in scenario.weeks:
            if any(week in scenario.wanted_weeks(child) for child in party):
                before = {
                    child: [self._before[child, week]] for child in party if (child, week) in self._before
                }
                there = self._locked(party, (week,)) or self._venues(party, before)
                found[week] = max(sorted(there), key=there.__getitem__) if there else home
        return found

    def _venue(self, party: Party) -> str:
        """Where locks or its past bind it, else where it was before, else where most of its weeks are, else
        the best it wishes for."""
        for seats in (
            self.bound(party),
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

    def bound(self, party: Party) -> Counter[str]:
        """The venues at which locks place a party, and at which one that stays was in weeks past."""
        found = self._locked(party, self._scenario.weeks)
        if not self._is_weekwise(party):
            found += self._venues(party, self._past)
        return found

    def _is_weekwise(self, party: Party) -> bool:
        """Whether a party may be elsewhere every week."""
        return all(self._scenario.child[child].stay == "weeks" for child in party)

    def _locked(self, party: Party, weeks: Iterable[str]) -> Counter[str]:
        return Counter(
            self._scenario.class_[class_].venue
            for child in party
            if child in self._locks.children
            for week in weeks
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
