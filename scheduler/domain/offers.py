"""Extra shifts put together into offers that people can say yes to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.domain.scenario import Scenario
from scheduler.domain.shortfall import Extra, Offer
from scheduler.domain.tables.staff import Role

Who = tuple[str, Role, tuple[str, ...]]
"""Venue, role and qualifications of somebody new."""


def offers(scenario: Scenario, extras: Iterable[Extra]) -> tuple[Offer, ...]:
    """The extra shifts as offers that add up to exactly these: the most wanted first.

    Somebody is asked for on as many days and shifts of a week as there are extras: the second person for the
    days on which two are asked for, and so on. Weeks and shifts alike in days and people are one offer.
    """
    by_who: dict[Who, list[Extra]] = defaultdict(list)
    for extra in extras:
        by_who[extra.venue, extra.role, extra.qualifications].append(extra)
    found = [offer for who, rows in by_who.items() for offer in _offers_of(scenario, who, rows)]
    return tuple(
        sorted(found, key=lambda row: (-min(1, row.must), row.venue, row.dates, row.role, row.shifts))
    )


@dataclass(frozen=True)
class _Piece:
    """Days of a week on which so many more are asked for in a shift; `must` of these shifts are musts."""

    week: str
    shift: str
    dates: tuple[date, ...]
    people: int
    must: int


def _offers_of(scenario: Scenario, who: Who, extras: list[Extra]) -> Iterator[Offer]:
    """The offers of one kind of person at one venue."""
    order = list(scenario.shift)
    by_days: dict[tuple[str, tuple[date, ...], int], list[_Piece]] = defaultdict(list)
    for piece in _pieces(scenario, extras):
        by_days[piece.week, piece.dates, piece.people].append(piece)
    alike: dict[tuple[tuple[int, ...], int, tuple[str, ...]], list[_Piece]] = defaultdict(list)
    for (_, dates, people), pieces in by_days.items():
        shifts = tuple(sorted((piece.shift for piece in pieces), key=order.index))
        alike[tuple(day.isoweekday() for day in dates), people, shifts] += pieces
    for (_, people, shifts), pieces in alike.items():
        dates = tuple(sorted({day for piece in pieces for day in piece.dates}))
        yield Offer(
            venue=who[0],
            role=who[1],
            qualifications=who[2],
            people=people,
            dates=dates,
            weeks=tuple(dict.fromkeys(scenario.week_of(day) for day in dates)),
            shifts=shifts,
            classes=_classes(extras, dates, shifts),
            must=sum(piece.must for piece in pieces),
        )


def _pieces(scenario: Scenario, extras: list[Extra]) -> Iterator[_Piece]:
    """By week and shift: the days on which at least one is asked for, those with at least two, and so on."""
    asked: dict[tuple[str, str], Counter[date]] = defaultdict(Counter)
    musts: Counter[tuple[date, str]] = Counter()
    for extra in extras:
        asked[scenario.week_of(extra.date), extra.shift][extra.date] += 1
        musts[extra.date, extra.shift] += extra.must
    for (week, shift), days in asked.items():
        levels: dict[tuple[date, ...], list[int]] = defaultdict(list)
        for level in range(1, max(days.values()) + 1):
            levels[tuple(sorted(day for day, n in days.items() if n >= level))].append(level)
        for dates, same in levels.items():
            must = sum(musts[day, shift] >= level for day in dates for level in same)
            yield _Piece(week, shift, dates, len(same), must)


def _classes(extras: list[Extra], dates: tuple[date, ...], shifts: tuple[str, ...]) -> tuple[str, ...]:
    meant = (row for row in extras if row.date in dates and row.shift in shifts)
    return tuple(sorted({row.class_ for row in meant if row.class_ is not None}))
