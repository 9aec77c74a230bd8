"""Who holds which seats of a plan, and which of them a unit could take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from scheduler.domain.outcomes import WeekSeats
from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.standing import Standing, Standings
from scheduler.domain.units import Unit, units


def shifts_in(scenario: Scenario, class_: str, week: str) -> tuple[str, ...]:
    """The shifts in which a class is held on any day of a week, in their order."""
    held = {shift for day in scenario.days_in(week) for shift in scenario.held(class_, day)}
    return tuple(shift for shift in scenario.shift if shift in held)


def fewest(scenario: Scenario, locks: PlacementLocks, class_: str, week: str) -> int:
    """Fewest children a class must keep that week once it runs: `min_children` of an optional class, one of
    a class that is locked open, else none."""
    row = scenario.class_[class_]
    return max(row.min_children if row.optional else 0, int((class_, week) in locks.opened))


def idle_is_open(scenario: Scenario, locks: PlacementLocks, class_: str, week: str) -> bool:
    """Whether the seats of a class-week that can be held, with nobody in it, are free seats to be claimed.

    They are unless it is optional (that it stays closed gives nobody a claim) or locked shut. Else a whole
    class could be left empty to be rid of a claim.
    """
    return not scenario.class_[class_].optional and (class_, week) not in locks.closed


class Seating:
    """A plan's seats as claims see them."""

    def __init__(self, scenario: Scenario, plan: Plan, locks: PlacementLocks, standings: Standings) -> None:
        """Read who sits where; rows that make no sense are passed over."""
        self._scenario = scenario
        self._locks = locks
        self._standings = standings
        offered = frozenset(scenario.class_weeks) - plan.kept_back
        idle = {key for key in offered if idle_is_open(scenario, locks, *key)}
        self._open = offered & (plan.running | idle)
        self._holders: dict[tuple[str, str], set[str]] = {}
        self._sits: dict[tuple[str, str], set[str]] = {}
        self._known: dict[tuple[Unit, str], Standing] = {}
        self._unit_of = {child: unit for unit in units(scenario) for child in unit.members}
        for row in plan.placements:
            if row.child in self._unit_of:
                self.seat(row.child, row.week, row.class_)

    def seat(self, child: str, week: str, class_: str) -> None:
        """A child takes a seat."""
        self._holders.setdefault((class_, week), set()).add(child)
        self._sits.setdefault((child, week), set()).add(class_)

    def unseat(self, child: str, week: str) -> None:
        """A child gives up its seat of a week."""
        for class_ in self._sits.pop((child, week), set()):
            self._holders[class_, week].discard(child)

    def holders(self, class_: str, week: str) -> frozenset[str]:
        """The processed children in a class that week."""
        return frozenset(self._holders.get((class_, week), ()))

    def least(self, class_: str, week: str) -> int:
        """Fewest children a claim must leave in a class."""
        return fewest(self._scenario, self._locks, class_, week)

    def standing(self, unit: Unit, venue: str) -> Standing:
        """A unit's standing at a venue."""
        if (unit, venue) not in self._known:
            self._known[unit, venue] = self._standings.of_unit(unit.members, venue)
        return self._known[unit, venue]

    def yields(self, child: str, unit: Unit, venue: str) -> bool:
        """Whether a child's seat at a venue falls to a claim of this unit: strictly lower standing, and not
        placed by a lock."""
        if child in self._locks.children:
            return False
        return self.standing(unit, venue) < self.standing(self._unit_of[child], venue)

    def allows(self, unit: Unit, week: str, seats: WeekSeats) -> bool:
        """Whether a unit could spend a week so, in free seats and in seats of those of lower standing.

        Seats are free in class-weeks that run, and in idle ones that are open to claims.
        What is displaced at a class lies between what must be (seats taken beyond the capacity, foes) and
        what may be (those of lower standing, as many as leave an optional class its minimum); a full venue
        may displace at any of its classes, so it is enough if all that may be displaced makes room.
        """
        entered = Counter(seats.values())
        if any((class_, week) not in self._open for class_ in entered):
            return False
        left = {
            class_
            for class_ in self._present(unit, week)
            if entered[class_] < len(self.holders(class_, week) & set(unit.members))
        }
        for class_ in sorted(left | set(entered)):
            must, may = self._displaced(unit, week, class_, seats)
            if must is None or must > may:
                return False
        return all(self._venue_allows(unit, week, venue, entered) for venue in self._venues(entered))

    def _present(self, unit: Unit, week: str) -> set[str]:
        found = {class_ for child in unit.members for class_ in self._sits.get((child, week), ())}
        return {class_ for class_ in found if class_ in self._scenario.class_}

    def _venues(self, classes: Iterable[str]) -> set[str]:
        return {self._scenario.class_[class_].venue for class_ in classes}

    def _displaced(self, unit: Unit, week: str, class_: str, seats: WeekSeats) -> tuple[int | None, int]:
        """How many others must, and how many may, be displaced at a class; None if foes bar the way."""
        venue = self._scenario.class_[class_].venue
        entering = [child for child, target in seats.items() if target == class_]
        others = self.holders(class_, week) - set(unit.members)
        lower = {child for child in others if self.yields(child, unit, venue)}
        foes = {
            other for child in entering for other in self._scenario.foes.get(child, ()) if other in others
        }
        if foes - lower:
            return None, 0
        after = len(others) + len(entering)
        may = min(len(lower), after - self.least(class_, week))
        return max(0, len(foes), after - self._scenario.seats(class_)), may

    def _venue_allows(self, unit: Unit, week: str, venue: str, entered: Counter[str]) -> bool:
        capacity = self._scenario.venue[venue].capacity
        if capacity is None:
            return True
        for shift in self._scenario.shift:
            left = 0
            for row in self._scenario.classes_at(venue):
                if shift in self._shifts[row.id, week]:
                    others = self.holders(row.id, week) - set(unit.members)
                    lower = sum(self.yields(child, unit, venue) for child in others)
                    after = len(others) + entered[row.id]
                    may = min(lower, after - self.least(row.id, week))
                    left += after - max(0, may)
            if left > capacity:
                return False
        return True

    @cached_property
    def _shifts(self) -> dict[tuple[str, str], tuple[str, ...]]:
        scenario = self._scenario
        return {(c, week): shifts_in(scenario, c, week) for c in scenario.class_ for week in scenario.weeks}
