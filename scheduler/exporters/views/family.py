"""What one family may see: its own child's weeks, and nobody else's name, phone or health."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from scheduler.domain.draw import line
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.exporters.views.blocks import Block
from scheduler.exporters.views.common import (
    Place,
    Stamp,
    WeekProgramme,
    child_labels,
    class_name,
    place,
    room_name,
    span_of,
    week_programme,
)


@dataclass(frozen=True)
class Queue:
    """The child's own place in the waiting list of a class-week."""

    class_: str
    place: Place
    position: int


@dataclass(frozen=True)
class FamilyTrip:
    """A trip the child's class makes."""

    date: date
    start: time
    end: time
    name: str
    destination: str


@dataclass(frozen=True)
class FamilyWeek:
    """One wanted week: the class if there is one, else the waiting lists."""

    week: str
    first: date | None
    last: date | None
    class_: str
    room: str
    choice: int
    place: Place | None
    programme: WeekProgramme | None
    trips: tuple[FamilyTrip, ...]
    waiting: tuple[Queue, ...]


@dataclass(frozen=True)
class FamilyChange:
    """What changed for the child since the previous revision."""

    week: str
    before: str
    after: str


@dataclass(frozen=True)
class OwnDraw:
    """With what a family finds its child in the published draw, and repeats it."""

    id: str
    number: str
    line: str
    draw: str


@dataclass(frozen=True)
class FamilyView:
    """One child's page."""

    stamp: Stamp
    child_id: str
    child: str
    weeks: tuple[FamilyWeek, ...]
    places: tuple[Place, ...]
    changes: tuple[FamilyChange, ...]
    draw: OwnDraw | None


class Families:
    """The pages of all processed children."""

    def __init__(self, scenario: Scenario, plan: Plan, numbers: Mapping[str, str]) -> None:
        """Look up once what every page asks for; `numbers` in the draw only where it is published."""
        self._scenario, self._plan, self._numbers = scenario, plan, numbers
        self._names = child_labels(scenario)
        self._choice = {(row.child, row.week): row.choice for row in plan.placements}
        self._queues: dict[tuple[str, str], list[Queue]] = {}
        for row in plan.waitlist:
            queue = Queue(class_name(scenario, row.class_), self._venue(row.class_), row.position)
            self._queues.setdefault((row.child, row.week), []).append(queue)
        self._programmes: dict[tuple[str, str], WeekProgramme] = {}

    def view(self, child: str) -> FamilyView:
        """One child's page."""
        wanted = set(self._scenario.wanted_weeks(child)) | set(self._plan.weeks_of(child))
        weeks = tuple(self._week(child, week) for week in self._scenario.weeks if week in wanted)
        held = dict.fromkeys(week.place for week in weeks if week.place is not None)
        hoped = dict.fromkeys(queue.place for week in weeks for queue in week.waiting)
        places = tuple(held or hoped)
        changes = tuple(self._changes(child))
        stamp, name = Stamp.of(self._plan), self._names[child]
        return FamilyView(stamp, child, name, weeks, places, changes, self._draw(child))

    def _draw(self, child: str) -> OwnDraw | None:
        number = self._numbers.get(child)
        if number is None:
            return None
        found = line(number, self._scenario.settings.season, child)
        return OwnDraw(child, number, found, self._scenario.draws[child])

    def _week(self, child: str, week: str) -> FamilyWeek:
        class_ = self._plan.class_of(child, week)
        first, last = span_of(self._scenario, week) or (None, None)
        home = self._scenario.class_.get(class_ or "")
        queues = sorted(self._queues.get((child, week), []), key=lambda queue: (queue.position, queue.class_))
        return FamilyWeek(
            week,
            first,
            last,
            class_name(self._scenario, class_),
            room_name(self._scenario, home.room if home else None),
            self._choice.get((child, week), 0),
            self._venue(class_) if class_ else None,
            self._programme(class_, week) if class_ else None,
            self._trips(class_, week) if class_ else (),
            tuple(queues),
        )

    def _venue(self, class_: str) -> Place:
        home = self._scenario.class_.get(class_)
        return place(self._scenario, home.venue if home else "")

    def _programme(self, class_: str, week: str) -> WeekProgramme:
        key = (class_, week)
        if key not in self._programmes:
            self._programmes[key] = week_programme(self._scenario, self._plan, class_, week, self._other_room)
        return self._programmes[key]

    def _other_room(self, block: Block) -> str:
        return room_name(self._scenario, block.session.room) if block.session else ""

    def _trips(self, class_: str, week: str) -> tuple[FamilyTrip, ...]:
        found = []
        for day in self._scenario.days_in(week):
            for outing in self._plan.outings_of(class_, day):
                row = self._scenario.trip.get(outing.trip)
                shifts = (
                    [self._scenario.shift[s] for s in row.shifts if s in self._scenario.shift] if row else []
                )
                if row is not None and shifts:
                    start, end = min(s.start for s in shifts), max(s.end for s in shifts)
                    found.append(FamilyTrip(day, start, end, row.name, row.destination))
        return tuple(found)

    def _changes(self, child: str) -> list[FamilyChange]:
        """The child's own placements that changed; refs are `child:ID` or `child:ID/WEEK`."""
        found = []
        for row in self._plan.changes:
            whose, _, week = row.ref.removeprefix("child:").partition("/")
            known = set(self._scenario.weeks)
            if row.kind == "placement" and row.ref.startswith("child:") and whose == child:
                before = class_name(self._scenario, row.from_)
                after = class_name(self._scenario, row.to)
                found.append(FamilyChange(week if week in known else "", before, after))
        return found
