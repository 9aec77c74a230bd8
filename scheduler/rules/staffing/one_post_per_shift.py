"""Nobody is in two places in one shift."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.work import Stint, stints, workers
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule
from scheduler.variables.model import Model
from scheduler.variables.staffing import Staffing, at_most


class OnePostPerShift(DutyRule):
    """A person has one post in a shift; a duty and sessions in the same class and shift are one post."""

    unit: ClassVar[str] = "posts too many"

    def admits(self, scenario: Scenario, plan: Plan, duty: Duty) -> bool:
        """Whether the sessions of that shift are all in the duty's class."""
        for session in plan.sessions_by(duty.person):
            period = scenario.period.get(session.period)
            if period is None or (session.date, period.shift) != (duty.date, duty.shift):
                continue
            if session.class_ != duty.class_ and session.class_ in scenario.class_:
                return False
        return True

    def formulate(self, model: Model, x: Staffing) -> None:
        """At most one of a person's duties of a shift."""
        for duties in x.by_person_shift.values():
            if len(duties) > 1:
                at_most(model, [x.on_duty[duty] for duty in duties], 1)

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every person and shift with several posts; amount: all but one."""
        for person in workers(plan):
            by_shift: dict[tuple[object, str], list[Stint]] = defaultdict(list)
            for row in stints(scenario, plan, person):
                by_shift[row.date, row.shift].append(row)
            for rows in by_shift.values():
                duties = [row for row in rows if row.is_duty]
                taught = {row.class_ for row in rows} - {row.class_ for row in duties}
                posts = len(duties) + len({row.class_ for row in rows if not row.is_duty} & taught)
                if duties and posts > 1:
                    yield self.broken(
                        posts - 1,
                        "broken",
                        (f"person:{person}", *sorted({f"class:{row.class_}" for row in rows if row.class_})),
                        person=person,
                        date=rows[0].date.isoformat(),
                        shift=rows[0].shift,
                        posts=posts,
                    )
