"""What classes of a venue ask for alike, pooled: how few adults a wide season must miss, and who goes where.

Of a venue's classes in a shift those whose asks differ in number alone are one pool: their asks are summed,
and who is on duty there is on duty in the pool. Summing forgets only that nobody can be in two of its classes
at once for good, so that no roster misses less than the pools do. A quarter of the decisions is left, and
what is left is nearly a flow.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal

from scheduler.domain.calendar import overlap
from scheduler.domain.demand import Ask, Post, counts
from scheduler.domain.plan import Duty
from scheduler.domain.programme import duty_shifts, trip_of
from scheduler.domain.tables import Lock
from scheduler.domain.tables.staff import DUTY_ROLES, Role
from scheduler.rules.staffing.staffing_locks import covers
from scheduler.solver.staffing.model.task import Task, order

Slot = tuple[str, date, str]
"""A venue (or a person) on a day in a shift."""

Kind = tuple[tuple[Role, ...], str, str, bool]
"""Of asks: the roles and the qualification counted, the strength, and whether others come first."""

Alike = tuple[tuple[Role, ...], str]
"""Of asks: the roles and the qualification counted."""

Pool = tuple[str, date, str, int]
"""A venue on a day in a shift, and which of its pools."""


AWAY, HERE = -2, -1
"""Pools that ask for nobody: of classes on a trip, and of others."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody on duty in a role for a pool; `duties` are the classes it may come to."""

    person: str
    role: str
    pool: Pool
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """Asks of a pool that count the same people (`alike`): `number` adults beyond `beyond` others, `present`
    of those that stand; `choices` are counted, too.

    Of the others some are must asks that no adult counts for twice (`after`); what is left of them for each
    adult asked for is at most `steep`, all of them at most `steepest`.
    """

    pool: Pool
    strength: Literal["must", "soft"]
    number: int
    beyond: int
    present: int
    alike: Alike
    choices: tuple[int, ...]
    after: tuple[Alike, ...] = ()
    steep: float = 0.0
    steepest: float = 0.0


class Pools:
    """All pools of a season, the choices among which gaps are decided, and what limits them."""

    def __init__(self, task: Task) -> None:
        """Pool the posts that ask for somebody, and the duties possible there."""
        self.task = task
        self.locks = Locks(task)
        self._pool_of: dict[tuple[str | None, str, date, str], Pool] = {}
        self._posts: dict[Pool, list[Post]] = defaultdict(list)
        self._number_pools()
        self.choices: list[Choice] = []
        self._gather()
        self.in_shift: dict[Slot, list[int]] = defaultdict(list)
        self._at: dict[Pool, list[int]] = defaultdict(list)
        for number, choice in enumerate(self.choices):
            _, day, shift, _ = choice.pool
            self.in_shift[choice.person, day, shift].append(number)
            self._at[choice.pool].append(number)
        self._numbers: dict[Slot, list[int]] = defaultdict(list)
        for pool in self._at:
            self._numbers[pool[:3]].append(pool[3])
        self.days: dict[str, list[date]] = defaultdict(list)
        for person, day in sorted({(person, day) for person, day, _ in self.in_shift}):
            self.days[person].append(day)
        self._standing: dict[tuple[date, str], list[Duty]] = defaultdict(list)
        for duty in sorted(task.known, key=order):
            self._standing[duty.date, duty.shift].append(duty)
        self.demands = [demand for pool in self._posts for demand in self._demands_of(pool)]

    # ---- pools ----------------------------------------------------------------------------------

    def _number_pools(self) -> None:
        """Classes that ask alike share a pool, unless shifts overlap: then being in one class matters."""
        task, scenario = self.task, self.task.scenario
        shifts = list(scenario.shift.values())
        apart = any(overlap(a.start, a.end, b.start, b.end) for a, b in combinations(shifts, 2))
        numbers: dict[tuple[bool, bool, tuple[Kind, ...], str | None], int] = {}
        for post in task.posts:
            asks = tuple(sorted(map(_kind, post.asks)))
            away = post.class_ is not None and bool(
                trip_of(scenario, task.plan, post.class_, post.date, post.shift)
            )
            alike = (post.class_ is None, away, asks, post.class_ if apart else None)
            number = numbers.setdefault(alike, len(numbers))
            pool = (post.venue, post.date, post.shift, number)
            self._pool_of[post.class_, post.venue, post.date, post.shift] = pool
            self._posts[pool].append(post)
        self._away = {number for (_, away, _, _), number in numbers.items() if away} | {AWAY}

    def _gather(self) -> None:
        """The choices; duties that a lock may ask for are choices of their own, and those that one forbids
        are none."""
        found: dict[tuple[str, str, Pool, str | None], list[Duty]] = {}
        for duty in self.task.possible:
            if self.locks.forbids(duty):
                continue
            at = (duty.class_, duty.venue, duty.date, duty.shift)
            pool = self._pool_of.get(at)
            if pool is None:  # asked for by its venue alone, or by a lock
                pool = (duty.venue, duty.date, duty.shift, AWAY if self.is_away(duty) else HERE)
            own = duty.class_ if self.locks.asks(duty) else None
            found.setdefault((duty.person, duty.role, pool, own), []).append(duty)
        for (person, role, pool, _), duties in found.items():
            self.choices.append(Choice(person, role, pool, tuple(duties)))

    def _demands_of(self, pool: Pool) -> Iterator[Demand]:
        posts = self._posts[pool]
        if posts[0].class_ is None:  # everybody at the venue, but those with a class that is away
            near = [
                one
                for number in self._numbers[pool[:3]]
                if number not in self._away
                for one in self._at.get((*pool[:3], number), ())
            ]
        else:
            near = self._at.get(pool, [])
        by_kind: dict[Kind, list[tuple[Post, Ask]]] = defaultdict(list)
        for post in posts:
            for ask in post.asks:
                by_kind[_kind(ask)].append((post, ask))
        task, known = self.task, self._standing.get(pool[1:3], ())
        for kind in sorted(by_kind, key=lambda kind: (kind[-1], kind)):
            asks = by_kind[kind]
            one = asks[0][1]
            after = _apart(posts, one) if one.beyond and not one.qualification else ()
            yield Demand(
                pool,
                one.strength,
                sum(ask.number for _, ask in asks),
                sum(ask.beyond for _, ask in asks),
                sum(counts(task.scenario, task.plan, *asked, duty) for asked in asks for duty in known),
                (one.roles, one.qualification),
                tuple(number for number in near if self._counts(one, self.choices[number])),
                after,
                max(((ask.beyond - _number(post, after)) / ask.number for post, ask in asks), default=0.0),
                max((ask.beyond / ask.number for _, ask in asks), default=0.0),
            )

    def _counts(self, ask: Ask, choice: Choice) -> bool:
        return self.fits(ask, choice.person, choice.role, choice.pool[1])

    def fits(self, ask: Ask, person: str, role: str, day: date) -> bool:
        """Whether an ask counts somebody of a role, wherever it is asked."""
        row = self.task.scenario.person[person]
        if role not in ask.roles or (ask.qualification and ask.qualification not in row.qualifications):
            return False
        return row.birth_date is None or not self.task.scenario.is_minor(person, day)

    def is_away(self, duty: Duty) -> bool:
        """Whether a duty is with a class on a trip."""
        return duty.class_ is not None and bool(
            trip_of(self.task.scenario, self.task.plan, duty.class_, duty.date, duty.shift)
        )

    # ---- people ---------------------------------------------------------------------------------

    def stands(self, person: str) -> Mapping[date, Set[str]]:
        """The shifts a person works whatever is decided."""
        return self.task.settled.shifts(person)

    def known_in(self, person: str, day: date, shift: str) -> list[Duty]:
        """The duties of a person that stand in a shift."""
        return [duty for duty in self.task.settled.duties(person) if (duty.date, duty.shift) == (day, shift)]


