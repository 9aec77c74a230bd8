"""Who needs a number of days gets them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.work import stints
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule
from scheduler.variables.model import Expression, Model
from scheduler.variables.staffing import Staffing


class MinimumDays(DutyRule):
    """Days that people lack to the number they need."""

    hard: ClassVar[bool] = False
    unit: ClassVar[str] = "days"
    weight: ClassVar[float] = 3.0

    def formulate(self, model: Model, x: Staffing) -> Expression:
        """Each person's needed days less the days worked."""
        terms: list[Expression] = []
        for person in x.scenario.person.values():
            if person.min_days:
                days = sorted(set(x.days_of(person.id)) | set(x.stands(person.id)))
                worked = model.total(x.works(person.id, day) for day in days)
                lacking = model.integer(0, person.min_days, f"lacking {person.id}")
                model.require(worked + lacking >= person.min_days)
                terms.append(lacking)
        return model.total(terms)

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every person who lacks days."""
        for person in scenario.person.values():
            worked = len({row.date for row in stints(scenario, plan, person.id)})
            if worked < person.min_days:
                yield self.broken(
                    person.min_days - worked,
                    "broken",
                    (f"person:{person.id}",),
                    person=person.id,
                    found=worked,
                    wanted=person.min_days,
                )
