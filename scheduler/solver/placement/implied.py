"""What is known of the levels of a placement without a search."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from scheduler.domain.plan import Level
from scheduler.solver.goals import Goal
from scheduler.solver.placement.bounding import value_of
from scheduler.solver.placement.flows import Flows
from scheduler.solver.placement.starting import Fullness
from scheduler.variables.placement import PlacementVariables


class Implied:
    """What seats and earlier levels say of places (of the ranks so far no more than there is room for), and
    of the positions."""

    def __init__(self, x: PlacementVariables, goals: Sequence[Goal], fullness: Fullness) -> None:
        """Of these levels, with what the fullest placement came to."""
        self._x, self._goals, self._fullness = x, goals, fullness

    @cached_property
    def _flows(self) -> Flows:
        """The weeks as flows of children into seats."""
        return Flows(self._x)

    def of(self, goal: Goal, told: Sequence[Level]) -> int | None:
        """A bound of a level as a cost, by the levels told so far; None where nothing is known."""
        values = {level.name: round(level.value) for level in told}
        of_rank = {
            int(name.removeprefix("rank_")): count
            for name, count in values.items()
            if name.startswith("rank_")
        }
        if goal.name == "positions":
            return self._fullness.least_positions(values["placed"], of_rank, max(of_rank))
        if goal.name == "placed":
            return -self._flows.most(self._flows.last)
        if goal.name.startswith("rank_"):
            rank = int(goal.name.removeprefix("rank_"))
            so_far = sum(count for other, count in of_rank.items() if other < rank)
            bound = so_far - self._flows.most(rank)
            placed = next(level.bound for level in told if level.name == "placed")
            return max(bound, round(so_far - placed)) if self.is_last_rank(goal) else bound
        return None

    def is_full(self, values: Sequence[int]) -> bool:
        """Whether these values place as many as there is room for."""
        goal = next(goal for goal in self._goals if goal.name == "placed")
        return value_of(goal, values) == self.of(goal, ())

    def is_last_rank(self, goal: Goal) -> bool:
        """Whether a level is that of the last rank."""
        return goal is [other for other in self._goals if other.name.startswith(("placed", "rank_"))][-1]
