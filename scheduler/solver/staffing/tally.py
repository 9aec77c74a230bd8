"""A roster's gaps and cost, kept up to date duty by duty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.domain.plan import Duty
from scheduler.rules.base import Rule
from scheduler.solver.cpsat import SCALE
from scheduler.solver.staffing.alone import Measure, Shared
from scheduler.solver.staffing.counting import Counters
from scheduler.solver.staffing.measures import MEASURES
from scheduler.solver.staffing.task import Task
from scheduler.solver.staffing.ties import BARRED, TIES, Changes, Missing

Moved = tuple[int, tuple[int, ...]]
"""What a duty costs by itself, and the counters it moves."""


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
        alone, counters = self._of.get(duty) or self._moved(duty)
        return alone + self._counters.move(counters, 1)

    def go(self, duty: Duty) -> int:
        """Somebody is on duty no longer: what that costs."""
        alone, counters = self._of[duty]
        return self._counters.move(counters, -1) - alone

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
