"""What a unit could get by its own rules, and which of that it prefers to what it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import chain, product

from scheduler.domain.choices import options, position
from scheduler.domain.history import begun
from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.stays import stays_at
from scheduler.domain.units import Unit, prefers, worth
from scheduler.domain.weekwise import Paths, Search, UnitOutcome, WeekSeats, thinned

__all__ = ["Outcomes", "UnitOutcome", "WeekSeats", "thinned", "wanted_outcome"]


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

    def ways(self, unit: Unit, present: UnitOutcome, past: Set[str]) -> dict[str, list[WeekSeats]]:
        """Every way a unit could spend each week that a member wants; only the present one if it is past, and
        none if nobody was placed then: who came later and wants all weeks or none means those still to come.
        """
        found: dict[str, list[WeekSeats]] = {}
        for week in self.scenario.weeks:
            if week in past:
                seats = {child: weeks[week] for child, weeks in present.items() if week in weeks}
                if seats:
                    found[week] = [seats]
            elif any(week in self.scenario.wanted_weeks(child) for child in unit.members):
                found[week] = self.in_week(unit, week)
        return found

    def in_week(self, unit: Unit, week: str) -> list[WeekSeats]:
        """Every way a unit could spend a week: nobody placed, or all who want it at one venue."""
        members = [child for child in unit.members if week in self.scenario.wanted_weeks(child)]
        found: list[WeekSeats] = []
        if not any(self.locks.classes_for(child, week) for child in members):
            found.append({})
        by_venue = [self._by_venue(child, week) for child in members]
        for venue in by_venue[0] if members else ():
            if all(venue in there for there in by_venue):
                for classes in product(*(there[venue] for there in by_venue)):
                    seats = dict(zip(members, classes, strict=True))
                    if len(members) == 1 or not self._quarrel(seats):
                        found.append(seats)
        return found

    def _by_venue(self, child: str, week: str) -> dict[str, list[str]]:
        """The classes a child could be in that week, venue by venue."""
        found: dict[str, list[str]] = {}
        for class_ in self.seats(child, week):
            found.setdefault(self.scenario.class_[class_].venue, []).append(class_)
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
        them is at least as good as for every member that stays; for one of stay `weeks` it is enough that it
        gains. Empty only if there is none at all."""
        if self.is_content(unit, present, by_week):
            return []
        search = Search(self.scenario, unit, present)
        paths = search.begun()
        for week in self.scenario.weeks:
            if week in by_week:
                paths = search.spent(paths, search.steps(week, thinned(self.scenario, by_week[week])))
        return list(self._better(unit, present, paths))

    def wished(
        self, unit: Unit, present: UnitOutcome, by_week: Mapping[str, Sequence[WeekSeats]]
    ) -> Iterator[tuple[str, WeekSeats]]:
        """Every way to spend a week of `by_week` that some outcome which a unit prefers contains.

        For each week the others are searched once, then every way to spend it is tried on what they lead to.
        """
        if self.is_content(unit, present, by_week):
            return
        search = Search(self.scenario, unit, present)
        thin = {week: search.steps(week, thinned(self.scenario, ways)) for week, ways in by_week.items()}
        for week, ways in by_week.items():
            paths = search.begun()
            for other, steps in thin.items():
                if other != week:
                    paths = search.spent(paths, steps)
            known: dict[tuple[object, ...], bool] = {}
            for step in search.steps(week, ways):
                alike = (step.ties, step.values, step.gains)
                if alike not in known:
                    known[alike] = any(self._better(unit, present, search.spent(paths, [step])))
                if known[alike]:
                    yield week, step.seats

    def is_content(
        self, unit: Unit, present: UnitOutcome, by_week: Mapping[str, Sequence[WeekSeats]]
    ) -> bool:
        """Whether a unit has, for each member and week taken by itself, what `by_week` has best: then it
        prefers nothing. So have most units of a good plan, and this is soon found out."""
        for child in unit.members:
            row, ideal = self.scenario.child[child], {}
            for week, ways in by_week.items():
                classes = {seats[child] for seats in ways if child in seats}
                if classes:
                    ideal[week] = min(classes, key=lambda c: position(row, self.scenario.class_[c]) or 0)
            now = worth(self.scenario, child, present.get(child, {}))
            best = worth(self.scenario, child, ideal)
            if any(b > n for b, n in zip(best, now, strict=True)):
                return False
        return True

    def _better(self, unit: Unit, present: UnitOutcome, paths: Paths) -> Iterator[UnitOutcome]:
        """The outcomes that paths lead to which a unit prefers to what it has."""
        old = tuple(worth(self.scenario, child, present.get(child, {})) for child in unit.members)
        for path in chain.from_iterable(paths.values()):
            outcome = path.outcome(unit)
            if prefers(old, tuple(worth(self.scenario, child, outcome[child]) for child in unit.members)):
                yield outcome


def wanted_outcome(scenario: Scenario, plan: Plan, unit: Unit) -> UnitOutcome:
    """What a plan gives a unit in the weeks its members want; rows that make no sense are passed over, and so
    are weeks begun of who stays at one venue but is no longer bound by where it was."""
    past = begun(scenario, plan)
    found: dict[str, dict[str, str]] = {}
    for child in unit.members:
        wanted = set(scenario.wanted_weeks(child))
        if past and scenario.child[child].stay != "weeks" and not stays_at(scenario, plan, past, child):
            wanted -= past
        rows = sorted(plan.weeks_of(child).items())
        found[child] = {week: c for week, c in rows if c in scenario.class_ and week in wanted}
    return found
