"""The smallest set of rows that cannot all hold, narrowed down by solving without the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from scheduler.domain.outcomes import Outcomes
from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Lock
from scheduler.domain.units import units
from scheduler.solver.cpsat import CpModel
from scheduler.variables.model import Because

Build = Callable[[frozenset[Because] | None], CpModel]


def smallest_conflict(build: Build, *, seconds: float = 10.0) -> tuple[Because, ...]:
    """A set of rows that contradict each other and of which none can be spared.

    `build(keep)` makes the stage's model with only the constraints of the rows in `keep` (None: all) and
    those that stand for no row. QuickXplain (Junker, AAAI 2004): divide and conquer over the rows, so a
    conflict of k among n rows takes about k log(n / k) solves. A solve that ends undecided counts as
    feasible, so the set may then be larger than need be but still contradicts itself.
    """
    model = build(None)
    rows = tuple(sorted(model.rows, key=_suspicion))

    def conflicts(kept: Sequence[Because]) -> bool:
        return build(frozenset(kept)).is_feasible(seconds) is False

    if conflicts(()):
        return ()
    return tuple(sorted(_explain(conflicts, (), (), rows)))


def _explain(
    conflicts: Callable[[Sequence[Because]], bool],
    background: tuple[Because, ...],
    added: tuple[Because, ...],
    rows: tuple[Because, ...],
) -> tuple[Because, ...]:
    if added and conflicts(background):
        return ()
    if len(rows) == 1:
        return rows
    half = len(rows) // 2
    first, second = rows[:half], rows[half:]
    in_second = _explain(conflicts, (*background, *first), first, second)
    in_first = _explain(conflicts, (*background, *in_second), in_second, first)
    return (*in_first, *in_second)


def _suspicion(row: Because) -> tuple[bool, str, str]:
    """Rows that are facts first, so that the conflict is told with as many locks as can be."""
    return (row.table == "locks", row.table, row.id)


# ---- placement: whom a contradiction can concern -------------------------------------------------


def concerned(scenario: Scenario, also: Iterable[str] = ()) -> Scenario:
    """The season with only those children whom a contradiction of placement can concern: far fewer.

    Whoever no lock forces may stay unplaced, and nobody unplaced breaks a hard rule. So a conflict needs the
    children that `place` names and the siblings bound to them, `also` (who sits in seats that are given), and
    whoever could help a class to its minimum that one of them, or an `open` lock, needs: the hard rules hold
    for all children just when they hold for these.
    """
    found = _Concerned(scenario).children({*also})
    return scenario.with_(children=tuple(row for row in scenario.children if row.id in found))


def _unbarring(scenario: Scenario) -> tuple[Lock, ...]:
    """The locks that keep nobody out of a class."""
    return tuple(row for row in scenario.locks if row.kind not in ("keep_out", "close"))


class _Concerned:
    """Children reached from the locks."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._locks = PlacementLocks(scenario)
        # what bars a seat may itself be one of the rows that contradict each other: who is barred counts too
        self._outcomes = Outcomes(scenario, PlacementLocks(scenario.with_(locks=_unbarring(scenario))))
        self._bound = {child: unit.members for unit in units(scenario) for child in unit.members}

    def children(self, also: set[str]) -> set[str]:
        """All of them: those forced, and in turn those who could fill what these need."""
        forced = self._with_siblings((also & self._bound.keys()) | self._locks.children)
        found, needed = set(forced), set(self._locks.opened)
        while forced or needed:
            needed |= {seat for child in forced for seat in self._seats(child) if self._has_minimum(*seat)}
            helpers = self._with_siblings(self._who_could_fill(needed)) - found if needed else set()
            found |= helpers
            # one who may stay away in every other week, and comes alone, needs no further class to be filled
            forced = {child for child in helpers if self._drags_others(child)}
            needed = set()
        return found

    def _with_siblings(self, children: Iterable[str]) -> set[str]:
        return {member for child in children for member in self._bound[child]}

    def _seats(self, child: str) -> Iterator[tuple[str, str]]:
        for week in self._scenario.wanted_weeks(child):
            for class_ in self._outcomes.seats(child, week):
                yield class_, week

    def _has_minimum(self, class_: str, week: str) -> bool:
        row = self._scenario.class_[class_]
        return row.optional and row.min_children > 1

    def _who_could_fill(self, needed: set[tuple[str, str]]) -> set[str]:
        return {child for child in self._bound if not needed.isdisjoint(self._seats(child))}

    def _drags_others(self, child: str) -> bool:
        return len(self._bound[child]) > 1 or self._scenario.child[child].stay == "whole"
