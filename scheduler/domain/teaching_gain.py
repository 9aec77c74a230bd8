"""What one more half-day of a specialist, or one more kit, gives: tried on a part of the timetable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Extra:
    """What is added: a half-day (a shift of a day) of somebody who teaches these courses, at a venue; or one
    kit of a course, for which venue and week say what is solved again."""

    kind: Literal["half_day", "kit"]
    courses: tuple[str, ...]
    venue: str
    week: str


@dataclass(frozen=True)
class TeachingGain:
    """The timetable of one venue and week, solved again with something added and without; all else stands.

    `cost` is by how much it costs less, `changes` by how much each soft rule's amount changes. `proven`: both
    are proven best. `day` and `shift` are those of the half-day that was tried.
    """

    extra: Extra
    cost: float
    changes: Mapping[str, int] = field(default_factory=dict, hash=False)
    proven: bool = False
    day: date | None = None
    shift: str = ""
