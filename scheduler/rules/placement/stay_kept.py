"""Children who want to stay at one venue do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.history import begun
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.stays import stays_at
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.rules.seats import venues_of
from scheduler.variables.model import Because, Model
from scheduler.variables.placement import PlacementVariables


class StayKept(Rule):
    """`steady`, `whole`: all a child's weeks are at one venue; `whole`: all the weeks it wants, or none.

    Weeks that had begun when the plan was remade are what they are: whoever was at one venue in them stays
    there, and all or none is asked of the weeks to come.
    """

    stage: ClassVar[StageName] = "placement"
    unit: ClassVar[str] = "venues or weeks"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Venues beyond the first, and of `whole` the weeks that are wanting."""
        venues, past = venues_of(scenario, plan), begun(scenario, plan)
        for row in scenario.processed:
            if row.stay == "weeks":
                continue
            placed = [week for week in scenario.wanted_weeks(row.id) if (row.id, week) in venues]
            places = set().union(*(venues[row.id, week] for week in placed if week not in past))
            before = stays_at(scenario, plan, past, row.id)
            if places and before is not None:
                places.add(before)
            refs = (f"child:{row.id}",)
            if len(places) > 1:
                yield self.broken(len(places) - 1, refs=refs, child=row.id, venues=tuple(sorted(places)))
            ahead = [week for week in scenario.wanted_weeks(row.id) if week not in past]
            missing = tuple(week for week in ahead if week not in placed)
            if row.stay == "whole" and 0 < len(missing) < len(ahead):
                yield self.broken(len(missing), "not_whole", refs, child=row.id, weeks=missing)

    def formulate(self, model: Model, x: PlacementVariables) -> None:
        """One stay a venue at most; presence in a week <= the stay (= for `whole`)."""
        for row in x.scenario.processed:
            if row.stay == "weeks":
                continue
            ahead = [week for week in x.scenario.wanted_weeks(row.id) if not x.is_settled(week)]
            venues = sorted({venue for week in ahead for venue in x.venues(row.id, week)})
            because, before = Because("children", row.id), x.settled_at(row.id)
            stays = {venue: x.stay(row.id, venue) for venue in venues}
            model.require(model.total(stays.values()) <= 1, because)
            for venue, stay in stays.items():
                if before not in (None, venue):
                    model.require(stay <= 0, because)
                for week in ahead:
                    there = x.at(row.id, week, venue)
                    model.require(there == stay if row.stay == "whole" else there <= stay, because)
