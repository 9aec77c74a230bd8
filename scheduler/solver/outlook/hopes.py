"""What speaks for more seats: prices, and the children left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Class
from scheduler.solver.outlook.program import ClassWeek, Pool, Program, Worth
from scheduler.solver.outlook.season import placed_from_now


class Hopes:
    """What more seats could give, as a plan leaves a season.

    Prices are an upper estimate of what they add to the most that could be placed. Where claims keep out
    children for whom the relaxation has a seat, prices are blind: then those left out speak too.
    """

    def __init__(self, scenario: Scenario, plan: Plan, program: Program, worth: Worth) -> None:
        """Read the prices, and who is left out."""
        self._given = scenario
        self._plan = plan
        self._weeks = program.weeks
        self._worth = worth
        claims_cost = plan.policy == "fair" and worth.value > placed_from_now(scenario, plan) + 0.5
        self._left_out = self._counted(program.pools) if claims_cost else {}

    def by_week(self, row: Class, more: int, venue_needs: int | None) -> dict[str, float]:
        """Child-weeks that more seats in a class (and its venue, if it needs them) promise, in the weeks in
        which they promise any."""
        found = {week: self._in_week(row, week, more, venue_needs) for week in self._weeks}
        return {week: promise for week, promise in found.items() if promise > 0}

    def bound(self, row: Class, weeks: Iterable[str], more: int, venue_needs: int | None) -> float:
        """What they can add to the relaxation at most, since it is concave in its limits."""
        return sum(self._price(row, week, venue_needs) for week in weeks) * more

    def at_venue(self, venue: str, week: str) -> float:
        """What one child more at once at a venue can add at most."""
        return self._worth.venue.get((venue, week), 0.0)

    def of_left_out(self, row: Class, week: str, more: int) -> int:
        """How many of those left out more seats in a class-week could take."""
        return min(more, self._left_out.get((row.id, week), 0))

    @cached_property
    def short_weeks(self) -> frozenset[str]:
        """The weeks that somebody wants and does not have."""
        return frozenset(
            week
            for row in self._given.processed
            for week in self._given.wanted_weeks(row.id)
            if not self._plan.class_of(row.id, week)
        )

    def _in_week(self, row: Class, week: str, more: int, venue_needs: int | None) -> float:
        return max(self._price(row, week, venue_needs) * more, float(self.of_left_out(row, week, more)))

    def _price(self, row: Class, week: str, venue_needs: int | None) -> float:
        along = 0.0 if venue_needs is None else self.at_venue(row.venue, week)
        return self._worth.seat.get((row.id, week), 0.0) + along

    def _counted(self, pools: Iterable[Pool]) -> Mapping[ClassWeek, int]:
        """Children left out of a week who could attend each class-week."""
        return {
            (class_, pool.week): sum(not self._plan.class_of(child, pool.week) for child in pool.children)
            for pool in pools
            for class_ in pool.classes
        }
