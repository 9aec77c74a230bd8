"""The coordinator's overview as sheets."""

from __future__ import annotations

from scheduler.exporters.layouts import teaching
from scheduler.exporters.layouts.figures import summary
from scheduler.exporters.layouts.outlook import outlook_sheet
from scheduler.exporters.layouts.recruiting import ask_text, reason_text, recruiting_sheets
from scheduler.exporters.layouts.shared import (
    missing_text,
    roles_in,
    rota_headings,
    rota_line,
    week_name,
)
from scheduler.exporters.layouts.verification import changes, problems, scores
from scheduler.exporters.layouts.work import loads, money, shares
from scheduler.exporters.sheets import Cell, Heading, Mark, Sheet, Table, line
from scheduler.exporters.views.overview import Overview
from scheduler.exporters.words import Words
from scheduler.rules.wording import Wording

_SHORT = 40
"""Rows a page shows unfolded: what stands below is still found."""


def overview_sheets(words: Words, view: Overview, wording: Wording) -> tuple[Sheet, ...]:
    """Every sheet of the overview, what wants attention first."""
    return (
        summary(words, view),
        *((outlook_sheet(words, view.outlook),) if view.outlook is not None else ()),
        _gaps(words, view),
        *(recruiting_sheets(words, view.shortfall) if view.shortfall else ()),
        _queues(words, view),
        _fills(words, view),
        _placements(words, view),
        _claims(words, view),
        teaching.short(words, view, wording),
        teaching.courses(words, view),
        teaching.timetables(words, view),
        teaching.rooms(words, view),
        teaching.trips(words, view),
        teaching.trips_off(words, view),
        teaching.specialists(words, view),
        teaching.routes(words, view),
        _rota(words, view),
        shares(words, view),
        loads(words, view),
        money(words, view),
        scores(words, view),
        problems(words, view, wording),
        changes(words, view, wording),
        _left_out(words, view),
        _pages(words, view),
    )


def _gaps(words: Words, view: Overview) -> Sheet:
    why = ("why", "ask") if view.shortfall is not None else ()
    headings = (
        Heading(words("column.date"), "date"),
        Heading(words("column.weekday"), "weekday"),
        Heading(words("column.shift")),
        Heading(words("column.venue")),
        Heading(words("column.class")),
        Heading(words("column.missing"), "long", 34),
        Heading(words("column.number"), "number"),
        *(Heading(words(f"recruiting.{name}"), "long", 38) for name in why),
        Heading(words("column.need"), "id"),
    )
    lines = tuple(
        line(
            row.date,
            words.weekday(row.date),
            row.shift,
            row.venue,
            row.class_ or words("rota.venue"),
            Cell(missing_text(words, row.missing), "alert" if row.missing.must else "strong"),
            row.missing.number,
            *((reason_text(words, row.whys), ask_text(words, row.whys)) if why else ()),
            row.missing.need,
        )
        for row in view.gaps
    )
    table = Table(words("gaps.name"), headings, lines)
    return Sheet("gaps", words("gaps.name"), (table,), note=words("gaps.note"), nothing=words("gaps.none"))


def _queues(words: Words, view: Overview) -> Sheet:
    headings = (
        Heading(words("column.venue")),
        Heading(words("column.class")),
        Heading(words("column.week")),
        Heading(words("column.position"), "number"),
        Heading(words("column.child")),
        Heading(words("column.id"), "id"),
        Heading(words("column.rank"), "number"),
        Heading(words("column.has")),
        Heading(words("column.guardian")),
        Heading(words("column.phone"), "id"),
    )
    lines = tuple(
        line(
            row.venue,
            row.class_,
            week_name(words, row.week),
            row.position,
            Cell(row.name, "strong"),
            row.child,
            row.rank,
            row.has or words("mark.none"),
            row.guardian,
            row.phone,
        )
        for row in view.queues
    )
    table = Table(words("queues.name"), headings, lines)
    note, nothing = words("queues.note"), words("queues.none")
    short = len(lines) <= _SHORT
    return Sheet("waiting", words("queues.name"), (table,), note=note, open=short, nothing=nothing)


