"""What is past: nobody can mend it any more, so it condemns no plan, whatever today's lists say of it."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from scheduler.domain.history import begun, done
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rule, Violation
from scheduler.rules.base import witness


class Past:
    """Tells of a violation whether it lies in what was before a plan was remade (`as_of`).

    Places are history in weeks that had begun, sessions, trips and duties on days before. What a rule counts
    over a week or the season is history if the days before break it as much by themselves. What a plan says
    about itself (the derived rules) is never: it was said anew.
    """

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        """The past of a plan; without `as_of` it has none."""
        self._scenario = scenario
        self._plan = plan
        self._known: dict[str, Counter[tuple[object, ...]]] = {}

    def holds(self, rule: Rule, found: Violation) -> bool:
        """Whether a violation of a rule is history."""
        as_of = self._plan.as_of
        if as_of is None or not rule.hard or rule.stage == "derived":
            return False
        if rule.stage == "placement":
            weeks = _weeks(found)
            return bool(weeks) and self._weeks.issuperset(weeks)
        day = found.parameters.get("date")
        if day is not None:
            return str(day) < as_of.isoformat()
        return found.amount <= self._as_broken(rule)[witness(found)]

    @cached_property
    def _weeks(self) -> frozenset[str]:
        return begun(self._scenario, self._plan)

    @cached_property
    def _done(self) -> Plan:
        return done(self._plan)

    def _as_broken(self, rule: Rule) -> Counter[tuple[object, ...]]:
        """By how much what was done breaks a rule, witness by witness."""
        if rule.id() not in self._known:
            amounts: Counter[tuple[object, ...]] = Counter()
            for found in rule.check(self._scenario, self._done):
                amounts[witness(found)] += found.amount
            self._known[rule.id()] = amounts
        return self._known[rule.id()]


def _weeks(found: Violation) -> tuple[str, ...]:
    """The weeks in which a violation of a rule of placement lies."""
    weeks = found.parameters.get("weeks", (found.parameters.get("week"),))
    assert isinstance(weeks, tuple)
    return tuple(week for week in weeks if week is not None)
