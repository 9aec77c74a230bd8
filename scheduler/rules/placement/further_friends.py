"""More than one friend is better still."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.rules.meeting import meeting
from scheduler.variables.model import Expression, Model
from scheduler.variables.placement import PlacementVariables


class FurtherFriends(Rule):
    """Two mutual friends placed in the same week share a class.

    `friends_together` sees to everybody's first friend at thirty times this weight. Moving one child changes
    its own friendships alone, so no move gains second friends at the price of anybody's first unless the
    child has thirty friends.
    """

    stage: ClassVar[StageName] = "placement"
    hard: ClassVar[bool] = False
    unit: ClassVar[str] = "pairs a week"
    weight: ClassVar[float] = 0.1

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Pairs of friends in different classes."""
        for child, friend in scenario.friendships:
            for week, class_ in sorted(plan.weeks_of(child).items()):
                other = plan.class_of(friend, week)
                if other is not None and other != class_:
                    refs = (f"child:{child}", f"child:{friend}")
                    yield self.broken(refs=refs, child=child, other=friend, week=week)

    def formulate(self, model: Model, x: PlacementVariables) -> Expression:
        """parted >= one placed + the other placed - 1 - classes shared."""
        terms = []
        for child, friend in x.scenario.friendships:
            for week in x.scenario.wanted_weeks(child):
                if not x.seats(child, week) or not x.seats(friend, week):
                    continue
                parted = model.boolean(f"friends parted {child},{friend}/{week}")
                terms.append(parted)
                places = (
                    (here, x.placed(friend, week, class_)) for class_, here in x.seats(child, week).items()
                )
                shared = meeting(model, places, f"friends {child},{friend}/{week}")
                model.require(x.anywhere(child, week) + x.anywhere(friend, week) - 1 - shared <= parted)
        return model.total(terms)
