"""A roster's gaps and cost, kept up to date duty by duty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scheduler.domain.plan import Duty
from scheduler.rules.base import Rule
from scheduler.solver.cpsat import SCALE
from scheduler.solver.staffing.exchanging.alone import Measure, Shared
from scheduler.solver.staffing.exchanging.counting import Counters
from scheduler.solver.staffing.exchanging.measures import MEASURES
from scheduler.solver.staffing.exchanging.ties import BARRED, TIES, Changes, Missing
from scheduler.solver.staffing.model.task import Task

Moved = tuple[int, frozenset[int]]
"""What a duty costs by itself, and the counters it moves, all of them different ones."""

NOTHING: Moved = (0, frozenset())
"""What no duty costs."""


class Tally:
    """All that a roster is judged by; a rule that is not known here ends in a KeyError."""

    def __init__(self, task: Task, roster: Iterable[Duty]) -> None:
        """Count a roster, what stands in it included."""
        self._task, self._counters = task, Counters()
        every = list(self._all())
        self._alone = [one for one in every if type(one).alone is not Measure.alone]
        self._counting = [one for one in every if type(one).counters_of is not Measure.counters_of]
        for duty in roster:
            self.come(duty)

    def come(self, duty: Duty) -> int:
        """Somebody is on duty: what that costs."""
        return self.count(self.moved_by(duty), 1)

    def go(self, duty: Duty) -> int:
        """Somebody is on duty no longer: what that costs."""
        return self.count(self.moved_by(duty), -1)

    def count(self, moved: Moved, by: int) -> int:
        """Somebody is on duty (`by` is 1), or no longer (-1): what that costs."""
        alone, counters = moved
        return by * alone + self._counters.move(counters, by)

    def moved_by(self, duty: Duty) -> Moved:
        """What a duty costs by itself, and the counters it moves."""
        alone = sum(measure.alone(duty) for measure in self._alone)
        return alone, frozenset(one for measure in self._counting for one in measure.counters_of(duty))

    def quote(self, old: Moved, new: Moved, other: Moved, taken: Moved) -> int:
        """How much more it would cost if somebody did `new` rather than `old`, and somebody else `taken`
        rather than `other`; nothing is changed."""
        further, back = new[1] - old[1], old[1] - new[1]
        more, less = taken[1] - other[1], other[1] - taken[1]
        alone = new[0] + taken[0] - old[0] - other[0]
        if further.isdisjoint(more) and back.isdisjoint(less):
            up, down = further | more, back | less
            both = up & down
            if both:
                up, down = up - both, down - both
            return alone + self._counters.quote(up, down)
        return alone + self._tried((*further, *more), (*back, *less))

    def lost(self, counters: frozenset[int]) -> int:
        """What it costs that these counters count one back, what follows from it left out."""
        return self._counters.lost(counters)

    def _tried(self, up: Sequence[int], down: Sequence[int]) -> int:
        """The same by counting, where some count two further, and back again."""
        move = self._counters.move
        more = move(up, 1) + move(down, -1)
        move(down, 1)
        move(up, -1)
        return more

    def _all(self) -> Iterator[Measure]:
        task, counters = self._task, self._counters
        for rule in task.hard:
            if type(rule).formulate is not Rule.formulate:
                yield TIES[rule.id()](task, counters, BARRED)
        yield Missing(task, counters, 1)
        yield Changes(task, counters, 1)
        for rule in task.soft:
            weight = round(task.request.rulebook.weight(rule) * SCALE)
            if weight:
                yield MEASURES[rule.id()](task, counters, weight)
        yield Shared(task, counters, SCALE)
