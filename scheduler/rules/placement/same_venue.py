"""Children who go week by week need not change venues without a gain."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.rules.meeting import meeting
from scheduler.rules.seats import venues_of
from scheduler.variables.model import Expression, Model
from scheduler.variables.placement import PlacementVariables


class SameVenue(Rule):
    """A child of stay `weeks` is at the same venue in one placed week and the next."""

    stage: ClassVar[StageName] = "placement"
    hard: ClassVar[bool] = False
    unit: ClassVar[str] = "changes of venue"
    weight: ClassVar[float] = 2.0

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Changes between placed weeks that follow one another, weeks without a place passed over."""
        venues = venues_of(scenario, plan)
        for row in scenario.processed:
            if row.stay != "weeks":
                continue
            placed = [week for week in scenario.wanted_weeks(row.id) if (row.id, week) in venues]
            for week, after in pairwise(placed):
                if venues[row.id, week] != venues[row.id, after]:
                    yield self.broken(refs=(f"child:{row.id}",), child=row.id, week=week, next_week=after)

    def formulate(self, model: Model, x: PlacementVariables) -> Expression:
        """For two weeks: changed >= placed in one + in the other - 1 - venues shared - placed in between."""
        terms = []
        for row in x.scenario.processed:
            wanted = [week for week in x.scenario.wanted_weeks(row.id) if x.seats(row.id, week)]
            venues = {venue for week in wanted for venue in x.venues(row.id, week)}
            if row.stay != "weeks" or len(venues) < 2:
                continue
            for (i, week), (j, after) in combinations(enumerate(wanted), 2):
                between = model.total(x.anywhere(row.id, other) for other in wanted[i + 1 : j])
                changed = model.boolean(f"changed {row.id}/{week}-{after}")
                terms.append(changed)
                places = ((x.at(row.id, week, v), x.at(row.id, after, v)) for v in x.venues(row.id, week))
                shared = meeting(model, places, f"same venue {row.id}/{week}-{after}")
                both = x.anywhere(row.id, week) + x.anywhere(row.id, after)
                model.require(both - 1 - shared - between <= changed)
        return model.total(terms)
