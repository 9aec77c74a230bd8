"""Who works how much, and what it costs."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.exporters.sheets import Cell, Heading, Line, Sheet, Table, line
from scheduler.exporters.views.facts import PersonRow
from scheduler.exporters.views.overview import Overview
from scheduler.exporters.words import Words


def loads(words: Words, view: Overview) -> Sheet:
    """Every adult's days, shifts, hours and sessions against what was offered."""
    headings = (
        Heading(words("column.person")),
        Heading(words("column.id"), "id"),
        Heading(words("column.kind")),
        Heading(words("column.provider")),
        Heading(words("column.days"), "number"),
        Heading(words("column.days_offered"), "number"),
        Heading(words("column.shifts"), "number"),
        Heading(words("column.shifts_offered"), "number"),
        Heading(words("column.sessions"), "number"),
        Heading(words("column.hours"), "decimal"),
        Heading(words("column.min_days"), "number"),
    )
    rows = sorted(view.people, key=lambda row: (-row.load.hours, row.id))
    table = Table(words("loads.name"), headings, tuple(_load(words, row) for row in rows))
    return Sheet("loads", words("loads.name"), (table,), note=words("loads.note"), open=False)


def money(words: Words, view: Overview) -> Sheet:
    """Fees by organisation and by person."""
    paid = [row for row in view.people if row.load.fee]
    total = sum(row.load.fee for row in paid)
    providers = sorted({row.provider for row in paid})
    by_provider = [
        _cost(name or words("mark.none"), [row for row in paid if row.provider == name]) for name in providers
    ]
    total_line = line(
        words("money.total"),
        len(paid),
        sum(row.load.shifts for row in paid),
        sum(row.load.sessions for row in paid),
        total,
        mark="strong",
    )
    tables = (
        Table(words("money.by_provider"), _headings(words, "column.provider"), (*by_provider, total_line)),
        Table(
            words("money.by_person"),
            _headings(words, "column.person"),
            tuple(_cost(r.name, [r]) for r in paid),
        ),
    )
    nothing = words("money.none")
    return Sheet("money", words("money.name"), tables if paid else (), "stack", open=False, nothing=nothing)


def _load(words: Words, row: PersonRow) -> Line:
    load = row.load
    return line(
        Cell(row.name, "strong"),
        row.id,
        words(f"kind.{row.kind}"),
        row.provider,
        Cell(load.days, "alert" if load.days < row.min_days else ""),
        load.days_offered,
        load.shifts,
        load.shifts_offered,
        load.sessions,
        load.hours,
        row.min_days,
    )


def _headings(words: Words, first: str) -> tuple[Heading, ...]:
    return (
        Heading(words(first)),
        Heading(words("column.people"), "number"),
        Heading(words("column.shifts"), "number"),
        Heading(words("column.sessions"), "number"),
        Heading(words("column.fee"), "money"),
    )


def _cost(name: str, rows: Iterable[PersonRow]) -> Line:
    held = list(rows)
    return line(
        name,
        len(held),
        sum(row.load.shifts for row in held),
        sum(row.load.sessions for row in held),
        sum(row.load.fee for row in held),
    )
