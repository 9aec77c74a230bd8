"""Who of a pool is in which of its classes: for friends, balance and aides, and the same class all season."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from math import inf

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.door import Clock, NoPlanInTime, Request
from scheduler.solver.goals import Goal, Infeasible
from scheduler.solver.levels import solve_levels
from scheduler.solver.placement.build import Built, Task, build
from scheduler.solver.placement.pooling import Pools
from scheduler.solver.placement.reading import seats_of
from scheduler.solver.placement.settling import Seats
from scheduler.variables.model import Expression

Steady = Callable[[Built, Mapping[str, list[str]]], Expression]
"""What is said of a child's classes from week to week, and what is counted of them."""

LONGEST = 5.0
"""Seconds that one pool may take at most."""


def split(request: Request, pools: Pools, seats: Seats, clock: Clock) -> Seats:
    """The seats with every pool's children dealt out to its classes, in the time on this clock of its own.

    First with each child in one class all season, where that can be: a quarter of the decisions or fewer,
    and mostly as good as it gets. Then with any class in any week.
    """
    weeks: dict[str, dict[str, list[str]]] = {pool: defaultdict(list) for pool in sorted(pools)}
    for (child, week), class_ in seats.items():
        if class_ in weeks:
            weeks[class_][child].append(week)
    dealt = {pool: _dealt(request.scenario, pools[pool], weeks[pool]) for pool in weeks if weeks[pool]}
    costs: dict[str, tuple[float, ...]] = {}
    for steady in (_changes_none, _changes_any):
        for number, pool in enumerate(dealt):
            share = min(LONGEST, clock.left / (len(dealt) - number))
            if share <= 0 or request.limits.stop.requested or not any(costs.get(pool, (inf,))):
                continue
            best = _best(request, pools[pool], weeks[pool], dealt[pool], clock, share, steady)
            if best is not None and best[0] < costs.get(pool, (inf,)):
                costs[pool], dealt[pool] = best
    return {**seats, **{key: class_ for found in dealt.values() for key, class_ in found.items()}}


def _dealt(scenario: Scenario, classes: tuple[str, ...], weeks: Mapping[str, list[str]]) -> Seats:
    """Children dealt out in turn, girls and each age by themselves, to a class with room in all their weeks
    if there is one: those of most weeks first."""
    room = Counter({(class_, week): scenario.seats(class_) for class_ in classes for week in scenario.weeks})

    def turn(child: str) -> tuple[int, str, int]:
        row = scenario.child[child]
        return -len(weeks[child]), row.gender or "", scenario.age(child) or 0

    order = sorted(weeks, key=turn)
    found: Seats = {}
    for child in order:
        whole = max(classes, key=lambda class_: min(room[class_, week] for week in weeks[child]))
        for week in weeks[child]:
            best = whole if room[whole, week] > 0 else max(classes, key=lambda class_: room[class_, week])
            room[best, week] -= 1
            found[child, week] = best
    return found


def _best(
    request: Request,
    classes: tuple[str, ...],
    weeks: Mapping[str, list[str]],
    dealt: Seats,
    clock: Clock,
    seconds: float,
    steady: Steady,
) -> tuple[tuple[float, ...], Seats] | None:
    """The pool as a season of its own, in which everybody has a place: least cost, then fewest changes of
    class from week to week; both, and the seats. None if there are none, or none were found in time."""
    alone = _alone(request, classes, weeks)
    built = build(Task(alone, frozenset()))
    for child, week in built.x.child_weeks:
        built.model.require(built.x.anywhere(child, week) == 1)
    goals = [Goal("soft", built.cost), Goal("changes", steady(built, weeks))]
    start = {
        literal: int(dealt.get((child, week)) == class_)
        for child, week in built.x.child_weeks
        for class_, literal in built.x.seats(child, week).items()
    }
    try:
        found = solve_levels(
            built.model, goals, alone.limits, clock, "placement", start=start, keep=clock.after(seconds)
        )
    except (NoPlanInTime, Infeasible):
        return None
    return tuple(level.value for level in found.levels), seats_of(built.x, found)


def _alone(request: Request, classes: tuple[str, ...], weeks: Mapping[str, list[str]]) -> Request:
    """The pool's classes and children as a season in which nothing else is to be decided."""
    scenario = request.scenario
    children = [
        scenario.child[child].model_copy(
            update={
                "weeks": tuple(weeks[child]),
                "choices": (),
                "stay": "weeks",
                "siblings": "indifferent",
                "friends": tuple(friend for friend in scenario.child[child].friends if friend in weeks),
                "apart": (),
            }
        )
        for child in sorted(weeks)
    ]
    rows = [scenario.class_[class_] for class_ in classes]
    venue = scenario.venue[rows[0].venue].model_copy(update={"capacity": None})
    settings = scenario.settings.model_copy(update={"policy": "seats", "max_distance_km": None})
    tables = {name: getattr(scenario, name) for name in ("days", "shifts", "periods", "rooms", "priorities")}
    alone = Scenario(
        **tables,
        settings=settings,
        venues=(venue,),
        classes=tuple(rows),
        children=tuple(children),
        closures=scenario.closures,
    )
    quiet = replace(request.limits, report=lambda progress: None, workers=min(2, request.limits.workers))
    return Request(scenario=alone, rulebook=Rulebook(settings), so_far=Plan(), limits=quiet)


def _changes_none(built: Built, weeks: Mapping[str, list[str]]) -> Expression:
    """Every child is in the same class in all its weeks."""
    for child, first, *others in ((child, *found) for child, found in sorted(weeks.items())):
        for class_, literal in built.x.seats(child, first).items():
            for week in others:
                built.model.require(built.x.placed(child, week, class_) == literal)
    return 0


def _changes_any(built: Built, weeks: Mapping[str, list[str]]) -> Expression:
    """How often a child's class changes from one placed week to the next."""
    model, x = built.model, built.x
    terms = []
    for child in sorted(weeks):
        for week, after in pairwise(week for week in x.scenario.weeks if week in weeks[child]):
            changed = model.boolean(f"changed {child}/{week}")
            terms.append(changed)
            for class_, literal in x.seats(child, week).items():
                model.require(literal - x.placed(child, after, class_) <= changed)
    return model.total(terms)
