"""What the locks say about children and classes, spelled out child by child and week by week."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Lock

ChildWeekClass = tuple[str, str, str]
"""A child, a week, a class."""


class PlacementLocks:
    """The locks `place`, `keep_out`, `open` and `close` of a season; a blank field means every one.

    A child that is not processed (withdrawn, no consent) is held by no lock.
    """

    def __init__(self, scenario: Scenario) -> None:
        """Read the locks of a scenario."""
        self._scenario = scenario
        self._of_kind: dict[str, list[Lock]] = {}
        for row in scenario.lock.values():
            self._of_kind.setdefault(row.kind, []).append(row)

    @cached_property
    def placed(self) -> dict[ChildWeekClass, tuple[Lock, ...]]:
        """Every seat that `place` gives, with its locks; a blank week means every week the child wants."""
        found: dict[ChildWeekClass, tuple[Lock, ...]] = {}
        processed = tuple(row.id for row in self._scenario.processed)
        known = frozenset(processed)
        for lock in self._of_kind.get("place", ()):
            for child in (lock.child,) if lock.child else processed:
                if child not in known:
                    continue
                for week in (lock.week,) if lock.week else self._scenario.wanted_weeks(child):
                    for class_ in (lock.class_,) if lock.class_ else tuple(self._scenario.class_):
                        if class_ in self._scenario.class_:
                            seat = (child, week, class_)
                            found[seat] = (*found.get(seat, ()), lock)
        return found

    @cached_property
    def children(self) -> frozenset[str]:
        """Children placed by a lock in any week: they make and suffer no claim."""
        return frozenset(child for child, _, _ in self.placed)

    def classes_for(self, child: str, week: str) -> tuple[str, ...]:
        """The classes a child is locked into in a week; more than one contradict each other."""
        return self._classes_for.get((child, week), ())

    @cached_property
    def _classes_for(self) -> dict[tuple[str, str], tuple[str, ...]]:
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for child, week, class_ in sorted(self.placed):
            found[child, week] = (*found.get((child, week), ()), class_)
        return found

    def keeping_out(self, child: str, week: str, class_: str) -> Iterator[Lock]:
        """The `keep_out` locks that bar a child from a class in a week."""
        for lock in self._barring.get(child, self._barring_all):
            if lock.week in (None, week) and lock.class_ in (None, class_):
                yield lock

    def bars(self, child: str, week: str, class_: str) -> bool:
        """Whether a `keep_out` lock bars a child from a class in a week."""
        return next(self.keeping_out(child, week, class_), None) is not None

    @cached_property
    def _barring_all(self) -> list[Lock]:
        return [lock for lock in self._of_kind.get("keep_out", ()) if not lock.child]

    @cached_property
    def _barring(self) -> dict[str, list[Lock]]:
        found: dict[str, list[Lock]] = {}
        for lock in self._of_kind.get("keep_out", ()):
            if lock.child:
                found.setdefault(lock.child, list(self._barring_all)).append(lock)
        return found

    @cached_property
    def opened(self) -> dict[tuple[str, str], tuple[Lock, ...]]:
        """Every (class, week) that `open` opens; a blank class or week means those that are offered."""
        offered = frozenset(self._scenario.class_weeks)
        found: dict[tuple[str, str], tuple[Lock, ...]] = {}
        for lock in self._of_kind.get("open", ()):
            for key in self._meant(lock):
                if key in offered or (lock.class_ and lock.week):
                    found[key] = (*found.get(key, ()), lock)
        return found

    @cached_property
    def closed(self) -> dict[tuple[str, str], tuple[Lock, ...]]:
        """Every (class, week) that `close` closes."""
        found: dict[tuple[str, str], tuple[Lock, ...]] = {}
        for lock in self._of_kind.get("close", ()):
            for key in self._meant(lock):
                found[key] = (*found.get(key, ()), lock)
        return found

    def _meant(self, lock: Lock) -> Iterator[tuple[str, str]]:
        for class_ in (lock.class_,) if lock.class_ else tuple(self._scenario.class_):
            for week in (lock.week,) if lock.week else self._scenario.weeks:
                yield class_, week
