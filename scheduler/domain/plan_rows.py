"""The rows of a plan, as `plan.json` holds them.

Rows of which a province has millions (who is placed, waits, is or could be on duty) are slotted
dataclasses: a tenth of a model's memory. The plan checks those it reads; types check those that are made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from scheduler.domain.tables.staff import Role

ChangeKind = Literal["placement", "session", "trip", "duty", "class"]

ClassId = Annotated[str, Field(alias="class")]


class Record(BaseModel):
    """The base of the plan's rows."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        hide_input_in_errors=True,
        coerce_numbers_to_str=True,
    )


class OpenClass(Record):
    """A class runs in a week."""

    class_: str = Field(alias="class")
    week: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A child is in a class for a week; `choice` is its 1-based position, 0 by lock or without choices."""

    child: str
    week: str
    class_: ClassId
    choice: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A child waits for a class-week, at a 1-based position."""

    class_: ClassId
    week: str
    child: str
    position: int


class Envy(Record):
    """A claim that could not be helped: a child of the unit, and the class-week it could claim."""

    child: str
    week: str
    class_: str = Field(alias="class")
    reason: str


class Session(Record):
    """A class has a course from a first period on; `teacher` null: led by who is on duty; `room` null: home
    room. Rows of classes of one venue alike in all else are one joint session."""

    class_: str = Field(alias="class")
    date: Date
    period: str
    course: str
    teacher: str | None = None
    room: str | None = None


class Seating(Record):
    """People of a class in one bus, numbered from 1."""

    bus: int
    children: int
    adults: int


class Outing(Record):
    """A class goes on a trip on a day."""

    trip: str
    date: Date
    class_: str = Field(alias="class")
    seating: tuple[Seating, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A person is on duty in a class for a shift; `class_` null for role `site`."""

    person: str
    role: Role
    class_: Annotated[str | None, Field(alias="class")] = None
    venue: str
    date: Date
    shift: str


class Gap(Record):
    """Adults missing; `class_` null where the venue asks. `need` is the need with the largest ask."""

    need: str
    class_: str | None = Field(default=None, alias="class")
    venue: str
    date: Date
    shift: str
    missing: int = Field(ge=1)


class Score(Record):
    """A soft rule's amount in its unit, and its cost (weight times amount)."""

    amount: float
    cost: float


class Level(Record):
    """One level of a stage's strict order: value reached, bound proven, relative gap."""

    name: str
    value: float
    bound: float
    gap: float = Field(ge=0)


class Stage(Record):
    """How one stage ended; `seconds` is null when reproducible."""

    name: Literal["placement", "timetable", "staffing"]
    status: Literal["optimal", "feasible", "stopped"]
    seconds: float | None
    levels: tuple[Level, ...] = ()


class Change(Record):
    """One difference from the previous plan."""

    kind: ChangeKind
    ref: str
    from_: str | None = Field(default=None, alias="from")
    to: str | None = None
    reason: str = ""


class Away(Record):
    """Somebody is away from a first to a last day; their posts were covered."""

    person: str
    from_: Date = Field(alias="from")
    to: Date
