"""Which ways through the weeks a unit could take, and which of them are worth following."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import ge
from typing import Any

from scheduler.domain.choices import position
from scheduler.domain.scenario import Scenario
from scheduler.domain.units import Outcome, Unit

WeekSeats = Mapping[str, str]
"""The class of each member that is placed in one week; empty: nobody is."""

UnitOutcome = Mapping[str, Outcome]
"""A class by week for each member of a unit."""

Value = tuple[int, int]
"""Weeks placed and the negative sum of positions: more is better, first things first."""

_OUT = ""


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


def _covers(a: Sequence[Any], b: Sequence[Any]) -> bool:
    return all(map(ge, a, b))


Ties = tuple[str | None, ...]
"""The venue to which each member that stays is tied: none yet, one, or out of all weeks (`whole`)."""


@dataclass(frozen=True, slots=True)
class Step:
    """A way to spend a week: to what it ties each member that stays, its value to each, and whether anybody
    else gains by it."""

    week: str
    seats: WeekSeats
    ties: Ties
    values: tuple[Value, ...]
    gains: bool


@dataclass(frozen=True, slots=True)
class Path:
    """A way through the weeks so far: totals of the members that stay, and whether anybody else gained."""

    totals: tuple[Value, ...]
    gained: bool
    steps: tuple[Step, ...]

    def longer(self, step: Step) -> Path:
        """The path gone on by a week."""
        totals = tuple((n + m, p + q) for (n, p), (m, q) in zip(self.totals, step.values, strict=True))
        return Path(totals, self.gained or step.gains, (*self.steps, step))

    def outcome(self, unit: Unit) -> UnitOutcome:
        """What a unit has at its end."""
        found: dict[str, dict[str, str]] = {child: {} for child in unit.members}
        for step in self.steps:
            for child, class_ in step.seats.items():
                found[child][step.week] = class_
        return found


Paths = dict[Ties, list[Path]]
"""Paths by what they tie the members to; none of those tied alike covers another."""


class Search:
    """Week by week, all ways a unit could go on, dropping those that others cover.

    Members of stay `weeks` may lose in no week; the others are tied to a venue (none yet, one, or out of
    all weeks for `whole`), and paths are compared only with those tied alike.
    """

    def __init__(self, scenario: Scenario, unit: Unit, present: UnitOutcome) -> None:
        self._scenario = scenario
        self._unit = unit
        self._present = present
        self._staying = tuple(c for c in unit.members if scenario.child[c].stay != "weeks")

    def begun(self) -> Paths:
        """No week spent yet."""
        nothing = Path(tuple((0, 0) for _ in self._staying), False, ())
        return {tuple(None for _ in self._staying): [nothing]}

    def steps(self, week: str, ways: Iterable[WeekSeats]) -> list[Step]:
        """Ways to spend a week, without those by which a member of stay `weeks` loses."""
        members = [c for c in self._unit.members if week in self._scenario.wanted_weeks(c)]
        others = [c for c in members if c not in self._staying]
        now = {child: self._value(child, self._present.get(child, {}).get(week)) for child in others}
        found = []
        for seats in ways:
            new = {child: self._value(child, seats.get(child)) for child in others}
            if all(new[child] >= now[child] for child in others):
                ties = tuple(self._tie(c, seats.get(c)) if c in members else None for c in self._staying)
                values = tuple(self._value(child, seats.get(child)) for child in self._staying)
                found.append(Step(week, seats, ties, values, new != now))
        return found

    def spent(self, paths: Paths, steps: Iterable[Step]) -> Paths:
        """The paths gone on by one week."""
        found: Paths = {}
        for ties, known in paths.items():
            for step in steps:
                tied = _tied(ties, step.ties)
                if tied is not None:
                    kept = found.setdefault(tied, [])
                    for path in known:
                        _keep(kept, path.longer(step))
        return found

    def _value(self, child: str, class_: str | None) -> Value:
        if class_ is None:
            return (0, 0)
        return (1, -(position(self._scenario.child[child], self._scenario.class_[class_]) or 0))

    def _tie(self, child: str, class_: str | None) -> str | None:
        """To what a class, or none, ties a child that stays."""
        if class_ is not None:
            return self._scenario.class_[class_].venue
        return _OUT if self._scenario.child[child].stay == "whole" else None


def _tied(ties: Ties, more: Ties) -> Ties | None:
    """What members are tied to by both; None if a stay would be broken."""
    if ties == more:
        return ties
    if any(a is not None and b is not None and a != b for a, b in zip(ties, more, strict=True)):
        return None
    return tuple(b if a is None else a for a, b in zip(ties, more, strict=True))


def _keep(paths: list[Path], new: Path) -> None:
    """Add a path unless another covers it; drop those it covers."""
    measure = (*new.totals, new.gained)
    if any(_covers((*path.totals, path.gained), measure) for path in paths):
        return
    paths[:] = [path for path in paths if not _covers(measure, (*path.totals, path.gained))]
    paths.append(new)
