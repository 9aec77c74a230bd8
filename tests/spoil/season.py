"""A season with a use for every hard rule, and a clean plan for it, both written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from scheduler.domain.choices import position
from scheduler.domain.claims import waiting
from scheduler.domain.demand import gaps
from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.plan import Duty, OpenClass, Outing, Placement, Plan, Seating, Session
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables.staff import Role
from scheduler.rules import Rulebook
from tests.seasons import season

EIGHT, TEN = "2016-01-01", "2014-01-01"  # birth dates of children of eight and ten
WEEKS = ("1", "2")
VENUE_OF = {"A1": "V1", "A2": "V1", "B1": "V2", "B2": "V2", "D1": "V3", "E1": "V4", "E2": "V4"}


def scenario() -> Scenario:
    """Two weeks of three days, four venues, seven classes, eighteen children, a small staff."""
    return season(
        # nothing may be withheld for want of adults: the staff are few, and some posts are gaps
        {"season": "spoilt", "staff_reserve": False},
        days=[
            *({"date": f"2024-07-{day}", "week": "1"} for day in (15, 16, 17)),
            *({"date": f"2024-07-{day}", "week": "2"} for day in (22, 23, 24)),
        ],
        shifts=[
            {"id": "AM", "start": "08:00", "end": "12:00"},
            {"id": "PM", "start": "14:00", "end": "17:00"},
        ],
        periods=[
            {"id": "P1", "start": "08:30", "end": "09:30", "shift": "AM"},
            {"id": "P2", "start": "09:45", "end": "10:45", "shift": "AM"},
            {"id": "L", "start": "11:00", "end": "12:00", "shift": "AM", "kind": "care"},
            {"id": "P3", "start": "14:00", "end": "15:00", "shift": "PM"},
            {"id": "P4", "start": "15:15", "end": "16:15", "shift": "PM"},
        ],
        venues=[
            # North is full with four; South is 5.6 km away (27 minutes), East 56 km (nearly three hours);
            # West is the mill's, for its own children only
            _venue("V1", "North", 39.95, capacity=4),
            _venue("V2", "South", 39.90),
            _venue("V3", "East", 40.45),
            _venue("V4", "West", 39.92, only_for=["mill"]),
        ],
        rooms=[
            {"id": "R1", "venue": "V1", "capacity": 10},
            {"id": "R2", "venue": "V1", "capacity": 10},
            {"id": "R3", "venue": "V1", "capacity": 10, "features": ["stage"]},
            {"id": "R4", "venue": "V2", "capacity": 10},
            {"id": "R5", "venue": "V2", "capacity": 10},
        ],
        classes=[
            {"id": "A1", "name": "Ants", "venue": "V1", "room": "R1", "capacity": 2},
            {"id": "A2", "name": "Apes", "venue": "V1", "room": "R2", "capacity": 3, "min_age": 9},
            {"id": "B1", "name": "Bees", "venue": "V2", "room": "R4", "capacity": 6},
            {"id": "B2", "name": "Bats", "venue": "V2", "room": "R5", "capacity": 6, "min_age": 9},
            {"id": "D1", "name": "Dogs", "venue": "V3", "capacity": 6},
            {"id": "E1", "name": "Eels", "venue": "V4", "capacity": 6, "optional": True, "min_children": 2},
            {"id": "E2", "name": "Elks", "venue": "V4", "capacity": 6, "optional": True, "min_children": 2},
        ],
        priorities=[
            {"id": "first", "name": "First", "rank": 1},
            {"id": "second", "name": "Second", "rank": 2},
        ],
        children=_children(),
        courses=[
            {"id": "opera", "name": "Opera", "room_feature": "stage", "length": 2},
            {"id": "paper", "name": "Paper", "kits": 1, "max_per_week": 2},
            {"id": "song", "name": "Song", "joint": 5, "max_per_week": 3},
            {"id": "clay", "name": "Clay", "teacher": False, "after": "paper"},
            {"id": "ball", "name": "Ball", "teacher": False, "max_per_week": 4},
            {"id": "chess", "name": "Chess", "teacher": False, "min_age": 9},
        ],
        trips=[
            {
                "id": "museum",
                "name": "Museum",
                "dates": ["2024-07-23", "2024-07-24"],
                "shifts": ["AM"],
                "buses": 1,
                "seats_per_bus": 10,
            },
        ],
        staff=_staff(),
        availability=[
            {"person": "w1", "from_": "2024-07-15", "to": "2024-07-17", "shifts": ["AM"], "status": "yes"},
            {"person": "s1", "from_": "2024-07-16", "to": "2024-07-16", "shifts": ["PM"], "status": "no"},
        ],
        needs=[{"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"}],
        closures=[{"venue": "V2", "from_": "2024-07-17", "to": "2024-07-17", "shifts": ["PM"]}],
        locks=[
            {"id": "seat", "kind": "place", "child": "ul", "class_": "D1", "week": "1"},
            {"id": "game", "kind": "session", "class_": "B1", "date": "2024-07-17", "course": "ball"},
            {
                "id": "post",
                "kind": "duty",
                "person": "t3",
                "class_": "B1",
                "date": "2024-07-15",
                "shift": "AM",
            },
        ],
    )


def plan() -> Plan:
    """Nothing in it breaks a hard rule; derived values are reckoned from the rest."""
    placements = [
        *_seats("A1", "an", "bo"),
        *_seats("A2", "fu", "gu"),
        *_seats("B1", "qi", "qu", "su", "vi", "mo"),
        Placement(child="ki", class_="B1", week="1", choice=1),
        Placement(child="na", class_="B1", week="2", choice=1),
        *_seats("B2", "nu"),
        *_seats("D1", "ro"),
        Placement(child="ul", class_="D1", week="1", choice=0),
        *_seats("E1", "el", "em"),
        Placement(child="en", class_="E1", week="1", choice=1),
    ]
    running = {(row.class_, row.week) for row in placements}
    bare = Plan(
        season="spoilt",
        open_classes=tuple(OpenClass(class_=class_, week=week) for class_, week in sorted(running)),
        placements=tuple(placements),
        sessions=(
            session("A1", 15, "P1", "opera", "s1", "R3"),
            session("A1", 15, "P3", "paper", "s2"),
            session("A1", 16, "P1", "clay"),
            session("A1", 16, "P3", "ball"),
            session("A1", 17, "P1", "song", "s2", "R3"),  # joint: the four children of North
            session("A2", 17, "P1", "song", "s2", "R3"),
            session("A2", 15, "P3", "song", "s4"),
            session("B1", 15, "P4", "song", "s3"),
            session("B2", 15, "P1", "song", "s4"),
            session("B1", 16, "P1", "paper", "s1"),
            session("B1", 17, "P1", "ball"),
            session("A1", 24, "P3", "ball"),
        ),
        trips=(outing(24, children=2),),
        duties=(
            duty("t1", "homeroom", "A1", 15, "AM"),
            duty("t1", "homeroom", "A1", 16, "PM"),
            duty("t2", "homeroom", "A2", 15, "AM"),
            duty("t3", "homeroom", "B1", 15, "AM"),
            duty("t4", "homeroom", "B2", 16, "AM"),
            duty("w1", "volunteer", "A1", 15, "AM"),
            duty("pa", "volunteer", "A2", 16, "AM"),
        ),
    )
    return rederived(scenario(), bare)


def rederived(season: Scenario, plan: Plan) -> Plan:
    """The plan with the values that follow from its decisions reckoned anew by the domain's own facts:
    choices, waiting lists, gaps and the score."""
    locked = PlacementLocks(season).placed

    def choice(row: Placement) -> int:
        child, class_ = season.child[row.child], season.class_[row.class_]
        return 0 if (row.child, row.week, row.class_) in locked else position(child, class_) or 0

    seats = tuple(replace(row, choice=choice(row)) for row in plan.placements)
    seated = plan.with_(placements=seats)
    told = seated.with_(waitlist=waiting(season, seated), gaps=gaps(season, seated))
    return told.with_(score=Rulebook(season.settings).score(season, told))


def session(
    class_: str, day: int, period: str, course: str, teacher: str | None = None, room: str | None = None
) -> Session:
    """A session on a day of July."""
    when = _date(day)
    return Session(class_=class_, date=when, period=period, course=course, teacher=teacher, room=room)


def outing(day: int, *, children: int) -> Outing:
    """The Ants go to the museum on a day of July, so many of them with a seat in the bus."""
    seating = (Seating(bus=1, children=children, adults=0),)
    return Outing(trip="museum", date=_date(day), class_="A1", seating=seating)


def duty(person: str, role: Role, class_: str, day: int, shift: str) -> Duty:
    """A duty on a day of July."""
    return Duty(person=person, role=role, class_=class_, venue=VENUE_OF[class_], date=_date(day), shift=shift)


def _venue(id: str, name: str, latitude: float, **more: object) -> dict[str, Any]:
    row = {"id": id, "name": name, "mode": "community", "latitude": latitude, "longitude": 116.4}
    return {**row, **more}


def _children() -> list[dict[str, Any]]:
    return [
        _child("an", EIGHT, ["V1"]),
        _child("bo", TEN, ["V1"], apart=["fu"]),
        _child("fu", TEN, ["V1"]),
        _child("gu", TEN, ["V1"]),
        _child("ho", TEN, ["V1"], weeks=["1"]),  # waits: North is full of children of the same standing
        _child("qi", EIGHT, ["V2", "V3"], family="Q", siblings="must"),
        _child("qu", EIGHT, ["V2", "V3"], family="Q", siblings="must"),
        _child("su", EIGHT, ["V2", "V3"]),
        _child("vi", EIGHT, ["V2", "V3"], priority="first"),
        _child("mo", TEN, ["B1"]),
        _child("nu", TEN, ["V2"]),
        _child("ki", EIGHT, ["V2"], weeks=["1"]),
        _child("na", EIGHT, ["V2"], weeks=["2"]),
        _child("ro", EIGHT, ["V2", "V3"], stay="weeks"),  # in the second choice: the Bees are full
        _child("ul", EIGHT, ["V3"], weeks=["1"]),
        _child("wi", EIGHT, ["V3"], status="withdrawn"),
        _child("el", EIGHT, ["V4"], employer=["mill"]),
        _child("em", EIGHT, ["V4"], employer=["mill"]),
        _child("en", EIGHT, ["V4"], employer=["mill"], weeks=["1"]),
        _child("pi", EIGHT, ["V4"], employer=["port"], weeks=["1"]),  # the mill does not take it
        _child("ti", EIGHT, ["E2"], employer=["mill"], weeks=["1"]),  # alone with this wish
    ]


def _child(id: str, born: str, choices: Sequence[str], **more: object) -> dict[str, Any]:
    row = {"id": id, "name": id.title(), "birth_date": born, "choices": choices, "priority": "second"}
    return {**row, **more}


def _staff() -> list[dict[str, Any]]:
    return [
        _person("t1", "homeroom"),
        _person("t2", "homeroom", max_shifts_per_day=1),
        _person("t3", "homeroom"),
        _person("t4", "homeroom", cleared_until="2024-07-16"),
        _person("s1", "specialist", courses=["opera", "paper"]),
        _person("s2", "specialist", courses=["paper", "song"]),
        _person("s3", "specialist", courses=["song"], max_sessions_per_day=1),
        _person("s4", "specialist", courses=["song"]),
        _person("w1", "volunteer", kind="volunteer", venues=["V1"]),
        _person("pa", "volunteer", own_children=["an"]),
    ]


def _person(id: str, role: str, **more: object) -> dict[str, Any]:
    row = {"id": id, "name": id.title(), "kind": "teacher", "roles": [role], "cleared_until": "2030-01-01"}
    return {**row, **more}


def _seats(class_: str, *children: str) -> list[Placement]:
    return [
        Placement(child=child, class_=class_, week=week, choice=1) for child in children for week in WEEKS
    ]


def _date(day: int) -> date:
    return date(2024, 7, day)
