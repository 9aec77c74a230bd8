"""A roster's gaps and cost, kept up to date duty by duty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scheduler.domain.plan import Duty
from scheduler.rules.base import Rule
from scheduler.solver.cpsat import SCALE
from scheduler.solver.staffing.alone import Measure, Shared
from scheduler.solver.staffing.counting import Counters
from scheduler.solver.staffing.measures import MEASURES
from scheduler.solver.staffing.task import Task
from scheduler.solver.staffing.ties import BARRED, TIES, Changes, Missing

Moved = tuple[int, tuple[int, ...]]
"""What a duty costs by itself, and the counters it moves, all of them different ones."""

NOTHING: Moved = (0, ())
"""What no duty costs."""


class Tally:
    """All that a roster is judged by; a rule that is not known here ends in a KeyError."""

    def __init__(self, task: Task, roster: Iterable[Duty]) -> None:
        """Count a roster, what stands in it included."""
        self._task, self._counters = task, Counters()
        self._measures = list(self._all())
        self._of: dict[Duty, Moved] = {}
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
        return self._of.get(duty) or self._moved(duty)

    def quote(self, old: Moved, new: Moved, other: Moved, taken: Moved) -> int:
        """How much more it would cost if somebody did `new` rather than `old`, and somebody else `taken`
        rather than `other`; nothing is changed."""
        gone, come = set(old[1]), set(new[1])
        further, back = come - gone, gone - come
        gone, come = set(other[1]), set(taken[1])
        more, less = come - gone, gone - come
        alone = new[0] + taken[0] - old[0] - other[0]
        if further.isdisjoint(more) and back.isdisjoint(less):
            further, more, back, less = further - less, more - back, back - more, less - further
            return alone + self._counters.quote((*further, *more), (*back, *less))
        return alone + self._tried((*further, *more), (*back, *less))

    def _tried(self, up: Sequence[int], down: Sequence[int]) -> int:
        """The same by counting, where some count two further, and back again."""
        move = self._counters.move
        more = move(up, 1) + move(down, -1)
        move(down, 1)
        move(up, -1)
        return more

    def _moved(self, duty: Duty) -> Moved:
        alone = sum(measure.alone(duty) for measure in self._measures)
        moved = alone, tuple(one for measure in self._measures for one in measure.counters_of(duty))
        self._of[duty] = moved
        return moved

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
