"""A wide season from nothing: gaps by pools, the soft rules by exchanges and part by part, bounded beside.

No model ever holds the whole season: the soft rules go by districts, whose models hold all weeks.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from scheduler.domain.plan import Duty, Level
from scheduler.solver.door import Clock, Limits
from scheduler.solver.goals import gap
from scheduler.solver.staffing.bounding import Bounding
from scheduler.solver.staffing.exchanging.annealing import annealed
from scheduler.solver.staffing.model.costing import MOMENT, NEAR, Costing
from scheduler.solver.staffing.model.improve import Roster
from scheduler.solver.staffing.model.task import Task
from scheduler.solver.staffing.parts import Parts
from scheduler.solver.staffing.pooling.dealing import MUST
from scheduler.solver.staffing.pooling.filling import Filling
from scheduler.solver.staffing.pooling.places import Places
from scheduler.solver.staffing.pooling.pools import Pools

GAPS_SHARE = 0.65
"""Of the time, for filling the pools at most."""

LAST = 2.5
"""How many times what it takes to reckon a roster's cost is kept for the end."""

MENDING_SHARE = 0.3
"""Of the time left after the pools, at most for what their dealing broke."""

ANNEALING_SHARE = 0.95
"""Of the time then left, for exchanges of posts, before districts are stated."""

PIECE_SECONDS = 6.0
"""What a part may take at most."""

SEARCHED, LEAST = 2_500, 8.0
"""Choices of a district in a week whose soft rules are stated at once: some eight classes; and the seconds
for each at least, since half of them go into stating it on a busy machine."""

STATING = 1e-4
"""Deterministic seconds to state a district, for each of its variables."""

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
    places = Places(Pools(task))
    filling = Filling(places, task.request.limits, clock)
    bounding = Bounding(task, places, limits, clock)
    filling.fill(clock.left * (1 - GAPS_SHARE), bounding.begin, bounding.gaps.reached_by)
    roster = filling.roster
    if task.breaks_rules(roster):
        return None
    parts = Parts(task, roster)
    _mend(parts, filling, limits, clock, clock.left * (1 - MENDING_SHARE))
    begun = clock.left
    task.cost(parts.roster)
    kept = bounding.kept = LAST * (begun - clock.left)
    until = BOUND_SHARE * clock.left if limits.reproducible else kept
    parts = _annealed(parts, limits, clock, until)
    _cheaper(parts, places, task.cost(parts.roster), limits, clock, until)
    bounding.wait()
    found = frozenset(parts.roster)
    must, soft = missing = task.missing(found)
    levels = (
        _level("must_gaps", must, bounding.gaps.must),
        _level("soft_gaps", soft, bounding.gaps.soft(must)),
        _level("soft", task.cost(found), bounding.cost(missing)),
    )
    return Found(found, levels)


def _annealed(parts: Parts, limits: Limits, clock: Clock, until: float) -> Parts:
    """The roster made cheaper by exchanges, for some of the time."""
    until += (1 - ANNEALING_SHARE) * max(0.0, clock.left - until)
    before = frozenset(parts.roster)
    found = annealed(parts.task, before, limits, clock, until)
    return parts if found == before else Parts(parts.task, found)


def _cheaper(parts: Parts, places: Places, now: float, limits: Limits, clock: Clock, until: float) -> None:
    """The cost of the soft rules with the gaps held, district by district, all else standing."""
    districts, task = places.districts(SEARCHED), parts.task
    of_venue: dict[str, list[Duty]] = defaultdict(list)
    for duty in task.possible:
        of_venue[duty.venue].append(duty)
    for number, venues in enumerate(districts):
        left = clock.left - until
        if left <= MOMENT or limits.stop.requested:
            return
        now -= _cheaper_in(
            parts,
            [duty for venue in venues for duty in of_venue[venue]],
            now,
            limits,
            clock,
            until + max(0.0, left - max(LEAST, left / (len(districts) - number))),
        )


def _cheaper_in(
    parts: Parts, free: list[Duty], now: float, limits: Limits, clock: Clock, until: float
) -> float:
    """The same for some duties; how much less the roster then costs."""
    district = parts.district(free)
    if district is None:
        return 0.0
    if limits.reproducible:
        clock.spend(STATING * len(district.values))
    costing = Costing(
        parts.task,
        district.decisions,
        lambda piece, seconds: district.anew(piece, limits, clock, seconds, NEAR),
        limits,
        clock,
    )
    left = costing.improve(now, until)
    parts.take(district)
    return now - left


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
