"""Tables that more than one pack holds: a week's timetable, the rota, a trip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

from scheduler.domain.tables.staff import ROLES, Role
from scheduler.exporters.sheets import Cell, Heading, Line, Mark, Table, line
from scheduler.exporters.views.common import DayProgramme, Slot, WeekProgramme
from scheduler.exporters.views.rota import Missing, Post, Visit
from scheduler.exporters.views.trips import TripSheet
from scheduler.exporters.views.ways import Way
from scheduler.exporters.words import Words

GRID_WIDTH = 18
"""Characters across a column of a grid."""

LOW = 24
"""Points of a line with one row of text."""

_MARKS: dict[str, Mark] = {
    "course": "course",
    "trip": "trip",
    "care": "care",
    "homeroom": "",
    "closed": "quiet",
    "free": "quiet",
}


def slot_text(words: Words, slot: Slot) -> str:
    """What a slot is, in a few words."""
    if slot.kind in ("trip", "closed") and slot.title:
        return words(f"slot.{slot.kind}_named", name=slot.title)
    return slot.title or words(f"slot.{slot.kind}")


def slot_more(words: Words, slot: Slot) -> str:
    """What else is known of a slot: teacher and room, and the classes that share a joint session."""
    joint = words("slot.joint", classes=words.listed(slot.joint)) if slot.joint else ""
    return words.joined(slot.detail, joint)


def notes_of(words: Words, day: DayProgramme) -> tuple[str, ...]:
    """What is special about a day that is held: its note, and trips that cannot go. A closed day's note
    stands in its cells."""
    off = (
        words("slot.trip_off_because", name=name, reason=reason)
        if reason
        else words("slot.trip_off", name=name)
        for name, reason in day.off
    )
    return (*((day.note,) if day.note else ()), *off) if day.slots else ()


def timetable(words: Words, caption: str, programme: WeekProgramme) -> Table:
    """A class's week as a grid: periods down, days across."""
    lines = []
    for row, period in enumerate(programme.periods):
        time = words.span(period.start, period.end)
        cells: list[Cell | None] = [Cell(f"{period.name} {time}".strip(), "strong")]
        for day in programme.days:
            slot = programme.cell(row, day)
            if slot is not None:
                text = "\n".join(part for part in (slot_text(words, slot), slot_more(words, slot)) if part)
                cells.append(Cell(text, _MARKS[slot.kind], rows=slot.rows))
            elif programme.is_covered(row, day):
                cells.append(None)
            elif row == 0 and not day.slots:
                cells.append(Cell(day.note or words("slot.closed"), "quiet", rows=len(programme.periods)))
            else:
                cells.append(None if not day.slots else Cell("", "quiet"))
        lines.append(Line(tuple(cells), height=_low(cells)))
    headings = (
        Heading(words("column.time"), width=16),
        *(
            Heading("\n".join((words.day(d.date), *notes_of(words, d))), width=GRID_WIDTH)
            for d in programme.days
        ),
    )
    return Table(caption, headings, tuple(lines), height=_height(lines), shape="grid")


def _low(cells: Sequence[Cell | None]) -> int | None:
    """The height of a line of meals and rests, which takes one row: a week then fits on a page."""
    plain = all(cell is not None and cell.rows == 1 and _rows(str(cell.value)) == 1 for cell in cells[1:])
    quiet = all(cell is not None and cell.mark == _MARKS["care"] for cell in cells[1:])
    return LOW if plain and quiet else None


def _height(lines: Iterable[Line]) -> int:
    """Points in which the fullest cell of a grid is seen whole; a cell over several rows has room enough."""
    cells = (cell for row in lines for cell in row.cells if cell is not None and cell.rows == 1)
    most = max((sum(_rows(part) for part in str(cell.value).split("\n")) for cell in cells), default=1)
    return max(36, 14 * most + 4)


