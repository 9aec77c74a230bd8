"""Trips as sheets: a roll for each class and bus, and the trips that cannot go."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.exporters.layouts.shared import missing_text
from scheduler.exporters.sheets import Cell, Heading, Sheet, Table, line
from scheduler.exporters.views.roster import RosterChild
from scheduler.exporters.views.trips import BusSheet, TripOff, TripSheet
from scheduler.exporters.views.venue import VenueView
from scheduler.exporters.words import Words


def trip_rolls(words: Words, view: VenueView) -> Sheet:
    """A page for each class and bus: whoever leads it there holds one sheet; what cannot go comes last."""
    rolls = [_roll(words, view, trip, sheet) for trip in view.trips for sheet in trip.sheets]
    off = trips_off_table(words, view.trips_off)
    return Sheet(
        "trips",
        words("trip.name"),
        (*rolls, *((off,) if view.trips_off else ())),
        "pages",
        words("trip.note"),
        paper="portrait",
        nothing=words("trip.none"),
    )


def trips_off_table(words: Words, rows: Iterable[TripOff]) -> Table:
    """The trips that classes cannot go on, why, and what they do instead."""
    headings = (
        Heading(words("column.date"), "date"),
        Heading(words("column.trip")),
        Heading(words("column.class")),
        Heading(words("column.reason"), "long", 28),
        Heading(words("column.instead"), "long", 34),
    )
    lines = tuple(
        line(
            row.day,
            Cell(row.name, "strong"),
            row.class_,
            words.joined(words(f"trip.cause.{row.cause}"), row.reason),
            _instead(words, row),
        )
        for row in rows
    )
    return Table(words("trip.off"), headings, lines, note=words("trip.off_note"))


def _instead(words: Words, row: TripOff) -> str:
    here = words("trip.stays") if row.stays else words("trip.closed")
    if row.instead:
        return words.joined(here, words("trip.other_date", dates=words.listed(map(words.day, row.instead))))
    return words.joined(here, words("trip.no_other_date"))


def _roll(words: Words, view: VenueView, trip: TripSheet, sheet: BusSheet) -> Table:
    """The roll of one class in one bus."""
    headings = (
        Heading(words("column.place_in_list"), "number", 7),
        Heading(words("column.child")),
        Heading(words("column.guardian")),
        Heading(words("column.phone"), "id"),
        Heading(words("column.allergies"), "long"),
        Heading(words("column.medical"), "long"),
        Heading(words("column.out_check"), "blank", 8),
        Heading(words("column.back_check"), "blank", 8),
    )
    lines = tuple(
        line(
            number,
            Cell(child.name, "strong"),
            child.guardian,
            child.phone,
            Cell(allergies(words, child), "alert" if child.allergies else ""),
            medical(words, child),
            None,
            None,
        )
        for number, child in enumerate(sheet.children, 1)
    )
    when = f"{words.day(trip.date)} {words.span(trip.start, trip.end)}"
    caption = words(
        "trip.caption" if sheet.bus is None else "trip.caption_bus",
        name=_named(words, trip),
        when=when,
        bus=sheet.bus,
        **{"class": sheet.class_},
    )
    return Table(caption, headings, lines, note=_crew(words, view, trip, sheet), height=22)


def _named(words: Words, trip: TripSheet) -> str:
    """The trip, and where it goes unless its name says so."""
    if trip.destination in ("", trip.name):
        return trip.name
    return words("trip.to", name=trip.name, destination=trip.destination)


def _crew(words: Words, view: VenueView, trip: TripSheet, sheet: BusSheet) -> str:
    """The bus, its adults, who is missing, and whom to call at the venue, in lines above the children."""
    told = [words("trip.aboard", children=len(sheet.children), adults=len(sheet.adults))]
    if sheet.bus is not None and sheet.seats is not None:
        told = [
            words(
                "trip.bus",
                bus=sheet.bus,
                children=len(sheet.children),
                adults=len(sheet.adults),
                aboard=sheet.aboard,
                seats=sheet.seats,
            )
        ]
    if sheet.others:
        told.append(words("trip.others", classes=words.listed(sheet.others)))
    people = words.listed(sheet.adults)
    told.append(words("trip.adults", people=people) if people else words("trip.no_adults"))
    if sheet.standing:
        told.append(words("trip.standing", people=words.listed(sheet.standing)))
    told += dict.fromkeys(missing_text(words, gap) for home, gap in trip.missing if home == sheet.class_)
    if view.phone or view.contact:
        told.append(words("trip.call", venue=view.name, contact=view.contact, phone=view.phone))
    return "\n".join(told)


def allergies(words: Words, child: RosterChild) -> str:
    """A child's allergies behind a sign that is seen in black and white."""
    return f"{words('mark.allergy')} {child.allergies}" if child.allergies else ""


def medical(words: Words, child: RosterChild) -> str:
    """A child's medical notes and needs."""
    needs = words.listed(words.named("need", need) for need in child.needs)
    return words.listed((child.medical, needs))
