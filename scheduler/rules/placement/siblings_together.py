"""Siblings who would like to be together are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.units import families, sibling_wish
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.rules.meeting import meeting
from scheduler.rules.seats import venues_of
from scheduler.variables.model import Expression, Model
from scheduler.variables.placement import PlacementVariables


class SiblingsTogether(Rule):
    """Two children of a family with the wish `prefer` who both want a week are at one venue, or both are at
    none."""

    stage: ClassVar[StageName] = "placement"
    hard: ClassVar[bool] = False
    unit: ClassVar[str] = "pairs a week"
    weight: ClassVar[float] = 10.0

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Pairs at different venues, or one placed and the other not."""
        venues = venues_of(scenario, plan)
        for rows in families(scenario).values():
            wishes = {row.siblings for row in rows}
            if "must" in wishes or "prefer" not in wishes:
                continue
            for a, b in combinations((row.id for row in rows), 2):
                for week in scenario.wanted_weeks(a):
                    if week not in scenario.wanted_weeks(b):
                        continue
                    if venues.get((a, week), set()) != venues.get((b, week), set()):
                        yield self.broken(refs=(f"child:{a}", f"child:{b}"), child=a, other=b, week=week)

    def formulate(self, model: Model, x: PlacementVariables) -> Expression:
        """parted >= one placed - venues shared, and so for the other."""
        terms = []
        for rows in families(x.scenario).values():
            if sibling_wish(x.scenario, rows) != "prefer":
                continue
            for a, b in combinations((row.id for row in rows), 2):
                for week in x.scenario.wanted_weeks(a):
                    venues = sorted({*x.venues(a, week), *x.venues(b, week)})
                    if not venues or week not in x.scenario.wanted_weeks(b):
                        continue
                    parted = model.boolean(f"parted {a},{b}/{week}")
                    terms.append(parted)
                    places = ((x.at(a, week, venue), x.at(b, week, venue)) for venue in venues)
                    shared = meeting(model, places, f"siblings {a},{b}/{week}")
                    model.require(x.anywhere(a, week) - shared <= parted)
                    model.require(x.anywhere(b, week) - shared <= parted)
        return model.total(terms)
