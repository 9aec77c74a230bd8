"""Every engine on one season of the timetable, each to be run in a process of its own."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from benchmarks.placing.told import Moment, gap_of
from benchmarks.timetabling import fet
from benchmarks.timetabling.city import season
from benchmarks.timetabling.memory import Memory
from benchmarks.timetabling.scored import Score, scored
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook

ENGINES = re.compile(r"ours|cpsat[1-9]\d*|fet")
"""`ours`; the same model searched plainly by CP-SAT with so many workers; FET on what it can be told."""

LOADS = (1.0, 0.85, 0.7)
"""FET is asked to place so much of what specialists could give, the next less where it placed not all."""


@dataclass(frozen=True)
class Case:
    """One season to solve; `workers` are ours."""

    classes: int
    workers: int = 8
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """How an engine ended.

    `seconds` in all, `building` of these before its search; `value` and `bound` as it tells them (None: it
    has none); `moments` its best value and bound over time; `score` what the checker says, None where it
    has no timetable.
    """

    seconds: float
    building: float = 0.0
    value: float | None = None
    bound: float | None = None
    moments: tuple[Moment, ...] = ()
    peak_mb: float = 0.0
    score: Score | None = None
    note: str = ""

    @property
    def gap(self) -> float | None:
        """Relative to the value; None where nothing is proven."""
        return None if self.value is None or self.bound is None else gap_of(self.value, self.bound)

    @property
    def first(self) -> float | None:
        """When the first timetable was there."""
        return next((time for time, value, _ in self.moments if value is not None), None)

    def when(self, cost: float) -> float | None:
        """When a timetable was there that costs no more; None: never."""
        times = (time for time, value, _ in self.moments if value is not None and value <= cost + 1e-6)
        return next(times, None)

    def when_gap(self, gap: float) -> float | None:
        """When the gap was first no larger; None: never."""
        for time_, value, bound in self.moments:
            if value is not None and bound is not None and gap_of(value, bound) <= gap + 1e-9:
                return time_
        return None


@dataclass
class _Diary:
    """What a search tells while it runs, with the second since its beginning."""

    began: float = field(default_factory=time.monotonic)
    rows: list[Moment] = field(default_factory=list)

    def note(self, value: float | None, bound: float | None) -> None:
        self.rows.append((time.monotonic() - self.began, value, bound))

    def ended(self, value: float | None, bound: float | None) -> tuple[Moment, ...]:
        self.note(value, bound)
        return tuple(self.rows)


def run(engine: str, case: Case, seconds: float, pipe: Connection) -> None:
    """Solve and send the result, or what went wrong."""
    # solvers greet on the standard output, which is the table's
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        pipe.send(solved(engine, case, seconds))
    except Exception as error:
        pipe.send(f"{type(error).__name__}: {error}")
        raise


def solved(engine: str, case: Case, seconds: float) -> Result:
    """One engine on one season within so many seconds, and what the checker says of its timetable."""
    scenario, placed = season(case.classes, case.seed)
    if engine == "ours":
        return _ours(scenario, placed, seconds, case.workers)
    if engine == "fet":
        return _fet(scenario, placed, seconds)
    return _plainly(scenario, placed, seconds, int(engine[5:]))


def _ours(scenario: Scenario, placed: Plan, seconds: float, workers: int) -> Result:
    from scheduler.solver.door import Limits, Progress, Request
    from scheduler.solver.timetable import solve

    diary = _Diary()

    def report(progress: Progress) -> None:
        if progress.level == "soft":
            diary.note(progress.value, progress.bound)

    limits = Limits(seconds=seconds, workers=workers, report=report)
    with Memory() as memory:
        answer = solve(Request(scenario, Rulebook(scenario.settings), placed, limits))
    level = answer.stage.levels[-1]
    moments = diary.ended(level.value, level.bound)
    return Result(
        seconds=moments[-1][0],
        value=level.value,
        bound=level.bound,
        moments=moments,
        peak_mb=memory.peak_mb,
        score=scored(scenario, answer.plan),
    )


def _plainly(scenario: Scenario, placed: Plan, seconds: float, workers: int) -> Result:
    from benchmarks.timetabling.plainly import Plainly

    diary = _Diary()
    with Memory() as memory:
        model = Plainly(scenario, placed)
        building = time.monotonic() - diary.began
        found = model.search(max(1.0, seconds - building), workers, diary.note)
    moments = diary.ended(found.value, found.bound)
    return Result(
        seconds=moments[-1][0],
        building=building,
        value=found.value,
        bound=found.bound,
        moments=moments,
        peak_mb=memory.peak_mb,
        score=None if found.plan is None else scored(scenario, found.plan),
        note="" if found.plan else "no timetable in time",
    )


def _fet(scenario: Scenario, placed: Plan, seconds: float) -> Result:
    if not fet.installed():
        return Result(seconds=0.0, note=f"skipped: {fet.PROGRAM} is not installed (Debian: apt install fet)")
    diary = _Diary()
    best: fet.Placed | None = None
    notes: list[str] = []
    listing = 0.0
    with Memory() as memory:
        for number, load in enumerate(LOADS):
            left = seconds - (time.monotonic() - diary.began)
            found = fet.solve(scenario, placed, max(1.0, left / (len(LOADS) - number)), load)
            listing += found.listing
            notes.append(f"{found.placed} of {found.asked} placed at load {load:g}")
            if best is None or found.complete or found.placed > best.placed:
                best = found
            if found.complete:
                break
    assert best is not None
    total = time.monotonic() - diary.began
    score = scored(scenario, best.plan)
    return Result(
        seconds=total,
        building=listing,
        moments=((total, score.cost, None),) if best.complete else (),
        peak_mb=memory.peak_mb,
        score=score,
        note="; ".join(notes),
    )
