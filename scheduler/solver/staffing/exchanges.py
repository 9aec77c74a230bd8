"""People who change posts with one another, or take a post over: the moves of a roster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from scheduler.domain.plan import Duty
from scheduler.solver.staffing.improve import Roster
from scheduler.solver.staffing.tally import Tally
from scheduler.solver.staffing.task import Task, order
from scheduler.solver.staffing.ties import BARRED

When = tuple[date, str]
"""A day and a shift."""

Post = tuple[str | None, str, str]
"""A class (or none), a venue and a role."""

Step = tuple[Duty | None, Duty | None]
"""What somebody did, and does instead."""


class Exchanges:
    """A roster in which people change posts."""

    def __init__(self, task: Task, roster: Roster) -> None:
        """Take over a roster that breaks no rule."""
        self._known, self._tally = task.known, Tally(task, roster | task.known)
        self._does: dict[str, dict[When, Duty]] = defaultdict(dict)
        for duty in sorted(roster - task.known, key=order):
            self._does[duty.person][_when(duty)] = duty
        self._options: dict[tuple[str, When], dict[Post, Duty]] = defaultdict(dict)
        self._able: dict[tuple[When, Post], list[Duty]] = defaultdict(list)
        for duty in task.possible:
            self._options[duty.person, _when(duty)][_post(duty)] = duty
            self._able[_when(duty), _post(duty)].append(duty)
        self._steps: list[Step] = []

    @property
    def duties(self) -> list[Duty]:
        """What is decided now."""
        return [duty for own in self._does.values() for duty in own.values()]

    @property
    def roster(self) -> Roster:
        """The duties that hold now, those that stand included."""
        return self._known.union(self.duties)

    def holds(self, duty: Duty) -> bool:
        """Whether a duty is still so."""
        return self._does[duty.person].get(_when(duty)) is duty

    def of(self, person: str) -> list[Duty]:
        """What somebody does now."""
        return list(self._does[person].values())

    def relieve(self, duties: Iterable[Duty], accepts: Callable[[int], bool]) -> int:
        """Take duties off their person, each by the exchange that then costs least, if it is accepted what
        they cost all together; how much more that is."""
        self._steps.clear()
        more = sum(self._relieve(duty) for duty in duties)
        if accepts(more):
            return more
        for old, new in reversed(self._steps):
            self._change(new, old)
        return 0

    def _relieve(self, duty: Duty) -> int:
        """Give a post to somebody else, who may leave another one to the person, or to nobody, whatever costs
        least; how much more that is."""
        tally, when, post = self._tally, _when(duty), _post(duty)
        gone = best = tally.go(duty)
        chosen: tuple[Duty | None, Duty | None, Duty | None] = (None, None, None)
        mine = self._options[duty.person, when]
        for taken in self._able[when, post]:
            if taken is duty:
                continue
            other = self._does[taken.person].get(when)
            instead = None if other is None else mine.get(_post(other))
            if other is not None and (instead is None or instead is duty):
                continue
            more = gone + self._tried(other, taken, instead)
            if more < best:
                best, chosen = more, (other, taken, instead)
        tally.come(duty)
        other, taken_over, instead = chosen
        self._change(duty, instead)
        self._change(other, taken_over)
        return best

    def _tried(self, other: Duty | None, taken: Duty, instead: Duty | None) -> int:
        """What it costs that somebody takes a duty rather than another, which goes to whoever had it."""
        tally = self._tally
        more = tally.come(taken) if other is None else tally.go(other) + tally.come(taken)
        if instead is not None and more < BARRED // 2:
            more += tally.come(instead)
            tally.go(instead)
        tally.go(taken)
        if other is not None:
            tally.come(other)
        return more

    def _change(self, old: Duty | None, new: Duty | None) -> None:
        """Somebody does something else."""
        if old is not None:
            self._tally.go(old)
            del self._does[old.person][_when(old)]
        if new is not None:
            self._tally.come(new)
            self._does[new.person][_when(new)] = new
        self._steps.append((old, new))


def _when(duty: Duty) -> When:
    return duty.date, duty.shift


def _post(duty: Duty) -> Post:
    return duty.class_, duty.venue, duty.role
