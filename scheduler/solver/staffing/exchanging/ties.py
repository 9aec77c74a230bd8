"""What ties duties together, as counters that a duty moves: hard rules, what posts miss, and changes.

Duties that may not be beside one another cost more than anything else, and a unit of each level more than
all that comes after it: the least sum is then the best level by level.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import combinations

from scheduler.domain.calendar import overlap
from scheduler.domain.demand import Ask, counts, missing
from scheduler.domain.plan import Duty
from scheduler.domain.tables import Shift
from scheduler.rules.staffing.staffing_locks import covers
from scheduler.solver.staffing.exchanging.alone import Measure
from scheduler.solver.staffing.exchanging.counting import Costs, Table, at_first
from scheduler.solver.staffing.pooling.pools import Locks

CHANGE, SOFT, MUST, BARRED = 10**10, 10**16, 10**22, 10**28
"""What a unit of each level costs, where soft rules cost thousandths."""

Spot = tuple[str, str | None]
"""A venue, and a class where shifts overlap: classes of a venue are apart then."""


class Tie(Measure):
    """A hard rule: as good as it stands, and no worse."""

    def most(self, limit: int) -> Costs:
        """What counts beyond a limit is barred."""
        if limit not in self._costs:
            weight = self.weight
            self._costs[limit] = Table(lambda count: weight * max(0, count - limit))
        return self._costs[limit]

    @cached_property
    def _costs(self) -> dict[int, Costs]:
        return {}


class Posts(Tie):
    """One post of a person in a shift."""

    def counters_of(self, duty: Duty) -> Iterator[int]:
        """A person's duties of a shift."""
        stands = sum((d.date, d.shift) == (duty.date, duty.shift) for d in self.settled.duties(duty.person))
        yield self.counters.of(("post", duty.person, duty.date, duty.shift), self.most(max(1, stands)))


class Limits(Tie):
    """Shifts of a day, days of a week and of the season."""

    def alone(self, duty: Duty) -> int:
        """Nobody is called on where what stands is beyond a limit."""
        row, stands = self.scenario.person[duty.person], self.settled.shifts(duty.person)
        week = self.scenario.week_of(duty.date)
        worked = (
            (len(stands.get(duty.date, ())), row.max_shifts_per_day),
            (sum(self.scenario.week_of(day) == week for day in stands), row.max_days_per_week),
            (len(stands), row.max_days),
        )
        is_over = any(limit is not None and found > limit for found, limit in worked)
        return self.weight * (is_over and duty not in self.task.known)

    def counters_of(self, duty: Duty) -> Iterator[int]:
        """A person's shifts of a day, and the days worked."""
        row = self.scenario.person[duty.person]
        taught = self.settled.taught(duty.person)
        shifts = {session.shift for session in taught.get(duty.date, ())}
        if row.max_shifts_per_day is not None and duty.shift not in shifts:
            most = self.most(max(row.max_shifts_per_day, len(self.settled.shifts(row.id).get(duty.date, ()))))
            yield self.counters.of(("shifts", row.id, duty.date), most, start=len(shifts))
        if duty.date not in taught and (row.max_days_per_week is not None or row.max_days is not None):
            yield self.counters.of(("day", row.id, duty.date), rises=lambda: at_first(*self._days(duty)))

    def _days(self, duty: Duty) -> Iterator[int]:
        """The days worked in a week, and in the season."""
        row, stands = self.scenario.person[duty.person], self.settled.shifts(duty.person)
        taught, week_of = self.settled.taught(duty.person), self.scenario.week_of
        week = week_of(duty.date)
        if row.max_days_per_week is not None:
            most = max(row.max_days_per_week, sum(week_of(day) == week for day in stands))
            start = sum(week_of(day) == week for day in taught)
            yield self.counters.of(("week", row.id, week), self.most(most), start=start)
        if row.max_days is not None:
            most = max(row.max_days, len(stands))
            yield self.counters.of(("season", row.id), self.most(most), start=len(taught))


