"""A wide season from nothing: gaps by pools, then the soft rules part by part, against a sum of districts.

No model ever holds the whole season. What bounds the soft rules is the linear relaxation of one district
after the other, all season long, as if its people were called on nowhere else: limits only loosen by that,
and what grows with a person's load, or with the venues of a day, is no less in one piece than in several.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from threading import Thread

from scheduler.domain.plan import Duty, Level
from scheduler.solver.cpsat import SCALE
from scheduler.solver.door import Clock, Limits, Progress
from scheduler.solver.levels import gap
from scheduler.solver.relaxation import Relaxation
from scheduler.solver.rows import Rows
from scheduler.solver.staffing.dealing import MUST, dealt
from scheduler.solver.staffing.filling import Filling
from scheduler.solver.staffing.improve import Roster
from scheduler.solver.staffing.parts import Parts
from scheduler.solver.staffing.pools import Pools
from scheduler.solver.staffing.task import Task, order

GAPS_SHARE, LAST_SHARE = 0.65, 0.15
"""Of the time: for the gaps at most; of the rest, what is kept to reckon the cost."""

NEAR, PIECE_SECONDS, MOMENT, LEAST_GAIN = 0.02, 6.0, 0.1, 0.05
"""How near to the best a part is good enough, how long it may take, when none is worth beginning, and what
one counts for that made nothing better."""

MENDING_SHARE = 0.25
"""Of the time left after the pools, at most for what their dealing broke."""

MANY = 3
"""Class-weeks of two weeks are decided together where more than so many of one are quickly."""

STEPS_SHARE = 0.5
"""Of the time left when reproducible, for the bound."""

ACROSS = ("minimum_days", "venue_changes", "staffing_locks")
"""Rules that a district alone may break, or pay for, where the season does not."""


@dataclass(frozen=True)
class Found:
    """A roster and its levels."""

    roster: Roster
    levels: tuple[Level, ...]


def city_roster(task: Task, limits: Limits, clock: Clock) -> Found | None:
    """The roster with the fewest gaps, then the least cost, as far as time allows; None where what came out
    breaks a rule, where locks ask for what cannot be."""
    pools = Pools(task)
    filling = Filling(pools, task.request.limits, clock)
    filling.fill(clock.left * (1 - GAPS_SHARE))
    roster = dealt(pools, (one for taken in filling.taken.values() for one in taken))
    if task.breaks_rules(roster):
        return None
    parts = Parts(task, roster)
    _mend(parts, filling, limits, clock, clock.left * (1 - MENDING_SHARE))
    must, soft = task.missing(parts.roster)
    levels = (_level("must_gaps", must, filling.must), _level("soft_gaps", soft, filling.soft(must)))
    cost = _Cost(task, parts, limits, clock)
    bounding = _Bounding(task, filling, (must, soft), limits, clock)
    cost.improve()
    value, bound = task.cost(cost.roster), bounding.bound()
    return Found(cost.roster, (*levels, _level("soft", value, bound)))


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


class _Cost:
    """The search for the least cost with the gaps held."""

    def __init__(self, task: Task, parts: Parts, limits: Limits, clock: Clock) -> None:
        self._task, self._limits, self._clock = task, limits, clock
        self._parts = parts
        self._dice = Random(limits.seed)  # noqa: S311 - which part comes next is no secret
        at: dict[str, set[str]] = defaultdict(set)
        for person, duties in self._parts.of_person.items():
            for duty in duties:
                at[duty.venue].add(person)
        self._at = {venue: sorted(people) for venue, people in at.items()}
        self._weeks: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for venue, class_, week in sorted(self._parts.of_class):
            self._weeks[venue][week].append(class_)
        self._venues = sorted(self._at)
        self._kinds = (self._people, self._classes)
        self._sizes = [6, 2]

    @property
    def roster(self) -> Roster:
        """The roster as it is now."""
        return frozenset(self._parts.roster)

    def improve(self) -> None:
        """Decide parts anew until the time is up."""
        clock, until = self._clock, LAST_SHARE * self._clock.left
        if self._limits.reproducible:
            until = STEPS_SHARE * clock.left
        now = self._task.cost(self.roster)
        rates = [1.0] * len(self._kinds)
        while self._venues and clock.left > until + MOMENT and not self._limits.stop.requested:
            number = self._dice.choices(range(len(rates)), rates)[0]
            begun = clock.left
            gained = self._anew(number, min(PIECE_SECONDS, begun - until))
            now -= gained
            rates[number] += 0.2 * ((LEAST_GAIN + gained) / max(0.05, begun - clock.left) - rates[number])
            self._task.request.limits.report(Progress("staffing", "soft", now, None))

    def _anew(self, number: int, seconds: float) -> float:
        """A part of a kind decided anew: what that saves. Kinds grow while they are quickly decided."""
        begun = self._clock.left
        part = self._kinds[number](self._dice.choice(self._venues), self._sizes[number])
        gained = self._parts.anew(part, self._limits, self._clock, seconds, NEAR)
        used = begun - self._clock.left
        if used > PIECE_SECONDS / 3:
            self._sizes[number] = max(2, self._sizes[number] - 1)
        elif used < PIECE_SECONDS / 12:
            self._sizes[number] += 1
        return gained

    def _people(self, venue: str, size: int) -> list[Duty]:
        """Some people of a venue, wherever they may be, all season."""
        here = self._at[venue]
        chosen = self._dice.sample(here, min(size, len(here)))
        return [duty for person in chosen for duty in self._parts.of_person[person]]

    def _classes(self, venue: str, size: int) -> list[Duty]:
        """Some class-weeks of a venue, each wholly, in at most two weeks."""
        weeks = self._weeks[venue]
        chosen = self._dice.sample(sorted(weeks), min(2 if size > MANY else 1, len(weeks)))
        classes = sorted({class_ for week in chosen for class_ in weeks[week]})
        kept = self._dice.sample(classes, min(-(-size // len(chosen)), len(classes)))
        return [
            duty
            for week in chosen
            for class_ in kept
            for duty in self._parts.of_class.get((venue, class_, week), ())
        ]


class _Bounding:
    """The bound of the soft rules, district by district, in a thread of its own; when reproducible, at the
    end."""

    def __init__(
        self, task: Task, filling: Filling, missing: tuple[int, int], limits: Limits, clock: Clock
    ) -> None:
        self._task, self._filling, self._missing = task, filling, missing
        self._limits, self._clock = limits, clock
        self._total = 0.0
        self._thread: Thread | None = None
        if not limits.reproducible:
            self._thread = Thread(target=self._reckon, daemon=True)
            self._thread.start()

    def bound(self) -> float:
        """What is proven when time is up: districts not reckoned till then count for nothing."""
        if self._thread is None:
            self._reckon()
        else:
            self._thread.join(timeout=max(MOMENT, self._clock.left))
        return self._total / SCALE

    def _reckon(self) -> None:
        districts = self._filling.districts
        of_venue: dict[str, list[Duty]] = defaultdict(list)
        for duty in self._task.possible:
            of_venue[duty.venue].append(duty)
        for number, district in enumerate(districts):
            left = self._clock.left * (1 - LAST_SHARE)
            if left <= MOMENT or self._limits.stop.requested:
                return
            free = [duty for venue in district for duty in of_venue[venue]]
            self._total += self._district(number, district, free, left / (len(districts) - number))

    def _district(self, number: int, district: Sequence[str], free: list[Duty], seconds: float) -> float:
        task, begun = self._task, self._clock.left
        without = ACROSS if len(self._filling.districts) > 1 else ()
        venues = set(district)
        standing = sorted((duty for duty in task.known if duty.venue in venues), key=order)
        places = {(post.venue, post.date) for post in task.posts if post.venue in venues}
        places |= {(duty.venue, duty.date) for duty in free}
        at = [post for post in task.posts if post.venue in venues]
        built = task.part(free, standing, at, places, without=without)
        goal = task.soft_goal(built, without=without)
        rows = Rows(built.model)
        relaxation = Relaxation(built.model, rows)
        for goal_before, most in zip(task.goals(built), self._most(number), strict=True):
            constant, terms = goal_before.cost
            relaxation.hold(terms, max(0, most - constant))
        constant, terms = goal.cost
        del built, rows
        if not terms:
            return float(constant)
        if self._limits.reproducible:
            self._clock.spend(seconds)
        else:
            seconds = max(1.0, seconds - (begun - self._clock.left))
        return max(0.0, relaxation.least(terms, self._limits, seconds).bound + constant)

    def _most(self, number: int) -> tuple[int, int]:
        """What a district misses at most where the others miss no less than their bounds."""
        others = [bound for place, bound in enumerate(self._filling.bounds) if place != number]
        must = self._missing[0] - sum(bound.must for bound in others)
        total: float = self._filling.weight * self._missing[0] + self._missing[1]
        total -= sum(self._filling.weight * bound.must + bound.soft for bound in others)
        # of all that is missing here, were none of it a must gap
        return int(must), int(min(self._missing[1], total))
