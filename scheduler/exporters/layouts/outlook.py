"""Where the next class would help most, and the price of fairness, as one sheet."""

from __future__ import annotations

from scheduler.domain.outlook import Fairness, Tally
from scheduler.exporters.layouts.shared import ages, week_name
from scheduler.exporters.sheets import Cell, Heading, Line, Sheet, Table, Value, line
from scheduler.exporters.views.outlook import GainRow, OutlookView
from scheduler.exporters.words import Words


def outlook_sheet(words: Words, view: OutlookView) -> Sheet:
    """The gains, and the two policies side by side where they were compared."""
    tables = (_gains(words, view), *((_fairness(words, view.fairness),) if view.fairness else ()))
    nothing = words("outlook.full" if view.full else "outlook.none")
    return Sheet("outlook", words("outlook.name"), tables, "pages", nothing=nothing)


def _gains(words: Words, view: OutlookView) -> Table:
    headings = (
        Heading(words("outlook.kind")),
        Heading(words("column.venue")),
        Heading(words("column.class")),
        Heading(words("outlook.whom")),
        Heading(words("column.weeks")),
        Heading(words("outlook.more"), "number"),
        Heading(words("outlook.gain")),
        Heading(words("outlook.takes"), "long", 40),
    )
    lines = tuple(_gain(words, row) for row in view.gains)
    note = words("outlook.note")
    if view.short:
        note = f"{note} {words('outlook.short', n=view.short)}"
    if not lines:
        lines = (line(words("outlook.full" if view.full else "outlook.none"), *[""] * (len(headings) - 1)),)
    return Table(words("outlook.caption"), headings, lines, note=note)


def _gain(words: Words, row: GainRow) -> Line:
    return line(
        words(f"outlook.{row.kind}"),
        row.venue,
        row.class_,
        _whom(words, row),
        words("outlook.every_week")
        if row.every_week
        else words.listed(week_name(words, w) for w in row.weeks),
        row.more or None,
        Cell(_amount(words, row), "strong" if row.found is not None and row.found > 0 else ""),
        words.listed(_takes(words, row)),
    )


def _amount(words: Words, row: GainRow) -> str:
    if row.found is None:
        return words("outlook.untried", about=row.about, most=row.most)
    if not row.proven and row.most > row.found:
        return words("outlook.found", n=signed(row.found), most=row.most)
    return signed(row.found)


def _whom(words: Words, row: GainRow) -> str:
    if row.kind == "venue_seat":
        return ""
    found = words.joined(ages(words, *row.ages, "age"), ages(words, *row.grades, "grade"))
    return found or words("outlook.any_age")


def _takes(words: Words, row: GainRow) -> list[str]:
    found = []
    if row.room_needs is not None:
        found.append(words("outlook.room_needs", n=row.room_needs))
    if row.venue_needs is not None:
        found.append(words("outlook.venue_needs", n=row.venue_needs, today=row.today))
    if row.adults:
        found.append(words("outlook.adults_needed", n=row.adults))
    if row.missing:
        found.append(words("outlook.too_few", n=row.missing))
    return found


def _fairness(words: Words, found: Fairness) -> Table:
    """Line by line what each policy gives."""
    headings = (
        Heading(words("column.what")),
        Heading(words("fairness.fair"), "number"),
        Heading(words("fairness.seats"), "number"),
    )
    fair, seats = found.fair, found.seats
    theirs = {row.rank: row.placed for row in seats.ranks}
    lines = (
        line(Cell(words("fairness.placed"), "strong"), _placed(words, fair), _placed(words, seats)),
        line(words("fairness.children"), fair.children, seats.children),
        *(
            line(words("fairness.rank", rank=row.rank), row.placed, theirs.get(row.rank))
            for row in fair.ranks
        ),
        *(
            line(words("fairness.choice", choice=k), fair.choices.get(k, 0), seats.choices.get(k, 0))
            for k in sorted({*fair.choices, *seats.choices} - {0})
        ),
        line(words("fairness.claims"), fair.claims, seats.claims),
    )
    note = words("fairness.note") + ("" if found.proven else f" {words('fairness.unproven')}")
    return Table(words("fairness.name"), headings, lines, note=note)


def _placed(words: Words, tally: Tally) -> Value:
    return tally.placed if tally.proven else words("fairness.most", n=tally.placed, most=tally.most)


def signed(number: int) -> str:
    """A number that says whether it is more or fewer."""
    return f"{number:+d}".replace("-", "−")
