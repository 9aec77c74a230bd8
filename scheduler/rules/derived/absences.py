"""Who is told to be away is on no post."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation


class Absences(Rule):
    """Every absence ends no earlier than it begins, meets no other of that person, and leaves the person on
    no duty and in no session. That of somebody who has left the staff table since is told, and breaks
    nothing."""

    stage: ClassVar[StageName] = "derived"
    unit: ClassVar[str] = "absences"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Absences that cannot be, and those whose posts the person still holds: `cover` and explanations
        believe them."""
        last: dict[str, date] = {}
        for row in sorted(plan.absences, key=lambda row: (row.person, row.from_)):
            told = {"person": row.person, "from_": row.from_.isoformat(), "to": row.to.isoformat()}
            refs = (f"person:{row.person}",)
            days = {duty.date for duty in plan.duties_of(row.person)}
            days |= {session.date for session in plan.sessions_by(row.person)}
            worked = sorted(day for day in days if row.from_ <= day <= row.to)
            if row.to < row.from_:
                yield self.broken(1, "backwards", refs, **told)
            elif row.person in last and row.from_ <= last[row.person]:
                yield self.broken(1, "twice", refs, **told)
            elif worked:
                yield self.broken(1, "at_work", refs, **told, date=worked[0].isoformat())
            last[row.person] = max(row.to, last.get(row.person, row.to))

    def remarks(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Absences of people who are on the list no more."""
        for row in plan.absences:
            if row.person not in scenario.person:
                told = {"person": row.person, "from_": row.from_.isoformat(), "to": row.to.isoformat()}
                yield self.broken(1, "unknown", (), **told)
