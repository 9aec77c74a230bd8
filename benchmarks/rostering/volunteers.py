"""The invented city's volunteers: students by the week, neighbours by the weekday, others by the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Literal

from benchmarks.placing.city import KM_PER_DEGREE
from benchmarks.rostering.teachers import LATER
from scheduler.domain.tables import Availability, Child, Person, Venue

Type = Literal["student", "community", "employee", "model_worker"]
Status = Literal["yes", "no", "prefer", "avoid"]

TYPES: tuple[tuple[Type, float], ...] = (
    ("student", 0.4),
    ("community", 0.3),
    ("employee", 0.2),
    ("model_worker", 0.1),
)
WEEKDAYS: dict[Type, tuple[int, int]] = {
    "student": (4, 5),
    "community": (3, 5),
    "employee": (2, 3),
    "model_worker": (1, 2),
}
SHIFTS: dict[Type, tuple[tuple[str, ...], ...]] = {
    "student": ((), (), (), (), ("AM", "NOON"), ("NOON", "PM")),
    "community": ((), (), ("AM", "NOON"), ("NOON", "PM"), ("AM", "PM"), ("PM",)),
    "employee": ((), (), ("AM", "NOON"), ("NOON", "PM")),
    "model_worker": ((), ("AM",), ("PM",)),
}
NAMED, PARTNERED, PARENTS, CERTIFICATE, FIRST_AID = 0.45, 0.1, 0.2, 0.3, 0.2
"""Shares: who name their venues, who have a partner, of neighbours and employees who are parents, of students
who need days for a certificate, of first-aiders."""


class Volunteers:
    """The people and what they say about their time."""

    def __init__(
        self,
        dice: Random,
        venues: Sequence[Venue],
        children: Sequence[Child],
        number: int,
        days: Sequence[date],
    ) -> None:
        """Draw so many; some venues draw more of them than others, and holidays begin early."""
        self._dice = dice
        self._days = days
        self._venues = venues
        self._pull = [dice.lognormvariate(0, 0.3) for _ in venues]
        self._children: dict[str, list[str]] = {venue.id: [] for venue in venues}
        for row in children:
            self._children[row.choices[0]].append(row.id)
        self.times: list[Availability] = []
        self.people = self._paired([self._person(f"W{n + 1:04}") for n in range(number)])

    def _person(self, id: str) -> Person:
        dice = self._dice
        venue = dice.choices(self._venues, self._pull)[0]
        type_ = dice.choices([type_ for type_, _ in TYPES], [share for _, share in TYPES])[0]
        named = dice.random() < NAMED or type_ == "employee"
        parent = type_ in ("community", "employee") and dice.random() < PARENTS
        certificate = type_ == "student" and dice.random() < CERTIFICATE
        birth = MINOR if type_ == "student" and dice.random() < 0.03 else None
        days_a_week = {"student": (4, 5), "community": (3, 4)}.get(type_, (2, 3))
        person = Person(
            id=id,
            name=id,
            kind="volunteer",
            roles=("volunteer", "site") if type_ == "community" and dice.random() < 0.15 else ("volunteer",),
            birth_date=birth,
            venues=(venue.id,) if named else (),
            latitude=_beside(dice, venue.latitude, KM_PER_DEGREE[0]),
            longitude=_beside(dice, venue.longitude, KM_PER_DEGREE[1]),
            max_distance_km=None if named else dice.choice((1.5, 2.0, 3.0)),
            max_shifts_per_day=dice.choices((1, 2, 3), (0.1, 0.5, 0.4))[0],
            max_days_per_week=dice.randint(*days_a_week),
            max_days=dice.randint(8, 16) if dice.random() < 0.2 else None,
            min_days=dice.randint(4, 6) if certificate else 0,
            cleared_until=self._cleared(),
            qualifications=("first_aid",) if dice.random() < FIRST_AID else (),
            volunteer_type=type_,
            own_children=(dice.choice(self._children[venue.id]),) if parent else (),
            fee_per_shift=dice.choice((20, 30)) if dice.random() < 0.15 else None,
        )
        self._offers(id, type_)
        return person

    def _offers(self, id: str, type_: Type) -> None:
        dice, first, last = self._dice, self._days[0], self._days[-1]
        if type_ == "student":
            start = dice.choices((0, 1, 2), (0.55, 0.25, 0.2))[0]
            length = dice.randint(2, 4 - start)
            first = first + timedelta(days=7 * start)
            last = first + timedelta(days=7 * length - 3)
        weekdays = tuple(sorted(dice.sample((1, 2, 3, 4, 5), dice.randint(*WEEKDAYS[type_]))))
        shifts = dice.choice(SHIFTS[type_])
        status: Status = dice.choices(("yes", "prefer", "avoid"), (0.8, 0.13, 0.07))[0]
        self._says(id, first, last, status, weekdays, shifts)
        luck = dice.random()
        if luck < 0.2:
            day = dice.choice([day for day in self._days if first <= day <= last])
            self._says(id, day, day, "no")
        elif luck < 0.35:
            # one of the weeks would suit better, or less
            week = dice.randrange((last - first).days // 7 + 1)
            begin = first + timedelta(days=7 * week)
            self._says(
                id, begin, begin + timedelta(days=4), dice.choice(("prefer", "avoid")), weekdays, shifts
            )

    def _says(
        self,
        id: str,
        first: date,
        last: date,
        status: Status,
        weekdays: tuple[int, ...] = (),
        shifts: tuple[str, ...] = (),
    ) -> None:
        self.times.append(
            Availability(person=id, from_=first, to=last, weekdays=weekdays, shifts=shifts, status=status)
        )

    def _cleared(self) -> date | None:
        luck = self._dice.random()
        return None if luck < 0.015 else self._dice.choice(self._days) if luck < 0.04 else LATER

    def _paired(self, people: list[Person]) -> tuple[Person, ...]:
        """Neighbours in the list who come to the same venue, now and then."""
        waiting: dict[tuple[str, ...], int] = {}
        for number, row in enumerate(people):
            if self._dice.random() >= PARTNERED:
                continue
            other = waiting.pop(row.venues, None)
            if other is None:
                waiting[row.venues] = number
            else:
                people[number] = row.model_copy(update={"partners": (people[other].id,)})
                people[other] = people[other].model_copy(update={"partners": (row.id,)})
        return tuple(people)


MINOR = date(2007, 3, 1)
"""Seventeen in the season."""


def _beside(dice: Random, degrees: float | None, km_per_degree: float) -> float:
    return round((degrees or 0) + dice.gauss(0, 0.7) / km_per_degree, 5)
