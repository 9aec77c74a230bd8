"""Who of a pool is in which of its classes: for friends, balance and aides, and the same class all season."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.door import Clock, NoPlanInTime, Request
from scheduler.solver.levels import Goal, solve_levels
from scheduler.solver.placement.build import Built, Task, build
from scheduler.solver.placement.pooling import Pools
from scheduler.solver.placement.settling import Seats
from scheduler.variables.model import Expression

LONGEST = 5.0
"""Seconds that one pool may take at most."""


def split(request: Request, pools: Pools, seats: Seats, clock: Clock, seconds: float) -> Seats:
    """The seats with every pool's children dealt out to its classes. Takes about so many seconds."""
    found = dict(seats)
    until = clock.left - seconds
    for number, (pool, classes) in enumerate(sorted(pools.items())):
        mine: dict[str, list[str]] = defaultdict(list)
        for (child, week), class_ in seats.items():
            if class_ == pool:
                mine[child].append(week)
        dealt = _dealt(request.scenario, classes, mine)
        share = (clock.left - until) / (len(pools) - number)
        if dealt and share > 0 and not request.limits.stop.requested:
            dealt = _best(request, classes, mine, dealt, clock, min(LONGEST, share))
        found.update(dealt)
    return found


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
) -> Seats:
    """The pool as a season of its own, in which everybody has a place: least cost, then fewest changes of
    class from week to week."""
    alone = _alone(request, classes, weeks)
    built = build(Task(alone, frozenset()))
    for child, week in built.x.child_weeks:
        built.model.require(built.x.anywhere(child, week) == 1)
    goals = [Goal("soft", built.cost), Goal("changes", _changes(built, weeks))]
    start = {
        literal: int(dealt.get((child, week)) == class_)
        for child, week in built.x.child_weeks
        for class_, literal in built.x.seats(child, week).items()
    }
    try:
        found = solve_levels(
            built.model, goals, alone.limits, clock, "placement", start=start, keep=clock.left - seconds
        )
    except NoPlanInTime:
        return dealt
    return {
        (child, week): class_
        for child, week in built.x.child_weeks
        for class_, literal in built.x.seats(child, week).items()
        if found[literal]
    }


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


def _changes(built: Built, weeks: Mapping[str, list[str]]) -> Expression:
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