class Travel(Tie):
    """The ways between duties of a day: one somewhere bars those too far away."""

    def counters_of(self, duty: Duty) -> Iterator[int]:
        """A place in one shift together with all that are too far from it in another."""
        key = (duty.person, duty.date, duty.shift, _spot(duty, True))
        if key not in self._counters:
            self._counters[key] = tuple(self._counters_of(duty))
        yield from self._counters[key]

    def _counters_of(self, duty: Duty) -> Iterator[int]:
        for first, second in self._pairs:
            at_once = self._at_once[first.id, second.id]
            own = _spot(duty, at_once)
            if duty.shift == first.id and self._far(duty, first, own, second):
                yield self._counter(duty, first, own, second)
            elif duty.shift == second.id:
                for here in self._spots.get((duty.person, duty.date, first.id, at_once), ()):
                    if own != here and self._too_close(first.id, here[0], second.id, own[0]):
                        yield self._counter(duty, first, here, second)

    def _counter(self, duty: Duty, first: Shift, here: Spot, second: Shift) -> int:
        known = [other for other in self.settled.duties(duty.person) if other.date == duty.date]
        stands = 0
        if known:
            at_once = self._at_once[first.id, second.id]
            places = {(first.id, here), *((second.id, far) for far in self._far(duty, first, here, second))}
            stands = sum((other.shift, _spot(other, at_once)) in places for other in known)
        key = ("way", duty.person, duty.date, first.id, here, second.id)
        return self.counters.of(key, self.most(max(1, stands)))

    def _far(self, duty: Duty, first: Shift, here: Spot, second: Shift) -> list[Spot]:
        at_once = self._at_once[first.id, second.id]
        return [
            there
            for there in self._spots.get((duty.person, duty.date, second.id, at_once), ())
            if there != here and self._too_close(first.id, here[0], second.id, there[0])
        ]

    def _too_close(self, first: str, venue: str, second: str, other: str) -> bool:
        key, shift = (first, venue, second, other), self.scenario.shift
        if key not in self._known_ways:
            self._known_ways[key] = self.scenario.too_close(shift[first], venue, shift[second], other)
        return self._known_ways[key]

    @cached_property
    def _counters(self) -> dict[tuple[str, date, str, Spot], tuple[int, ...]]:
        return {}

    @cached_property
    def _known_ways(self) -> dict[tuple[str, str, str, str], bool]:
        return {}

    @cached_property
    def _pairs(self) -> list[tuple[Shift, Shift]]:
        return list(combinations(self.scenario.shift.values(), 2))

    @cached_property
    def _at_once(self) -> dict[tuple[str, str], bool]:
        """The pairs of shifts that overlap."""
        return {(a.id, b.id): overlap(a.start, a.end, b.start, b.end) for a, b in self._pairs}

    @cached_property
    def _spots(self) -> dict[tuple[str, date, str, bool], dict[Spot, None]]:
        """Where a person may be in a shift."""
        found: dict[tuple[str, date, str, bool], dict[Spot, None]] = defaultdict(dict)
        for duty in (*self.task.possible, *self.task.known):
            for at_once in set(self._at_once.values()):
                found[duty.person, duty.date, duty.shift, at_once][_spot(duty, at_once)] = None
        return found


class Decided(Tie):
    """What locks ask for and forbid."""

    def alone(self, duty: Duty) -> int:
        """What a lock forbids is barred, unless it stands."""
        return self.weight * (self._locks.forbids(duty) and duty not in self.task.known)

    def counters_of(self, duty: Duty) -> Iterator[int]:
        """The duties of a lock in a shift: at least one."""
        for lock in self._locks.asking.get(duty.person, ()):
            if (duty.date, duty.shift) in self._locks.when[lock.id] and covers(self.scenario, lock, duty):
                yield self.counters.of(("lock", lock.id, duty.date, duty.shift), self._at_least_one)

    @cached_property
    def _at_least_one(self) -> Costs:
        weight = self.weight
        return Table(lambda count: weight * (count == 0))

    @cached_property
    def _locks(self) -> Locks:
        return Locks(self.task)


class Missing(Measure):
    """Adults missing at posts, for `must` asks and for soft ones."""

    def counters_of(self, duty: Duty) -> Iterator[int]:
        """The adults of each ask that counts a duty: the same of all who are as qualified."""
        is_minor = self.scenario.is_minor(duty.person, duty.date)
        known = self.scenario.person[duty.person].qualifications
        key = (duty.class_, duty.venue, duty.date, duty.shift, duty.role, known, is_minor)
        if key not in self._counters:
            self._counters[key] = tuple(self._counters_of(duty))
        yield from self._counters[key]

    def _counters_of(self, duty: Duty) -> Iterator[int]:
        for at in (duty.class_, None):
            number = self._numbers.get((at, duty.venue, duty.date, duty.shift))
            post = None if number is None else self.task.posts[number]
            for place, ask in enumerate(post.asks if post is not None else ()):
                if post is not None and counts(self.scenario, self.task.plan, post, ask, duty):
                    yield self.counters.of(("ask", number, place), self._costs(ask))
            if duty.class_ is None:
                return

    @cached_property
    def _counters(self) -> dict[tuple[object, ...], tuple[int, ...]]:
        return {}

    def _costs(self, ask: Ask) -> Costs:
        unit = MUST if ask.strength == "must" else SOFT
        key = (unit, ask.number, ask.beyond)
        if key not in self._known:
            self._known[key] = Table(lambda present: unit * missing(ask, present))
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[int, int, int], Costs]:
        return {}

    @cached_property
    def _numbers(self) -> dict[tuple[str | None, str, date, str], int]:
        return {(p.class_, p.venue, p.date, p.shift): number for number, p in enumerate(self.task.posts)}


class Changes(Measure):
    """Duties of the previous plan that are no longer so."""

    def alone(self, duty: Duty) -> int:
        """A duty that was saves a change."""
        return -CHANGE * self.task.request.prices.duty * (duty in self._before)

    @cached_property
    def _before(self) -> frozenset[Duty]:
        previous = self.task.request.previous
        return frozenset() if previous is None else frozenset(previous.duties) - self.task.standing


TIES: dict[str, type[Tie]] = {
    "one_post_per_shift": Posts,
    "duty_travel": Travel,
    "duty_limits": Limits,
    "staffing_locks": Decided,
}
"""By hard rule; the others judge each duty by itself."""


def soft_part(more: int) -> int:
    """What of a change the soft rules cost, whatever the levels before them say."""
    return (more + CHANGE // 2) % CHANGE - CHANGE // 2


def _spot(duty: Duty, at_once: bool) -> Spot:
    return duty.venue, duty.class_ if at_once else None
