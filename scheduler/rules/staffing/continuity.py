"""A class meets the same faces all week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule
from scheduler.variables.model import Expression, Model, Variable
from scheduler.variables.staffing import Staffing


class Continuity(DutyRule):
    """Different people on duty in a class in a week.

    Weeks are counted one by one: children come for weeks, and each week then has a bound of its own.
    """

    hard: ClassVar[bool] = False
    unit: ClassVar[str] = "people of a class and week"
    weight: ClassVar[float] = 2.0

    def formulate(self, model: Model, x: Staffing) -> Expression:
        """One boolean for a person in a class and week, not less than each shift there."""
        terms: list[Expression] = []
        for (class_, week), duties in sorted(x.by_class_week.items()):
            by_person: dict[str, list[Duty]] = defaultdict(list)
            for duty in duties:
                by_person[duty.person].append(duty)
            for person, own in sorted(by_person.items()):
                terms.append(self._serves(model, x, f"{person} {class_} {week}", own))
        return model.total(terms)

    def _serves(self, model: Model, x: Staffing, name: str, duties: list[Duty]) -> Variable:
        """Linked shift by shift (a person fills one role in it), and by what a person's limits let them do
        in a day: the relaxation is the tighter for both."""
        if any(isinstance(x.on_duty[duty], int) for duty in duties):
            return 1
        serves = model.boolean(f"serves {name}")
        by_shift: dict[tuple[object, str], list[Duty]] = defaultdict(list)
        by_day: dict[object, list[Duty]] = defaultdict(list)
        for duty in duties:
            by_shift[duty.date, duty.shift].append(duty)
            by_day[duty.date].append(duty)
        for same in by_shift.values():
            model.require(x.sum_of(same) <= serves)
        person = x.scenario.person[duties[0].person]
        daily = person.max_shifts_per_day or len(x.scenario.shift)
        most = [min(daily, len({duty.shift for duty in same})) for same in by_day.values()]
        for same, number in zip(by_day.values(), most, strict=True):
            if len({duty.shift for duty in same}) > number:
                model.require(x.sum_of(same) <= number * serves)
        # nobody comes on more days than to a week, or to all of the season
        limits = [limit for limit in (person.max_days_per_week, person.max_days) if limit]
        number = sum(sorted(most, reverse=True)[: min([len(most), *limits])])
        if number < len(by_shift):
            model.require(x.sum_of(duties) <= number * serves)
        return serves

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every class and week; amount: the people on duty in it."""
        faces: dict[tuple[str, str], set[str]] = defaultdict(set)
        for duty in plan.duties:
            if duty.class_ in scenario.class_ and duty.date in scenario.day and duty.class_ is not None:
                faces[duty.class_, scenario.week_of(duty.date)].add(duty.person)
        for (class_, week), people in sorted(faces.items()):
            refs = (f"class:{class_}", f"week:{week}")
            yield self.broken(len(people), "broken", refs, class_=class_, week=week, n=len(people))
