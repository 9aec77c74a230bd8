"""The adults of a season as the reserve sees them: kinds of people who can stand for one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from scheduler.domain.reserve import Reserve, Slot
from scheduler.domain.tables import Person
from scheduler.domain.tables.staff import Role
from scheduler.solver.reserve.demand import Demand

T = TypeVar("T", date, Slot)


@dataclass(frozen=True)
class Kind:
    """What people have in common who can stand for one another: roles that are asked for, venues in their
    area, on how many days of each stretch they offer each shift, and on how many any; limits (None: none)."""

    roles: frozenset[Role]
    venues: tuple[str, ...]
    offers: tuple[tuple[Slot, int], ...]
    present: tuple[tuple[date, int], ...]
    shifts_a_day: int | None
    days_a_week: int | None
    days: int | None


@dataclass(frozen=True)
class Adult:
    """One person who could help somewhere."""

    row: Person
    venues: tuple[str, ...]
    slots: frozenset[Slot]


def people(reserve: Reserve, demand: Demand) -> tuple[Adult, ...]:
    """Everybody who has a role that is asked for, in a venue and a shift where something is."""
    found = []
    everything = sorted(demand.slots)
    for row in reserve.scenario.person.values():
        slots = reserve.offers(row, everything) if demand.roles & set(row.roles) else frozenset()
        area = reserve.scenario.area_of(row.id) if slots else frozenset()
        if venues := tuple(venue for venue in demand.posts if venue in area):
            found.append(Adult(row, venues, slots))
    return tuple(found)


def kinds(adults: Iterable[Adult], demand: Demand) -> dict[Kind, int]:
    """How many people there are of each kind."""
    found: Counter[Kind] = Counter()
    for adult in adults:
        row = adult.row
        limits = (row.max_shifts_per_day, row.max_days_per_week, row.max_days)
        offers = Counter((demand.stretch[day], shift) for day, shift in adult.slots)
        present = Counter(demand.stretch[day] for day in {day for day, _ in adult.slots})
        roles = demand.roles & set(row.roles)
        found[Kind(roles, adult.venues, _sorted(offers), _sorted(present), *limits)] += 1
    return dict(found)


def size(kinds: Mapping[Kind, int]) -> int:
    """How many flows of people these kinds make, about."""
    return sum(len(kind.offers) * len(kind.venues) for kind in kinds)


def _sorted(numbers: Mapping[T, int]) -> tuple[tuple[T, int], ...]:
    return tuple(sorted(numbers.items()))
