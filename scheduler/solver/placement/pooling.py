"""Interchangeable classes taken together: a season with fewer, larger classes and the same answers.

Classes of one venue that the same children could be in, in the same weeks and shifts, and of which no child
and no lock names one, differ in nothing that a claim, a rank or a choice could see. Taken as one class with
all their seats they leave a model a fraction of the size and without symmetry; who is in which of them is
decided afterwards, for the soft rules that look into a class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from scheduler.domain.choices import options
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Class
from scheduler.solver.door import Part, Request
from scheduler.variables.placement import ClassWeek

Pools = Mapping[str, tuple[str, ...]]
"""The classes of each pool, under the id of the first."""


@dataclass(frozen=True)
class Pooled:
    """A request whose season has each pool as one class, and the pools (of several classes) themselves."""

    request: Request
    pools: Pools

    @property
    def parallel(self) -> Mapping[str, int]:
        """How many classes a pool stands for."""
        return {pool: len(classes) for pool, classes in self.pools.items()}


def pooled(request: Request, withheld: frozenset[ClassWeek]) -> Pooled:
    """A request with its pools as classes; as it is where a plan stands already, whose classes are known to
    families by name."""
    if request.previous is not None or request.part != Part() or request.so_far.placements:
        return Pooled(request, {})
    scenario = request.scenario
    pools = _pools(scenario, withheld)
    if not pools:
        return Pooled(request, {})
    first_of = {class_: pool for pool, classes in pools.items() for class_ in classes}
    rows = []
    for row in scenario.classes:
        pool = first_of.get(row.id)
        if pool is None:
            rows.append(row)
        elif pool == row.id:
            seats = sum(scenario.seats(class_) for class_ in pools[pool])
            rows.append(row.model_copy(update={"capacity": seats, "room": None}))
    return Pooled(replace(request, scenario=scenario.with_(classes=tuple(rows))), pools)


def _pools(scenario: Scenario, withheld: frozenset[ClassWeek]) -> dict[str, tuple[str, ...]]:
    named = {choice for row in scenario.processed for choice in row.choices}
    named |= {row.class_ for row in scenario.locks if row.class_}
    any_class = any(not row.class_ for row in scenario.locks if row.kind in ("place", "open"))
    if any_class:  # a lock that means every class means each of them
        return {}
    weeks: dict[str, list[str]] = defaultdict(list)
    for class_, week in scenario.class_weeks:
        if (class_, week) not in withheld:
            weeks[class_].append(week)
    alike: dict[object, list[Class]] = defaultdict(list)
    for row in scenario.classes:
        if not row.optional and row.id not in named:
            held = tuple((week, scenario.shifts_held(row.id, week)) for week in weeks[row.id])
            ages = (row.min_age, row.max_age, row.min_grade, row.max_grade)
            meant = tuple(week for week in scenario.weeks if not row.weeks or week in row.weeks)
            alike[row.venue, ages, row.min_children, held, meant].append(row)
    apart = _where_foes_could_meet(scenario)
    return {
        rows[0].id: tuple(row.id for row in rows)
        for rows in alike.values()
        if len(rows) > 1 and apart.isdisjoint(row.id for row in rows)
    }


def _where_foes_could_meet(scenario: Scenario) -> set[str]:
    """Classes that two children to be kept apart could both be in: there one is not as good as another."""
    fits = {
        child: {class_.id for class_, _ in options(scenario, scenario.child[child])}
        for child, foes in scenario.foes.items()
        if foes and child in scenario.child
    }
    return {
        class_
        for child, foes in scenario.foes.items()
        for foe in foes
        if child in fits and foe in fits
        for class_ in fits[child] & fits[foe]
    }
