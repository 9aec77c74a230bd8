"""Tiny random seasons as tables of plain rows: a handful of lessons, every feature now and then."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from random import Random
from typing import Any

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from tests.seasons import plan, season

Row = dict[str, Any]

THEMES: dict[str, float] = {
    # how often a season has it
    "two_days": 0.5,
    "two_weeks": 0.3,
    "noon": 0.3,  # a rest between the second and the third period
    "near": 0.4,  # ways between venues are short enough for the pause
    "one_venue": 0.5,
    "hall": 0.4,  # a room with a stage that some course asks for
    "no_rooms": 0.15,
    "kits": 0.4,
    "after": 0.4,
    "long": 0.35,  # sessions of two periods
    "joint": 0.4,
    "trip": 0.4,
    "buses": 0.5,
    "limits": 0.5,  # of the specialists
    "times": 0.4,  # when they can come
    "areas": 0.2,
    "parents": 0.15,
    "ages": 0.25,
    "minimum": 0.6,
    "closures": 0.25,
    "locks": 0.5,
    "led": 0.5,  # a course led by who is on duty
    "fees": 0.4,
    "weights": 0.3,
}
"""What a season may have, and how often."""

WEIGHED = ("trips_taken", "minimum_sessions", "interests", "empty_periods", "active_rest", "specialist_ways")
PERIODS = {"P1": ("08:30", "09:30"), "P2": ("09:45", "10:45"), "P3": ("11:15", "12:15")}


@dataclass
class Tables:
    """A season's tables by name, its settings, and who is placed where."""

    settings: Row
    rows: dict[str, list[Row]]
    placements: list[Row]

    def copy(self) -> Tables:
        """The same once more, to be changed."""
        return deepcopy(self)

    @property
    def scenario(self) -> Scenario:
        """The scenario of these tables."""
        return season(self.settings, **deepcopy(self.rows))

    @property
    def placed(self) -> Plan:
        """The plan of its placements."""
        return plan(placements=self.placements)

    def __str__(self) -> str:
        lines = [f"settings = {self.settings}"]
        for name, rows in self.rows.items():
            if rows:
                lines += [f"{name}:", *(f"    {row}" for row in rows)]
        return "\n".join([*lines, f"placements: {self.placements}"])


def drawn(seed: int, **themes: bool) -> Tables:
    """The tiny season of this seed; single themes can be set from outside."""
    dice = Random(seed)
    on = {name: dice.random() < often for name, often in THEMES.items()}
    on.update(themes)
    days = _days(on)
    weeks = list(dict.fromkeys(row["week"] for row in days))
    courses = list(_courses(dice, on))
    names = [row["id"] for row in courses]
    children = [
        {
            "id": id,
            "name": id.upper(),
            "birth_date": dice.choice(["2015-01-01", "2017-01-01"]) if on["ages"] else "2016-01-01",
            "interests": dice.sample(names, dice.randint(0, len(names))),
        }
        for id in "abc"
    ]
    rows: dict[str, list[Row]] = {
        "days": days,
        "shifts": [
            {"id": "AM", "start": "08:00", "end": "11:00"},
            {"id": "PM", "start": "11:00", "end": "17:00"},
        ],
        "periods": list(_periods(dice, on)),
        "venues": [
            {"id": "V1", "name": "V1", "mode": "community", "latitude": 39.95, "longitude": 116.4},
            {"id": "V2", "name": "V2", "mode": "community", "latitude": 39.9, "longitude": 116.4},
        ],
        "rooms": list(_rooms(dice, on)),
        "classes": list(_classes(on)),
        "children": children,
        "courses": courses,
        "staff": list(_staff(dice, on, names)),
        "trips": list(_trips(dice, on, days)),
        "availability": list(_times(dice, days)) if on["times"] else [],
        "closures": list(_closures(dice, on, days)) if on["closures"] else [],
    }
    rows["locks"] = list(_locks(dice, rows)) if on["locks"] else []
    settings: Row = {"season": f"t{seed}"}
    if on["near"]:
        settings |= {"travel_fixed_minutes": 0, "travel_kmh": dice.choice([15, 60])}
    if on["weights"]:
        settings["weights"] = {name: dice.choice([0, 0.5, 1, 7]) for name in dice.sample(WEIGHED, 3)}
    placements = [
        {"child": child, "class": class_, "week": week, "choice": 1}
        for week in weeks
        for child, class_ in zip("abc", dice.choice([("C1", "C1", "C2"), ("C1", "C2", "C2")]), strict=True)
    ]
    return Tables(settings, rows, placements)


def _days(on: dict[str, bool]) -> list[Row]:
    found = [{"date": "2024-07-15", "week": "1"}]
    if on["two_days"]:
        found.append({"date": "2024-07-16", "week": "1"})
    if on["two_weeks"]:
        found.append({"date": "2024-07-22", "week": "2"})
    return found


def _periods(dice: Random, on: dict[str, bool]) -> Iterator[Row]:
    # fewer periods where there are more days
    few = on["two_days"] or on["two_weeks"]
    for id, (start, end) in list(PERIODS.items())[: 2 if few else 3]:
        yield {"id": id, "start": start, "end": end, "shift": "PM" if id == "P3" else "AM"}
    if on["noon"]:
        # a rest that ends after noon, with a period after it or none
        yield {"id": "N", "start": "12:15", "end": "12:45", "shift": "PM", "kind": "care"}
        if dice.random() < 0.6:
            yield {"id": "P4", "start": "12:45", "end": "13:30", "shift": "PM"}


