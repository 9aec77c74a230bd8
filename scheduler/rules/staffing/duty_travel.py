"""Nobody is on duty somewhere without the time to get there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import ClassVar

from scheduler.domain.calendar import overlap
from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Shift
from scheduler.domain.work import Stint, stints, workers
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule
from scheduler.variables.model import Model
from scheduler.variables.staffing import Staffing, at_most

Place = tuple[str, str | None]


class DutyTravel(DutyRule):
    """Between two duties, or a duty and a session, at different places of a day there is time for the way.

    Places are classes (and venues for role `site`): within a venue the way takes no time, so there only
    shifts that overlap can clash.
    """

    unit: ClassVar[str] = "ways"

    def admits(self, scenario: Scenario, plan: Plan, duty: Duty) -> bool:
        """Whether the ways to the person's sessions of other shifts that day can be made."""
        if not plan.sessions_by(duty.person):
            return True
        shift = scenario.shift[duty.shift]
        for row in stints(scenario, plan, duty.person):
            if row.is_duty or row.date != duty.date or row.shift == duty.shift or row.class_ == duty.class_:
                continue
            before = row.start.start < shift.start
            if before and scenario.too_close(row.end, row.venue, shift, duty.venue):
                return False
            if not before and scenario.too_close(shift, duty.venue, row.start, row.venue):
                return False
        return True

    def formulate(self, model: Model, x: Staffing) -> None:
        """For two shifts of a day: a duty at one place excludes those at all places too far from it."""
        for person in x.people:
            for day in x.days_of(person):
                for first, second in x.scenario.close_shifts:
                    self._keep_apart(model, x, person, day, first, second)

    def _keep_apart(
        self, model: Model, x: Staffing, person: str, day: date, first: Shift, second: Shift
    ) -> None:
        at_once = overlap(first.start, first.end, second.start, second.end)
        later = x.by_person_shift.get((person, day, second.id), [])
        here: dict[Place, list[Duty]] = {}
        for duty in x.by_person_shift.get((person, day, first.id), []):
            here.setdefault((duty.venue, duty.class_ if at_once else None), []).append(duty)
        for (venue, class_), duties in here.items():
            far = [
                other
                for other in later
                if (other.venue, other.class_ if at_once else None) != (venue, class_)
                and x.scenario.too_close(first, venue, second, other.venue)
            ]
            if far:
                at_most(model, [x.on_duty[duty] for duty in (*duties, *far)], 1)

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every pair of stints that cannot both be kept, one of them a duty."""
        for person in workers(plan):
            if person not in scenario.person:
                continue
            for first, second in combinations(stints(scenario, plan, person), 2):
                if self._clash(scenario, first, second):
                    yield self.broken(
                        1,
                        "broken",
                        (f"person:{person}",),
                        person=person,
                        date=first.date.isoformat(),
                        class_=first.class_ or first.venue,
                        shift=first.shift,
                        other_class=second.class_ or second.venue,
                        other_shift=second.shift,
                        minutes=round(scenario.travel_minutes(first.venue, second.venue)),
                    )

    def _clash(self, scenario: Scenario, first: Stint, second: Stint) -> bool:
        if first.date != second.date or first.shift == second.shift:
            return False
        if not (first.is_duty or second.is_duty):
            return False
        if (first.venue, first.class_) == (second.venue, second.class_):
            return False
        return scenario.too_close(first.end, first.venue, second.start, second.venue)
