"""Who holds which seats of a plan, and which of them a unit could take."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

from scheduler.domain.outcomes import WeekSeats
from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.standing import Standing, Standings
from scheduler.domain.units import Unit, units


def shifts_in(scenario: Scenario, class_: str, week: str) -> tuple[str, ...]:
    """The shifts in which a class is held on any day of a week, in their order."""
    return scenario.shifts_held(class_, week)


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


def is_open(scenario: Scenario, plan: Plan, locks: PlacementLocks, class_: str, week: str) -> bool:
    """Whether a class-week that can be held offers seats under a plan: it is not withheld, and it runs or is
    idle for want of children alone."""
    key = (class_, week)
    if key in plan.kept_back:
        return False
    return key in plan.running or idle_is_open(scenario, locks, class_, week)


class Seating:
    """A plan's seats as claims see them.

    Of the children in a class a claim needs to know only how many there are and how many of them stand
    lower: the standings of each class-week are kept in order, and counted by bisection.
    """

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
        self._ordered: dict[tuple[str, str], list[Standing]] = {}
        self._known: dict[tuple[tuple[str, ...], str], Standing] = {}
        self._unit_of = {child: unit for unit in units(scenario) for child in unit.members}
        self._firm = self.firm()
        for row in plan.placements:
            if row.child in self._unit_of:
                self.seat(row.child, row.week, row.class_)

    def firm(self) -> frozenset[str]:
        """The children whose seats fall to nobody: those placed by a lock."""
        return self._locks.children

    def seat(self, child: str, week: str, class_: str) -> None:
        """A child takes a seat."""
        self._holders.setdefault((class_, week), set()).add(child)
        self._sits.setdefault((child, week), set()).add(class_)
        self._ordered.pop((class_, week), None)

    def unseat(self, child: str, week: str) -> None:
        """A child gives up its seat of a week."""
        for class_ in self._sits.pop((child, week), set()):
            self._holders[class_, week].discard(child)
            self._ordered.pop((class_, week), None)

    def holders(self, class_: str, week: str) -> frozenset[str]:
        """The processed children in a class that week."""
        return frozenset(self._holders.get((class_, week), ()))

    def least(self, class_: str, week: str) -> int:
        """Fewest children a claim must leave in a class."""
        return fewest(self._scenario, self._locks, class_, week)

    def standing(self, unit: Unit, venue: str) -> Standing:
        """A unit's standing at a venue."""
        key = (unit.members, venue)
        if key not in self._known:
            self._known[key] = self._standings.of_unit(unit.members, venue)
        return self._known[key]

    def yields(self, child: str, unit: Unit, venue: str) -> bool:
        """Whether a child's seat at a venue falls to a claim of this unit: strictly lower standing, and not
        placed by a lock."""
        if child in self._firm:
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
        touched = self._left(unit, week) | entered.keys()
        return all(self._class_allows(unit, week, class_, seats) for class_ in touched) and all(
            self._venue_allows(unit, week, venue, entered) for venue in self._venues(entered)
        )

    def _left(self, unit: Unit, week: str) -> set[str]:
        """The classes that members of a unit are in, and would leave or stay in."""
        found = {class_ for child in unit.members for class_ in self._sits.get((child, week), ())}
        return {class_ for class_ in found if class_ in self._scenario.class_}

    def _venues(self, classes: Iterable[str]) -> set[str]:
        return {self._scenario.class_[class_].venue for class_ in classes}

    def _class_allows(self, unit: Unit, week: str, class_: str, seats: WeekSeats) -> bool:
        """Whether what must be displaced at a class may be."""
        entering = [child for child, target in seats.items() if target == class_]
        foes = self._foes(unit, week, class_, entering)
        venue = self._scenario.class_[class_].venue
        if not all(self.yields(foe, unit, venue) for foe in foes):
            return False
        after = self._others(unit, week, class_) + len(entering)
        must = max(0, len(foes), after - self._scenario.seats(class_))
        return must <= self._displaceable(unit, week, class_, after)

    def _foes(self, unit: Unit, week: str, class_: str, entering: Iterable[str]) -> set[str]:
        """Those in a class who may not be in it with children who enter; not of the unit itself."""
        foes = self._scenario.foes
        here = self._holders.get((class_, week), set())
        return {foe for child in entering for foe in foes.get(child, ()) if foe in here} - set(unit.members)

    def _others(self, unit: Unit, week: str, class_: str) -> int:
        """How many are in a class who are not of the unit."""
        here = self._holders.get((class_, week), ())
        return len(here) - sum(child in here for child in unit.members)

    def _displaceable(self, unit: Unit, week: str, class_: str, after: int) -> int:
        """How many may be displaced of `after` children in a class: of lower standing, and leaving the fewest
        it must keep; below zero if it has fewer already."""
        return min(self._lower(unit, week, class_), after - self.least(class_, week))

    def _lower(self, unit: Unit, week: str, class_: str) -> int:
        """How many children of a class yield to a unit; its own members never do."""
        key = (class_, week)
        venue = self._scenario.class_[class_].venue
        if key not in self._ordered:
            here = self._holders.get(key, ())
            yielding = (self._unit_of[child] for child in here if child not in self._firm)
            self._ordered[key] = sorted(self.standing(other, venue) for other in yielding)
        ordered = self._ordered[key]
        return len(ordered) - bisect_right(ordered, self.standing(unit, venue))

    def _venue_allows(self, unit: Unit, week: str, venue: str, entered: Counter[str]) -> bool:
        """Whether a venue holds, in every shift, all who could not be displaced from its classes."""
        capacity = self._scenario.venue[venue].capacity
        return capacity is None or all(
            sum(self._staying(unit, week, class_, entered[class_]) for class_ in classes) <= capacity
            for classes in self._scenario.held_together(venue, week)
        )

    def _staying(self, unit: Unit, week: str, class_: str, entering: int) -> int:
        """How many would be in a class if all who may be displaced were."""
        after = self._others(unit, week, class_) + entering
        return after - max(0, self._displaceable(unit, week, class_, after))
