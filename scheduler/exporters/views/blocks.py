"""What a class does on a day, period by period: courses, trips, care, and time that is nobody's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from scheduler.domain.plan import Outing, Plan, Session
from scheduler.domain.programme import runs_on, trip_of
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Period

BlockKind = Literal["course", "care", "homeroom", "trip", "closed", "free"]
"""`free` is a room's: nothing goes on in it."""


@dataclass(frozen=True)
class Block:
    """One thing that fills `rows` periods from number `first` of the class's periods on."""

    kind: BlockKind
    first: int
    rows: int
    session: Session | None = None
    outing: Outing | None = None
    reason: str = ""


def periods_of(scenario: Scenario, class_: str) -> tuple[Period, ...]:
    """The periods of the shifts a class is held, by their start."""
    if class_ not in scenario.class_:
        return ()
    shifts = scenario.shifts_of(class_)
    return tuple(row for row in scenario.period.values() if row.shift in shifts)


def blocks_on(scenario: Scenario, plan: Plan, class_: str, day: date) -> tuple[Block, ...]:
    """A running class's day; empty where the day is closed or the class does not run."""
    if class_ not in scenario.class_ or not scenario.day[day].open:
        return ()
    if (class_, scenario.week_of(day)) not in plan.running:
        return ()
    lessons = _lessons(scenario, plan, class_, day)
    held = runs_on(scenario, plan, class_, day)
    single = [
        _block(scenario, plan, (class_, day), held, lessons, i, period)
        for i, period in enumerate(periods_of(scenario, class_))
    ]
    return tuple(_merged(single))


def _lessons(scenario: Scenario, plan: Plan, class_: str, day: date) -> dict[str, Session]:
    """The session in each period of a day."""
    found: dict[str, Session] = {}
    for session in plan.sessions_of(class_, day):
        course = scenario.course.get(session.course)
        if session.period not in scenario.period:
            continue
        block = scenario.block(session.period, course.length if course else 1)
        for period in block or (scenario.period[session.period],):
            found.setdefault(period.id, session)
    return found


def _block(
    scenario: Scenario,
    plan: Plan,
    where: tuple[str, date],
    held: tuple[str, ...],
    lessons: dict[str, Session],
    row: int,
    period: Period,
) -> Block:
    class_, day = where
    if period.shift not in held:
        home = scenario.class_[class_]
        closure = scenario.closed(day, period.shift, venue=home.venue, room=home.room, class_=class_)
        return Block("closed", row, 1, reason=closure.reason if closure else "")
    outing = trip_of(scenario, plan, class_, day, period.shift)
    if outing is not None:
        return Block("trip", row, 1, outing=outing)
    if period.id in lessons:
        return Block("course", row, 1, session=lessons[period.id])
    return Block("care" if period.kind == "care" else "homeroom", row, 1)


def _merged(blocks: list[Block]) -> list[Block]:
    """Neighbours that are one thing made one: a double lesson, a whole-day trip, a closed morning."""
    merged = []
    for (kind, session, outing, reason), run in groupby(
        blocks, key=lambda block: (block.kind, block.session, block.outing, block.reason)
    ):
        rows = list(run)
        if kind in ("care", "homeroom"):
            merged += rows
        else:
            merged.append(Block(kind, rows[0].first, len(rows), session, outing, reason))
    return merged
