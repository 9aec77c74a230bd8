"""The duties among which staffing decides: asked for, or locked, and admitted by every hard rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from scheduler.domain.demand import Ask, class_asks, venue_asks
from scheduler.domain.plan import Duty, Plan
from scheduler.domain.programme import runs_on
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Lock, Person
from scheduler.domain.tables.staff import DUTY_ROLES
from scheduler.rules.duties import DutyRule
from scheduler.solver.door import Request


def possible(request: Request, plan: Plan, rules: Iterable[DutyRule]) -> list[Duty]:
    """Every duty that may be decided, sorted; minors only where a lock puts them."""
    judges = tuple(rule for rule in rules if type(rule).admits is not DutyRule.admits)
    locked: dict[date, list[Duty]] = defaultdict(list)
    for duty in _locked(request, plan):
        locked[duty.date].append(duty)
    found: list[Duty] = []
    for day in sorted({*request.scenario.open_days, *locked}):  # of a province millions: sorted day by day
        on_day = dict.fromkeys((*_asked(request.scenario, plan, day), *locked[day]))
        kept = (duty for duty in on_day if request.is_free(duty.venue, day=day))
        admitted = (d for d in kept if all(rule.admits(request.scenario, plan, d) for rule in judges))
        found += sorted(admitted, key=lambda d: (d.shift, d.class_ or "", d.venue, d.role, d.person))
    return found


def _asked(scenario: Scenario, plan: Plan, day: date) -> Iterator[Duty]:
    near = _Near(scenario, day)
    at_venue = {
        (venue, shift): venue_asks(scenario, plan, venue, day, shift)
        for venue in scenario.venue
        for shift in scenario.shift
    }
    for class_ in sorted({name for name, _ in plan.running} & set(scenario.class_)):
        for shift in runs_on(scenario, plan, class_, day):
            venue = scenario.class_[class_].venue
            wide = tuple(ask for ask in at_venue[venue, shift] if ask.roles != ("site",))
            asks = (*class_asks(scenario, plan, class_, day, shift), *wide)
            yield from _able(near, asks, class_, venue, shift)
    for (venue, shift), asks in at_venue.items():
        yield from _able(near, asks, None, venue, shift)


class _Near:
    """Who could be at a venue in a shift of a day at all: asked by venue and shift, not by class and rule,
    since most people of a city are far from most of its classes."""

    def __init__(self, scenario: Scenario, day: date) -> None:
        self._scenario = scenario
        self.day = day
        self._free: dict[tuple[str, str], bool] = {}
        self._adults: dict[tuple[str, str], list[Person]] = {}

    def adults(self, venue: str, shift: str) -> list[Person]:
        key = (venue, shift)
        if key not in self._adults:
            here = self._scenario.workers_at(venue)
            self._adults[key] = [row for row in here if self._is_free(row.id, shift)]
        return self._adults[key]

    def _is_free(self, person: str, shift: str) -> bool:
        key = (person, shift)
        if key not in self._free:
            scenario, day = self._scenario, self.day
            self._free[key] = (
                scenario.is_cleared(person, day)
                and not scenario.is_minor(person, day)
                and scenario.availability_of(person, day, shift) != "no"
            )
        return self._free[key]


def _able(near: _Near, asks: tuple[Ask, ...], class_: str | None, venue: str, shift: str) -> Iterator[Duty]:
    """Adults who could be there and are counted by one of the asks, in each role that is."""
    if not asks:
        return
    roles = [role for role in DUTY_ROLES if (role == "site") == (class_ is None)]
    plain = {role for role in roles for ask in asks if role in ask.roles and not ask.qualification}
    for person in near.adults(venue, shift):
        for role in roles:
            if role in person.roles and (role in plain or _wanted(asks, person, role)):
                yield Duty(
                    person=person.id, role=role, class_=class_, venue=venue, date=near.day, shift=shift
                )


def _wanted(asks: tuple[Ask, ...], person: Person, role: str) -> bool:
    return any(
        role in ask.roles and (not ask.qualification or ask.qualification in person.qualifications)
        for ask in asks
    )


def _locked(request: Request, plan: Plan) -> Iterator[Duty]:
    """Duties that a lock may mean, asked for or not."""
    scenario = request.scenario
    for lock in scenario.lock.values():
        person = scenario.person.get(lock.person) if lock.person and lock.kind == "duty" else None
        if person is not None:
            yield from _meant(scenario, plan, lock, person)


def _meant(scenario: Scenario, plan: Plan, lock: Lock, person: Person) -> Iterator[Duty]:
    roles = [role for role in DUTY_ROLES if role in person.roles and lock.role in (None, role)]
    for row in scenario.class_.values():
        if lock.class_ not in (None, row.id):
            continue
        for day in scenario.open_days:
            if lock.date not in (None, day) or lock.week not in (None, scenario.week_of(day)):
                continue
            for shift in runs_on(scenario, plan, row.id, day):
                if lock.shift not in (None, shift):
                    continue
                for role in roles:
                    class_ = None if role == "site" else row.id
                    yield Duty(
                        person=person.id, role=role, class_=class_, venue=row.venue, date=day, shift=shift
                    )
