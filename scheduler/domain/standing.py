"""Who stands before whom at a venue."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from scheduler.domain.scenario import Scenario

Standing = tuple[object, ...]
"""Sortable; the smaller stands first. Equal standings are equal claims."""


class Standings:
    """Every child's standing at every venue.

    Points there if the child has any, else first the children of `reserved_for` employers, then
    priority rank; late submissions last in their rank. Under the policy `seats` points and reservations
    are ignored. With `ties=draw` the draw makes every standing strict.
    """

    def __init__(self, scenario: Scenario) -> None:
        """Read the orders of a scenario."""
        self.scenario = scenario
        self._known: dict[tuple[str, str], Standing] = {}

    def of(self, child: str, venue: str) -> Standing:
        """The standing of a child at a venue."""
        key = (child, venue)
        if key not in self._known:
            self._known[key] = self._reckon(child, venue)
        return self._known[key]

    def of_unit(self, members: tuple[str, ...], venue: str) -> Standing:
        """The standing of a unit: its best member's."""
        return min(self.of(child, venue) for child in members)

    def rank(self, child: str) -> int:
        """The priority rank of a child; a blank priority is the last rank."""
        priority = self.scenario.child[child].priority
        return self.scenario.priority[priority].rank if priority else self.last_rank

    @cached_property
    def last_rank(self) -> int:
        """The rank of a blank priority: the last one named, or 1 where none is."""
        return max((row.rank for row in self.scenario.priorities), default=1)

    def is_late(self, child: str) -> bool:
        """Whether a child was submitted after the deadline."""
        deadline, submitted = self.scenario.settings.deadline, self.scenario.child[child].submitted_at
        return deadline is not None and submitted is not None and submitted > deadline

    def _reckon(self, child: str, venue: str) -> Standing:
        settings, row = self.scenario.settings, self.scenario.child[child]
        ordered_here = self._points.get(venue, {}) if settings.policy == "fair" else {}
        ties: Standing = (self.scenario.draws[child],) if settings.ties == "draw" else ()
        if child in ordered_here:
            return (0, -ordered_here[child], 0, 0, *ties)
        if ordered_here and settings.points_missing == "last":
            return (2, 0, 0, 0, *ties)
        reserved = settings.policy == "fair" and bool(
            set(self.scenario.venue[venue].reserved_for) & set(row.employer)
        )
        return (1, 0 if reserved else 1, self.rank(child), int(self.is_late(child)), *ties)

    @cached_property
    def _points(self) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for row in self.scenario.points:
            found[row.venue][row.child] = row.points
        return dict(found)