def _rows(text: str) -> int:
    """Rows that a line of text takes in a column of a grid; a Chinese character is two wide."""
    wide = sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
    return max(1, -(-wide // GRID_WIDTH))


def missing_text(words: Words, missing: Missing) -> str:
    """Who is missing at a post, with a sign that tells musts from wishes in black and white."""
    sign = words("mark.must" if missing.must else "mark.soft")
    return f"{sign} {who_is_missing(words, missing)}"


def who_is_missing(words: Words, missing: Missing) -> str:
    """Who is missing at a post."""
    if missing.need.startswith("trip:"):
        return words("missing.trip", number=missing.number)
    if missing.need == "aide":
        return words("missing.aide", number=missing.number)
    if missing.qualification:
        return words("missing.qualified", number=missing.number, qualification=missing.qualification)
    if missing.role:
        return words("missing.role", number=missing.number, role=words(f"role.{missing.role}"))
    return words("missing.adults", number=missing.number)


def roles_in(posts: Iterable[Post]) -> tuple[Role, ...]:
    """The roles that anybody holds in a rota: only these have columns."""
    held = {role for post in posts for role, _ in post.people}
    return tuple(role for role in ROLES if role in held)


def rota_headings(words: Words, roles: tuple[Role, ...]) -> tuple[Heading, ...]:
    """The columns of a rota with these roles."""
    return (
        Heading(words("column.date"), "date"),
        Heading(words("column.weekday"), "weekday"),
        Heading(words("column.shift"), "time"),
        Heading(words("column.class")),
        *(Heading(words(f"role.{role}"), "long") for role in roles),
        Heading(words("column.visits"), "long"),
        Heading(words("column.missing"), "long"),
    )


def rota_line(words: Words, post: Post, roles: tuple[Role, ...], *before: str) -> Line:
    """One post of a rota with these roles; `before` fills further columns in front."""
    visits = "\n".join(_visit(words, visit) for visit in post.visits)
    class_ = post.class_ or words("rota.venue")
    return line(
        *before,
        post.date,
        words.weekday(post.date),
        f"{post.shift} {words.span(post.start, post.end)}",
        f"{class_}\n{words('slot.trip_named', name=post.trip)}" if post.trip else class_,
        *(words.listed(post.holders(role)) for role in roles),
        visits,
        Cell("\n".join(missing_text(words, m) for m in post.missing), "alert" if post.missing else ""),
    )


def _visit(words: Words, visit: Visit) -> str:
    joint = words("slot.joint", classes=words.listed(visit.joint)) if visit.joint else ""
    return f"{words.clock(visit.start)} {words.joined(visit.course, visit.person, joint)}"


def way_text(words: Words, way: Way) -> str:
    """A way between venues: how far, how long, and how much time there is."""
    if way.km is None:
        return words("routes.way_unknown", minutes=way.minutes, free=way.free)
    return words("routes.way", km=words.number(way.km), minutes=way.minutes, free=way.free)


def rides_text(words: Words, trip: TripSheet) -> str:
    """The buses of a trip with who sits in them."""
    return "\n".join(
        words("trip.ride", bus=ride.bus, **{"class": ride.class_}, children=ride.children, adults=ride.adults)
        for ride in trip.rides
    )


def ages(words: Words, low: int | None, high: int | None, kind: str) -> str:
    """A range of ages or grades (`kind`): 6 to 8, from 6, up to 8, or nothing."""
    first, last = (grade_name(words, end) if kind == "grade" else end for end in (low, high))
    if low is None and high is None:
        return ""
    if low is None:
        return words(f"{kind}.up_to", high=last)
    if high is None:
        return words(f"{kind}.from", low=first)
    return words(f"{kind}.one", low=first) if low == high else words(f"{kind}.between", low=first, high=last)


def grade_name(words: Words, grade: int | None) -> str:
    """A grade's name; grade 0 is the year before school."""
    if grade is None:
        return ""
    return words("grade.numbered", grade=grade) if grade else words("grade.preschool")


def week_name(words: Words, week: str) -> str:
    """A week's name: `Week 1`, or the coordinator's own word for it."""
    return words("week.numbered", week=week) if week.isdigit() else week
