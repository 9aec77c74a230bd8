"""Whom to recruit, and which limits would help, as one sheet; and the reasons of gaps in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from scheduler.domain.shortfall import HURDLES
from scheduler.exporters.layouts.shared import week_name
from scheduler.exporters.sheets import Cell, Heading, Line, Sheet, Table, line
from scheduler.exporters.views.shortfall import ExtraRow, OfferRow, ReliefRow, ShortfallView, Why
from scheduler.exporters.words import Words

_FEW = 3
"""Up to so many dates are named one by one."""
_DUTIES = 6
"""Most days of one person's that are told."""


def recruiting_sheets(words: Words, view: ShortfallView) -> tuple[Sheet, ...]:
    """Offers, classes that could open, limits, the extra shifts one by one; nothing if nobody is missing."""
    if not view.missing and not view.unopened:
        return ()
    tables = (
        *((_offers(words, view),) if view.offers else ()),
        *((_unopened(words, view),) if view.unopened else ()),
        _reliefs(words, view),
        _extras(words, view),
    )
    note = words("recruiting.note")
    if view.at_once:
        note = f"{words('recruiting.improve', n=view.at_once)} {note}"
    return (Sheet("recruiting", words("recruiting.name"), tables, "pages", note=note),)


# ---- why ------------------------------------------------------------------------------------------------


def reason_text(words: Words, whys: Iterable[Why]) -> str:
    """Why a post is unfilled, and how many fail at what first."""
    told = []
    for why in whys:
        cause = words.reason("explain.shortfall.cause", why.reason)
        failing = [
            words("recruiting.fails", what=hurdle_text(words, hurdle), n=why.tally[hurdle])
            for hurdle in HURDLES
            if hurdle in why.tally and hurdle != "able"
        ]
        told.append(cause if len(failing) < 2 else f"{cause}\n{words.listed(failing)}")
    return "\n".join(dict.fromkeys(told))


def ask_text(words: Words, whys: Iterable[Why]) -> str:
    """Whom to ask: those who could come at once, else those who come closest and what is in the way."""
    told: list[str] = []
    for why in whys:
        told += [words("recruiting.able", person=person) for person in why.able]
        if not why.able:
            told += [words("recruiting.near", person=p, what=hurdle_text(words, h)) for p, h in why.near]
    return "\n".join(dict.fromkeys(told))


def hurdle_text(words: Words, hurdle: str) -> str:
    """What keeps somebody from a post, in two words."""
    return words.reason("explain.shortfall.hurdle", hurdle)


# ---- whom to recruit ------------------------------------------------------------------------------------


def _offers(words: Words, view: ShortfallView) -> Table:
    headings = (
        Heading(words("column.venue")),
        Heading(words("recruiting.who")),
        Heading(words("column.people"), "number"),
        Heading(words("recruiting.when"), "long", 34),
        Heading(words("column.shift"), "long", 18),
        Heading(words("column.classes"), "long"),
        Heading(words("recruiting.total"), "number"),
        Heading(words("recruiting.must"), "number"),
    )
    lines = [_offer(words, row) for row in view.offers]
    if len(lines) > 1:
        total, must = sum(row.total for row in view.offers), sum(row.must for row in view.offers)
        lines.append(line(words("money.total"), "", None, "", "", "", total, must, mark="strong"))
    note = words("recruiting.fewest", n=len(view.extras), missing=view.missing)
    return Table(words("recruiting.offers"), headings, tuple(lines), note=note)


def _offer(words: Words, row: OfferRow) -> Line:
    return line(
        Cell(row.venue, "strong"),
        who_text(words, row.role, row.qualifications),
        row.people,
        when_text(words, row),
        words.listed(row.shifts),
        words.listed(row.classes),
        row.total,
        Cell(row.must, "alert" if row.must else ""),
    )


