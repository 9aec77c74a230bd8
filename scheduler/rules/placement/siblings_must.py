"""Siblings who must be together are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.units import families, sibling_wish
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.rules.seats import venues_of
from scheduler.variables.model import Because, Model
from scheduler.variables.placement import PlacementVariables


class SiblingsMust(Rule):
    """In any week the children of a family bound by `must` who want it are all at one venue, or unplaced."""

    stage: ClassVar[StageName] = "placement"
    unit: ClassVar[str] = "families a week"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Families parted in a week."""
        venues = venues_of(scenario, plan)
        for family, rows in families(scenario).items():
            if not any(row.siblings == "must" for row in rows):
                continue
            for week in scenario.weeks:
                wanting = [row.id for row in rows if week in scenario.wanted_weeks(row.id)]
                places = [venues.get((child, week), set()) for child in wanting]
                if any(places) and (not all(places) or len(set().union(*places)) > 1):
                    refs = tuple(f"child:{child}" for child in wanting)
                    yield self.broken(refs=refs, family=family, children=tuple(wanting), week=week)

    def formulate(self, model: Model, x: PlacementVariables) -> None:
        """One variable a family, week and venue, equal to each member's presence there; nothing of weeks that
        are settled, in which they may have been apart before they wished otherwise."""
        for family, rows in families(x.scenario).items():
            if sibling_wish(x.scenario, rows) != "must":
                continue
            because = tuple(Because("children", row.id) for row in rows if row.siblings == "must")
            for week in x.scenario.weeks:
                wanting = [row.id for row in rows if week in x.scenario.wanted_weeks(row.id)]
                if len(wanting) < 2 or x.is_settled(week):
                    continue
                for venue in sorted({venue for child in wanting for venue in x.venues(child, week)}):
                    together = model.boolean(f"family {family}@{venue}/{week}")
                    for child in wanting:
                        model.require(x.at(child, week, venue) == together, *because)
