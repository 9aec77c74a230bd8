"""People who change posts with one another, or take a post over: the moves of a roster.

Duties go by number here, people and places in time too: what is looked up for each of a million exchanges is
found in lists.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from random import Random

from scheduler.domain.plan import Duty
from scheduler.solver.staffing.exchanging.moving import Moving
from scheduler.solver.staffing.exchanging.tally import NOTHING, Tally
from scheduler.solver.staffing.exchanging.ties import BARRED, SOFT
from scheduler.solver.staffing.model.improve import Roster
from scheduler.solver.staffing.model.task import Task, order

NOBODY = -1
"""No duty."""

Exchange = tuple[tuple[int, int], tuple[int, int]]
"""What each of two people did, and does instead."""

GAP, ENDLESS = SOFT // 2, BARRED**2
"""More than any soft rules cost, and more than anything."""

NO_EXCHANGE: Exchange = ((NOBODY, NOBODY), (NOBODY, NOBODY))

SIGN = 60
"""Bits of a duty's sign: what somebody does is told from all else they might do by the signs of their duties,
each added in without a carry (Zobrist hashing)."""

KINDS = 3
"""In how many ways duties of a person are alike."""


class Exchanges:
    """A roster in which people change posts."""

    def __init__(self, task: Task, roster: Roster) -> None:
        """Take over a roster that breaks no rule."""
        self._known, self._tally = task.known, Tally(task, roster | task.known)
        held = sorted(roster - task.known, key=order)
        self._duties = list(dict.fromkeys((*task.possible, *held)))
        numbers = {duty: number for number, duty in enumerate(self._duties)}
        self._person = _alike(duty.person for duty in self._duties)
        self._slot = _alike((duty.person, duty.date, duty.shift) for duty in self._duties)
        self._post = _alike((duty.class_, duty.venue, duty.role) for duty in self._duties)
        week_of = task.scenario.week_of
        self._kinds = (
            _alike((duty.date, duty.shift) for duty in self._duties),
            _alike((duty.class_, week_of(duty.date)) for duty in self._duties),
            _alike((duty.class_, duty.role) for duty in self._duties),
        )
        self._options: list[dict[int, int]] = [{} for _ in set(self._slot)]
        places = _alike(
            (duty.date, duty.shift, post) for duty, post in zip(self._duties, self._post, strict=True)
        )
        able: list[list[int]] = [[] for _ in set(places)]
        self._able = [able[place] for place in places]
        for number, place in enumerate(places):
            self._options[self._slot[number]][self._post[number]] = number
            able[place].append(number)
        slots = [list(options.values()) for options in self._options]
        moved_by = self._tally.moved_by
        self._moving = Moving(lambda one: moved_by(self.duty(one)), self._slot, slots, places, able)
        self._does = [NOBODY] * len(self._options)
        self._own: list[dict[int, None]] = [{} for _ in set(self._person)]
        dice = Random(0)  # noqa: S311 - no secret
        self._sign = [dice.getrandbits(SIGN) for _ in self._duties]
        self._doing = [0] * len(self._own)
        self._closed = [(NOBODY, False)] * len(self._options)
        for duty in held:
            self._take(numbers[duty])
        self._steps: list[Exchange] = []

    @property
    def duties(self) -> list[int]:
        """What is decided now, by number."""
        return [number for own in self._own for number in own]

    @property
    def roster(self) -> Roster:
        """The duties that hold now, those that stand included."""
        return self._known.union(map(self.duty, self.duties))

    def duty(self, number: int) -> Duty:
        """What a number stands for."""
        return self._duties[number]

    def holds(self, number: int) -> bool:
        """Whether a duty is still so."""
        return self._does[self._slot[number]] == number

    def like(self, number: int, kind: int) -> list[int]:
        """What somebody does now in a duty's shift, in its class and week, or in its class and role."""
        alike, own = self._kinds[kind], self._own[self._person[number]]
        here = alike[number]
        return [other for other in own if alike[other] == here]

    def relieve(self, numbers: Iterable[int], accepts: Callable[[int], bool]) -> int:
        """Take duties off their person, each by the exchange that then costs least, if it is accepted what
        they cost all together; how much more that is."""
        self._steps.clear()
        more, last = 0, NO_EXCHANGE
        for number in numbers:
            self._change(last)
            cost, last = self._cheapest(number)
            more += cost
            if more > GAP:  # which none of the others closes
                break
        if accepts(more):  # before the last exchange is made: most are not accepted
            self._change(last)
            return more
        for (one, other), (first, second) in reversed(self._steps):
            self._change(((other, one), (second, first)))
        return 0

    def _cheapest(self, number: int) -> tuple[int, Exchange]:
        """How to give a post to somebody else, who may leave another one to the person, or to nobody, as
        costs least; how much more that is."""
        quote, swapped, handed = self._tally.quote, self._moving.swapped, self._moving.handed
        mine, slots, does, posts = self._options[self._slot[number]], self._slot, self._does, self._post
        left, own = handed(number), swapped(number)
        best, chosen = ENDLESS, (NOBODY, NOBODY, NOBODY)
        for taken in self._able[number]:
            if taken == number:
                continue
            other = does[slots[taken]]
            if other == NOBODY:
                if self._is_closed(taken):
                    continue
                instead, more = NOBODY, quote(left, NOTHING, NOTHING, handed(taken))
            else:
                instead = mine.get(posts[other], NOBODY)
                if instead in (NOBODY, number):
                    continue
                more = quote(own, swapped(instead), swapped(other), swapped(taken))
            if more < best:
                best, chosen = more, (instead, other, taken)
        # whoever takes a post over at no gap is better than a gap there
        if best >= GAP or self._tally.lost(self._moving.at_post(number)) < SOFT:
            more = quote(self._moving.whole(number), NOTHING, NOTHING, NOTHING)
            if more <= best:
                best, chosen = more, (NOBODY, NOBODY, NOBODY)
        instead, other, taken = chosen
        return best, ((number, instead), (other, taken))

    def _is_closed(self, number: int) -> bool:
        """Whether a limit bars somebody free from any duty in a shift: so it stays while they do the same."""
        slot, doing = self._slot[number], self._doing[self._person[number]]
        known, closed = self._closed[slot]
        if known != doing:
            comes = 0, self._moving.in_slot(number)
            closed = self._tally.quote(NOTHING, comes, NOTHING, NOTHING) > BARRED // 2
            self._closed[slot] = doing, closed
        return closed

    def _change(self, exchange: Exchange) -> None:
        """Two do something else."""
        moved = self._moving.by(sum(one != NOBODY for pair in exchange for one in pair))
        for old, new in exchange:
            if old != NOBODY:
                self._doing[self._person[old]] ^= self._sign[old]
                self._tally.count(moved(old), -1)
                self._does[self._slot[old]] = NOBODY
                del self._own[self._person[old]][old]
            if new != NOBODY:
                self._tally.count(moved(new), 1)
                self._take(new)
        self._steps.append(exchange)

    def _take(self, number: int) -> None:
        self._doing[self._person[number]] ^= self._sign[number]
        self._does[self._slot[number]] = number
        self._own[self._person[number]][number] = None


def _alike(keys: Iterable[Hashable]) -> list[int]:
    """Numbers for keys: the same where these are equal."""
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(key, len(numbers)) for key in keys]
