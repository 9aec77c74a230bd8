"""Decisions about children and classes made by hand are kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Lock
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.variables.model import Because, Model
from scheduler.variables.placement import PlacementVariables


class PlacementLocksKept(Rule):
    """`place` puts a child into a class, `keep_out` keeps it out; `open` and `close` decide what runs."""

    stage: ClassVar[StageName] = "placement"
    unit: ClassVar[str] = "decisions"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Decisions of locks that the plan does not keep, one by one."""
        filled = {(row.class_, row.week) for row in plan.placements}
        placed = {(row.child, row.week, row.class_) for row in plan.placements}
        known = sorted(seat for seat in placed if scenario.is_processed(seat[0]))
        for lock in scenario.lock.values():
            if lock.kind == "place":
                yield from self._unplaced(scenario, placed, lock)
            elif lock.kind == "keep_out":
                for child, week, class_ in known:
                    if _meant(lock, child, week, class_):
                        about = (f"child:{child}", f"class:{class_}")
                        told = {"child": child, "class_": class_, "week": week}
                        yield self.broken(1, "keep_out", about, lock=lock.id, **told)
            elif lock.kind in ("open", "close"):
                for key in _class_weeks_of(scenario, plan, lock):
                    class_, week = key
                    runs = key in filled
                    kept = runs if lock.kind == "open" else not runs and key not in plan.running
                    if not kept:
                        refs = (f"class:{class_}",)
                        yield self.broken(1, lock.kind, refs, lock=lock.id, class_=class_, week=week)

    def _unplaced(
        self, scenario: Scenario, placed: set[tuple[str, str, str]], lock: Lock
    ) -> Iterator[Violation]:
        named = (row for row in (scenario.child.get(lock.child or ""),) if row is not None)
        for child in scenario.processed if lock.child is None else named:
            if not scenario.is_processed(child.id):
                continue
            for week in (lock.week,) if lock.week else scenario.wanted_weeks(child.id):
                for class_ in scenario.class_:
                    if lock.class_ in (None, class_) and (child.id, week, class_) not in placed:
                        refs = (f"child:{child.id}", f"class:{class_}")
                        told = {"child": child.id, "class_": class_, "week": week}
                        yield self.broken(1, "place", refs, lock=lock.id, **told)

    def formulate(self, model: Model, x: PlacementVariables) -> None:
        """Seats given are 1, seats barred are 0; open class-weeks hold somebody, closed ones nobody. In weeks
        that are settled no lock can change what was."""
        _seats_given_and_barred(model, x, x.locks)
        for (class_, week), locks in sorted(x.locks.opened.items()):
            for lock in () if x.is_settled(week) else locks:
                model.require(x.heads(class_, week) >= 1, Because("locks", lock.id))
        for (class_, week), locks in sorted(x.locks.closed.items()):
            for lock in () if x.is_settled(week) else locks:
                for literal in x.holders(class_, week).values():
                    model.require(literal <= 0, Because("locks", lock.id))


def _seats_given_and_barred(model: Model, x: PlacementVariables, locks: PlacementLocks) -> None:
    for seat, given in sorted(locks.placed.items()):
        _, week, _ = seat
        for lock in () if x.is_settled(week) else given:
            model.require(x.placed(*seat) >= 1, Because("locks", lock.id))
    for child, week in x.child_weeks:
        if x.is_settled(week):
            continue
        for class_, literal in x.seats(child, week).items():
            for lock in locks.keeping_out(child, week, class_):
                model.require(literal <= 0, Because("locks", lock.id))


def _meant(lock: Lock, child: str, week: str, class_: str) -> bool:
    return lock.child in (None, child) and lock.week in (None, week) and lock.class_ in (None, class_)


def _class_weeks_of(scenario: Scenario, plan: Plan, lock: Lock) -> list[tuple[str, str]]:
    """The class-weeks an `open` or `close` lock means: a blank of `open` means those on offer."""
    if lock.class_ and lock.week:
        return [(lock.class_, lock.week)]
    universe = set(scenario.class_weeks)
    if lock.kind == "close":
        universe |= plan.running | {(row.class_, row.week) for row in plan.placements}
    return sorted(key for key in universe if lock.class_ in (None, key[0]) and lock.week in (None, key[1]))
