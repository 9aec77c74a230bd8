"""Nobody looks after their own child's class."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.work import stints, workers
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule


class OwnChild(DutyRule):
    """Nobody is on duty, or teaches, in the class that holds their own child that week."""

    unit: ClassVar[str] = "duties and sessions"

    def admits(self, scenario: Scenario, plan: Plan, duty: Duty) -> bool:
        """Whether none of the person's children is in the class that week."""
        own = scenario.person[duty.person].own_children
        if duty.class_ is None or not own:
            return True
        return set(own).isdisjoint(plan.children_in(duty.class_, scenario.week_of(duty.date)))

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every duty or session of a parent, and child of theirs in the class."""
        for person in workers(plan):
            own = scenario.person[person].own_children if person in scenario.person else ()
            if not own:
                continue
            for row in stints(scenario, plan, person):
                for child in sorted(set(own)):
                    if row.class_ is None or plan.class_of(child, scenario.week_of(row.date)) != row.class_:
                        continue
                    yield self.broken(
                        1,
                        "broken",
                        (f"person:{person}", f"class:{row.class_}", f"child:{child}"),
                        person=person,
                        class_=row.class_,
                        child=child,
                        date=row.date.isoformat(),
                        shift=row.shift,
                    )
