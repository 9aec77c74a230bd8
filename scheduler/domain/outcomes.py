"""What a unit could get by its own rules, and which of that it prefers to what it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from scheduler.domain.choices import options, position
from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.units import Outcome, Unit, prefers, worth

WeekSeats = Mapping[str, str]
"""The class of each member that is placed in one week; empty: nobody is."""

UnitOutcome = Mapping[str, Outcome]
"""A class by week for each member of a unit."""

Value = tuple[int, int]
"""Weeks placed and the negative sum of positions: more is better, first things first."""

_OUT = ""


class Outcomes:
    """The outcomes that a unit's own rules allow, whoever else sits where.

    Own rules: the weeks wanted, age, employer, choices and distance, classes that can be held and are not
    closed by hand, locks, foes within the unit, one venue for children bound by `must`, and the stay.
    """

    def __init__(self, scenario: Scenario, locks: PlacementLocks) -> None:
        """Outcomes in a season under its locks."""
        self.scenario = scenario
        self.locks = locks
        self._options: dict[str, tuple[str, ...]] = {}

    @cached_property
    def _offered(self) -> frozenset[tuple[str, str]]:
        return frozenset(self.scenario.class_weeks) - frozenset(self.locks.closed)

    def seats(self, child: str, week: str) -> tuple[str, ...]:
        """The classes a child could be in that week by its own rules; only the locked one where one is."""
        locked = self.locks.classes_for(child, week)
        if child not in self._options:
            found = options(self.scenario, self.scenario.child[child])
            self._options[child] = tuple(class_.id for class_, _ in found)
        return tuple(
            class_
            for class_ in locked or self._options[child]
            if (class_, week) in self._offered and not self.locks.bars(child, week, class_)
        )

    def in_week(self, unit: Unit, week: str) -> list[WeekSeats]:
        """Every way a unit could spend a week: nobody placed, or all who want it at one venue."""
        members = [child for child in unit.members if week in self.scenario.wanted_weeks(child)]
        found: list[WeekSeats] = []
        if not any(self.locks.classes_for(child, week) for child in members):
            found.append({})
        venues: dict[str, dict[str, list[str]]] = {}
        for child in members:
            for class_ in self.seats(child, week):
                venue = self.scenario.class_[class_].venue
                venues.setdefault(venue, {}).setdefault(child, []).append(class_)
        for by_child in venues.values():
            if len(by_child) == len(members):
                for classes in product(*(by_child[child] for child in members)):
                    seats = dict(zip(members, classes, strict=True))
                    if not self._quarrel(seats):
                        found.append(seats)
        return found

    def listed(self, unit: Unit, most: int) -> list[UnitOutcome]:
        """Every outcome of a unit in which anybody is placed, if there are at most so many; else none."""
        found: list[dict[str, WeekSeats]] = [{}]
        for week in self.scenario.weeks:
            if any(week in self.scenario.wanted_weeks(child) for child in unit.members):
                ways = self.in_week(unit, week)
                found = [{**known, week: seats} for known in found for seats in ways]
                found = [weeks for weeks in found if self._at_one_venue(unit, weeks)]
                if len(found) > most:
                    return []
        outcomes = [
            {
                child: {week: seats[child] for week, seats in weeks.items() if child in seats}
                for child in unit.members
            }
            for weeks in found
        ]
        return [outcome for outcome in outcomes if any(outcome.values()) and self._is_whole(unit, outcome)]

    def _at_one_venue(self, unit: Unit, weeks: Mapping[str, WeekSeats]) -> bool:
        """Whether each member that stays is at no more than one venue."""
        for child in unit.members:
            if self.scenario.child[child].stay != "weeks":
                classes = {seats[child] for seats in weeks.values() if child in seats}
                if len({self.scenario.class_[class_].venue for class_ in classes}) > 1:
                    return False
        return True

    def _is_whole(self, unit: Unit, outcome: UnitOutcome) -> bool:
        """Whether each member that wants all its weeks or none has all or none."""
        return all(
            len(outcome[child]) in (0, len(self.scenario.wanted_weeks(child)))
            for child in unit.members
            if self.scenario.child[child].stay == "whole"
        )

    def _quarrel(self, seats: WeekSeats) -> bool:
        together: dict[str, list[str]] = {}
        for child, class_ in seats.items():
            together.setdefault(class_, []).append(child)
        return any(
            self.scenario.are_apart(a, b)
            for group in together.values()
            if len(group) > 1
            for a in group
            for b in group
            if a < b
        )

    def preferred(
        self, unit: Unit, present: UnitOutcome, by_week: Mapping[str, Sequence[WeekSeats]]
    ) -> list[UnitOutcome]:
        """The outcomes made of `by_week` that a unit prefers to what it has, without those that another of
        them is at least as good as for every member. Empty only if there is none at all."""
        search = _Search(self.scenario, unit, present)
        for week in self.scenario.weeks:
            if week in by_week:
                search.spend(week, thinned(self.scenario, by_week[week]))
        old = tuple(worth(self.scenario, child, present.get(child, {})) for child in unit.members)
        found = []
        for outcome in search.outcomes():
            new = tuple(worth(self.scenario, child, outcome[child]) for child in unit.members)
            if prefers(old, new):
                found.append(outcome)
        return found


def wanted_outcome(scenario: Scenario, plan: Plan, unit: Unit) -> UnitOutcome:
    """What a plan gives a unit in the weeks its members want; rows that make no sense are passed over."""
    return {
        child: {
            week: class_
            for week, class_ in sorted(plan.weeks_of(child).items())
            if class_ in scenario.class_ and week in scenario.wanted_weeks(child)
        }
        for child in unit.members
    }


def thinned(scenario: Scenario, ways: Iterable[WeekSeats]) -> list[WeekSeats]:
    """The ways to spend a week without those that another at the same venue is as good as for all."""
    best: dict[str, list[tuple[tuple[int, ...], WeekSeats]]] = {}
    for seats in ways:
        venue = next((scenario.class_[class_].venue for class_ in seats.values()), _OUT)
        values = tuple(
            -(position(scenario.child[child], scenario.class_[class_]) or 0)
            for child, class_ in seats.items()
        )
        kept = best.setdefault(venue, [])
        if not any(_covers(other, values) for other, _ in kept):
            kept[:] = [(other, way) for other, way in kept if not _covers(values, other)]
            kept.append((values, seats))
    return [way for kept in best.values() for _, way in kept]


def _covers(a: Sequence[object], b: Sequence[object]) -> bool:
    return all(x >= y for x, y in zip(a, b, strict=True))  # type: ignore[operator]


@dataclass(frozen=True)
class _Path:
    """A way through the weeks so far: totals of the members that stay, and whether anybody else gained."""

    totals: tuple[Value, ...]
    gained: bool
    weeks: tuple[tuple[str, WeekSeats], ...]


class _Search:
    """Week by week, all ways a unit could go on, dropping those that others cover.

    Members of stay `weeks` may lose in no week; the others are tied to a venue (none yet, one, or out of
    all weeks for `whole`), and paths are compared only with those tied alike.
    """

    def __init__(self, scenario: Scenario, unit: Unit, present: UnitOutcome) -> None:
        self._scenario = scenario
        self._unit = unit
        self._present = present
        self._staying = tuple(c for c in unit.members if scenario.child[c].stay != "weeks")
        self._place = {child: i for i, child in enumerate(self._staying)}
        nothing = _Path(tuple((0, 0) for _ in self._staying), False, ())
        self._paths: dict[tuple[str | None, ...], list[_Path]] = {
            tuple(None for _ in self._staying): [nothing]
        }

    def spend(self, week: str, ways: Sequence[WeekSeats]) -> None:
        """Go on by one week."""
        members = [c for c in self._unit.members if week in self._scenario.wanted_weeks(c)]
        values = [
            (seats, {child: self._value(child, seats.get(child)) for child in members}) for seats in ways
        ]
        values = [(seats, value) for seats, value in values if not self._loses(week, value)]
        paths: dict[tuple[str | None, ...], list[_Path]] = {}
        for ties, known in self._paths.items():
            for seats, value in values:
                tied = self._tied(ties, members, seats)
                if tied is None:
                    continue
                kept = paths.setdefault(tied, [])
                for path in known:
                    _keep(kept, self._longer(path, week, seats, value))
        self._paths = paths

    def outcomes(self) -> list[UnitOutcome]:
        """The outcomes the paths lead to."""
        found: list[UnitOutcome] = []
        for paths in self._paths.values():
            for path in paths:
                outcome: dict[str, dict[str, str]] = {child: {} for child in self._unit.members}
                for week, seats in path.weeks:
                    for child, class_ in seats.items():
                        outcome[child][week] = class_
                found.append(outcome)
        return found

    def _value(self, child: str, class_: str | None) -> Value:
        if class_ is None:
            return (0, 0)
        return (1, -(position(self._scenario.child[child], self._scenario.class_[class_]) or 0))

    def _now(self, child: str, week: str) -> Value:
        return self._value(child, self._present.get(child, {}).get(week))

    def _loses(self, week: str, value: Mapping[str, Value]) -> bool:
        return any(child not in self._place and now < self._now(child, week) for child, now in value.items())

    def _tied(
        self, ties: tuple[str | None, ...], members: Sequence[str], seats: WeekSeats
    ) -> tuple[str | None, ...] | None:
        """To which venues the staying members are tied after a week; None if a stay would be broken."""
        tied = list(ties)
        for child in members:
            if child not in self._place:
                continue
            i, whole = self._place[child], self._scenario.child[child].stay == "whole"
            class_ = seats.get(child)
            if class_ is None:
                if whole and tied[i] not in (None, _OUT):
                    return None
                tied[i] = _OUT if whole else tied[i]
            else:
                venue = self._scenario.class_[class_].venue
                if tied[i] not in (None, venue):
                    return None
                tied[i] = venue
        return tuple(tied)

    def _longer(self, path: _Path, week: str, seats: WeekSeats, value: Mapping[str, Value]) -> _Path:
        totals = tuple(
            (total[0] + value[child][0], total[1] + value[child][1]) if child in value else total
            for child, total in zip(self._staying, path.totals, strict=True)
        )
        gained = path.gained or any(
            child not in self._place and now > self._now(child, week) for child, now in value.items()
        )
        return _Path(totals, gained, (*path.weeks, (week, seats)))


def _keep(paths: list[_Path], new: _Path) -> None:
    """Add a path unless another covers it; drop those it covers."""
    measure = (*new.totals, new.gained)
    if any(_covers((*path.totals, path.gained), measure) for path in paths):
        return
    paths[:] = [path for path in paths if not _covers(measure, (*path.totals, path.gained))]
    paths.append(new)
