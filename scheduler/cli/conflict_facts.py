"""What of each row matters in a contradiction of placement: facts with the cell to change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from scheduler.domain.choices import fits_age, may_attend
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Child, Class, Closure, Day, Lock, Room, Row, Venue

PLACE_LOCKS = ("place", "keep_out", "open", "close")


@dataclass(frozen=True)
class Fact:
    """One thing a row says: the sentence `conflict.<id>`, its parameters, and the column that says it."""

    id: str
    parameters: Mapping[str, object]
    column: str


@dataclass(frozen=True)
class Facts:
    """The facts of rows that contradict each other; which of a row's facts matter, the other rows tell."""

    scenario: Scenario
    rows: tuple[Row, ...]

    def of(self, row: Row) -> tuple[Fact, ...]:
        """What matters of a row; empty where that cannot be told."""
        if isinstance(row, Lock):
            return tuple(self._lock(row))
        if isinstance(row, Child):
            return tuple(self._child(row)) or tuple(self._stay(row))
        if isinstance(row, Class):
            return tuple(self._class(row))
        return tuple(self._place(row))

    @cached_property
    def _locks(self) -> tuple[Lock, ...]:
        return tuple(row for row in self.rows if isinstance(row, Lock))

    @cached_property
    def _children(self) -> tuple[Child, ...]:
        return tuple(row for row in self.rows if isinstance(row, Child))

    def _lock(self, row: Lock) -> Iterator[Fact]:
        if row.kind in PLACE_LOCKS:
            told = {"id": row.id, "child": row.child, "class_": row.class_, "week": row.week}
            alone = "_alone" if row.kind == "open" and len(self.rows) == 1 else ""
            yield Fact(f"lock_{row.kind}{alone}", told, "kind")

    def _child(self, row: Child) -> Iterator[Fact]:
        others = {lock.child for lock in self._locks} | {it.id for it in self._children}
        foes = tuple(other for other in row.apart if other in others and other != row.id)
        if any(not fits_age(self.scenario, row, class_) for class_ in self._classes_of(row)):
            column = "birth_date" if row.birth_date else "grade"
            age, grade = self.scenario.age(row.id), row.grade
            yield Fact("child_age", {"id": row.id, "age": age, "grade": grade}, column)
        if any(not may_attend(self.scenario, row, class_) for class_ in self._classes_of(row)):
            yield Fact("child_employer", {"id": row.id, "employers": row.employer}, "employer")
        wanted = self.scenario.wanted_weeks(row.id)
        if any(lock.child == row.id and lock.week and lock.week not in wanted for lock in self._locks):
            yield Fact("child_weeks", {"id": row.id, "weeks": wanted}, "weeks")
        if foes:
            yield Fact("child_apart", {"id": row.id, "others": foes}, "apart")
        if row.siblings == "must" and row.family:
            told = {"id": row.id, "family": row.family, "choices": row.choices}
            yield Fact("child_siblings", told, "siblings")
        if row.stay == "whole":
            yield from self._stay(row)

    def _stay(self, row: Child) -> Iterator[Fact]:
        if row.stay != "weeks":
            weeks = self.scenario.wanted_weeks(row.id)
            yield Fact(f"child_{row.stay}", {"id": row.id, "weeks": weeks}, "stay")

    def _classes_of(self, child: Child) -> tuple[Class, ...]:
        """The classes that the locks named put a child into."""
        locks = (lock for lock in self._locks if lock.kind == "place" and lock.child in (None, child.id))
        return tuple(
            self.scenario.class_[lock.class_] for lock in locks if lock.class_ in self.scenario.class_
        )

    def _class(self, row: Class) -> Iterator[Fact]:
        children = [it for it in self._children if row in self._classes_of(it)]
        if any(not fits_age(self.scenario, child, row) for child in children):
            told = {"ages": (row.min_age, row.max_age), "grades": (row.min_grade, row.max_grade)}
            column = "min_age" if row.min_age is not None else "max_age"
            if row.min_age is None and row.max_age is None:
                column = "min_grade" if row.min_grade is not None else "max_grade"
            yield Fact("class_ages", {"id": row.id, **told}, column)
            return
        if any(lock.week and row.weeks and lock.week not in row.weeks for lock in self._locks):
            yield Fact("class_weeks", {"id": row.id, "weeks": row.weeks}, "weeks")
            return
        if row.optional and row.min_children > 1:
            yield Fact("class_minimum", {"id": row.id, "n": row.min_children}, "min_children")
        placed = [lock for lock in self._locks if lock.kind == "place"]
        if len(placed) > 1 or not row.optional:
            yield Fact("class_seats", {"id": row.id, "n": row.capacity}, "capacity")

    def _place(self, row: Row) -> Iterator[Fact]:
        if isinstance(row, Venue):
            placed = ((child, class_) for child in self._children for class_ in self._classes_of(child))
            if any(not may_attend(self.scenario, child, class_) for child, class_ in placed):
                yield Fact("venue_only_for", {"id": row.id, "employers": row.only_for}, "only_for")
            else:
                yield Fact("venue_seats", {"id": row.id, "n": row.capacity}, "capacity")
        elif isinstance(row, Room):
            yield Fact("room_seats", {"id": row.id, "n": row.capacity}, "capacity")
        elif isinstance(row, Day):
            yield Fact("day_closed", {"date": row.date.isoformat(), "of_week": row.week}, "open")
        elif isinstance(row, Closure):
            place = row.class_ or row.room or row.venue
            days = {"from_": row.from_.isoformat(), "to": row.to.isoformat()}
            yield Fact("closure", {"place": place, **days}, "from_")
