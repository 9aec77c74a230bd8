"""What the coordinator may see of a shortfall: why adults are missing, whom to recruit, what would help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from scheduler.domain.scenario import Scenario
from scheduler.domain.shortfall import Extra, Hurdle, Offer, Relief, Shortfall, Vacancy
from scheduler.domain.tables.staff import Role
from scheduler.exporters.views.common import Names, class_name, venue_name

Key = tuple[str, str | None, str, date, str]
"""Need, class, venue, date and shift of an unfilled post."""


@dataclass(frozen=True)
class Why:
    """Why a post is unfilled: the reason, how many fail at what first, and the names of whom to ask."""

    reason: Hurdle
    tally: Mapping[Hurdle, int]
    able: tuple[str, ...]
    near: tuple[tuple[str, Hurdle], ...]


@dataclass(frozen=True)
class OfferRow:
    """People to be recruited for the same shifts of the same days."""

    venue: str
    role: Role
    qualifications: tuple[str, ...]
    people: int
    dates: tuple[date, ...]
    weeks: tuple[str, ...]
    every_day: bool
    shifts: tuple[str, ...]
    classes: tuple[str, ...]
    total: int
    must: int


@dataclass(frozen=True)
class ExtraRow:
    """One shift that somebody new would take."""

    date: date
    shift: str
    venue: str
    class_: str
    role: Role
    qualifications: tuple[str, ...]
    must: bool


@dataclass(frozen=True)
class ReliefRow:
    """One limit of one person, relaxed, and what that would give; `duties` by place and day."""

    id: str
    person: str
    kind: str
    week: str | None
    day: date | None
    venue: str
    now: float | None
    then: float | None
    closes: int
    duties: tuple[tuple[str, date, tuple[str, ...]], ...]
    moved: tuple[str, str] | None
    """Who goes where instead, when the person takes over that one's post."""


@dataclass(frozen=True)
class UnopenedRow:
    """A class-week withheld for want of adults, and shifts of a role that it must have filled."""

    venue: str
    class_: str
    week: str
    roles: tuple[Role, ...]
    shifts: int


@dataclass(frozen=True)
class ShortfallView:
    """The whole shortfall, with names."""

    missing: int
    must: int
    at_once: int
    """Missing adults in whose place somebody on the list could come at once."""
    offers: tuple[OfferRow, ...]
    extras: tuple[ExtraRow, ...]
    reliefs: tuple[ReliefRow, ...]
    reasons: Mapping[Key, tuple[Why, ...]]
    unopened: tuple[UnopenedRow, ...]


def shortfall_view(scenario: Scenario, found: Shortfall, names: Names) -> ShortfallView:
    """A shortfall with the names of people and places."""
    reasons: dict[Key, tuple[Why, ...]] = {}
    for row in found.vacancies:
        key = (row.need, row.class_, row.venue, row.date, row.shift)
        reasons[key] = (*reasons.get(key, ()), _why(row, names))
    return ShortfallView(
        found.missing,
        found.must,
        sum(row.missing for row in found.vacancies if row.able),
        tuple(_offer(scenario, row) for row in found.offers),
        tuple(_extra(scenario, row) for row in found.extras),
        tuple(_relief(scenario, row, names) for row in found.reliefs),
        reasons,
        tuple(
            UnopenedRow(
                venue_name(scenario, row.venue),
                class_name(scenario, row.class_),
                row.week,
                row.roles,
                row.shifts,
            )
            for row in found.unopened
        ),
    )


def _why(row: Vacancy, names: Names) -> Why:
    return Why(
        row.reason,
        row.tally,
        tuple(names.person(person) for person in row.able),
        tuple((names.person(one.person), one.hurdle) for one in row.near),
    )


def _offer(scenario: Scenario, row: Offer) -> OfferRow:
    held = [day for week in row.weeks for day in scenario.days_in(week)]
    return OfferRow(
        venue_name(scenario, row.venue),
        row.role,
        row.qualifications,
        row.people,
        row.dates,
        row.weeks,
        len(held) == len(row.dates),
        row.shifts,
        tuple(class_name(scenario, class_) for class_ in row.classes),
        row.total,
        row.must,
    )


def _extra(scenario: Scenario, row: Extra) -> ExtraRow:
    return ExtraRow(
        row.date,
        row.shift,
        venue_name(scenario, row.venue),
        class_name(scenario, row.class_),
        row.role,
        row.qualifications,
        row.must,
    )


def _relief(scenario: Scenario, row: Relief, names: Names) -> ReliefRow:
    by_day: dict[tuple[str, date], list[str]] = {}
    for duty in row.duties:
        place = class_name(scenario, duty.class_) or venue_name(scenario, duty.venue)
        by_day.setdefault((place, duty.date), []).append(duty.shift)
    moved = None
    for duty in row.moved:
        place = class_name(scenario, duty.class_) or venue_name(scenario, duty.venue)
        moved = (names.person(duty.person), place)
    return ReliefRow(
        row.person,
        names.person(row.person),
        row.kind,
        row.week,
        row.date,
        venue_name(scenario, row.venue) if row.venue else "",
        row.now,
        row.then,
        row.closes,
        tuple((place, day, tuple(shifts)) for (place, day), shifts in by_day.items()),
        moved,
    )


def whys_of(view: ShortfallView | None, key: Key) -> Iterable[Why]:
    """The reasons of a gap; none where nobody asked for them."""
    return view.reasons.get(key, ()) if view is not None else ()
