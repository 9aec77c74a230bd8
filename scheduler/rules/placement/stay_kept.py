"""Children who want to stay at one venue do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.rules.seats import venues_of
from scheduler.variables.model import Because, Model
from scheduler.variables.placement import PlacementVariables


class StayKept(Rule):
    """`steady`, `whole`: all a child's weeks are at one venue; `whole`: all the weeks it wants, or none."""

    stage: ClassVar[StageName] = "placement"
    unit: ClassVar[str] = "venues or weeks"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Venues beyond the first, and of `whole` the weeks that are wanting."""
        venues = venues_of(scenario, plan)
        for row in scenario.processed:
            if row.stay == "weeks":
                continue
            wanted = scenario.wanted_weeks(row.id)
            placed = [week for week in wanted if (row.id, week) in venues]
            places = sorted(set().union(*(venues[row.id, week] for week in placed)))
            refs = (f"child:{row.id}",)
            if len(places) > 1:
                yield self.broken(len(places) - 1, refs=refs, child=row.id, venues=tuple(places))
            if row.stay == "whole" and placed and len(placed) < len(wanted):
                missing = tuple(week for week in wanted if week not in placed)
                yield self.broken(len(missing), "not_whole", refs, child=row.id, weeks=missing)

    def formulate(self, model: Model, x: PlacementVariables) -> None:
        """One stay a venue at most; presence in a week <= the stay (= for `whole`)."""
        for row in x.scenario.processed:
            if row.stay == "weeks":
                continue
            wanted = x.scenario.wanted_weeks(row.id)
            venues = sorted({venue for week in wanted for venue in x.venues(row.id, week)})
            because = Because("children", row.id)
            stays = {venue: x.stay(row.id, venue) for venue in venues}
            model.require(model.total(stays.values()) <= 1, because)
            for venue, stay in stays.items():
                for week in wanted:
                    there = x.at(row.id, week, venue)
                    model.require(there == stay if row.stay == "whole" else there <= stay, because)
