"""A wide season from nothing: gaps by pools, then the soft rules part by part, bounded beside the search.

No model ever holds the whole season.
"""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.plan import Level
from scheduler.solver.door import Clock, Limits
from scheduler.solver.levels import gap
from scheduler.solver.staffing.bounding import Bounding
from scheduler.solver.staffing.costing import MOMENT, NEAR, Costing
from scheduler.solver.staffing.dealing import MUST, dealt
from scheduler.solver.staffing.filling import Filling
from scheduler.solver.staffing.improve import Roster
from scheduler.solver.staffing.parts import Parts
from scheduler.solver.staffing.places import Places
from scheduler.solver.staffing.pools import Pools
from scheduler.solver.staffing.task import Task

GAPS_SHARE = 0.65
"""Of the time, for filling the pools at most."""

LAST = 4.0
"""How many times what it takes to reckon a roster's cost is kept for the end."""

MENDING_SHARE = 0.3
"""Of the time left after the pools, at most for what their dealing broke."""

PIECE_SECONDS = 6.0
"""What a part may take at most."""

BOUND_SHARE = 0.5
"""Of the time left when reproducible, for the bounds."""


@dataclass(frozen=True)
class Found:
    """A roster and its levels."""

    roster: Roster
    levels: tuple[Level, ...]


def city_roster(task: Task, limits: Limits, clock: Clock) -> Found | None:
    """The roster with the fewest gaps, then the least cost, as far as time allows; None where what came out
    breaks a rule, where locks ask for what cannot be."""
    places = Places(pools := Pools(task))
    filling = Filling(places, task.request.limits, clock)
    filling.fill(clock.left * (1 - GAPS_SHARE))
    roster = dealt(pools, (one for taken in filling.taken.values() for one in taken))
    if task.breaks_rules(roster):
        return None
    parts = Parts(task, roster)
    begun = clock.left
    task.cost(roster)
    kept = LAST * (begun - clock.left)
    bounding = Bounding(task, places, filling.bound, limits, clock, kept)
    _mend(parts, filling, limits, clock, clock.left * (1 - MENDING_SHARE))
    until = BOUND_SHARE * clock.left if limits.reproducible else kept
    costing = Costing(
        task,
        ((duty, duty) for duty in task.possible),
        lambda part, seconds: parts.anew(part, limits, clock, seconds, NEAR),
        limits,
        clock,
    )
    costing.improve(task.cost(parts.roster), until)
    bounding.wait()
    found = frozenset(parts.roster)
    must, soft = missing = task.missing(found)
    levels = (
        _level("must_gaps", must, bounding.gaps.must),
        _level("soft_gaps", soft, bounding.gaps.soft(must)),
        _level("soft", task.cost(found), bounding.cost(missing)),
    )
    return Found(found, levels)


def _level(name: str, value: float, bound: float) -> Level:
    bound = min(max(0.0, bound), value)
    return Level(name=name, value=value, bound=bound, gap=gap(value, bound))


def _mend(parts: Parts, filling: Filling, limits: Limits, clock: Clock, until: float) -> None:
    """What the dealing broke, venue by venue and week by week: where more is missing than in the pools."""
    short, tried = parts.missing(), set[tuple[str, str]]()
    while clock.left > until + MOMENT and not limits.stop.requested:
        worse = {
            key: amount - filling.missing_in(key, MUST)
            for key, amount in short.items()
            if key not in tried and amount > filling.missing_in(key, MUST)
        }
        if not worse:
            return
        venue, week = max(sorted(worse), key=lambda key: worse[key])
        tried.add((venue, week))
        free = [d for (v, _, w), duties in parts.of_class.items() if (v, w) == (venue, week) for d in duties]
        parts.fewer(free, limits, clock, min(PIECE_SECONDS, clock.left - until))
