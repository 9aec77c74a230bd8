"""Nobody fills a post that is not theirs, or a post that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Duty, Plan
from scheduler.domain.programme import runs_on
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables.staff import DUTY_ROLES
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule, place, refs_of, sorted_duties


class DutyRole(DutyRule):
    """A duty is in one of the person's roles, in a class where and when it runs; role `site` at its venue."""

    unit: ClassVar[str] = "duties"

    def admits(self, scenario: Scenario, plan: Plan, duty: Duty) -> bool:
        """Whether the person has the role and the post is there."""
        if duty.role not in DUTY_ROLES or duty.role not in scenario.person[duty.person].roles:
            return False
        if (duty.class_ is None) != (duty.role == "site"):
            return False
        if duty.class_ is not None:
            row = scenario.class_.get(duty.class_)
            is_here = row is not None and row.venue == duty.venue
            return is_here and duty.shift in runs_on(scenario, plan, duty.class_, duty.date)
        at = scenario.classes_at(duty.venue)
        return any(duty.shift in runs_on(scenario, plan, row.id, duty.date) for row in at)

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every fault of a duty."""
        for duty in sorted_duties(plan):
            person = scenario.person.get(duty.person)
            if person is None:
                yield self._fault(duty, message="unknown_person")
            elif duty.role not in person.roles:
                yield self._fault(duty, message="role")
            elif duty.role not in DUTY_ROLES:
                yield self._fault(duty, message="specialist")
            if duty.role == "site":
                yield from self._site_faults(scenario, plan, duty)
            else:
                yield from self._class_faults(scenario, plan, duty)

    def _class_faults(self, scenario: Scenario, plan: Plan, duty: Duty) -> Iterator[Violation]:
        if duty.class_ is None or duty.class_ not in scenario.class_:
            yield self._fault(duty, message="no_class")
            return
        if duty.shift not in runs_on(scenario, plan, duty.class_, duty.date):
            yield self._fault(duty, message="not_running")
        if duty.venue != scenario.class_[duty.class_].venue:
            yield self._fault(duty, message="elsewhere")

    def _site_faults(self, scenario: Scenario, plan: Plan, duty: Duty) -> Iterator[Violation]:
        if duty.class_ is not None:
            yield self._fault(duty, message="site_in_class")
        for row in scenario.classes_at(duty.venue):
            if duty.shift in runs_on(scenario, plan, row.id, duty.date):
                return
        yield self._fault(duty, message="site_not_running")

    def _fault(self, duty: Duty, *, message: str) -> Violation:
        return self.broken(1, message, refs_of(duty), role=duty.role, venue=duty.venue, **place(duty))
