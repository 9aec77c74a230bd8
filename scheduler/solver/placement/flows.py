"""Children spread over the seats, each week by itself: a flow that says what there can be at most.

Nobody's stay, siblings or claims are looked at, so every placement that keeps the hard rules is such a flow,
and what the flow comes to bounds it. Where each week is full of children who could stay, as in a city, it is
what can be had indeed. Most children want one week like the other, so it also says well where each belongs.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import max_flow, min_cost_flow

from scheduler.solver.placement.settling import Seats
from scheduler.solver.placement.starting import FULL, RANK
from scheduler.variables.placement import ClassWeek, PlacementVariables

Numbers = NDArray[np.int64]


class _Week(NamedTuple):
    """One week's network: the children who could be placed with their ranks, and arcs from children (by their
    number) to classes (by theirs) with the position of each; classes and venues with their room."""

    name: str
    children: tuple[str, ...]
    ranks: Numbers
    classes: tuple[str, ...]
    child: Numbers
    class_: Numbers
    position: Numbers
    seats: Numbers
    venue: Numbers
    room: Numbers


class Flows:
    """The weeks of a season as flows of children into seats; seats that are given already stand."""

    def __init__(self, x: PlacementVariables) -> None:
        """Read who could sit where; nothing is solved yet."""
        self._x = x
        self._given: Seats = {}
        self._weeks = tuple(week for name in x.scenario.weeks if (week := self._read(name)) is not None)

    @cached_property
    def last(self) -> int:
        """The last rank of any child."""
        return max((self._x.standings.rank(row.id) for row in self._x.scenario.processed), default=1)

    def fullest(self) -> tuple[Seats, int]:
        """The seats that count most week by week: places, earlier ranks and better choices together (`FULL`
        and `RANK`); and what they count."""
        x, seats = self._x, dict(self._given)
        counted = sum(
            FULL + RANK * (self.last - x.standings.rank(child)) - x.choice(child, week, class_)
            for (child, week), class_ in seats.items()
        )
        for week in self._weeks:
            used = _cheapest(week, self.last)
            here = zip(week.child[used].tolist(), week.class_[used].tolist(), strict=True)
            seats |= {(week.children[child], week.name): week.classes[class_] for child, class_ in here}
            ranks = self.last - week.ranks[week.child[used]]
            counted += int(np.sum(FULL + RANK * ranks - week.position[used]))
        return seats, counted

    def most(self, rank: int) -> int:
        """The most child-weeks of children up to a rank that the seats can hold."""
        given = sum(self._x.standings.rank(child) <= rank for child, _ in self._given)
        return given + sum(_most(week, rank) for week in self._weeks)

    def above(self, least: Mapping[ClassWeek, int], placed: int) -> Set[ClassWeek]:
        """Which of these class-weeks have more children than so many in every placement of so many
        child-weeks."""
        spare = self.most(self.last) - placed
        found = set()
        for week in self._weeks:
            most = _most(week, self.last)
            for number, class_ in enumerate(week.classes):
                key, fewer = (class_, week.name), week.seats.copy()
                fewer[number] = least.get(key, 0)
                if key in least and most - _most(week._replace(seats=fewer), self.last) > spare:
                    found.add(key)
        return found

    def _read(self, name: str) -> _Week | None:
        """A week's network; None if nobody could be placed."""
        x = self._x
        children: list[str] = []
        numbers: dict[str, int] = {}
        arcs: list[tuple[int, int, int]] = []
        for row in x.scenario.processed:
            seats = x.seats(row.id, name)
            had = next((class_ for class_, seat in seats.items() if isinstance(seat, int)), None)
            if had is not None:
                self._given[row.id, name] = had
            elif seats:
                for class_ in seats:
                    number = numbers.setdefault(class_, len(numbers))
                    arcs.append((len(children), number, x.choice(row.id, name, class_)))
                children.append(row.id)
        if not arcs:
            return None
        of_child, of_class, positions = np.array(arcs, dtype=np.int64).T
        venues: dict[str, int] = {}
        venue = [venues.setdefault(x.scenario.class_[class_].venue, len(venues)) for class_ in numbers]
        return _Week(
            name,
            tuple(children),
            np.array([x.standings.rank(child) for child in children], dtype=np.int64),
            tuple(numbers),
            of_child,
            of_class,
            positions,
            np.array([self._left(name, (one,), x.scenario.seats(one)) for one in numbers], dtype=np.int64),
            np.array(venue, dtype=np.int64),
            np.array([self._room(name, one) for one in venues], dtype=np.int64),
        )

    def _room(self, week: str, venue: str) -> int:
        """The seats of a venue: of all its classes, or as many as it holds where it holds all of them at
        once."""
        scenario = self._x.scenario
        classes = tuple(row.id for row in scenario.classes_at(venue))
        seats = sum(scenario.seats(class_) for class_ in classes)
        capacity = scenario.venue[venue].capacity
        wanted = {class_ for class_ in classes if self._x.holders(class_, week)}
        at_once = any(wanted <= set(held) for held in scenario.held_together(venue, week))
        return seats if capacity is None or not at_once else self._left(week, classes, capacity)

    def _left(self, week: str, classes: tuple[str, ...], seats: int) -> int:
        """The seats left beside the children whose places there are given."""
        holders = (seat for class_ in classes for seat in self._x.holders(class_, week).values())
        return max(0, seats - sum(isinstance(seat, int) for seat in holders))


