"""The people of a pool dealt out to its classes: to where they are missed, and of these to where they are
known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from scheduler.domain.demand import Post, missing
from scheduler.domain.plan import Duty
from scheduler.solver.staffing.model.task import order
from scheduler.solver.staffing.pooling.leaning import homes
from scheduler.solver.staffing.pooling.pools import Choice, Pools

MUST = 1_000
"""How many soft gaps a must gap outweighs."""

Rank = tuple[int, int, int, str, str]


def dealt(pools: Pools, taken: Iterable[int]) -> frozenset[Duty]:
    """The duties that stand, and one for each choice that somebody misses."""
    deal = _Deal(pools)
    by_pool: dict[tuple[object, ...], list[Choice]] = defaultdict(list)
    for one in sorted(taken):
        choice = pools.choices[one]
        by_pool[choice.pool[1], choice.pool[2], choice.pool].append(choice)
    found = set(pools.task.known)
    for key in sorted(by_pool, key=str):
        found |= _Seats(deal, by_pool[key]).seated()
    return frozenset(found)


class _Deal:
    """Who was dealt where so far."""

    def __init__(self, pools: Pools) -> None:
        self.pools = pools
        task = pools.task
        self._posts: dict[tuple[object, ...], list[Post]] = defaultdict(list)
        self._of_class: dict[tuple[object, ...], Post] = {}
        for post in task.posts:
            if post.class_ is None:
                self._posts[post.venue, post.date, post.shift].append(post)
            self._of_class[post.class_, post.venue, post.date, post.shift] = post
        self._present: Counter[tuple[Post, int]] = Counter()
        self._known: Counter[tuple[str, str, str | None]] = Counter()
        home = homes(duty for choice in pools.choices for duty in choice.duties)
        for (person, role), (_, class_) in home.items():
            self._known[person, role, class_ or None] += 1
        for duty in sorted(task.known, key=order):
            self.put(duty)
            self.know(duty)

    def put(self, duty: Duty, number: int = 1) -> None:
        """So many more (or fewer) on a duty."""
        for post in self.posts_at(duty):
            for place, ask in enumerate(post.asks):
                if self.pools.fits(ask, duty.person, duty.role, duty.date):
                    self._present[post, place] += number

    def know(self, duty: Duty) -> None:
        """Somebody was seen in a class once more."""
        self._known[duty.person, duty.role, duty.class_] += 1

    def rank(self, duty: Duty, choices: int) -> Rank:
        """How much less is missing with a duty; then, who has fewest choices, and who is known best."""
        gain = 0
        for post in self.posts_at(duty):
            for place, ask in enumerate(post.asks):
                if self.pools.fits(ask, duty.person, duty.role, duty.date):
                    present = self._present[post, place]
                    less = missing(ask, present) - missing(ask, present + 1)
                    gain += less * (MUST if ask.strength == "must" else 1)
        known = self._known[duty.person, duty.role, duty.class_]
        return gain, -choices, known, duty.person, duty.class_ or ""

    def missing(self, posts: Iterable[Post]) -> int:
        """What some posts miss, a must gap counting for many."""
        return sum(
            missing(ask, self._present[post, place]) * (MUST if ask.strength == "must" else 1)
            for post in posts
            for place, ask in enumerate(post.asks)
        )

    def posts_at(self, duty: Duty) -> list[Post]:
        """The posts at which somebody on a duty is present."""
        own = self._of_class.get((duty.class_, duty.venue, duty.date, duty.shift))
        found = [own] if own is not None and duty.class_ is not None else []
        if not self.pools.is_away(duty):
            found += self._posts.get((duty.venue, duty.date, duty.shift), [])
        return found


class _Seats:
    """The people of one pool, and which of its classes they are with."""

    def __init__(self, deal: _Deal, choices: list[Choice]) -> None:
        self._deal, self._choices = deal, choices
        self._at: list[Duty | None] = [None] * len(choices)
        duties = (duty for choice in choices for duty in choice.duties)
        self._posts = list(dict.fromkeys(post for duty in duties for post in deal.posts_at(duty)))

    def seated(self) -> set[Duty]:
        """A duty for each choice that somebody misses, or that a lock may ask for."""
        waiting = list(range(len(self._choices)))
        while waiting:
            rank, one, duty = max(
                (
                    (self._deal.rank(duty, len(self._choices[one].duties)), one, duty)
                    for one in waiting
                    for duty in self._choices[one].duties
                ),
                key=lambda row: row[:2],
            )
            waiting.remove(one)
            if rank[0] > 0 or self._deal.pools.locks.asks(duty):
                self._seat(one, duty)
        while (short := self._deal.missing(self._posts)) and (self._joined(short) or self._exchanged(short)):
            pass
        found = {duty for duty in self._at if duty is not None}
        for duty in sorted(found, key=order):
            self._deal.know(duty)
        return found

    def _joined(self, short: int) -> bool:
        """All who are with no class with one of them, if less is missing then: an aide is missed until
        everybody else is there."""
        left = [one for one, duty in enumerate(self._at) if duty is None]
        for class_ in sorted({duty.class_ or "" for one in left for duty in self._choices[one].duties}):
            for one in left:
                here = (duty for duty in self._choices[one].duties if duty.class_ == class_)
                self._seat(one, next(here, None))
            if self._deal.missing(self._posts) < short:
                return True
            for one in left:
                self._seat(one, None)
        return False

    def _exchanged(self, short: int) -> bool:
        """Somebody moved to another class, and somebody else to where they were, if less is missing then;
        whether there are two such."""
        for one, choice in enumerate(self._choices):
            old = self._at[one]
            for new in choice.duties:
                if new == old:
                    continue
                self._seat(one, new)
                if self._deal.missing(self._posts) < short:
                    return True
                for other, instead in self._instead(one, old, new):
                    was = self._at[other]
                    self._seat(other, instead)
                    if self._deal.missing(self._posts) < short:
                        return True
                    self._seat(other, was)
                self._seat(one, old)
        return False

    def _instead(self, one: int, old: Duty | None, new: Duty) -> Iterator[tuple[int, Duty]]:
        """Who could be where somebody was before: those of the class they moved to, and those of none."""
        for other, choice in enumerate(self._choices):
            now = self._at[other]
            if old is None or other == one or (now is not None and now.class_ != new.class_):
                continue
            yield from ((other, duty) for duty in choice.duties if duty.class_ == old.class_)

    def _seat(self, one: int, duty: Duty | None) -> None:
        now = self._at[one]
        if now is not None:
            self._deal.put(now, -1)
        if duty is not None:
            self._deal.put(duty)
        self._at[one] = duty
