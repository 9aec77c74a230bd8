"""A first placement: units take what they have a claim to, until nobody has one."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from scheduler.domain.outcomes import Outcomes, UnitOutcome, WeekSeats
from scheduler.domain.plan import OpenClass, Plan
from scheduler.domain.seating import Seating, fewest
from scheduler.domain.units import Unit
from scheduler.variables.placement import PlacementVariables

ROUNDS = 12
"""After so many rounds in the same order claims may be chasing one another in circles."""

LOTS = 20
"""So often a unit may then be asked, on average, in an order drawn by lot: most circles end so, as random
paths to stability do (Roth and Vande Vate, Econometrica 58, 1990). What is left may be past help."""

Seats = dict[tuple[str, str], str]
"""A class by (child, week)."""


def settled(x: PlacementVariables, first: Seats | None = None) -> Seats:
    """A start for the search, not an answer: deferred acceptance, extended to units and stays, from nothing
    or from `first` seats (which keep the hard rules).

    Each unit in turn takes the outcome it likes best of those it has a claim to, displacing who stands lower;
    those are asked again. Optional classes that stay too small are closed, and all are asked once more.
    """
    return _in_classes_large_enough(x, first or {}, set(), _Filling)


def content(x: PlacementVariables, seats: Seats) -> Seats:
    """The seats (which keep the hard rules) once nobody could have better ones: free seats, and under `fair`
    those of lower standing. Optional class-weeks with nobody in them stay closed."""
    running = {(class_, week) for (_, week), class_ in seats.items()}
    idle = {key for key in x.offered - running if x.scenario.class_[key[0]].optional}
    is_fair = x.scenario.settings.policy == "fair"
    return _in_classes_large_enough(x, seats, idle, _Final if is_fair else _Kept)


def _in_classes_large_enough(
    x: PlacementVariables, first: Seats, closed: set[tuple[str, str]], seating: type[Seating]
) -> Seats:
    while True:
        kept = {key: class_ for key, class_ in first.items() if (class_, key[1]) not in closed}
        seats = _Settlement(x, closed, kept, seating).seats()
        small = _too_small(x, seats)
        if not small:
            return seats
        closed |= small


def _too_small(x: PlacementVariables, seats: Seats) -> set[tuple[str, str]]:
    heads: dict[tuple[str, str], int] = {}
    for (_, week), class_ in seats.items():
        heads[class_, week] = heads.get((class_, week), 0) + 1
    return {key for key, number in heads.items() if number < fewest(x.scenario, x.locks, *key)}


def _rows(class_weeks: Iterable[tuple[str, str]]) -> tuple[OpenClass, ...]:
    return tuple(OpenClass(class_=class_, week=week) for class_, week in sorted(class_weeks))


class _Filling(Seating):
    """Seats while classes fill up: an optional class that is still too small may be entered and left."""

    def least(self, class_: str, week: str) -> int:
        """Nobody must be left yet."""
        return 0


class _Final(Seating):
    """Seats of a plan that stands: nobody loses one with whom a child placed by a lock would lose its own."""

    def firm(self) -> frozenset[str]:
        """All members of a unit in which anybody is placed by a lock."""
        placed = self._locks.children
        held = {unit for child, unit in self._unit_of.items() if child in placed}
        return frozenset(child for unit in held for child in unit.members)


class _Kept(Seating):
    """Seats that nobody loses to anybody."""

    def firm(self) -> frozenset[str]:
        """Everybody."""
        return frozenset(self._unit_of)


class _Settlement:
    """The seats as they are taken and lost."""

    def __init__(
        self, x: PlacementVariables, closed: set[tuple[str, str]], first: Seats, seating: type[Seating]
    ) -> None:
        self._x = x
        self._outcomes = Outcomes(x.scenario, x.locks)
        running = x.offered - closed
        shut = frozenset(x.scenario.class_weeks) - running
        plan = Plan(open_classes=_rows(running), withheld=_rows(shut))
        self._seating = seating(x.scenario, plan, x.locks, x.standings)
        self._has: dict[Unit, UnitOutcome] = {}
        self._ways: dict[Unit, dict[str, list[WeekSeats]]] = {}
        self._waiting = set(x.units)
        self._content: dict[Unit, bool] = {}
        for unit in x.units:
            self._has[unit] = {
                child: {week: first[child, week] for week in x.scenario.weeks if (child, week) in first}
                for child in unit.members
            }
        for (child, week), class_ in first.items():
            self._seating.seat(child, week, class_)

    def seats(self) -> Seats:
        """Everybody's seats once nobody wants to move; if that is not to be, as fewest wanted to."""
        order, dice = sorted(self._x.units, key=self._turn), random.Random(0)  # noqa: S311 - nothing secret
        rounds, asked, fewest_moved, best = 0, 0, len(order) + 1, self._has
        while self._waiting and asked <= LOTS * len(order):
            turn = [unit for unit in order if unit in self._waiting]
            if rounds >= ROUNDS:
                dice.shuffle(turn)
                asked += len(turn)
            moved = 0
            for unit in turn:
                self._waiting.discard(unit)
                moved += self._moves(unit)
            if moved < fewest_moved or not self._waiting:
                fewest_moved, best = moved, dict(self._has)
            rounds += 1
        return {
            (child, week): class_
            for outcome in best.values()
            for child, weeks in outcome.items()
            for week, class_ in weeks.items()
        }

    def _turn(self, unit: Unit) -> tuple[object, ...]:
        """Locks first, then rank, punctuality and the draw of the best member."""
        x = self._x
        return (
            not x.has_lock(unit),
            min((x.standings.rank(child), x.standings.is_late(child)) for child in unit.members),
            min(x.scenario.draws[child] for child in unit.members),
        )

    def _moves(self, unit: Unit) -> bool:
        """Whether a unit took something better than it had."""
        if unit not in self._ways:
            weeks = {week for child in unit.members for week in self._x.scenario.wanted_weeks(child)}
            self._ways[unit] = {
                week: self._outcomes.in_week(unit, week) for week in self._x.scenario.weeks if week in weeks
            }
        ways = self._ways[unit]
        if unit not in self._content:
            self._content[unit] = self._outcomes.is_content(unit, self._has[unit], ways)
        if self._content[unit]:
            return False
        allowed = {
            week: [way for way in there if self._seating.allows(unit, week, way)]
            for week, there in ways.items()
        }
        found = self._outcomes.preferred(unit, self._has[unit], allowed)
        if found:
            self._waiting.add(unit)  # what it takes need not be the best of all weeks
            self._take(unit, max(found, key=lambda outcome: sum(len(weeks) for weeks in outcome.values())))
        return bool(found)

    def _take(self, unit: Unit, outcome: UnitOutcome) -> None:
        for child in unit.members:
            for week in self._x.scenario.weeks:
                self._leave(child, week, outcome.get(child, {}).get(week))
        self._has[unit] = outcome
        self._content.pop(unit, None)
        taken = sorted({(class_, week) for weeks in outcome.values() for week, class_ in weeks.items()})
        for child, weeks in outcome.items():
            for week, class_ in weeks.items():
                self._seating.seat(child, week, class_)
        for class_, week in taken:
            self._make_room(unit, class_, week)

    def _make_room(self, unit: Unit, class_: str, week: str) -> None:
        """Displace foes, then the lowest while the class, then the venue, is too full."""
        x, venue = self._x, self._x.scenario.class_[class_].venue
        mine = {child for child in unit.members if child in self._seating.holders(class_, week)}
        foes = {foe for child in mine for foe in x.scenario.foes.get(child, ())}
        for foe in sorted(foes & self._seating.holders(class_, week)):
            self._lose(foe, week)
        while len(self._seating.holders(class_, week)) > x.scenario.seats(class_):
            if not self._lowest_loses(unit, venue, week, (class_,)):
                return
        capacity = x.scenario.venue[venue].capacity
        if capacity is None:
            return
        for shift in x.scenario.shift:
            classes = x.held_in(venue, week, shift)
            while sum(len(self._seating.holders(c, week)) for c in classes) > capacity:
                if not self._lowest_loses(unit, venue, week, classes):
                    return

    def _lowest_loses(self, unit: Unit, venue: str, week: str, classes: tuple[str, ...]) -> bool:
        lower = [
            (self._seating.standing(self._x.unit_of[child], venue), self._x.scenario.draws[child], child)
            for child in self._yielding(unit, venue, week, classes)
        ]
        if lower:
            self._lose(max(lower)[2], week, is_taken=len(classes) == 1)
        return bool(lower)

    def _yielding(self, unit: Unit, venue: str, week: str, classes: tuple[str, ...]) -> Iterator[str]:
        for class_ in classes:
            for child in self._seating.holders(class_, week):
                if child not in unit.members and self._seating.yields(child, unit, venue):
                    yield child

    def _lose(self, child: str, week: str, *, is_taken: bool = False) -> None:
        """A child loses a week, and with it siblings bound to it, and all weeks where it is all or none."""
        unit = self._x.unit_of[child]
        whole = any(self._x.scenario.child[member].stay == "whole" for member in unit.members)
        weeks = self._x.scenario.weeks if whole else (week,)
        self._waiting.add(unit)
        self._content.pop(unit, None)
        for member in unit.members:
            for lost in weeks:
                if (member, lost) == (child, week) and is_taken:
                    self._seating.unseat(member, lost)
                    foes = self._x.scenario.foes.get(member, ())  # only these may come in now who could not
                    self._waiting.update(self._x.unit_of[foe] for foe in foes if foe in self._x.unit_of)
                else:
                    self._leave(member, lost)
        self._has[unit] = {
            member: {when: class_ for when, class_ in kept.items() if when not in weeks}
            for member, kept in self._has.get(unit, {}).items()
        }

    def _leave(self, child: str, week: str, next_: str | None = None) -> None:
        """A child gives up its seat of a week; unless it stays there, who could want it is asked again."""
        class_ = self._has[self._x.unit_of[child]].get(child, {}).get(week)
        self._seating.unseat(child, week)
        if class_ is not None and class_ != next_:
            for near in self._sharing(class_, week):
                self._waiting.update(self._x.unit_of[keen] for keen in self._x.holders(near, week))

    def _sharing(self, class_: str, week: str) -> Iterable[str]:
        """The classes in which a seat may be free once a child leaves this one."""
        venue = self._x.scenario.class_[class_].venue
        if self._x.scenario.venue[venue].capacity is None:
            return (class_,)
        return {near for shift in self._x.scenario.shift for near in self._x.held_in(venue, week, shift)}
