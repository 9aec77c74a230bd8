"""A venue's pack as sheets: lists, sign-in and sign-out, timetables, rota, allergies, trips, rooms."""

from __future__ import annotations

from scheduler.exporters.layouts.rooms import room_use
from scheduler.exporters.layouts.shared import (
    grade_name,
    roles_in,
    rota_headings,
    rota_line,
    timetable,
    week_name,
)
from scheduler.exporters.layouts.trips import allergies, medical, trip_rolls
from scheduler.exporters.sheets import Cell, Heading, Sheet, Table, line
from scheduler.exporters.views.roster import RosterChild
from scheduler.exporters.views.venue import ClassWeek, VenueClass, VenueView
from scheduler.exporters.words import Words


def venue_sheets(words: Words, view: VenueView) -> tuple[Sheet, ...]:
    """Every sheet of a venue's pack."""
    return (
        _children(words, view),
        _sign_in(words, view),
        _timetables(words, view),
        _rota(words, view),
        _health(words, view),
        trip_rolls(words, view),
        room_use(words, view.rooms),
    )


def _children(words: Words, view: VenueView) -> Sheet:
    headings = (
        Heading(words("column.class")),
        Heading(words("column.child")),
        Heading(words("column.id"), "id"),
        Heading(words("column.gender")),
        Heading(words("column.age"), "number"),
        Heading(words("column.grade")),
        Heading(words("column.weeks"), "id"),
        Heading(words("column.guardian")),
        Heading(words("column.phone"), "id"),
        Heading(words("column.pickup"), "long"),
        Heading(words("column.allergies"), "long"),
        Heading(words("column.medical"), "long"),
    )
    lines = tuple(
        line(
            class_.name,
            Cell(child.name, "strong"),
            child.id,
            words(f"gender.{child.gender}") if child.gender else "",
            child.age,
            grade_name(words, child.grade),
            words.listed(child.weeks),
            child.guardian,
            child.phone,
            child.pickup,
            Cell(allergies(words, child), "alert" if child.allergies else ""),
            medical(words, child),
            group=class_.id,
        )
        for class_ in view.classes
        for child in class_.children
    )
    table = Table(words("venue.children"), headings, lines)
    return Sheet("children", words("venue.children"), (table,), nothing=words("venue.no_children"))


def _sign_in(words: Words, view: VenueView) -> Sheet:
    tables = tuple(
        _sign_in_week(words, class_, week)
        for class_ in view.classes
        for week in class_.weeks
        if week.children
    )
    name = words("venue.sign_in")
    note = words("venue.sign_in_note")
    # upright, so that a class of 35 fits on one page
    return Sheet(
        "sign-in",
        name,
        tables,
        "pages",
        note,
        paper="portrait",
        nothing=words("venue.no_children"),
    )


def _sign_in_week(words: Words, class_: VenueClass, week: ClassWeek) -> Table:
    headings = [Heading(words("column.child")), Heading(words("column.pickup"), "long", 14)]
    for day in week.days:
        headings += [
            Heading(
                words("venue.sign", weekday=words.weekday(day), day=words.month_day(day), what=what),
                "blank",
                9,
            )
            for what in (words("column.in"), words("column.out"))
        ]
    empty = (None,) * (2 * len(week.days))
    lines = tuple(line(_marked(words, child), child.pickup, *empty) for child in week.children)
    return Table(_caption(words, class_, week), tuple(headings), lines, height=30)


def _timetables(words: Words, view: VenueView) -> Sheet:
    tables = tuple(
        timetable(words, _caption(words, class_, week), week.programme)
        for class_ in view.classes
        for week in class_.weeks
    )
    name, nothing = words("venue.timetables"), words("venue.no_classes")
    return Sheet("timetables", name, tables, "pages", words("venue.timetables_note"), nothing=nothing)


def _rota(words: Words, view: VenueView) -> Sheet:
    roles = roles_in(view.rota)
    lines = tuple(rota_line(words, post, roles) for post in view.rota)
    table = Table(words("rota.name"), rota_headings(words, roles), lines)
    return Sheet(
        "rota", words("rota.name"), (table,), note=words("rota.note"), nothing=words("venue.no_classes")
    )


def _health(words: Words, view: VenueView) -> Sheet:
    headings = (
        Heading(words("column.class")),
        Heading(words("column.child")),
        Heading(words("column.weeks"), "id"),
        Heading(words("column.allergies"), "long", 26),
        Heading(words("column.medical"), "long", 30),
        Heading(words("column.needs"), "long"),
        Heading(words("column.guardian")),
        Heading(words("column.phone"), "id"),
    )
    lines = tuple(
        line(
            class_.name,
            Cell(child.name, "strong"),
            words.listed(child.weeks),
            Cell(allergies(words, child), "alert" if child.allergies else ""),
            child.medical,
            words.listed(words.named("need", need) for need in child.needs),
            child.guardian,
            child.phone,
        )
        for class_ in view.classes
        for child in class_.children
        if child.wants_care
    )
    table = Table(words("venue.health"), headings, lines)
    note = words("venue.health_note")
    return Sheet("health", words("venue.health"), (table,), note=note, nothing=words("venue.no_health"))


def _caption(words: Words, class_: VenueClass, week: ClassWeek) -> str:
    days = words.days(week.first, week.last)
    return words("venue.caption", **{"class": class_.name}, week=week_name(words, week.week), days=days)


def _marked(words: Words, child: RosterChild) -> Cell:
    sign = f" {words('mark.allergy')}" if child.allergies else ""
    return Cell(f"{child.name}{sign}", "strong")
