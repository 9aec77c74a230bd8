"""Nobody is sent to a venue outside their area."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.work import stints, workers
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule


class WorkArea(DutyRule):
    """Who is on duty or teaches does so at a venue they named, or within the distance they gave."""

    unit: ClassVar[str] = "duties and sessions"

    def admits(self, scenario: Scenario, plan: Plan, duty: Duty) -> bool:
        """Whether the venue lies in the person's area."""
        return scenario.works_at(duty.person, duty.venue)

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every duty or session outside the area."""
        for person in workers(plan):
            if person not in scenario.person:
                continue
            for row in stints(scenario, plan, person):
                if not scenario.works_at(person, row.venue):
                    yield self.broken(
                        1,
                        "broken",
                        (f"person:{person}", f"venue:{row.venue}"),
                        person=person,
                        venue=row.venue,
                        class_=row.class_ or row.venue,
                        date=row.date.isoformat(),
                        shift=row.shift,
                    )