def _cheapest(week: _Week, last: int) -> NDArray[np.bool_]:
    """Which arcs from children to classes the flow uses that counts most; whom it leaves out goes from the
    source to the sink for nothing."""
    costs = week.position - RANK * (last - week.ranks[week.child]) - FULL
    flow = min_cost_flow.SimpleMinCostFlow()
    first, source = len(week.children), _source(week)
    tails, heads, most = _arcs(week, np.ones(len(week.child), dtype=np.bool_))
    unit_costs = np.zeros(len(tails), dtype=np.int64)
    unit_costs[first : first + len(costs)] = costs
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, most, unit_costs)
    flow.add_arc_with_capacity_and_unit_cost(source, source + 1, first, 0)
    flow.set_nodes_supplies(np.array([source, source + 1]), np.array([first, -first]))
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"a flow without a solution: {status}")
    used: Any = flow.flows(arcs[first : first + len(costs)])
    return np.asarray(used) > 0


def _most(week: _Week, rank: int) -> int:
    """The most children up to a rank that a week's seats can hold."""
    flow = max_flow.SimpleMaxFlow()
    flow.add_arcs_with_capacity(*_arcs(week, week.ranks[week.child] <= rank))
    flow.solve(_source(week), _source(week) + 1)
    return int(flow.optimal_flow())


def _arcs(week: _Week, kept: NDArray[np.bool_]) -> tuple[Numbers, Numbers, Numbers]:
    """Tails, heads and capacities: from the source to children, from these to classes (the `kept` arcs), then
    to venues, and to the sink."""
    children, classes, venues = len(week.children), len(week.classes), len(week.room)
    source = _source(week)
    everybody, every_class = np.arange(children), children + np.arange(classes)
    every_venue = children + classes + np.arange(venues)
    tails = (np.full(children, source), week.child[kept], every_class, every_venue)
    heads = (everybody, children + week.class_[kept], every_venue[week.venue], np.full(venues, source + 1))
    most = (np.ones(children + int(np.sum(kept))), week.seats, week.room)
    return (
        np.concatenate(tails).astype(np.int64),
        np.concatenate(heads).astype(np.int64),
        np.concatenate(most).astype(np.int64),
    )


def _source(week: _Week) -> int:
    """The number of the source; the sink's is the next."""
    return len(week.children) + len(week.classes) + len(week.room)
