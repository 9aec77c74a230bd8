"""What was decided by hand about duties holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from scheduler.domain.plan import Duty, Plan
from scheduler.domain.programme import duty_shifts, runs_on
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Lock
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule, place, refs_of, sorted_duties
from scheduler.rules.moves import Move, Post
from scheduler.variables.model import Because, Model
from scheduler.variables.staffing import Staffing


class StaffingLocks(DutyRule):
    """A lock `duty` puts its person on duty, a lock `no_duty` keeps people off.

    `duty` asks for its person in every shift in which its class runs, among those of its week, date and
    shift; without a class: on whatever duty, in every shift in which any class runs. Where nothing runs
    there is nothing to be on duty for; a lock that asks for nothing at all so is remarked on. A lock of role
    `site` and a class means the class's venue.
    """

    unit: ClassVar[str] = "shifts"

    def formulate(self, model: Model, x: Staffing) -> None:
        """One of the lock's duties, or none of them."""
        for lock in x.scenario.lock.values():
            if lock.kind == "no_duty":
                self._forbid(model, x, lock)
            elif lock.kind == "duty" and lock.person is not None:
                self._ask(model, x, lock, lock.person)

    def _forbid(self, model: Model, x: Staffing, lock: Lock) -> None:
        for duty, variable in x.on_duty.items():
            if not isinstance(variable, int) and covers(x.scenario, lock, duty):
                model.require(variable == 0, Because("locks", lock.id))

    def _ask(self, model: Model, x: Staffing, lock: Lock, person: str) -> None:
        classes = [row for row in x.scenario.class_.values() if lock.class_ in (None, row.id)]
        for day in x.scenario.open_days:
            running = [row for row in classes if runs_on(x.scenario, x.plan, row.id, day)]
            if not any(x.is_free(row.venue, day) for row in running):
                continue
            for shift in x.scenario.shift:
                if not any(shift in x.scenario.held(row.id, day) for row in running):
                    continue
                if not _in_time(x.scenario, lock, day, shift):
                    continue
                duties = x.by_person_shift.get((person, day, shift), ())
                fitting = [x.on_duty[duty] for duty in duties if covers(x.scenario, lock, duty)]
                # where no duty is possible at all the person's own row is as much to blame as the lock
                blame = [] if fitting else [Because("staff", person)]
                model.any_of(fitting, Because("locks", lock.id), *blame)

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every shift that a `duty` misses, and every duty that a `no_duty` forbids."""
        for lock in scenario.lock.values():
            if lock.kind == "duty" and lock.person is not None:
                yield from self._missed(scenario, plan, lock, lock.person)
            elif lock.kind == "no_duty":
                for duty in sorted_duties(plan):
                    yield from self._forbidden(scenario, lock, duty)

    def blockers(self, scenario: Scenario, plan: Plan, move: Move) -> Iterator[Violation]:
        """What the locks have against a move: a duty more can only be one that a `no_duty` forbids."""
        if not isinstance(move, Post) or move.instead_of is not None:
            yield from super().blockers(scenario, plan, move)
            return
        for lock in scenario.lock.values():
            if lock.kind == "no_duty":
                yield from self._forbidden(scenario, lock, move.duty)

    def _forbidden(self, scenario: Scenario, lock: Lock, duty: Duty) -> Iterator[Violation]:
        if self._means(scenario, lock, duty):
            refs = (f"lock:{lock.id}", *refs_of(duty))
            yield self.broken(1, "no_duty", refs, lock=lock.id, **place(duty))

    def _missed(self, scenario: Scenario, plan: Plan, lock: Lock, person: str) -> Iterator[Violation]:
        kept = {
            (duty.date, duty.shift) for duty in plan.duties_of(person) if self._means(scenario, lock, duty)
        }
        for day, shift in sorted(duty_shifts(scenario, plan, lock) - kept):
            where = {"class_": lock.class_, "date": day.isoformat(), "shift": shift}
            yield self.broken(
                1,
                "duty" if lock.class_ else "duty_anywhere",
                (f"lock:{lock.id}", f"person:{person}", f"day:{day.isoformat()}/{shift}"),
                lock=lock.id,
                person=person,
                **where,
            )

    def remarks(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every `duty` that comes to nothing, because nothing runs where and when it asks for its person."""
        for lock in scenario.lock.values():
            if lock.kind != "duty" or lock.person is None or duty_shifts(scenario, plan, lock):
                continue
            refs = (f"lock:{lock.id}", f"person:{lock.person}")
            message = "idle" if lock.class_ else "idle_anywhere"
            yield self.broken(1, message, refs, lock=lock.id, person=lock.person, class_=lock.class_)

    def _means(self, scenario: Scenario, lock: Lock, duty: Duty) -> bool:
        """Whether a duty is one the lock speaks of."""
        blank_or_same = (
            lock.person in (None, duty.person)
            and lock.date in (None, duty.date)
            and lock.shift in (None, duty.shift)
            and lock.role in (None, duty.role)
        )
        if not blank_or_same or duty.date not in scenario.day:
            return False
        if lock.week is not None and scenario.week_of(duty.date) != lock.week:
            return False
        if lock.class_ is None or lock.class_ == duty.class_:
            return True
        class_ = scenario.class_.get(lock.class_)
        return lock.role == "site" and class_ is not None and duty.venue == class_.venue


def _in_time(scenario: Scenario, lock: Lock, day: date, shift: str) -> bool:
    if lock.week is not None and lock.week != scenario.week_of(day):
        return False
    return lock.date in (None, day) and lock.shift in (None, shift)


def covers(scenario: Scenario, lock: Lock, duty: Duty) -> bool:
    """The solver's reading of a lock."""
    if lock.person not in (None, duty.person) or lock.role not in (None, duty.role):
        return False
    if not _in_time(scenario, lock, duty.date, duty.shift):
        return False
    if lock.class_ is None:
        return True
    if lock.role == "site":
        return duty.venue == scenario.class_[lock.class_].venue
    return duty.class_ == lock.class_
