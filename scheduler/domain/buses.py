"""Seats in buses: how many people a class brings on a trip, and who of them sits in which bus."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import ceil
from typing import NamedTuple

from scheduler.domain.plan import Seating
from scheduler.domain.tables import Trip


class Party(NamedTuple):
    """A class on a trip: its children, and the adults that its needs ask for (`demand.adults_away`)."""

    children: int
    adults: int


def buses_needed(trip: Trip, people: int) -> int:
    """The fewest buses that hold so many people of one venue."""
    if not people:
        return 0
    return 1 if trip.seats_per_bus is None else -(-people // trip.seats_per_bus)


def seating(
    trip: Trip, parties: Mapping[str, Mapping[str, Party]], taken: Collection[int] = ()
) -> dict[str, tuple[Seating, ...]]:
    """Everybody's seats on one day of a trip, by class, in the fewest buses.

    `parties` are sorted by venue and class; a bus serves one venue. Buses `taken` by others are passed over.
    A class stays together in one bus where it can; the largest choose first.
    Nobody has a seat where the trip needs no buses.
    """
    if trip.buses is None:
        return {class_: () for classes in parties.values() for class_ in classes}
    found: dict[str, tuple[Seating, ...]] = {}
    used = set(taken)
    for venue in sorted(parties):
        people = sum(sum(party) for party in parties[venue].values())
        numbers = _free_numbers(used, buses_needed(trip, people))
        used.update(numbers)
        found.update(_fill(trip, parties[venue], numbers))
    return found


def _free_numbers(used: set[int], number: int) -> list[int]:
    """The first bus numbers that nobody uses."""
    return [bus for bus in range(1, number + len(used) + 1) if bus not in used][:number]


def _fill(trip: Trip, parties: Mapping[str, Party], numbers: list[int]) -> dict[str, tuple[Seating, ...]]:
    """Whole classes first, the largest before the others; who then fits nowhere whole is split."""
    everybody = sum(sum(party) for party in parties.values())
    free = dict.fromkeys(numbers, everybody if trip.seats_per_bus is None else trip.seats_per_bus)
    found: dict[str, tuple[Seating, ...]] = {}
    left = []
    for class_ in sorted(parties, key=lambda name: (-sum(parties[name]), name)):
        children, adults = parties[class_]
        bus = next((bus for bus, seats in free.items() if seats >= children + adults), None)
        if bus is None:
            left.append(class_)
            continue
        free[bus] -= children + adults
        found[class_] = (Seating(bus=bus, children=children, adults=adults),)
    for class_ in left:
        found[class_] = _split(*parties[class_], free)
    return found


def _split(children: int, adults: int, free: dict[int, int]) -> tuple[Seating, ...]:
    """Fill the emptiest buses first, the adults spread with the children; changes `free`."""
    rows = []
    for bus in sorted(free, key=lambda number: (-free[number], number)):
        people = min(free[bus], children + adults)
        if not people:
            continue
        with_them = max(min(adults, ceil(adults * people / (children + adults))), people - children)
        rows.append(Seating(bus=bus, children=people - with_them, adults=with_them))
        free[bus] -= people
        children -= people - with_them
        adults -= with_them
    return tuple(sorted(rows, key=lambda row: row.bus))
