"""Nobody is called in vain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from scheduler.domain.demand import Ask, adults_asked, asks_around, most_useful, venue_asks
from scheduler.domain.plan import Duty, Plan
from scheduler.domain.programme import runs_on
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables.staff import DUTY_ROLES
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule
from scheduler.variables.model import Expression, Model
from scheduler.variables.staffing import Staffing

Place = tuple[str | None, str, date, str]


class ExtraDuties(DutyRule):
    """Adults on duty beyond the number asked for, in all or in one role.

    Where a role is asked for only by way of a qualification, those without it are beyond.
    """

    hard: ClassVar[bool] = False
    unit: ClassVar[str] = "duties"
    weight: ClassVar[float] = 20.0

    def formulate(self, model: Model, x: Staffing) -> Expression:
        """At each place the excess over all adults asked for, and over what is useful of each role."""
        places: dict[Place, list[Duty]] = defaultdict(list)
        for duty in x.on_duty:
            if not x.scenario.is_minor(duty.person, duty.date):
                places[duty.class_, duty.venue, duty.date, duty.shift].append(duty)
        return model.total(self._excess(model, x, at, duties) for at, duties in places.items())

    def _excess(self, model: Model, x: Staffing, at: Place, duties: list[Duty]) -> Expression:
        class_, venue, day, shift = at
        limits: list[tuple[list[Duty], int]] = []
        if class_ is None:
            asks = venue_asks(x.scenario, x.plan, venue, day, shift)
        else:
            asks = asks_around(x.scenario, x.plan, class_, day, shift)
            limits.append((duties, adults_asked(asks)))
        plain = [ask for ask in asks if not ask.qualification]
        sought = {ask.qualification for ask in asks if ask.qualification}
        for role in DUTY_ROLES:
            same = [duty for duty in duties if duty.role == role]
            limits.append((same, most_useful(asks, role)))
            if sought:
                without = [d for d in same if not sought & set(x.scenario.person[d.person].qualifications)]
                limits.append((without, most_useful(plain, role)))
        binding = [(same, limit) for same, limit in limits if len(same) > limit]
        if not binding:
            return 0
        over = model.integer(0, len(duties), f"extra {class_ or venue} {day} {shift}")
        for same, limit in binding:
            model.require(x.sum_of(same) - limit <= over)
        return over

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every place and shift with more adults than asked for."""
        present: dict[Place, set[tuple[str, str]]] = defaultdict(set)
        for duty in plan.duties:
            person = scenario.person.get(duty.person)
            if person is not None and not scenario.is_minor(duty.person, duty.date):
                present[duty.class_, duty.venue, duty.date, duty.shift].add((duty.person, duty.role))
        for place, people in sorted(present.items(), key=lambda item: (str(item[0][0]), *item[0][1:])):
            amount = self._extra(scenario, self._asks(scenario, plan, place), people, place[0] is None)
            if amount:
                class_, venue, day, shift = place
                where = class_ or venue
                yield self.broken(
                    amount,
                    "broken",
                    (f"post:{where}/{day.isoformat()}/{shift}",),
                    class_=where,
                    date=day.isoformat(),
                    shift=shift,
                    n=amount,
                )

    def _asks(self, scenario: Scenario, plan: Plan, place: Place) -> tuple[Ask, ...]:
        class_, venue, day, shift = place
        if day not in scenario.day:
            return ()
        if class_ is None:
            return venue_asks(scenario, plan, venue, day, shift)
        if class_ not in scenario.class_ or shift not in runs_on(scenario, plan, class_, day):
            return ()
        return asks_around(scenario, plan, class_, day, shift)

    def _extra(
        self, scenario: Scenario, asks: tuple[Ask, ...], people: set[tuple[str, str]], is_venue: bool
    ) -> int:
        over = [0]
        for role in DUTY_ROLES:
            same = {person for person, found in people if found == role}
            useful = [ask for ask in asks if role in ask.roles]
            over.append(len(same) - max((ask.number + ask.beyond for ask in useful), default=0))
            lacking = {
                person
                for person in same
                if not any(ask.qualification in scenario.person[person].qualifications for ask in useful)
            }
            unskilled = [ask.number + ask.beyond for ask in useful if not ask.qualification]
            over.append(len(lacking) - max(unskilled, default=0))
        if not is_venue:
            over.append(len(people) - adults_asked(asks))
        return max(over)
