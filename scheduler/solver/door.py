"""The one door of every stage: what is asked of a solver, and what it answers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from scheduler.domain.plan import Plan, Stage
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.variables.model import Because

StageName = Literal["placement", "timetable", "staffing"]


@dataclass(frozen=True)
class Progress:
    """A step of a running solve: the best value so far and the bound proven so far of one level."""

    stage: StageName
    level: str
    value: float | None
    bound: float | None


@dataclass(frozen=True)
class Step:
    """Work that has no level to tell of, and how much of it is done: files, where they are written."""

    name: Literal["adults", "verify", "outlook", "write"]
    done: int | None = None


class Stop:
    """A wish to end early, made by any thread, heard by whatever search is running."""

    def __init__(self) -> None:
        """Nobody wishes to stop yet."""
        self._lock = threading.Lock()
        self._listeners: list[Callable[[], None]] = []
        self._requested = threading.Event()

    @property
    def requested(self) -> bool:
        """Whether somebody asked to stop."""
        return self._requested.is_set()

    def request(self) -> None:
        """Ask every running search to end with its best."""
        with self._lock:
            self._requested.set()
            listeners = list(self._listeners)
        for listener in listeners:
            listener()

    def call(self, listener: Callable[[], None]) -> None:
        """Call `listener` when somebody asks to stop, at once if somebody has."""
        with self._lock:
            self._listeners.append(listener)
            late = self._requested.is_set()
        if late:
            listener()

    def forget(self, listener: Callable[[], None]) -> None:
        """Call `listener` no more."""
        with self._lock:
            self._listeners.remove(listener)


@dataclass(frozen=True)
class Limits:
    """How long and how a solve may search.

    `seconds` is wall-clock time for the whole stage; when `reproducible` it is read as deterministic
    time, and nothing of a clock shows in the answer.
    """

    seconds: float = 60.0
    seed: int = 0
    workers: int = 8
    reproducible: bool = False
    stop: Stop = field(default_factory=Stop)
    report: Callable[[Progress], None] = lambda progress: None


@dataclass(frozen=True)
class Frozen:
    """What of the previous plan may not change: all that lies before `as_of`."""

    as_of: date | None = None


@dataclass(frozen=True)
class ChangePrices:
    """What one changed decision costs; changes are a level of their own before the soft rules."""

    placement: int = 1
    session: int = 1
    trip: int = 1
    duty: int = 1


@dataclass(frozen=True)
class Part:
    """The part of the scenario to decide; the rest stays as the plan so far has it. None means all. `away`
    are specialists on days on which the rest leaves nothing of them."""

    venues: frozenset[str] | None = None
    weeks: frozenset[str] | None = None
    away: frozenset[tuple[str, date]] = frozenset()


@dataclass(frozen=True)
class Request:
    """Everything a stage needs to know.

    `so_far` holds the earlier stages' decisions of this solve. `previous` is a published plan to stay
    close to, or None. `shared` prices the use of what parts of a divided scenario share, by reference
    (`person:ID`, `course:ID`), in cost per shift or session.
    """

    scenario: Scenario
    rulebook: Rulebook
    so_far: Plan
    limits: Limits
    previous: Plan | None = None
    frozen: Frozen = Frozen()
    prices: ChangePrices = ChangePrices()
    part: Part = Part()
    shared: Mapping[str, float] = field(default_factory=dict)

    def is_free(self, venue: str, *, week: str | None = None, day: date | None = None) -> bool:
        """Whether decisions at a venue in a week (or on a day) are to be made here.

        Without a previous plan nothing is frozen. A week that has begun before `as_of` is frozen whole for
        placement, which knows only weeks.
        """
        if week is None and day is not None:
            week = self.scenario.week_of(day)
        if self.part.venues is not None and venue not in self.part.venues:
            return False
        if self.part.weeks is not None and week not in self.part.weeks:
            return False
        if self.previous is None or self.frozen.as_of is None:
            return True
        first = day if day is not None else next(iter(self.scenario.days_in(week or "")), None)
        return first is None or first >= self.frozen.as_of

    @property
    def is_anew(self) -> bool:
        """Whether all of a season is to be decided, and nothing stands of it."""
        return self.part == Part() and not self.shared and self.previous is None

    @property
    def kept(self) -> Plan | None:
        """The plan whose decisions stand wherever nothing is free."""
        return self.previous


@dataclass(frozen=True)
class Answer:
    """A stage's decisions, written into the plan so far, and how good they are proven to be."""

    plan: Plan
    stage: Stage


class Contradiction(Exception):
    """Hard rules cannot all hold; `rows` is a smallest set found, one of which must change."""

    def __init__(self, stage: StageName, rows: tuple[Because, ...]) -> None:
        """Keep the stage and the rows."""
        super().__init__(stage, rows)
        self.stage = stage
        self.rows = rows


class NoPlanInTime(Exception):
    """The limit was reached before any plan was found; says nothing about whether there is one."""


class Clock:
    """Time since a stage began, and what is left of it."""

    def __init__(self, limits: Limits) -> None:
        """Start now."""
        self._limits = limits
        self._start = time.monotonic()
        self._used = 0.0

    def spend(self, amount: float) -> None:
        """Count deterministic time (used when reproducible)."""
        self._used += amount

    @property
    def elapsed(self) -> float | None:
        """Seconds since the start; None when reproducible."""
        return None if self._limits.reproducible else round(time.monotonic() - self._start, 3)

    @property
    def left(self) -> float:
        """What is left of the stage's limit."""
        used = self._used if self._limits.reproducible else time.monotonic() - self._start
        return max(0.0, self._limits.seconds - used)

    def after(self, seconds: float) -> float:
        """What will be left when so many seconds more are gone: none, once the limit is reached, so that what
        is measured against it ends then, whatever was promised before."""
        return max(0.0, self.left - seconds)
