"""Who works how much, and what it costs."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.exporters.sheets import Cell, Heading, Line, Sheet, Table, line
from scheduler.exporters.views.facts import PersonRow
from scheduler.exporters.views.overview import Overview
from scheduler.exporters.words import Words


def loads(words: Words, view: Overview) -> Sheet:
    """Every adult's days, shifts, hours, classes and fees against what was offered."""
    headings = (
        Heading(words("column.person")),
        Heading(words("column.id"), "id"),
        Heading(words("column.kind")),
        Heading(words("column.provider")),
        Heading(words("column.days"), "number"),
        Heading(words("column.days_offered"), "number"),
        Heading(words("column.shifts"), "number"),
        Heading(words("column.shifts_offered"), "number"),
        Heading(words("column.share"), "share"),
        Heading(words("column.sessions"), "number"),
        Heading(words("loads.classes"), "number"),
        Heading(words("column.hours"), "hours"),
        Heading(words("column.min_days"), "number"),
        Heading(words("column.fee"), "money"),
    )
    rows = sorted(view.people, key=lambda row: (-row.load.minutes, row.id))
    table = Table(words("loads.name"), headings, tuple(_load(words, row) for row in rows))
    return Sheet("loads", words("loads.name"), (table,), note=words("loads.note"), open=False)


def shares(words: Words, view: Overview) -> Sheet:
    """How the work is shared, kind of people by kind: who offered, who works, and how far shares differ."""
    headings = (
        Heading(words("column.kind")),
        Heading(words("column.people"), "number"),
        Heading(words("shares.at_work"), "number"),
        Heading(words("column.shifts_offered"), "number"),
        Heading(words("column.shifts"), "number"),
        Heading(words("column.share"), "share"),
        Heading(words("shares.least"), "share"),
        Heading(words("shares.most"), "share"),
        Heading(words("column.hours"), "hours"),
        Heading(words("shares.short_of_days"), "number"),
    )
    kinds: dict[tuple[str, bool, str], list[PersonRow]] = {}
    for row in view.people:
        kinds.setdefault((row.kind, row.teaches_only, row.volunteer_type), []).append(row)
    lines = tuple(_kind(words, kinds[kind]) for kind in sorted(kinds))
    table = Table(words("shares.name"), headings, lines)
    return Sheet("shares", words("shares.name"), (table,), note=words("shares.note"))


def _kind(words: Words, rows: list[PersonRow]) -> Line:
    """One kind of people; shares are of those who offered anything."""
    offered = sum(row.load.shifts_offered for row in rows)
    worked = sum(row.load.shifts for row in rows)
    shares = [share for row in rows if (share := _share(row)) is not None]
    short = sum(row.load.days < row.min_days for row in rows)
    return line(
        Cell(kind_text(words, rows[0]), "strong"),
        len(rows),
        sum(bool(row.load.minutes) for row in rows),
        offered,
        worked,
        worked / offered if shares else None,
        min(shares, default=None),
        max(shares, default=None),
        sum(row.load.minutes for row in rows),
        Cell(short, "alert" if short else ""),
    )


def kind_text(words: Words, row: PersonRow) -> str:
    """Teacher or volunteer, and of what kind."""
    if row.teaches_only:
        return words("role.specialist")
    more = words(f"volunteer.{row.volunteer_type}") if row.volunteer_type else ""
    return words.joined(words(f"kind.{row.kind}"), more)


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
        kind_text(words, row),
        row.provider,
        Cell(load.days, "alert" if load.days < row.min_days else ""),
        load.days_offered,
        load.shifts,
        load.shifts_offered,
        _share(row),
        load.sessions,
        load.classes,
        load.minutes,
        row.min_days,
        load.fee or None,
    )


def _share(row: PersonRow) -> float | None:
    """Duties as a share of the offer; specialists offer sessions, not duties."""
    return None if row.teaches_only else row.load.share


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