def _rooms(dice: Random, on: dict[str, bool]) -> Iterator[Row]:
    if on["no_rooms"]:
        return
    second = "V1" if on["one_venue"] else "V2"
    feature = ["stage"] if on["hall"] and dice.random() < 0.4 else []
    yield {"id": "R1", "venue": "V1", "capacity": dice.choice([2, 3, None])}
    yield {"id": "R2", "venue": second, "capacity": 3, "features": feature}
    if on["hall"] and not feature:
        yield {
            "id": "H",
            "venue": dice.choice(["V1", second]),
            "capacity": dice.choice([2, 3]),
            "features": ["stage"],
        }


def _classes(on: dict[str, bool]) -> Iterator[Row]:
    for number, venue in ((1, "V1"), (2, "V1" if on["one_venue"] else "V2")):
        room = None if on["no_rooms"] else f"R{number}"
        yield {"id": f"C{number}", "name": f"C{number}", "venue": venue, "room": room, "capacity": 3}


def _courses(dice: Random, on: dict[str, bool]) -> Iterator[Row]:
    for number, id in enumerate(("opera", "ball")):
        row: Row = {
            "id": id,
            "name": id,
            "energy": dice.choice(["active", "quiet", None]),
            "max_per_week": dice.choice([1, 1, 2]),
            "teacher": not (on["led"] and number == 1),
        }
        if on["minimum"]:
            row["min_per_week"] = dice.randint(0, 1)
        if on["kits"] and dice.random() < 0.6:
            row["kits"] = 1
        if on["long"] and dice.random() < 0.5:
            row["length"] = 2
        if on["joint"] and dice.random() < 0.6:
            row["joint"] = dice.choice([2, 3, 3])
        if on["hall"] and dice.random() < 0.5:
            row["room_feature"] = "stage"
        if on["ages"] and dice.random() < 0.5:
            row |= dice.choice([{"min_age": 9}, {"max_age": 8}])
        if on["two_weeks"] and dice.random() < 0.4:
            row["max_per_season"] = 1
        if on["after"] and number == 1:
            row["after"] = "opera"
        yield row


def _staff(dice: Random, on: dict[str, bool], courses: list[str]) -> Iterator[Row]:
    for id in ("s1", "s2"):
        row: Row = {
            "id": id,
            "name": id,
            "kind": "teacher",
            "roles": ["specialist"],
            "courses": dice.sample(courses, dice.choice([1, 1, 2])),
            "cleared_until": dice.choice(["2030-01-01", "2030-01-01", "2030-01-01", "2024-07-15"]),
        }
        if on["limits"]:
            name, most = dice.choice(
                [
                    ("max_sessions_per_day", 1),
                    ("max_sessions_per_week", dice.choice([1, 2])),
                    ("max_shifts_per_day", 1),
                    ("max_days_per_week", 1),
                    ("max_days", 1),
                ]
            )
            row[name] = most
        if on["fees"]:
            row["fee_per_session"] = dice.choice([0, 100, 900.5])
        if on["areas"]:
            row["venues"] = dice.choice([["V1"], ["V2"], []])
        if on["parents"] and id == "s1":
            row["own_children"] = [dice.choice("abc")]
        yield row


def _trips(dice: Random, on: dict[str, bool], days: list[Row]) -> Iterator[Row]:
    if on["trip"]:
        row: Row = {"id": "zoo", "name": "Zoo", "dates": [row["date"] for row in days], "shifts": ["AM"]}
        if on["buses"]:
            row |= {
                "buses": 1,
                "seats_per_bus": dice.choice([2, 3, 4]),
                "children_per_adult": dice.choice([1, 2, None]),
            }
        if dice.random() < 0.4:
            row["children_per_day"] = dice.choice([1, 2])
        if on["ages"]:
            row["min_age"] = dice.choice([None, 8])
        yield row


def _times(dice: Random, days: list[Row]) -> Iterator[Row]:
    for person in ("s1", "s2"):
        if dice.random() < 0.7:
            day = dice.choice(days)["date"]
            shifts = dice.choice([["AM"], ["PM"], []])
            status = dice.choice(["no", "no", "avoid"])
            yield {"person": person, "from_": day, "to": day, "shifts": shifts, "status": status}


def _closures(dice: Random, on: dict[str, bool], days: list[Row]) -> Iterator[Row]:
    day = dice.choice(days)["date"]
    place: list[Row] = [{"class_": "C1"}, {"venue": "V2"}]
    if not on["no_rooms"]:
        place.append({"room": "R2"})
    yield {**dice.choice(place), "from_": day, "to": day, "shifts": dice.choice([["PM"], ["AM"], []])}


def _locks(dice: Random, rows: dict[str, list[Row]]) -> Iterator[Row]:
    """One or two, each with most of its fields blank."""
    for number in range(dice.choice([1, 1, 2])):
        trips = [row["id"] for row in rows["trips"]]
        kind = dice.choice(["session", "no_session", "no_session", *(["trip", "no_trip"] if trips else [])])
        row: Row = {"id": f"L{number}", "kind": kind, "class_": dice.choice(["C1", "C2", None])}
        if kind != "no_session" or dice.random() < 0.6:
            row["date"] = dice.choice(rows["days"])["date"]
        if kind.endswith("session"):
            row["course"] = dice.choice(["opera", "ball", None])
            row["period"] = dice.choice(["P1", "P2", None])
            row["person"] = dice.choice(["s1", None, None])
        yield row
