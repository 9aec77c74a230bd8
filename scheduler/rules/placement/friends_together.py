"""Friends share a class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.rules.meeting import meeting
from scheduler.rules.seats import class_weeks
from scheduler.variables.model import Expression, Model
from scheduler.variables.placement import PlacementVariables


class FriendsTogether(Rule):
    """Who has a mutual friend placed that week has at least one of them in its class."""

    stage: ClassVar[StageName] = "placement"
    hard: ClassVar[bool] = False
    unit: ClassVar[str] = "child-weeks without a friend"
    weight: ClassVar[float] = 3.0

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Placed children with friends placed that week, none of them beside them."""
        friends = _friends(scenario)
        mates: dict[tuple[str, str], set[str]] = defaultdict(set)
        present: dict[str, set[str]] = defaultdict(set)
        for _, week, children in class_weeks(scenario, plan):
            present[week].update(children)
            for child in children:
                mates[child, week].update(children)
        for (child, week), around in sorted(mates.items()):
            mine = friends.get(child, set())
            if mine & present[week] and not mine & around:
                yield self.broken(refs=(f"child:{child}",), child=child, week=week)

    def formulate(self, model: Model, x: PlacementVariables) -> Expression:
        """company in a class <= child there, <= friends there; alone >= child placed + friend placed - 1 -
        company: one row a friend and none that needs a large constant, so the relaxation is tight."""
        terms = []
        for child, friends in sorted(_friends(x.scenario).items()):
            for week in x.scenario.wanted_weeks(child):
                placed = [x.anywhere(friend, week) for friend in sorted(friends) if x.seats(friend, week)]
                if not placed or not x.seats(child, week):
                    continue
                alone = model.boolean(f"alone {child}/{week}")
                terms.append(alone)
                company = meeting(
                    model,
                    (
                        (here, model.total(x.placed(friend, week, class_) for friend in sorted(friends)))
                        for class_, here in x.seats(child, week).items()
                    ),
                    f"company {child}/{week}",
                )
                for there in placed:
                    model.require(x.anywhere(child, week) + there - 1 - company <= alone)
        return model.total(terms)


def _friends(scenario: Scenario) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for a, b in scenario.friendships:
        found[a].add(b)
        found[b].add(a)
    return dict(found)
