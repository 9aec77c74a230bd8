"""People stay at one venue for the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.work import stints
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule
from scheduler.variables.model import Expression, Model, Variable
from scheduler.variables.staffing import Staffing


class VenueChanges(DutyRule):
    """Venues of a person on duty in a day, beyond the first; where they teach counts too."""

    hard: ClassVar[bool] = False
    unit: ClassVar[str] = "changes of venue"
    weight: ClassVar[float] = 2.0

    def formulate(self, model: Model, x: Staffing) -> Expression:
        """For each day at several venues: the venues visited, less one."""
        return model.total(
            self._changes(model, x, person, day) for person in x.people for day in x.days_of(person)
        )

    def _changes(self, model: Model, x: Staffing, person: str, day: date) -> Expression:
        at: dict[str, dict[str, list[Duty]]] = defaultdict(lambda: defaultdict(list))
        for shift in x.scenario.shift:
            for duty in x.by_person_shift.get((person, day, shift), ()):
                at[duty.venue][shift].append(duty)
        taught = {
            row.venue for row in stints(x.scenario, x.plan, person) if row.date == day and not row.is_duty
        }
        if len(taught | set(at)) < 2:
            return 0
        visits: list[Variable] = [1] * len(taught)
        for venue in sorted(set(at) - taught):
            visits.append(model.boolean(f"visits {person} {venue} {day}"))
            for duties in at[venue].values():
                model.require(x.sum_of(duties) <= visits[-1])
        over = model.integer(0, len(visits) - 1, f"venues {person} {day}")
        if len(taught) < 2:
            model.require(model.total(visits) - 1 <= over)
        else:  # sessions alone, however spread, are the timetable's: then nothing is counted
            every = [x.on_duty[d] for shifts in at.values() for duties in shifts.values() for d in duties]
            on_duty = model.either(every, f"on duty {person} {day}")
            model.require(model.total(visits) - 1 <= over, when=[on_duty])
        return over

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every person and day with several venues."""
        for person in sorted({duty.person for duty in plan.duties} & set(scenario.person)):
            venues: dict[date, set[str]] = defaultdict(set)
            on_duty: set[date] = set()
            for row in stints(scenario, plan, person):
                venues[row.date].add(row.venue)
                if row.is_duty:
                    on_duty.add(row.date)
            for day in sorted(on_duty):
                if len(venues[day]) > 1:
                    yield self.broken(
                        len(venues[day]) - 1,
                        "broken",
                        (f"person:{person}", f"day:{day.isoformat()}"),
                        person=person,
                        date=day.isoformat(),
                        n=len(venues[day]),
                    )
