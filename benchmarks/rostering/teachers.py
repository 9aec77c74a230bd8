"""The invented city's paid adults: homeroom and life teachers, specialists, people who answer for venues."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Literal

from scheduler.domain.tables import Availability, Class, Lock, Person, Venue
from scheduler.domain.tables.staff import Role

LATER = date(2030, 12, 31)
SPARE = 8
"""Classes for each spare homeroom teacher."""


class Teachers:
    """The people, what they say about their time, and the locks that concern them."""

    def __init__(
        self, dice: Random, venues: Sequence[Venue], classes: Sequence[Class], days: Sequence[date]
    ) -> None:
        """Draw them all."""
        self._dice = dice
        self._days = days
        self.people: list[Person] = []
        self.times: list[Availability] = []
        self.homeroom: dict[str, Person] = {}
        self.specialists: list[Person] = []
        for row in classes:
            self._homeroom(row)
        for number in range(-(-len(classes) // SPARE)):
            self._spare(number, dice.choice(venues))
        for number, row in enumerate(classes):
            # nine life teachers for ten classes: the rest of the noons is for homeroom teachers
            if number % 10 != 9:
                self._life(number, row)
        for number, venue in enumerate(venues):
            self._specialist(number, venue)
            self._site(number, venues)
        self.locks = tuple(self._locks(classes))

    def _add(self, person: Person) -> Person:
        self.people.append(person)
        # one in six is away for some days
        if self._dice.random() < 1 / 6:
            first = self._dice.choice(self._days)
            last = first + timedelta(days=self._dice.randint(0, 4))
            self.times.append(Availability(person=person.id, from_=first, to=last, status="no"))
        return person

    def _homeroom(self, row: Class) -> None:
        teaches, looks_after = self._dice.random() < 0.2, self._dice.random() < 0.2
        roles: list[Role] = ["homeroom"]
        roles += ["life"] if looks_after else []
        roles += ["specialist"] if teaches else []
        id = f"T{len(self.homeroom) + 1:04}"
        self.homeroom[row.id] = self._add(
            Person(
                id=id,
                name=id,
                kind="teacher",
                roles=tuple(roles),
                courses=("paper",) if teaches else (),
                venues=(row.venue,),
                max_shifts_per_day=3 if looks_after else 2,
                cleared_until=self._cleared(),
                qualifications=("first_aid",) if self._dice.random() < 0.3 else (),
                fee_per_shift=100,
            )
        )
        if self._dice.random() < 0.1:
            weekday, shift = self._dice.randint(1, 5), self._dice.choice(("AM", "PM"))
            self._says(id, (weekday,), (shift,), "avoid")

    def _spare(self, number: int, venue: Venue) -> None:
        self._add(
            Person(
                id=f"H{number + 1:03}",
                name=f"H{number + 1:03}",
                kind="teacher",
                roles=("homeroom", "life"),
                latitude=venue.latitude,
                longitude=venue.longitude,
                max_distance_km=5,
                max_days_per_week=4,
                cleared_until=self._cleared(),
                qualifications=("first_aid",),
                fee_per_shift=120,
            )
        )

    def _life(self, number: int, row: Class) -> None:
        self._add(
            Person(
                id=f"L{number + 1:04}",
                name=f"L{number + 1:04}",
                kind="teacher",
                roles=("life", "volunteer") if self._dice.random() < 0.2 else ("life",),
                venues=(row.venue,),
                max_shifts_per_day=self._dice.choice((1, 1, 2)),
                cleared_until=self._cleared(),
                qualifications=("first_aid",) if self._dice.random() < 0.2 else (),
                fee_per_shift=80,
            )
        )

    def _specialist(self, number: int, venue: Venue) -> None:
        """One a venue, travelling to the next few; some help as volunteers when they do not teach."""
        helps = self._dice.random() < 0.15
        self.specialists.append(
            self._add(
                Person(
                    id=f"S{number + 1:03}",
                    name=f"S{number + 1:03}",
                    kind="teacher",
                    roles=("specialist", "volunteer") if helps else ("specialist",),
                    courses=("opera", "models") if number % 2 else ("painting", "dance"),
                    latitude=venue.latitude,
                    longitude=venue.longitude,
                    max_distance_km=8,
                    max_shifts_per_day=2,
                    cleared_until=LATER,
                    fee_per_session=200,
                )
            )
        )

    def _site(self, number: int, venues: Sequence[Venue]) -> None:
        """A leader a venue; four guards and four nurses for five venues, each at two of them."""
        venue, other = venues[number], venues[(number + 1) % len(venues)]
        shared: dict[str, Any] = {"kind": "teacher", "roles": ("site",), "fee_per_shift": 60}
        leader = f"X{number + 1:03}"
        self._add(
            Person(
                id=leader,
                name=leader,
                venues=(venue.id,),
                cleared_until=LATER,
                qualifications=("first_aid",) if self._dice.random() < 0.5 else (),
                **shared,
            )
        )
        for letter, known, lacking in (("G", (), 4), ("N", ("nurse", "first_aid"), 2)):
            if number % 5 != lacking:
                self._add(
                    Person(
                        id=f"{letter}{number + 1:03}",
                        name=f"{letter}{number + 1:03}",
                        venues=tuple(sorted({venue.id, other.id})),
                        max_shifts_per_day=2,
                        cleared_until=self._cleared(),
                        qualifications=known,
                        **shared,
                    )
                )

    def _cleared(self) -> date | None:
        """For most well after the season; a few checks expire within it, or are missing."""
        luck = self._dice.random()
        return None if luck < 0.01 else self._dice.choice(self._days) if luck < 0.03 else LATER

    def _says(
        self, person: str, weekdays: tuple[int, ...], shifts: tuple[str, ...], status: Literal["no", "avoid"]
    ) -> None:
        self.times.append(
            Availability(
                person=person,
                from_=self._days[0],
                to=self._days[-1],
                weekdays=weekdays,
                shifts=shifts,
                status=status,
            )
        )

    def _locks(self, classes: Sequence[Class]) -> list[Lock]:
        """Now and then a homeroom teacher stays away from an afternoon, decided by hand."""
        return [
            Lock(id=f"L{n}", kind="no_duty", person=self.homeroom[row.id].id, date=day, shift="PM")
            for n, row in enumerate(classes)
            if n % 12 == 5
            for day in (self._dice.choice(self._days),)
        ]
