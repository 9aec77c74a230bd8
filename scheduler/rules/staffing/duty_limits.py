"""Nobody works more than they said they could."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import ClassVar

from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Person
from scheduler.domain.work import stints, workers
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule
from scheduler.variables.model import Because, Expression, Model
from scheduler.variables.staffing import Staffing


class DutyLimits(DutyRule):
    """Most shifts a day, days a week and days a season of who is on duty, sessions counted too.

    A day, week or season with sessions alone is the timetable's business.
    """

    unit: ClassVar[str] = "shifts or days too many"

    def formulate(self, model: Model, x: Staffing) -> None:
        """Sums of worked shifts and days against each person's limits."""
        for person in x.people:
            row = x.scenario.person[person]
            days = x.days_of(person)
            if row.max_shifts_per_day is not None:
                for day in days:
                    self._hold(model, x, row, row.max_shifts_per_day, [day], self._shifts(x, person, day))
            if row.max_days_per_week is not None:
                for week in dict.fromkeys(x.scenario.week_of(day) for day in days):
                    self._hold_days(model, x, row, row.max_days_per_week, x.scenario.days_in(week))
            if row.max_days is not None:
                self._hold_days(model, x, row, row.max_days, x.scenario.open_days)

    def _shifts(self, x: Staffing, person: str, day: date) -> list[Expression]:
        standing = x.stands(person).get(day, frozenset())
        return [1 if s in standing else x.in_shift(person, day, s) for s in x.scenario.shift]

    def _hold_days(self, model: Model, x: Staffing, row: Person, limit: int, days: Iterable[date]) -> None:
        able = set(x.days_of(row.id)) | set(x.stands(row.id))
        days = [day for day in days if day in able]
        if len(days) > limit:
            self._hold(model, x, row, limit, days, [x.works(row.id, day) for day in days])
            self._tighten(model, x, row, days)

    def _tighten(self, model: Model, x: Staffing, row: Person, days: Iterable[date]) -> None:
        """Shifts of a day against the day itself: implied, but without it the relaxation fills three shifts
        of two thirds of a day each where two are allowed."""
        daily = row.max_shifts_per_day
        for day in days if daily is not None else ():
            shifts = [x.in_shift(row.id, day, shift) for shift in x.scenario.shift]
            open_ = [shift for shift in shifts if not isinstance(shift, int)]
            if day not in x.stands(row.id) and daily is not None and len(open_) > daily:
                model.require(model.total(open_) <= daily * x.works(row.id, day))

    def _hold(
        self,
        model: Model,
        x: Staffing,
        row: Person,
        limit: int,
        days: Iterable[date],
        worked: list[Expression],
    ) -> None:
        """Hold a limit over some days; where what stands already breaks it nothing is added."""
        because = Because("staff", row.id)
        if sum(term for term in worked if isinstance(term, int)) <= limit:
            model.require(model.total(worked) <= limit, because)
            return
        for duty in self._open(x, row.id, days):
            model.require(x.on_duty[duty] == 0, because)

    def _open(self, x: Staffing, person: str, days: Iterable[date]) -> Iterator[Duty]:
        wanted = set(days)
        for duty in x.duties_of(person):
            if duty.date in wanted and not isinstance(x.on_duty[duty], int):
                yield duty

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every person and day, week or season with a duty beyond the limit."""
        for person in workers(plan):
            if person not in scenario.person:
                continue
            worked: dict[date, set[str]] = defaultdict(set)
            on_duty: set[date] = set()
            for row in stints(scenario, plan, person):
                worked[row.date].add(row.shift)
                if row.is_duty:
                    on_duty.add(row.date)
            yield from self._over(scenario, scenario.person[person], worked, on_duty)

    def _over(
        self, scenario: Scenario, row: Person, worked: dict[date, set[str]], on_duty: set[date]
    ) -> Iterator[Violation]:
        refs = (f"person:{row.id}",)
        for day in sorted(on_duty):
            limit, found = row.max_shifts_per_day, len(worked[day])
            if limit is not None and found > limit:
                date_ = day.isoformat()
                yield self.broken(
                    found - limit,
                    "shifts_per_day",
                    (*refs, f"day:{date_}"),
                    person=row.id,
                    date=date_,
                    found=found,
                    limit=limit,
                )
        for week in dict.fromkeys(scenario.week_of(day) for day in sorted(on_duty)):
            limit, found = row.max_days_per_week, sum(scenario.week_of(day) == week for day in worked)
            if limit is not None and found > limit:
                yield self.broken(
                    found - limit,
                    "days_per_week",
                    (*refs, f"week:{week}"),
                    person=row.id,
                    week=week,
                    found=found,
                    limit=limit,
                )
        if on_duty and row.max_days is not None and len(worked) > row.max_days:
            yield self.broken(
                len(worked) - row.max_days,
                "days",
                refs,
                person=row.id,
                found=len(worked),
                limit=row.max_days,
            )
