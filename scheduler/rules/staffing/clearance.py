"""Nobody works with children without a valid background check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.work import stints, workers
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule


class Clearance(DutyRule):
    """Who is on duty or teaches has a background check that is valid that day."""

    unit: ClassVar[str] = "duties and sessions"

    def admits(self, scenario: Scenario, plan: Plan, duty: Duty) -> bool:
        """Whether the person is cleared that day."""
        return scenario.is_cleared(duty.person, duty.date)

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every duty or session on a day without clearance."""
        for person in workers(plan):
            if person not in scenario.person:
                continue
            until = scenario.person[person].cleared_until
            for row in stints(scenario, plan, person):
                if until is not None and row.date <= until:
                    continue
                yield self.broken(
                    1,
                    "never" if until is None else "expired",
                    (f"person:{person}",),
                    person=person,
                    class_=row.class_ or row.venue,
                    date=row.date.isoformat(),
                    shift=row.shift,
                    until=until.isoformat() if until else "",
                )
