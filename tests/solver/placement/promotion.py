"""Promotion from the waiting lists, by the contract's words: the first whom the free seat fits."""

from __future__ import annotations

from scheduler.domain.claims import waiting
from scheduler.domain.plan import Waiting
from scheduler.domain.units import Unit, prefers, units, worth
from tests.tiny.brute import Brute, Seat

Seats = tuple[Seat, ...]


def promoted(listed: Brute, seats: Seats) -> tuple[Seats, list[Seats]]:
    """Who stands first of those whom free seats fit gets what it likes best of them, until they fit nobody.

    A venue's lists are one queue: where it is full, a seat that falls free in one class is free in all.
    Nobody is displaced; who goes week by week moves in the seat's week alone. Gives the seats in the end, and
    what each promotion gave.
    """
    scenario = listed.scenario
    unit_of = {child: unit for unit in units(scenario) for child in unit.members}
    locked = {row.child for row in scenario.locks if row.kind == "place"}

    def turn(row: Waiting) -> tuple[object, ...]:
        venue = scenario.class_[row.class_].venue
        standing = listed.standings.of_unit(unit_of[row.child].members, venue)
        return (venue, row.week, standing, scenario.draws[row.child], row.class_)

    steps: list[Seats] = []
    while True:
        for row in sorted(waiting(scenario, listed.plan(seats)), key=turn):
            unit = unit_of[row.child]
            found = _best_that_fits(listed, seats, unit, (row.child, row.week, row.class_))
            if found and locked.isdisjoint(unit.members):
                seats = (*(seat for seat in seats if seat[0] not in unit.members), *found)
                steps.append(found)
                break
        else:
            return seats, steps


def _best_that_fits(listed: Brute, seats: Seats, unit: Unit, wanted: Seat) -> Seats:
    """What a unit likes best of what it prefers, contains a seat and fits beside all others; else nothing."""
    now = _worths(listed, unit, seats)
    rest = tuple(seat for seat in seats if seat[0] not in unit.members)
    running = {(class_, week) for _, week, class_ in seats}
    found = [
        (_worths(listed, unit, outcome), outcome)
        for outcome in listed.outcomes(unit)
        if wanted in outcome
        and prefers(now, _worths(listed, unit, outcome))
        and _moves_only_in(listed, seats, outcome, wanted)
        and all((c, w) in running or not listed.scenario.class_[c].optional for _, w, c in outcome)
        and listed.keeps_hard_rules((*rest, *outcome))
    ]
    return max(found)[1] if found else ()


def _moves_only_in(listed: Brute, seats: Seats, outcome: Seats, wanted: Seat) -> bool:
    """Whether a child of stay `weeks` keeps what it has in all weeks but the wanted seat's."""
    child, week, _ = wanted
    if listed.scenario.child[child].stay != "weeks":
        return True
    return not any(seat[0] == child and seat[1] != week for seat in set(seats) ^ set(outcome))


def _worths(listed: Brute, unit: Unit, seats: Seats) -> tuple[tuple[tuple[int, int], ...], ...]:
    return tuple(
        worth(listed.scenario, child, {week: class_ for who, week, class_ in seats if who == child})
        for child in unit.members
    )
