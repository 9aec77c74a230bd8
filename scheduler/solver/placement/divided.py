"""A season too wide for one model: district by district, then across the borders between them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from heapq import nsmallest
from operator import itemgetter
from typing import cast

from scheduler.domain.claims import claims
from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.plan import Level, Plan
from scheduler.domain.seating import fewest
from scheduler.domain.standing import Standings
from scheduler.solver.door import Clock, Contradiction, Progress, Request
from scheduler.solver.goals import gap
from scheduler.solver.placement.build import NO_ENVY, Task
from scheduler.solver.placement.districts import District, alone, districts
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
    waiting = districts(request, fullest)
    borders = BORDERS * len(request.scenario.processed)
    placed: list[tuple[District, Seats]] = []
    while waiting:
        part = waiting.pop(0)
        children = sum(len(other.children) for other in (part, *waiting))
        seconds = max(0.0, clock.left - borders) * len(part.children) / max(1, children)
        own = replace(alone(request, part), limits=replace(limits, seconds=seconds, report=_silent))
        try:
            found = place(Task(own, task.withheld), Clock(own.limits)) if _is_anything(own) else {}
            placed.append((part, found))
        except Contradiction as told:
            helper = _helper(everywhere, told, part, (*(other for other, _ in placed), *waiting))
            if helper is None:
                raise
            placed = [(other, found) for other, found in placed if other is not helper]
            waiting = [part.with_(helper), *(other for other in waiting if other is not helper)]
        limits.report(Progress("placement", "placed", sum(len(found) for _, found in placed), len(fullest)))
        if limits.reproducible:
            clock.spend(seconds)
        gc.collect()  # a district's model is large, and full of circles
    seats = {key: class_ for _, found in placed for key, class_ in found.items()}
    if request.previous is None:
        seats = _kept(task, content(everywhere, seats), seats)
    return Divided(seats, flows, counted)


def _is_anything(request: Request) -> bool:
    """Whether there is anything to decide, or to contradict."""
    return bool(request.scenario.processed or request.scenario.locks)


def _helper(
    everywhere: PlacementVariables, told: Contradiction, part: District, others: Iterable[District]
) -> District | None:
    """The district with most children who could go to the classes that locks open, or place somebody in, and
    a district has too few for; None if it contradicts itself for another reason, or nobody could."""
    locks, scenario = everywhere.locks, everywhere.scenario
    asked = {row.id for row in told.rows if row.table == "locks"}
    held = list(locks.opened.items())
    held += [((class_, week), rows) for (_, week, class_), rows in locks.placed.items()]
    keen = {
        (child, week)
        for (class_, week), rows in held
        if scenario.class_[class_].venue in part.venues
        and fewest(scenario, locks, class_, week)
        and any(row.id in asked for row in rows)
        for child in everywhere.holders(class_, week)
    }
    able = [(sum(other.has(child, week) for child, week in keen), other) for other in others]
    most, helper = max(able, key=itemgetter(0), default=(0, None))
    return helper if most else None


def _kept(task: Task, seats: Seats, before: Seats) -> Seats:
    """The seats, if they keep the hard rules and leave no more claims; else those before. (Who is displaced
    may leave a class that a lock opens. Claims that are left are named in the end.)"""
    request, scenario = task.request, task.request.scenario
    plan = plan_of(task, seats)
    hard = [rule for rule in request.rulebook.of_stage("placement", hard=True) if rule.id() != NO_ENVY]
    if any(next(iter(rule.check(scenario, plan)), None) is not None for rule in hard):
        return before
    if scenario.settings.policy != "fair":
        return seats
    left = sum(1 for _ in claims(scenario, plan))
    worse = left and left > sum(1 for _ in claims(scenario, plan_of(task, before)))
    return before if worse else seats


def levels(request: Request, found: Divided, plan: Plan) -> tuple[Level, ...]:
    """The levels of a plan whose season was divided, in the contract's order, bounded by flows alone."""
    return tuple(
        Level(name=name, value=value, bound=bound, gap=gap(value, bound))
        for name, value, bound in _levels(request, found, plan)
    )


def _levels(request: Request, found: Divided, plan: Plan) -> Iterator[tuple[str, float, float]]:
    scenario, standings = request.scenario, Standings(request.scenario)
    processed = {row.id for row in scenario.processed}
    # history that today's lists no longer admit is told in the plan, and counted by no level
    placed = [
        row for row in plan.placements if row.child in processed and (row.child, row.week) in found.seats
    ]
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
