"""The rows of the coordinator's overview, as facts without words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scheduler.exporters.views.rota import Missing
from scheduler.exporters.views.shortfall import Why
from scheduler.exporters.views.work import Load


@dataclass(frozen=True)
class Fill:
    """A class-week: children against places."""

    class_: str
    venue: str
    week: str
    runs: bool
    children: int
    places: int
    fewest: int
    waiting: int
    withheld: bool


@dataclass(frozen=True)
class ChildRow:
    """A processed child: its class by week, and its page."""

    id: str
    name: str
    rank: int
    weeks: Mapping[str, str]
    wanted: tuple[str, ...]
    waits: int
    guardian: str
    phone: str
    page: str


@dataclass(frozen=True)
class QueueRow:
    """One place in a waiting list, with whom to ask, and the class the child has meanwhile."""

    class_: str
    venue: str
    week: str
    position: int
    child: str
    name: str
    rank: int
    has: str
    guardian: str
    phone: str


@dataclass(frozen=True)
class GapRow:
    """One unfilled post, and why it is."""

    date: date
    shift: str
    venue: str
    class_: str
    missing: Missing
    whys: tuple[Why, ...] = ()


@dataclass(frozen=True)
class RankRow:
    """Child-weeks wanted and placed of one priority rank, with the priorities it stands for."""

    rank: int
    names: tuple[str, ...]
    children: int
    wanted: int
    placed: int


@dataclass(frozen=True)
class PersonRow:
    """One adult: what the plan gives, what the adult offered, and the page."""

    id: str
    name: str
    kind: str
    volunteer_type: str
    teaches_only: bool
    provider: str
    load: Load
    min_days: int
    page: str


@dataclass(frozen=True)
class LeftOut:
    """A child or adult the plan leaves aside, and why (`withdrawn`, `no_consent`, `not_cleared`, `minor`)."""

    kind: str
    id: str
    name: str
    why: str