def _fills(words: Words, view: Overview) -> Sheet:
    headings = (
        Heading(words("column.venue")),
        Heading(words("column.class")),
        Heading(words("column.week")),
        Heading(words("column.state")),
        Heading(words("column.children"), "number"),
        Heading(words("column.places"), "number"),
        Heading(words("column.share"), "share"),
        Heading(words("column.free"), "number"),
        Heading(words("column.fewest"), "number"),
        Heading(words("column.waiting"), "number"),
    )
    lines = []
    for row in view.fills:
        short = row.runs and row.children < row.fewest
        state = "short" if short else "runs" if row.runs else "withheld" if row.withheld else "idle"
        mark: Mark = "alert" if short or row.withheld else "" if row.runs else "quiet"
        lines.append(
            line(
                row.venue,
                row.class_,
                week_name(words, row.week),
                Cell(words(f"state.{state}"), mark),
                row.children,
                row.places,
                row.children / row.places if row.places else 0.0,
                max(0, row.places - row.children) if row.runs else 0,
                row.fewest,
                Cell(row.waiting, "strong" if row.waiting else ""),
            )
        )
    table = Table(words("fills.name"), headings, tuple(lines))
    return Sheet("classes", words("fills.name"), (table,))


def _placements(words: Words, view: Overview) -> Sheet:
    headings = (
        Heading(words("column.child")),
        Heading(words("column.id"), "id"),
        Heading(words("column.rank"), "number"),
        *(Heading(week_name(words, week)) for week in view.weeks),
        Heading(words("column.placed"), "number"),
        Heading(words("column.wanted"), "number"),
    )
    lines = []
    for row in view.children:
        weeks = (
            row.weeks[week]
            if week in row.weeks
            else Cell(words("placements.unplaced"), "alert")
            if week in row.wanted
            else Cell(words("mark.none"), "quiet")
            for week in view.weeks
        )
        name = Cell(row.name, "strong")
        lines.append(line(name, row.id, row.rank, *weeks, len(row.weeks), len(row.wanted)))
    table = Table(words("placements.name"), headings, tuple(lines))
    note = words("placements.note")
    return Sheet("placements", words("placements.name"), (table,), note=note, open=False)


def _claims(words: Words, view: Overview) -> Sheet:
    headings = (
        Heading(words("column.child")),
        Heading(words("column.id"), "id"),
        Heading(words("column.class")),
        Heading(words("column.week")),
        Heading(words("column.reason"), "long", 50),
    )
    lines = tuple(
        line(name, row.child, class_, week_name(words, row.week), words.reason("envy", row.reason))
        for row, name, class_ in view.envy
    )
    note = words(f"claims.note_{view.policy}")
    table = Table(words("claims.name"), headings, lines)
    return Sheet("claims", words("claims.name"), (table,), note=note, nothing=words("claims.none"))


def _rota(words: Words, view: Overview) -> Sheet:
    roles = roles_in(view.posts)
    headings = (Heading(words("column.venue")), *rota_headings(words, roles))
    lines = tuple(rota_line(words, post, roles, post.venue) for post in view.posts)
    table = Table(words("rota.name"), headings, lines)
    nothing = words("venue.no_classes")
    return Sheet("rota", words("rota.name"), (table,), note=words("rota.note"), open=False, nothing=nothing)


def _left_out(words: Words, view: Overview) -> Sheet:
    headings = (
        Heading(words("column.kind")),
        Heading(words("column.name")),
        Heading(words("column.id"), "id"),
        Heading(words("column.reason"), "long", 50),
    )
    lines = tuple(
        line(words(f"left_out.{row.kind}"), row.name, row.id, words(f"left_out.{row.why}"))
        for row in view.left_out
    )
    table = Table(words("left_out.name"), headings, lines)
    note, nothing = words("left_out.note"), words("left_out.none")
    return Sheet("left-out", words("left_out.name"), (table,), note=note, nothing=nothing)


def _pages(words: Words, view: Overview) -> Sheet:
    headings = (
        Heading(words("column.kind")),
        Heading(words("column.name")),
        Heading(words("column.id"), "id"),
        Heading(words("column.guardian")),
        Heading(words("column.phone"), "id"),
        Heading(words("column.page"), "id"),
    )
    children = [
        ("child", row.name, row.id, row.guardian, row.phone, f"publish/families/{row.page}.html")
        for row in view.children
    ]
    people = [("person", row.name, row.id, "", "", f"publish/staff/{row.page}.html") for row in view.people]
    lines = tuple(
        line(words(f"left_out.{kind}"), *who, Cell(page, link=f"../../{page}"))
        for kind, *who, page in children + people
    )
    table = Table(words("pages.name"), headings, lines)
    return Sheet("pages", words("pages.name"), (table,), note=words("pages.note"), open=False)
