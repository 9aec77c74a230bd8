"""What several views share: the plan's stamp, names that tell people apart, venues and programmes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from scheduler.domain.called_off import missed
from scheduler.domain.plan import Plan
from scheduler.domain.programme import joined
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Period
from scheduler.exporters.views.blocks import Block, BlockKind, blocks_on, periods_of


@dataclass(frozen=True)
class Stamp:
    """Which plan this is: season, revision, and when it was made if that is known."""

    season: str
    revision: int
    created: str

    @classmethod
    def of(cls, plan: Plan) -> Stamp:
        """The stamp of a plan."""
        moment = created(plan)
        return cls(plan.season, plan.revision, f"{moment:%Y-%m-%d %H:%M}" if moment else "")


def created(plan: Plan) -> datetime | None:
    """When a plan was made, if it says so in ISO 8601."""
    try:
        return datetime.fromisoformat(plan.created) if plan.created else None
    except ValueError:
        return None


@dataclass(frozen=True)
class Place:
    """A venue as families and staff need it."""

    name: str
    address: str
    contact: str
    phone: str


def place(scenario: Scenario, venue: str) -> Place:
    """A venue's place; an unknown venue is its id."""
    row = scenario.venue.get(venue)
    if row is None:
        return Place(venue, "", "", "")
    return Place(row.name, row.address or row.district, row.contact, row.phone)


# ---- names --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Names:
    """What children and adults are called in every output, by id; looked up once a season."""

    children: Mapping[str, str]
    people: Mapping[str, str]

    @classmethod
    def of(cls, scenario: Scenario) -> Names:
        """The names of a season."""
        return cls(child_labels(scenario), person_labels(scenario))

    def child(self, id: str) -> str:
        """A child's name; an unknown child is its id."""
        return self.children.get(id, id)

    def person(self, id: str | None) -> str:
        """An adult's name; an unknown adult is its id."""
        return self.people.get(id or "", id or "")


def child_labels(scenario: Scenario) -> dict[str, str]:
    """Every child's name; where several bear it, with the birth year, or the id where that is not enough."""
    years = {row.id: str(row.birth_date.year) if row.birth_date else "" for row in scenario.children}
    return _labels({row.id: row.name for row in scenario.children}, years)


def person_labels(scenario: Scenario) -> dict[str, str]:
    """Every adult's name; where several bear it, with the id."""
    return _labels({row.id: row.name for row in scenario.staff}, {})


def class_name(scenario: Scenario, class_: str | None) -> str:
    """A class's name; an unknown class is its id."""
    row = scenario.class_.get(class_ or "")
    return row.name if row else class_ or ""


def venue_name(scenario: Scenario, venue: str) -> str:
    """A venue's name; an unknown venue is its id."""
    row = scenario.venue.get(venue)
    return row.name if row else venue


def course_name(scenario: Scenario, course: str) -> str:
    """A course's name; an unknown course is its id."""
    row = scenario.course.get(course)
    return row.name if row else course


def trip_name(scenario: Scenario, trip: str) -> str:
    """A trip's name; an unknown trip is its id."""
    row = scenario.trip.get(trip)
    return row.name if row else trip


def room_name(scenario: Scenario, room: str | None) -> str:
    """A room's name, or its id where it has none."""
    row = scenario.room.get(room or "")
    return (row.name or row.id) if row else room or ""


def _labels(names: dict[str, str], years: dict[str, str]) -> dict[str, str]:
    plain = Counter(name.strip().casefold() for name in names.values())
    dated = Counter((name.strip().casefold(), years.get(id, "")) for id, name in names.items())

    def label(id: str, name: str) -> str:
        key, year = name.strip().casefold(), years.get(id, "")
        if plain[key] == 1:
            return name
        return f"{name} ({year})" if year and dated[key, year] == 1 else f"{name} ({id})"

    return {id: label(id, name) for id, name in names.items()}


# ---- programme of a week --------------------------------------------------------------------------


@dataclass(frozen=True)
class Slot:
    """What a class does in some periods of a day, from row `first` of the week's grid on.

    `title` is empty where the kind says it all; `detail` holds what else this audience may know; `joint` are
    the other classes of a joint session.
    """

    first: int
    rows: int
    start: time
    end: time
    kind: BlockKind
    title: str
    detail: str = ""
    joint: tuple[str, ...] = ()


@dataclass(frozen=True)
class DayProgramme:
    """One day of a class; without slots it is closed, and `note` says why.

    `off` are the trips that the class misses since they cannot go that day, each with the reason.
    """

    date: date
    note: str
    slots: tuple[Slot, ...]
    off: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PeriodHead:
    """A row of the week's grid."""

    name: str
    start: time
    end: time


@dataclass(frozen=True, eq=False)
class WeekProgramme:
    """A class's week: periods down, days across. One is known from another by identity: what is set of it is
    kept."""

    week: str
    periods: tuple[PeriodHead, ...]
    days: tuple[DayProgramme, ...]

    def cell(self, row: int, day: DayProgramme) -> Slot | None:
        """The slot that begins in a row."""
        return next((slot for slot in day.slots if slot.first == row), None)

    def is_covered(self, row: int, day: DayProgramme) -> bool:
        """Whether a slot that began further up reaches into a row."""
        return any(slot.first < row < slot.first + slot.rows for slot in day.slots)


def week_programme(
    scenario: Scenario, plan: Plan, class_: str, week: str, detail: Callable[[Block], str]
) -> WeekProgramme:
    """A class's week; `detail` says what this audience may know of a block beyond its title."""
    periods = periods_of(scenario, class_)
    off = missed(scenario, plan, class_)
    days = tuple(
        DayProgramme(
            row.date,
            row.note,
            tuple(
                _slot(scenario, plan, periods, block, detail)
                for block in blocks_on(scenario, plan, class_, row.date)
            ),
            tuple((trip_name(scenario, it.trip), it.reason) for it in off if it.day == row.date and it.stays),
        )
        for row in scenario.day.values()
        if row.week == week and (row.open or row.note)
    )
    return WeekProgramme(week, tuple(PeriodHead(_spoken(p.id), p.start, p.end) for p in periods), days)


def _slot(
    scenario: Scenario,
    plan: Plan,
    periods: tuple[Period, ...],
    block: Block,
    detail: Callable[[Block], str],
) -> Slot:
    held = periods[block.first : block.first + block.rows]
    start, end = held[0].start, held[-1].end
    title, joint = block.reason, tuple[str, ...]()
    if block.session is not None:
        title = course_name(scenario, block.session.course)
        joint = tuple(class_name(scenario, row) for row in joined(scenario, plan, block.session))
    elif block.outing is not None:
        title = trip_name(scenario, block.outing.trip)
        away = [scenario.shift[row.shift] for row in held]  # the class is off before the first period begins
        start, end = min(row.start for row in away), max(row.end for row in away)
    elif block.kind == "care":
        title = _spoken(held[0].id)
    return Slot(block.first, block.rows, start, end, block.kind, title, detail(block), joint)


def _spoken(id: str) -> str:
    """An id of a period where it is a word (午休, lunch) and not a code (P1, L)."""
    return id if not id.isascii() or (id.isalpha() and len(id) > 3) else ""


def span_of(scenario: Scenario, week: str) -> tuple[date, date] | None:
    """The first and last open day of a week."""
    days = scenario.days_in(week)
    return (days[0], days[-1]) if days else None


def weeks_listed(scenario: Scenario, weeks: Iterable[str]) -> tuple[str, ...]:
    """These weeks in the season's order."""
    wanted = set(weeks)
    return tuple(week for week in scenario.weeks if week in wanted)
