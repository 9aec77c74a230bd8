"""The shortfall of a plan: unfilled posts and why, whom to recruit, and which limits would help."""

from __future__ import annotations

from datetime import date as Date
from typing import Literal, get_args

from pydantic import Field

from scheduler.domain.plan import Duty, Gap, Record
from scheduler.domain.tables.staff import Role

Hurdle = Literal[
    "role",
    "here",
    "qualification",
    "offered",
    "minor",
    "cleared",
    "reach",
    "parent",
    "locked",
    "other",
    "limit",
    "busy",
    "able",
]
"""What keeps people from a post, from the first thing asked of them to the last: nobody has the role; they
are there already; they lack the qualification; did not offer the shift; are too young, not cleared,
out of reach, a parent there, kept off by a lock or another rule, at a limit, at another post; or `able`.
"""

HURDLES: tuple[Hurdle, ...] = get_args(Hurdle)

ReliefKind = Literal["days_per_week", "days", "shifts_per_day", "distance", "venue", "clearance", "offer"]
"""One limit of one person: days a week, days in all, shifts a day, the way, the venues named, the background
check, or what the person offered on one day."""


class Near(Record):
    """Somebody who comes closest to filling a post, and what is in the way."""

    person: str
    hurdle: Hurdle


class Vacancy(Gap):
    """A gap, and why it is one.

    `reason` is the hurdle that the best candidates fail at; `tally` says how many fail at each (a person at
    the first one only); `able` are those whom nothing keeps from it, `near` those who fail last.
    """

    must: bool
    trip: str | None = None
    roles: tuple[Role, ...]
    qualification: str = ""
    reason: Hurdle
    tally: dict[Hurdle, int] = Field(default_factory=dict)
    able: tuple[str, ...] = ()
    near: tuple[Near, ...] = ()


class Extra(Record):
    """A shift that somebody new would have to take; `must`: a need that must be met asks for it."""

    venue: str
    class_: str | None = Field(default=None, alias="class")
    date: Date
    shift: str
    role: Role
    qualifications: tuple[str, ...] = ()
    must: bool = False


class Offer(Record):
    """Extra shifts that one person, or several alike, could take together: the same shifts of the same days.

    `must` counts those of its shifts that a need which must be met asks for.
    """

    venue: str
    role: Role
    qualifications: tuple[str, ...] = ()
    people: int = Field(ge=1)
    dates: tuple[Date, ...]
    weeks: tuple[str, ...]
    shifts: tuple[str, ...]
    classes: tuple[str, ...] = ()
    must: int = 0

    @property
    def total(self) -> int:
        """Shifts in all."""
        return self.people * len(self.dates) * len(self.shifts)


class Relief(Record):
    """What one limit of one person, relaxed, would give: tried with every rule, and nobody moves but `moved`.

    `closes` counts the missing adults. `now` and `then` are the limit's two values, where it has any; the
    duties are those that the person would take; `moved` is who would go where from one of them.
    """

    person: str
    kind: ReliefKind
    week: str | None = None
    date: Date | None = None
    venue: str | None = None
    now: float | None = None
    then: float | None = None
    closes: int = Field(ge=1)
    duties: tuple[Duty, ...]
    moved: tuple[Duty, ...] = ()


class Unopened(Record):
    """A class-week withheld because the adults cannot carry it, and a role that it must have filled: so many
    shifts with the fewest children (some of them may be filled by people who are free)."""

    class_: str = Field(alias="class")
    venue: str
    week: str
    roles: tuple[Role, ...]
    shifts: int = Field(ge=1)


class Shortfall(Record):
    """Everything about the adults that are missing. The extras are as few as close every gap (proven)."""

    missing: int
    must: int
    vacancies: tuple[Vacancy, ...] = ()
    extras: tuple[Extra, ...] = ()
    offers: tuple[Offer, ...] = ()
    reliefs: tuple[Relief, ...] = ()
    unopened: tuple[Unopened, ...] = ()
    untried: int = 0
    """Limits that promise less than the reliefs, and were not tried."""

    def at(self, venue: str) -> tuple[Offer, ...]:
        """The offers of one venue."""
        return tuple(offer for offer in self.offers if offer.venue == venue)

    def of(self, person: str) -> tuple[Relief, ...]:
        """What relaxing a limit of this person would give."""
        return tuple(relief for relief in self.reliefs if relief.person == person)
