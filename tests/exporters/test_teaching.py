"""Courses, routes, rooms and bus sheets as the views hold them."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler import checker
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.exporters.views.common import Names
from scheduler.exporters.views.rooms import room_weeks
from scheduler.exporters.views.teaching import Teaching, teaching_view
from scheduler.exporters.views.trips import trip_sheets, trips_off
from scheduler.exporters.views.venue import programme_for_staff
from scheduler.exporters.views.ways import Way
from tests.exporters import exported, season
from tests.exporters.test_excel import opened, values
from tests.rules.timetable_halves import day_plan, zoo
from tests.seasons import placed, rows, tiny

NEIGHBOURS: dict[str, Any] = {
    "classes": rows("classes", C2={"venue": "V1", "room": None}),
    "courses": rows("courses", opera={"joint": 3, "kits": 1, "min_per_week": 1}),
    "rooms": [{"id": "R1", "venue": "V1"}, {"id": "H", "venue": "V1", "name": "Hall", "capacity": 30}],
    "children": rows("children", a={"interests": ["opera"]}, b={"interests": ["opera", "ball"]}),
}
"""Both classes at V1, with a hall beside C1's room."""

TOGETHER = ("C1 15 P1 opera s1 H", "C2 15 P1 opera s1 H")


def teaching(scenario: Scenario, given: Plan) -> Teaching:
    report = checker.verify(scenario, given)
    return teaching_view(scenario, given, report, Names.of(scenario))


def test_a_joint_session_is_one_and_takes_one_kit() -> None:
    ball, opera = teaching(tiny(**NEIGHBOURS), day_plan(*TOGETHER)).courses
    assert (opera.sessions, opera.joint, opera.classes, opera.kits_used) == (1, 1, 2, 1)
    assert (opera.wanted, opera.served) == (2, 2)
    # b wishes for ball too
    assert (ball.sessions, ball.wanted, ball.served) == (0, 1, 0)
    assert (opera.specialists, ball.specialists) == (1, None)


def test_what_is_short_comes_with_the_limit_that_binds() -> None:
    scenario = tiny(**{**NEIGHBOURS, "staff": rows("staff", s1={"courses": []})})
    found = teaching(scenario, day_plan()).short
    assert [(row.class_, row.number, row.least, row.why.id) for row in found] == [
        ("Ant", 0, 1, "shortage.nobody"),
        ("Bee", 0, 1, "shortage.nobody"),
    ]


def test_a_route_has_the_ways_between_venues() -> None:
    scenario = tiny(courses=rows("courses", opera={"max_per_week": 2}))
    (route,) = teaching(
        scenario, day_plan("C1 15 P1 opera s1", "C2 15 P3 opera s1", "C2 16 P1 opera s1")
    ).routes
    assert (route.sessions, route.offered, route.days) == (3, 8, 2)
    # two arrivals on Monday, one on Tuesday; 5.6 km in 26.7 minutes, from 9:30 to 14:00
    assert (route.visits, route.ways, route.km) == (3, 1, 5.6)
    assert [(stop.venue, stop.way) for stop in route.stops] == [
        ("North", None),
        ("South", Way(27, 270, 5.6)),
        ("South", None),
    ]


def test_the_timetable_says_with_whom_a_session_is_shared() -> None:
    scenario = tiny(**NEIGHBOURS)
    week = programme_for_staff(scenario, day_plan(*TOGETHER), "C1", "1", Names.of(scenario))
    (session,) = [slot for day in week.days for slot in day.slots if slot.kind == "course"]
    assert (session.title, session.detail, session.joint) == ("Opera", "Song · Hall", ("Bee",))


def test_a_rooms_week_shows_sessions_of_any_class() -> None:
    scenario = tiny(**NEIGHBOURS, closures=[{"room": "H", "from_": "2024-07-16", "to": "2024-07-16"}])
    given = day_plan(*TOGETHER)
    (hall,) = room_weeks(scenario, given, "V1", Names.of(scenario))  # R1 is used by C1 alone
    assert (hall.room, hall.used, hall.periods) == ("Hall", 1, 8)
    monday, tuesday = hall.programme.days
    assert [slot.kind for slot in monday.slots] == ["course", "free", "free", "free"]
    assert monday.slots[0].detail == "Ant + Bee · Song"
    assert {slot.kind for slot in tuesday.slots} == {"closed"}


def test_a_home_room_that_others_use_shows_its_class_when_it_is_in() -> None:
    scenario = tiny(**NEIGHBOURS)
    # in P2 the ants are away in the hall and the bees in their room
    given = day_plan("C1 15 P2 opera s1 H", "C2 15 P2 ball - R1")
    _, home = room_weeks(scenario, given, "V1", Names.of(scenario))
    told = [(slot.kind, slot.title) for slot in home.programme.days[0].slots]
    assert told == [("homeroom", "Ant"), ("course", "Ball"), ("homeroom", "Ant"), ("homeroom", "Ant")]


