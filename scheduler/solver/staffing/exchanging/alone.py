"""What a rule measures, as counters that a duty moves; and what soft rules cost of each duty by itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import cast

from scheduler.domain.plan import Duty
from scheduler.rules.staffing.long_ways import LongWays
from scheduler.solver.staffing.exchanging.counting import Costs, Counters, Table
from scheduler.solver.staffing.model.task import Task


class Measure:
    """A rule's costs; each unit of its amount costs `weight`."""

    def __init__(self, task: Task, counters: Counters, weight: int) -> None:
        """Nothing is counted yet."""
        self.task, self.scenario, self.counters, self.weight = task, task.scenario, counters, weight
        self.settled = task.settled
        self.once: Costs = Table(lambda count: weight * (count > 0))
        self.beyond_first: Costs = Table(lambda count: weight * max(0, count - 1))

    def alone(self, duty: Duty) -> int:
        """What a duty costs, whatever else there is."""
        return 0

    def counters_of(self, duty: Duty) -> Iterator[int]:
        """The counters that a duty moves."""
        yield from ()


class Unwished(Measure):
    """Shifts to avoid."""

    def alone(self, duty: Duty) -> int:
        """A unit for each."""
        return self.weight * (self.status(duty) == "avoid")

    def status(self, duty: Duty) -> str:
        """What the person said of the shift."""
        return self.scenario.availability_of(duty.person, duty.date, duty.shift)


class Wished(Unwished):
    """Shifts that are not preferred, of people who named such."""

    @cached_property
    def _choosy(self) -> set[str]:
        return {row.person for row in self.scenario.availability if row.status == "prefer"}

    def alone(self, duty: Duty) -> int:
        """A unit for each."""
        return self.weight * (duty.person in self._choosy and self.status(duty) != "prefer")


class Ways(Measure):
    """Kilometres beyond the free ones."""

    def alone(self, duty: Duty) -> int:
        """A unit for each kilometre."""
        rule = cast(LongWays, self.task.request.rulebook.by_id[LongWays.id()])
        person, venue = self.scenario.person[duty.person], self.scenario.venue[duty.venue]
        way = self.scenario.distance_km(person, venue)
        return 0 if way is None else self.weight * max(0, int(way - rule.free_km))


class Paid(Measure):
    """Fees."""

    def alone(self, duty: Duty) -> int:
        """A unit for each yuan."""
        return self.weight * round(self.scenario.person[duty.person].fee_per_shift or 0)


class Shared(Measure):
    """Prices of people whom several parts of a divided season call on."""

    def alone(self, duty: Duty) -> int:
        """The person's price."""
        return round(self.task.request.shared.get(f"person:{duty.person}", 0) * self.weight)
