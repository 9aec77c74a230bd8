"""Courses, what is short of them, specialists and their routes, as sheets of the overview."""

from __future__ import annotations

from scheduler.exporters.layouts.rooms import room_caption
from scheduler.exporters.layouts.shared import missing_text, rides_text, timetable, way_text, week_name
from scheduler.exporters.layouts.trips import trips_off_table
from scheduler.exporters.sheets import Cell, Heading, Line, Sheet, Table, line
from scheduler.exporters.views.overview import Overview
from scheduler.exporters.views.teaching import Route, Stop
from scheduler.exporters.words import Words
from scheduler.rules.wording import Wording


def courses(words: Words, view: Overview) -> Sheet:
    """Every course: sessions, wishes met, kits in use, sessions missing."""
    headings = (
        Heading(words("column.course")),
        Heading(words("column.sessions"), "number"),
        Heading(words("column.joint"), "number"),
        Heading(words("column.classes"), "number"),
        Heading(words("column.wishes"), "number"),
        Heading(words("column.served"), "number"),
        Heading(words("column.unserved"), "number"),
        Heading(words("column.specialists"), "number"),
        Heading(words("column.kits"), "number"),
        Heading(words("column.kits_used"), "number"),
        Heading(words("column.sessions_missing"), "number"),
    )
    lines = tuple(
        line(
            Cell(row.name, "strong"),
            row.sessions,
            row.joint,
            row.classes,
            row.wanted,
            row.served,
            Cell(row.wanted - row.served, "strong" if row.wanted > row.served else ""),
            row.specialists,
            row.kits,
            Cell(row.kits_used, "strong" if row.kits is not None and row.kits_used >= row.kits else ""),
            Cell(row.missing, "alert" if row.missing else ""),
        )
        for row in view.teaching.courses
    )
    name, note, nothing = words("courses.name"), words("courses.note"), words("courses.none")
    return Sheet("courses", name, (Table(name, headings, lines),), note=note, nothing=nothing)


def short(words: Words, view: Overview, wording: Wording) -> Sheet:
    """Class-weeks with fewer sessions of a course than `min_per_week`, and what stands in the way."""
    headings = (
        Heading(words("column.venue")),
        Heading(words("column.class")),
        Heading(words("column.week")),
        Heading(words("column.course")),
        Heading(words("column.held"), "number"),
        Heading(words("column.least"), "number"),
        Heading(words("column.binds"), "long", 80),
    )
    lines = tuple(
        line(
            row.venue,
            row.class_,
            week_name(words, row.week),
            Cell(row.course, "strong"),
            Cell(row.number, "alert"),
            row.least,
            wording.phrase(row.why),
        )
        for row in view.teaching.short
    )
    name, note, nothing = words("short.name"), words("short.note"), words("short.none")
    return Sheet("short", name, (Table(name, headings, lines),), note=note, nothing=nothing)


def specialists(words: Words, view: Overview) -> Sheet:
    """What each specialist gives against what was offered, the largest share first."""
    headings = (
        Heading(words("column.person")),
        Heading(words("column.courses"), "long"),
        Heading(words("column.sessions"), "number"),
        Heading(words("column.sessions_offered"), "number"),
        Heading(words("column.share"), "share"),
        Heading(words("column.days"), "number"),
        Heading(words("column.arrivals"), "number"),
        Heading(words("column.ways"), "number"),
        Heading(words("column.km"), "decimal"),
        Heading(words("column.fee"), "money"),
    )
    lines = tuple(
        line(
            Cell(row.name, "strong"),
            words.listed(row.courses),
            row.sessions,
            row.offered,
            row.share,
            row.days,
            row.visits,
            row.ways,
            row.km,
            row.fee,
        )
        for row in view.teaching.routes
    )
    name, note, nothing = words("specialists.name"), words("specialists.note"), words("specialists.none")
    return Sheet("specialists", name, (Table(name, headings, lines),), note=note, nothing=nothing)


def routes(words: Words, view: Overview) -> Sheet:
    """Every specialist's sessions in order, with the ways between venues."""
    headings = (
        Heading(words("column.person")),
        Heading(words("column.date"), "date"),
        Heading(words("column.weekday"), "weekday"),
        Heading(words("column.time"), "time"),
        Heading(words("column.venue")),
        Heading(words("column.course")),
        Heading(words("column.classes"), "long"),
        Heading(words("column.room")),
        Heading(words("column.way"), "long", 30),
    )
    lines = tuple(_stop(words, route, stop) for route in view.teaching.routes for stop in route.stops)
    name, note, nothing = words("routes.name"), words("routes.note"), words("specialists.none")
    return Sheet("routes", name, (Table(name, headings, lines),), note=note, open=False, nothing=nothing)


def rooms(words: Words, view: Overview) -> Sheet:
    """The shared rooms of all venues, week by week."""
    tables = tuple(
        timetable(words, room_caption(words, row, venue.name), row.programme)
        for venue in view.venues
        for row in venue.rooms
    )
    name, note, nothing = words("rooms.name"), words("rooms.note"), words("rooms.none")
    return Sheet("rooms", name, tables, "pages", note, open=False, nothing=nothing)


def timetables(words: Words, view: Overview) -> Sheet:
    """Every class's weeks."""
    tables = tuple(
        timetable(
            words,
            words(
                "overview.caption",
                venue=venue.name,
                **{"class": class_.name},
                week=week_name(words, week.week),
                days=words.days(week.first, week.last),
            ),
            week.programme,
        )
        for venue, class_ in view.classes
        for week in class_.weeks
    )
    nothing = words("venue.no_classes")
    return Sheet("timetables", words("venue.timetables"), tables, "pages", open=False, nothing=nothing)


def trips(words: Words, view: Overview) -> Sheet:
    """Every trip of every venue."""
    headings = (
        Heading(words("column.date"), "date"),
        Heading(words("column.time"), "time"),
        Heading(words("column.trip")),
        Heading(words("column.destination"), "long"),
        Heading(words("column.venue")),
        Heading(words("column.classes"), "long"),
        Heading(words("column.children"), "number"),
        Heading(words("column.adults"), "number"),
        Heading(words("column.buses"), "long", 30),
        Heading(words("column.missing"), "long"),
    )
    lines = tuple(
        line(
            trip.date,
            words.span(trip.start, trip.end),
            Cell(trip.name, "strong"),
            trip.destination,
            venue.name,
            words.listed(trip.classes),
            trip.children,
            len(trip.adults),
            rides_text(words, trip),
            Cell(
                "\n".join(missing_text(words, gap) for _, gap in trip.missing),
                "alert" if trip.missing else "",
            ),
        )
        for venue, trip in view.trips
    )
    table = Table(words("trip.name"), headings, lines)
    return Sheet("trips", words("trip.name"), (table,), nothing=words("trip.none"))


def trips_off(words: Words, view: Overview) -> Sheet:
    """The trips that classes of any venue cannot go on."""
    rows = sorted(
        (row for venue in view.venues for row in venue.trips_off),
        key=lambda row: (row.day, row.name, row.class_),
    )
    table = trips_off_table(words, rows)
    return Sheet("trips-off", words("trip.off"), (table,), note=table.note, nothing=words("trip.none_off"))


def _stop(words: Words, route: Route, stop: Stop) -> Line:
    return line(
        Cell(route.name, "strong"),
        stop.date,
        words.weekday(stop.date),
        words.span(stop.start, stop.end),
        Cell(stop.venue, "trip" if stop.way is not None else ""),
        stop.what,
        words.listed(stop.classes),
        stop.room,
        way_text(words, stop.way) if stop.way is not None else "",
        group=route.person,
    )
