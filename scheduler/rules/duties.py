"""What the rules of staffing share: a duty judged by itself, and how a violation names it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName


class DutyRule(Rule):
    """A rule of staffing."""

    stage: ClassVar[StageName] = "staffing"

    def admits(self, scenario: Scenario, plan: Plan, duty: Duty) -> bool:
        """Whether this duty is possible at all beside the plan's sessions and the duties that stand.

        The solver makes variables only of duties that every hard rule admits; what ties duties to one
        another is `formulate`'s. Asked only of known people, places and days.
        """
        return True


def place(duty: Duty) -> dict[str, object]:
    """The parameters that name a duty's place and time; a duty in no class is named by its venue."""
    return {
        "person": duty.person,
        "class_": duty.class_ or duty.venue,
        "date": duty.date.isoformat(),
        "shift": duty.shift,
    }


def refs_of(duty: Duty) -> tuple[str, ...]:
    """References to who is on a duty, and to the post."""
    where = duty.class_ or duty.venue
    return (f"person:{duty.person}", f"post:{where}/{duty.date.isoformat()}/{duty.shift}/{duty.role}")


def sorted_duties(plan: Plan) -> Iterator[Duty]:
    """The plan's duties in a canonical order."""

    def order(duty: Duty) -> tuple[object, ...]:
        return (duty.date, duty.shift, duty.class_ or "", duty.venue, duty.role, duty.person)

    yield from sorted(plan.duties, key=order)
