"""A class's volunteers are of different kinds: students, model workers, neighbours, employees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule
from scheduler.variables.model import Expression, Model
from scheduler.variables.staffing import Staffing


class VolunteerMix(DutyRule):
    """Volunteers in a class and shift who are all of one kind, beyond the first of them.

    Those of unknown kind are of no kind. Where all who may work at the venue are of one kind nothing is
    counted: there is nobody to mix.
    """

    hard: ClassVar[bool] = False
    unit: ClassVar[str] = "volunteers"
    weight: ClassVar[float] = 0.5

    def formulate(self, model: Model, x: Staffing) -> Expression:
        """For each kind: its people beyond one, unless somebody of another kind is there."""
        slots: dict[tuple[str, date, str], list[Duty]] = defaultdict(list)
        for duty in x.on_duty:
            if duty.role == "volunteer" and duty.class_ is not None:
                slots[duty.class_, duty.date, duty.shift].append(duty)
        classes = {class_ for class_, _, _ in slots}
        mixed = {class_ for class_ in classes if len(_kinds_at(x.scenario, class_)) > 1}
        return model.total(
            self._alike(model, x, f"{class_} {day} {shift}", duties)
            for (class_, day, shift), duties in slots.items()
            if class_ in mixed
        )

    def _alike(self, model: Model, x: Staffing, name: str, duties: list[Duty]) -> Expression:
        by_kind: dict[str, list[Duty]] = defaultdict(list)
        for duty in duties:
            known = x.scenario.person[duty.person].volunteer_type
            if known is not None:
                by_kind[known].append(duty)
        terms: list[Expression] = []
        for kind in sorted(by_kind):
            same = by_kind[kind]
            if len(same) > 1:
                others = [duty for other, rest in by_kind.items() if other != kind for duty in rest]
                over = model.integer(0, len(same) - 1, f"alike {kind} {name}")
                model.require(x.sum_of(same) - 1 - (len(same) - 1) * x.sum_of(others) <= over)
                terms.append(over)
        return model.total(terms)

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every class and shift with several volunteers of one kind only."""
        slots: dict[tuple[str, date, str], dict[str, str]] = defaultdict(dict)
        for duty in plan.duties:
            person = scenario.person.get(duty.person)
            if duty.role != "volunteer" or person is None or person.volunteer_type is None:
                continue
            if duty.class_ is not None and duty.class_ in scenario.class_:
                slots[duty.class_, duty.date, duty.shift][person.id] = person.volunteer_type
        for (class_, day, shift), kinds in sorted(slots.items()):
            if len(kinds) < 2 or len(set(kinds.values())) > 1 or len(_kinds_at(scenario, class_)) < 2:
                continue
            yield self.broken(
                len(kinds) - 1,
                "broken",
                (f"post:{class_}/{day.isoformat()}/{shift}/volunteer",),
                class_=class_,
                date=day.isoformat(),
                shift=shift,
                n=len(kinds),
            )


def _kinds_at(scenario: Scenario, class_: str) -> set[str]:
    """Kinds of the volunteers that may work at a class's venue."""
    venue = scenario.class_[class_].venue
    return {
        person.volunteer_type
        for person in scenario.workers_at(venue)
        if person.volunteer_type is not None
        and "volunteer" in person.roles
        and person.cleared_until is not None
    }
