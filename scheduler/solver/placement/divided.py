"""A season too wide for one model: district by district, then across the borders between them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import cast

from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.plan import Level, Plan
from scheduler.domain.standing import Standings
from scheduler.solver.door import Clock, Progress, Request
from scheduler.solver.levels import gap
from scheduler.solver.placement.build import Task
from scheduler.solver.placement.districts import alone, districts
from scheduler.solver.placement.flows import Flows
from scheduler.solver.placement.reading import plan_of
from scheduler.solver.placement.settling import Seats, content
from scheduler.solver.placement.starting import FULL, RANK
from scheduler.variables.model import Model
from scheduler.variables.placement import PlacementVariables

BORDERS = 0.001
"""Seconds a child that looking across the borders takes, about."""

Place = Callable[[Task, Clock], Seats]
"""Places a season that one model holds."""


@dataclass(frozen=True)
class Divided:
    """The seats of a divided season, and what its weeks' flows say there can be at most."""

    seats: Seats
    flows: Flows
    counted: int


def in_districts(task: Task, clock: Clock, place: Place) -> Divided:
    """The seats of all districts, each placed as a season of its own in its share of the time; then nobody is
    left who could have better seats across a border (replanning, borders stay as they are)."""
    request, limits = task.request, task.request.limits
    everywhere = _everywhere(task)
    flows = Flows(everywhere)
    fullest, counted = flows.fullest()
    parts = districts(request, fullest)
    seats: Seats = {}
    waiting = sum(len(part.children) for part in parts)
    borders = BORDERS * waiting
    for part in parts:
        seconds = max(0.0, clock.left - borders) * len(part.children) / max(1, waiting)
        own = replace(alone(request, part), limits=replace(limits, seconds=seconds, report=_silent))
        if part.children:
            seats |= place(Task(own, task.withheld), Clock(own.limits))
        waiting -= len(part.children)
        limits.report(Progress("placement", "placed", len(seats), len(fullest)))
        if limits.reproducible:
            clock.spend(seconds)
        gc.collect()  # a district's model is large, and full of circles
    if request.previous is None:
        seats = _kept(task, content(everywhere, seats), seats)
    return Divided(seats, flows, counted)


def _kept(task: Task, seats: Seats, before: Seats) -> Seats:
    """The seats, if they keep the hard rules; else those before. (Who is displaced may leave a class that a
    lock opens; then the claims are named instead.)"""
    request = task.request
    plan = plan_of(task, seats)
    hard = request.rulebook.of_stage("placement", hard=True)
    is_broken = any(next(iter(rule.check(request.scenario, plan)), None) is not None for rule in hard)
    return before if is_broken else seats


def levels(request: Request, found: Divided, plan: Plan) -> tuple[Level, ...]:
    """The levels of a plan whose season was divided, in the contract's order, bounded by flows alone."""
    return tuple(
        Level(name=name, value=value, bound=bound, gap=gap(value, bound))
        for name, value, bound in _levels(request, found, plan)
    )


def _levels(request: Request, found: Divided, plan: Plan) -> Iterator[tuple[str, float, float]]:
    scenario, standings = request.scenario, Standings(request.scenario)
    processed = {row.id for row in scenario.processed}
    placed = [row for row in plan.placements if row.child in processed]
    most = found.flows.most(found.flows.last)
    if scenario.settings.policy == "fair":
        yield "claims", len(plan.envy), 0
    if request.previous is not None:
        now = {(row.child, row.week, row.class_) for row in plan.placements}
        gone = [row for row in request.previous.placements if (row.child, row.week, row.class_) not in now]
        yield "changes", request.prices.placement * len(gone), 0
    yield "placed", len(placed), most
    earlier, worth = 0, FULL * len(placed)
    for rank in sorted({standings.rank(child) for child in processed}):
        number = sum(standings.rank(row.child) == rank for row in placed)
        yield f"rank_{rank}", number, found.flows.most(rank) - earlier
        earlier += number
        worth += RANK * (found.flows.last - rank) * number
    positions = sum(row.choice for row in placed)
    yield "positions", positions, min(positions, max(worth - found.counted, _least(request, len(placed)), 0))
    yield "soft", 0, 0  # reckoned by its own rules with all the others
    order = sorted(processed, key=lambda child: scenario.draws[child])
    place = {child: number for number, child in enumerate(order)}
    yield "draw", sum(place[row.child] for row in placed), _first(request, place, len(placed))


def _least(request: Request, placed: int) -> int:
    """The least sum of positions of so many places: only who named no choice, or is placed by a lock, counts
    none."""
    scenario, locks = request.scenario, PlacementLocks(request.scenario)
    free = sum(
        len(scenario.wanted_weeks(row.id))
        for row in scenario.processed
        if not row.choices or row.id in locks.children
    )
    return max(0, placed - free)


def _first(request: Request, place: dict[str, int], placed: int) -> int:
    """The least that so many places count by the draw: those of the first children in all their weeks."""
    weeks = (number for child, number in place.items() for _ in request.scenario.wanted_weeks(child))
    return sum(nsmallest(placed, weeks))


class _NoModel:
    """Stands for a model where it is only asked who could sit where."""

    def boolean(self, name: str) -> object:
        """Any seat: a province has millions, and none of them is decided here."""
        return self


def _everywhere(task: Task) -> PlacementVariables:
    """Who could sit where in the whole season."""
    request = task.request
    return PlacementVariables(
        cast(Model, _NoModel()),
        request.scenario,
        is_free=lambda venue, week: request.is_free(venue, week=week),
        kept=request.kept or request.so_far,
        withheld=task.withheld,
    )


def _silent(progress: Progress) -> None:
    """What one district comes to is none of the season's."""