def test_a_sheet_for_each_class_and_bus() -> None:
    classes = rows("classes", C1={"capacity": 3}, C2={"venue": "V1", "room": None})
    scenario = tiny(classes=classes, trips=zoo(buses=2, seats_per_bus=3, children_per_adult=2))
    duties = [
        {
            "person": person,
            "role": "homeroom",
            "class": "C1",
            "venue": "V1",
            "date": "2024-07-15",
            "shift": "AM",
        }
        for person in ("t1", "t2")
    ]
    given = day_plan(away=("C1 15 zoo 1/1/1 2/1/0", "C2 15 zoo 2/1/1")).with_(
        duties=Plan(duties=duties).duties  # type: ignore[arg-type]
    )
    (trip,) = trip_sheets(scenario, given, "V1", Names.of(scenario))
    found = [(sheet.bus, sheet.class_, sheet.aboard, sheet.others) for sheet in trip.sheets]
    assert found == [(1, "Ant", 2, ()), (2, "Ant", 3, ("Bee",)), (2, "Bee", 3, ("Ant",))]
    first, second, _ = trip.sheets
    # the children in the order of their names; one adult has a seat, the other none
    assert [child.id for sheet in (first, second) for child in sheet.children] == ["a", "b"]
    assert (first.adults, second.adults, second.standing) == (("Tang",), (), ("Tian",))


def test_a_trip_without_buses_has_a_sheet_for_each_class() -> None:
    scenario = tiny(trips=zoo())
    (trip,) = trip_sheets(scenario, day_plan(away=("C1 15 zoo",)), "V1", Names.of(scenario))
    (sheet,) = trip.sheets
    assert (sheet.bus, len(sheet.children)) == (None, 2)


@pytest.mark.parametrize(
    ("to", "told"),
    [("", "Zoo, "), ("Zoo", "Zoo, "), ("Beijing Zoo", "Zoo (Beijing Zoo), ")],
    ids=["nowhere named", "as its name says", "elsewhere"],
)
def test_a_trip_tells_where_it_goes_unless_its_name_does(to: str, told: str) -> None:
    scenario = tiny(trips=zoo(destination=to, buses=1, seats_per_bus=9))
    given = day_plan(away=("C1 15 zoo 1/2/0",))
    book = opened(
        exported(scenario, given, checker.verify(scenario, given), "en", season.KEY)[
            "private/venues/V1/roster.xlsx"
        ]
    )
    captions = [str(row[0]) for row in values(book["Trips"]) if "Bus 1" in str(row[0])]
    assert captions[0].startswith(told)


def test_a_trip_called_off_is_noted_on_the_day_and_listed() -> None:
    storm = {
        "id": "L",
        "kind": "no_trip",
        "trip": "zoo",
        "class_": "C1",
        "date": "2024-07-15",
        "reason": "storm",
    }
    scenario = tiny(trips=zoo(dates=["2024-07-15"]), locks=[storm])
    given = day_plan("C1 15 P1 ball", placements=placed("a@C1", "c@C2"))
    (row,) = trips_off(scenario, given, "V1")
    assert (row.cause, row.reason, row.instead, row.stays) == ("lock", "storm", (), True)
    week = programme_for_staff(scenario, given, "C1", "1", Names.of(scenario))
    assert [day.off for day in week.days] == [(("Zoo", "storm"),), ()]


def test_joint_sessions_and_trips_called_off_are_shown_wherever_a_day_is() -> None:
    storm = {"id": "L", "kind": "no_trip", "trip": "zoo", "date": "2024-07-15", "reason": "storm"}
    children = rows("children", a={"medical": "asthma-canary", "phone": "13900000001"})
    scenario = tiny(
        **{**NEIGHBOURS, "children": children}, trips=zoo(buses=1, seats_per_bus=9), locks=[storm]
    )
    given = day_plan(*TOGETHER, away=("C1 16 zoo 1/2/0",))
    report = checker.verify(scenario, given)
    files = exported(scenario, given, report, "en", bytes(32))
    pages = {path: content.decode() for path, content in files.items() if path.endswith((".html", ".ics"))}
    venue = pages["private/venues/V1/index.html"]
    assert "together with Bee" in venue
    # C2 misses the trip: a note on its day, and a line that says what it does instead
    assert "Trip off: Zoo (storm). Lessons at the venue instead." in venue
    assert "does not go on another date" in venue
    assert "Bus 1: of this class children 2, adults 0; in the bus 2 of 9 seats" in venue
    assert "asthma-canary" in venue
    families = [text for path, text in pages.items() if path.startswith("publish/families/")]
    assert sum("together with Bee" in text for text in families if path_is_page(text)) == 2  # a and b
    assert sum("Trip off: Zoo (storm)" in text for text in families) == 1  # c, in C2
    published = "".join(text for path, text in pages.items() if path.startswith("publish/"))
    assert "asthma-canary" not in published


def path_is_page(text: str) -> bool:
    """Whether it is a page, and not the calendar of the same child."""
    return text.lstrip().startswith("<!")
