"""The people of a pool dealt out to its classes: to where they are missed, and of these to where they are
known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from scheduler.domain.demand import Post, missing
from scheduler.domain.plan import Duty
from scheduler.solver.staffing.pools import Choice, Pools
from scheduler.solver.staffing.task import order

MUST = 1_000
"""How many soft gaps a must gap outweighs."""


def dealt(pools: Pools, taken: Iterable[int]) -> frozenset[Duty]:
    """The duties that stand, and one for each choice that somebody misses."""
    return _Deal(pools).out(taken)


class _Deal:
    """Who was dealt where so far."""

    def __init__(self, pools: Pools) -> None:
        self._pools, self._task = pools, pools.task
        self._posts: dict[tuple[object, ...], list[Post]] = defaultdict(list)
        self._of_class: dict[tuple[object, ...], Post] = {}
        for post in self._task.posts:
            if post.class_ is None:
                self._posts[post.venue, post.date, post.shift].append(post)
            self._of_class[post.class_, post.venue, post.date, post.shift] = post
        self._present: Counter[tuple[Post, int]] = Counter()
        self._known: Counter[tuple[str, str, str | None]] = Counter()
        for duty in sorted(self._task.known, key=order):
            self._put(duty)

    def out(self, taken: Iterable[int]) -> frozenset[Duty]:
        """Pool by pool and day by day; of all that can be done next the best."""
        by_pool: dict[tuple[object, ...], list[Choice]] = defaultdict(list)
        for one in sorted(taken):
            choice = self._pools.choices[one]
            by_pool[choice.pool[1], choice.pool[2], choice.pool].append(choice)
        found = set(self._task.known)
        for key in sorted(by_pool, key=str):
            waiting = by_pool[key]
            while waiting:
                rank, duty, choice = max(
                    ((self._rank(duty), duty, choice) for choice in waiting for duty in choice.duties),
                    key=lambda row: row[0],
                )
                waiting.remove(choice)
                if rank[0] > 0 or self._pools.locks.asks(duty):
                    self._put(duty)
                    found.add(duty)
        return frozenset(found)

    def _rank(self, duty: Duty) -> tuple[int, int, str, str]:
        gain = 0
        for post in self._at(duty):
            for number, ask in enumerate(post.asks):
                if self._pools.fits(ask, duty.person, duty.role, duty.date):
                    present = self._present[post, number]
                    less = missing(ask, present) - missing(ask, present + 1)
                    gain += less * (MUST if ask.strength == "must" else 1)
        return gain, self._known[duty.person, duty.role, duty.class_], duty.person, duty.class_ or ""

    def _put(self, duty: Duty) -> None:
        for post in self._at(duty):
            for number, ask in enumerate(post.asks):
                self._present[post, number] += self._pools.fits(ask, duty.person, duty.role, duty.date)
        self._known[duty.person, duty.role, duty.class_] += 1

    def _at(self, duty: Duty) -> list[Post]:
        """The posts at which somebody on a duty is present."""
        own = self._of_class.get((duty.class_, duty.venue, duty.date, duty.shift))
        found = [own] if own is not None and duty.class_ is not None else []
        if not self._pools.is_away(duty):
            found += self._posts.get((duty.venue, duty.date, duty.shift), [])
        return found
