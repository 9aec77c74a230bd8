"""People who change posts with one another, or take a post over: the moves of a roster.

Duties go by number here, people and places in time too: what is looked up for each of a million exchanges is
found in lists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable

from scheduler.solver.staffing.improve import Roster
from scheduler.solver.staffing.tally import NOTHING, Moved, Tally
from scheduler.solver.staffing.task import Task, order

NOBODY = -1
"""No duty."""

Exchange = tuple[tuple[int, int], tuple[int, int]]
"""What each of two people did, and does instead."""

NO_EXCHANGE: Exchange = ((NOBODY, NOBODY), (NOBODY, NOBODY))

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
        self._moved: list[Moved | None] = [None] * len(self._duties)
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
        able: dict[Hashable, list[int]] = defaultdict(list)
        self._able: list[list[int]] = []
        for number, duty in enumerate(self._duties):
            self._options[self._slot[number]][self._post[number]] = number
            here = able[duty.date, duty.shift, self._post[number]]
            here.append(number)
            self._able.append(here)
        self._does = [NOBODY] * len(self._options)
        self._own: list[dict[int, None]] = [{} for _ in set(self._person)]
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
        return self._known.union(self._duties[number] for number in self.duties)

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
        if accepts(more):  # before the last exchange is made: most are not accepted
            self._change(last)
            return more
        for (one, other), (first, second) in reversed(self._steps):
            self._change(((other, one), (second, first)))
        return 0

    def _cheapest(self, number: int) -> tuple[int, Exchange]:
        """How to give a post to somebody else, who may leave another one to the person, or to nobody, as
        costs least; how much more that is."""
        quote, moved_by = self._tally.quote, self._moved_by
        mine, moved = self._options[self._slot[number]], moved_by(number)
        slots, does, posts = self._slot, self._does, self._post
        best = quote(moved, NOTHING, NOTHING, NOTHING)
        chosen = (NOBODY, NOBODY, NOBODY)
        for taken in self._able[number]:
            if taken == number:
                continue
            other = does[slots[taken]]
            if other == NOBODY:
                instead, more = NOBODY, quote(moved, NOTHING, NOTHING, moved_by(taken))
            else:
                instead = mine.get(posts[other], NOBODY)
                if instead in (NOBODY, number):
                    continue
                more = quote(moved, moved_by(instead), moved_by(other), moved_by(taken))
            if more < best:
                best, chosen = more, (instead, other, taken)
        instead, other, taken = chosen
        return best, ((number, instead), (other, taken))

    def _moved_by(self, number: int) -> Moved:
        found = self._moved[number]
        if found is None:
            found = self._moved[number] = self._tally.moved_by(self._duties[number])
        return found

    def _change(self, exchange: Exchange) -> None:
        """Two do something else."""
        for old, new in exchange:
            if old != NOBODY:
                self._tally.count(self._moved_by(old), -1)
                self._does[self._slot[old]] = NOBODY
                del self._own[self._person[old]][old]
            if new != NOBODY:
                self._tally.count(self._moved_by(new), 1)
                self._take(new)
        self._steps.append(exchange)

    def _take(self, number: int) -> None:
        self._does[self._slot[number]] = number
        self._own[self._person[number]][number] = None


def _alike(keys: Iterable[Hashable]) -> list[int]:
    """Numbers for keys: the same where these are equal."""
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(key, len(numbers)) for key in keys]