def who_text(words: Words, role: str, qualifications: tuple[str, ...]) -> str:
    """A role, and the qualifications asked for."""
    if not qualifications:
        return words(f"role.{role}")
    return words(
        "recruiting.qualified", role=words(f"role.{role}"), qualification=words.listed(qualifications)
    )


def when_text(words: Words, row: OfferRow) -> str:
    """A few dates one by one; more by their weekdays and weeks."""
    if len(row.dates) <= _FEW:
        return words.listed(words.day(day) for day in row.dates)
    weeks = words.listed(week_name(words, week) for week in row.weeks)
    days = words("recruiting.every_day") if row.every_day else words.listed(_weekdays(words, row.dates))
    return words("recruiting.in_weeks", days=days, weeks=weeks)


def _weekdays(words: Words, dates: tuple[date, ...]) -> Iterable[str]:
    """Weekdays, three or more in a row by their ends."""
    numbers = sorted({day.isoweekday() for day in dates})
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        names = [words(f"weekday.{number}") for _, number in run]
        yield from names if len(names) < 3 else [words("recruiting.run", first=names[0], last=names[-1])]


def _extras(words: Words, view: ShortfallView) -> Table:
    headings = (
        Heading(words("column.date"), "date"),
        Heading(words("column.weekday"), "weekday"),
        Heading(words("column.shift")),
        Heading(words("column.venue")),
        Heading(words("column.class")),
        Heading(words("recruiting.who")),
        Heading(words("recruiting.strength")),
    )
    return Table(words("recruiting.shifts"), headings, tuple(_extra(words, row) for row in view.extras))


def _extra(words: Words, row: ExtraRow) -> Line:
    return line(
        row.date,
        words.weekday(row.date),
        row.shift,
        row.venue,
        row.class_ or words("rota.venue"),
        who_text(words, row.role, row.qualifications),
        Cell(words(f"recruiting.{'is_must' if row.must else 'is_soft'}"), "alert" if row.must else ""),
    )


def _unopened(words: Words, view: ShortfallView) -> Table:
    headings = (
        Heading(words("column.venue")),
        Heading(words("column.class")),
        Heading(words("column.week")),
        Heading(words("recruiting.who")),
        Heading(words("recruiting.total"), "number"),
    )
    lines = tuple(
        line(
            Cell(row.venue, "strong"),
            row.class_,
            week_name(words, row.week),
            words.listed(words(f"role.{role}") for role in row.roles),
            row.shifts,
        )
        for row in view.unopened
    )
    return Table(words("recruiting.unopened"), headings, lines, note=words("recruiting.unopened_note"))


# ---- limits ----------------------------------------------------------------------------------------------


def _reliefs(words: Words, view: ShortfallView) -> Table:
    headings = (
        Heading(words("column.person")),
        Heading(words("column.id"), "id"),
        Heading(words("recruiting.closes"), "number"),
        Heading(words("recruiting.limit"), "long", 40),
        Heading(words("recruiting.takes"), "long", 44),
    )
    lines = tuple(_relief(words, row) for row in view.reliefs)
    return Table(words("recruiting.reliefs"), headings, lines, note=words("recruiting.reliefs_note"))


def _relief(words: Words, row: ReliefRow) -> Line:
    told = words(
        f"recruiting.relief.{row.kind}",
        week=week_name(words, row.week or ""),
        date=words.day(row.day) if row.day else "",
        venue=row.venue,
        now=words.number(row.now) if row.now is not None else "",
        then=words.number(row.then) if row.then is not None else "",
    )
    taken = [
        words.joined(place, words.day(day), words.listed(shifts))
        for place, day, shifts in row.duties[:_DUTIES]
    ]
    if len(row.duties) > _DUTIES:
        taken.append(words("recruiting.more", n=len(row.duties) - _DUTIES))
    if row.moved:
        taken.append(words("recruiting.moved", person=row.moved[0], place=row.moved[1]))
    return line(Cell(row.person, "strong"), row.id, row.closes, told, "\n".join(taken))