class Locks:
    """What locks ask for and forbid, looked up by person."""

    def __init__(self, task: Task) -> None:
        """Read the locks."""
        self._scenario = task.scenario
        self.asking: dict[str, list[Lock]] = defaultdict(list)
        self._forbidding: dict[str | None, list[Lock]] = defaultdict(list)
        for lock in task.scenario.lock.values():
            if lock.kind == "duty" and lock.person is not None:
                self.asking[lock.person].append(lock)
            elif lock.kind == "no_duty":
                self._forbidding[lock.person].append(lock)
        locks = (lock for rows in self.asking.values() for lock in rows)
        self.when = {lock.id: duty_shifts(task.scenario, task.plan, lock) for lock in locks}
        """When each lock asks for its person: of role `site` not in every shift of the venue."""

    def asks(self, duty: Duty) -> bool:
        """Whether a lock may ask for a duty."""
        return any(covers(self._scenario, lock, duty) for lock in self.asking.get(duty.person, ()))

    def forbids(self, duty: Duty) -> bool:
        """Whether a lock forbids a duty."""
        locks = (*self._forbidding.get(duty.person, ()), *self._forbidding.get(None, ()))
        return any(covers(self._scenario, lock, duty) for lock in locks)


def _kind(ask: Ask) -> Kind:
    return (ask.roles, ask.qualification, ask.strength, bool(ask.beyond))


def _apart(posts: Iterable[Post], beyond: Ask) -> tuple[Alike, ...]:
    """The must asks of the posts that together ask for most adults, all of whom count for the ask `beyond`
    them and none for two of them."""
    asked: Counter[Alike] = Counter()
    for post in posts:
        for ask in post.asks:
            if ask.strength == "must" and not ask.beyond and set(ask.roles) <= set(beyond.roles):
                asked[ask.roles, ask.qualification] += ask.number
    most: dict[frozenset[Role], Alike] = {}
    for key in sorted(asked):
        roles = frozenset(key[0])
        if roles not in most or asked[key] > asked[most[roles]]:
            most[roles] = key
    found: tuple[Alike, ...] = ()
    for size in range(1, min(len(most), len(DUTY_ROLES)) + 1):
        for chosen in combinations(most, size):
            keys = tuple(most[roles] for roles in chosen)
            apart = sum(len(roles) for roles in chosen) == len(frozenset[Role]().union(*chosen))
            if apart and sum(asked[key] for key in keys) > sum(asked[key] for key in found):
                found = keys
    return found


def _number(post: Post, kinds: Iterable[Alike]) -> int:
    """How many adults a post's must asks of these kinds ask for."""
    return sum(
        ask.number
        for ask in post.asks
        if ask.strength == "must" and not ask.beyond and (ask.roles, ask.qualification) in kinds
    )
