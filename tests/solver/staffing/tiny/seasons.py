"""Tiny random seasons of staffing as tables of plain rows: rows can be taken out, what is left printed."""

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
    "weeks": 0.4,  # two of them
    "noon": 0.35,  # a third shift without a pause before or after
    "two_venues": 0.6,
    "trips": 0.35,
    "sessions": 0.4,
    "site": 0.35,
    "ratio": 0.5,
    "qualification": 0.5,
    "overlap": 0.4,  # several needs of the same people
    "ages": 0.25,
    "aides": 0.25,
    "clearance": 0.3,
    "own_children": 0.3,
    "limits": 0.6,
    "min_days": 0.4,
    "partners": 0.4,
    "kinds": 0.5,  # of volunteers
    "wishes": 0.6,  # prefer and avoid
    "fees": 0.3,
    "slow": 0.4,  # ways between venues that take long
    "areas": 0.3,
    "minors": 0.12,
    "locks": 0.35,
    "closures": 0.15,
    "weights": 0.25,
    "steps": 0.15,  # of fair shares
    "plenty": 0.25,  # of volunteers, for one in each class: the soft rules decide
    "some_shifts": 0.25,  # a class that is not held all day
    "previous": 0.2,  # a published roster to stay close to
}
"""What a season may have, and how often."""

SOFT = (
    "continuity",
    "homeroom_continuity",
    "fair_load",
    "minimum_days",
    "partners_together",
    "unwished_duties",
    "venue_changes",
    "volunteer_mix",
    "wished_duties",
)
"""Rules whose weights may differ; that extra people cost more than all of these stays."""


@dataclass
class Tables:
    """A season's tables by name, its settings, and the plan's parts before staffing."""

    settings: Row
    rows: dict[str, list[Row]]
    plan: dict[str, list[Row]]

    def copy(self) -> Tables:
        """The same once more, to be changed."""
        return deepcopy(self)

    @property
    def scenario(self) -> Scenario:
        """The scenario of these tables."""
        return season(self.settings, **deepcopy(self.rows))

    @property
    def so_far(self) -> Plan:
        """Placements, sessions and trips."""
        return plan(**{name: rows for name, rows in self.plan.items() if name != "previous"})

    @property
    def previous(self) -> Plan | None:
        """The published plan, if there is one."""
        duties = self.plan["previous"]
        return self.so_far.with_(duties=tuple(duties)) if duties else None

    def __str__(self) -> str:
        lines = [f"settings = {self.settings}"]
        for name, rows in (*self.rows.items(), *((f"plan.{n}", r) for n, r in self.plan.items())):
            if rows:
                lines += [f"{name}:", *(f"    {row}" for row in rows)]
        return "\n".join(lines)


def drawn(seed: int, **themes: bool) -> Tables:
    """The tiny season of this seed; single themes can be set from outside."""
    dice = Random(f"roster {seed}")
    on = {name: dice.random() < often for name, often in THEMES.items()} | themes
    if on["plenty"]:
        on |= {"aides": False, "site": False, "clearance": False, "own_children": False, "closures": False}
    dates = ["2024-07-15", "2024-07-16"][: dice.choice([1, 2, 2])]
    days = [{"date": day, "week": "1"} for day in dates]
    if on["weeks"]:
        days.append({"date": "2024-07-22", "week": "2"})
    shifts = [{"id": "AM", "start": "08:00", "end": "12:00"}, {"id": "PM", "start": "14:00", "end": "17:00"}]
    if on["noon"]:
        shifts.insert(1, {"id": "NOON", "start": "12:00", "end": "14:00"})
    times = [(day["date"], shift["id"]) for day in days for shift in shifts]
    classes = list(_classes(dice, on))
    children = list(_children(dice, on, classes))
    staff = list(_staff(dice, on, [row["id"] for row in children]))
    rows: dict[str, list[Row]] = {
        "days": days,
        "shifts": shifts,
        "periods": [
            {"id": "P1", "start": "08:30", "end": "09:30", "shift": "AM"},
            {"id": "P2", "start": "10:00", "end": "11:00", "shift": "AM"},
            {"id": "P3", "start": "14:30", "end": "15:30", "shift": "PM"},
        ],
        "venues": [
            # 5.6 km apart: 27 minutes, or 177 where ways are slow
            {"id": "V1", "name": "V1", "mode": "community", "latitude": 39.95, "longitude": 116.4},
            {"id": "V2", "name": "V2", "mode": "community", "latitude": 39.90, "longitude": 116.4},
        ],
        "classes": classes,
        "children": [{key: value for key, value in row.items() if key != "class"} for row in children],
        "courses": [{"id": "opera", "name": "Opera", "max_per_week": 5}],
        "trips": _trips(dice, on, dates, shifts),
        "staff": staff,
        "availability": [row for person in staff for row in _times(dice, on, person, times)],
        "needs": list(_needs(dice, on)),
        "closures": _closures(dice, on, dates, classes),
        "locks": list(_locks(dice, on, staff, classes, times)),
    }
    decided = {
        "placements": [
            {"child": row["id"], "class": row["class"], "week": week, "choice": 1}
            for row in children
            for week in sorted({str(day["week"]) for day in days})
            if dice.random() < 0.9
        ],
        "sessions": [],
        "trips": [
            {"trip": "museum", "date": rows["trips"][0]["dates"][0], "class": classes[0]["id"]}
            for _ in rows["trips"]
        ],
        "previous": [],
    }
    tables = Tables(_settings(dice, on), rows, decided)
    if on["sessions"]:
        decided["sessions"] = list(_sessions(dice, tables, times))
    if on["previous"]:
        decided["previous"] = list(_published(dice, tables, times))
    return tables


def _settings(dice: Random, on: dict[str, bool]) -> Row:
    found: Row = {"season": "t", "travel_kmh": 2 if on["slow"] else 20}
    if on["weights"]:
        found["weights"] = {name: dice.choice([0, 0.5, 1, 7]) for name in dice.sample(SOFT, 3)}
    if on["steps"]:
        found["parameters"] = {"fair_load": {"steps": dice.choice(["2", "3"])}}
    return found


def _classes(dice: Random, on: dict[str, bool]) -> Iterator[Row]:
    for number in range(dice.choice([1, 2, 2])):
        venue = f"V{number + 1}" if on["two_venues"] else "V1"
        row: Row = {"id": f"C{number + 1}", "name": f"Class {number + 1}", "venue": venue, "capacity": 9}
        if on["plenty"] or (on["some_shifts"] and dice.random() < 0.5):
            row["shifts"] = [dice.choice(["AM", "PM"])]
        yield row


def _children(dice: Random, on: dict[str, bool], classes: list[Row]) -> Iterator[Row]:
    names = iter("abcdefgh")
    for row in classes:
        for _ in range(dice.choice([1, 2, 3])):
            id = next(names)
            yield {
                "id": id,
                "name": id.upper(),
                "class": row["id"],
                "birth_date": dice.choice(["2018-01-01", "2016-01-01", "2014-01-01"]),
                "needs": ["aide"] if on["aides"] and dice.random() < 0.4 else [],
            }


def _staff(dice: Random, on: dict[str, bool], children: list[str]) -> Iterator[Row]:
    number = dice.choice([3, 3, 4])
    for index in range(number):
        id = f"p{index}"
        kind = dice.choice(["volunteer", "volunteer", "teacher"])
        able = ["volunteer"] if kind == "volunteer" or on["plenty"] else ["homeroom", "life", "volunteer"]
        if on["site"]:
            able.append("site")
        if on["sessions"]:
            able.append("specialist")
        row: Row = {
            "id": id,
            "name": id.upper(),
            "kind": kind,
            "roles": dice.sample(able, min(len(able), dice.choice([1, 2, 2, 3]))),
            "courses": ["opera"],
            "cleared_until": "2030-01-01",
        }
        if on["qualification"] and dice.random() < 0.5:
            row["qualifications"] = ["first_aid"]
        if on["clearance"] and dice.random() < 0.4:
            row["cleared_until"] = dice.choice([None, "2024-07-15"])
        if on["own_children"] and dice.random() < 0.5:
            row["own_children"] = [dice.choice(children)]
        if on["kinds"]:
            row["volunteer_type"] = dice.choice(["student", "student", "community", None])
        yield row | _limits(dice, on) | _ties(dice, on, index, number)


def _limits(dice: Random, on: dict[str, bool]) -> Row:
    row: Row = {}
    if on["limits"]:
        row["max_shifts_per_day"] = dice.choice([None, 1, 1, 2, 0 if dice.random() < 0.1 else 2])
        row["max_days_per_week"] = dice.choice([5, 1, 1])
        row["max_days"] = dice.choice([None, 1, 2])
    if on["min_days"]:
        row["min_days"] = min(dice.choice([0, 1, 2, 3]), row.get("max_days") or 3)
    if on["fees"]:
        row["fee_per_shift"] = dice.choice([None, 30, 12.5, 200])
    if on["minors"] and dice.random() < 0.5:
        row["birth_date"] = dice.choice(["2010-01-01", "2006-07-16"])  # of age on the second day
    return row


def _ties(dice: Random, on: dict[str, bool], index: int, number: int) -> Row:
    row: Row = {}
    if on["partners"]:
        others = [f"p{other}" for other in range(number) if other != index]
        row["partners"] = [other for other in others if dice.random() < 0.4]
    if on["areas"]:
        row |= dice.choice(
            [
                {"venues": ["V1"]},
                {"venues": ["V2"]},
                {"latitude": 39.95, "longitude": 116.4, "max_distance_km": 3},
                # 8.9 km and 14.5 km away
                {"latitude": 40.03, "longitude": 116.4},
            ]
        )
    return row


def _times(dice: Random, on: dict[str, bool], person: Row, times: list[tuple[str, str]]) -> Iterator[Row]:
    """A statement for each shift: a few are offered, teachers say no to the rest."""
    offered = set(dice.sample(times, min(len(times), dice.choice([2, 3, 3, 4, 5]))))
    for day, shift in times:
        if (day, shift) in offered:
            status = dice.choice(["yes", "yes", "prefer", "avoid"]) if on["wishes"] else "yes"
        elif person["kind"] == "teacher":
            status = "no"
        else:
            continue
        yield {"person": person["id"], "from_": day, "to": day, "shifts": [shift], "status": status}


def _trips(dice: Random, on: dict[str, bool], dates: list[str], shifts: list[Row]) -> list[Row]:
    if not on["trips"]:
        return []
    away = dice.choice([["AM"], ["PM"], [row["id"] for row in shifts]])
    row: Row = {"id": "museum", "name": "Museum", "dates": [dice.choice(dates)], "shifts": away}
    if dice.random() < 0.7:
        row["children_per_adult"] = dice.choice([1, 1.5, 2])
    return [row]


def _needs(dice: Random, on: dict[str, bool]) -> Iterator[Row]:
    def strength() -> str:
        return dice.choice(["must", "soft"])

    found: list[Row] = [
        {"id": "lead", "role": "homeroom", "per_class": 1, "strength": strength()},
        {"id": "helper", "role": "volunteer", "per_class": dice.choice([1, 1, 2]), "strength": strength()},
    ]
    if on["noon"]:
        found.append(
            {"id": "noon", "role": "life", "shifts": ["NOON"], "per_class": 1, "strength": strength()}
        )
    if on["site"]:
        found.append({"id": "site", "role": "site", "per_class": dice.choice([1, 2]), "strength": strength()})
    if on["ratio"]:
        counted = dice.choice([[], [], ["volunteer"], ["homeroom", "volunteer"]])
        where = dice.choice(["class", "class", "venue"])
        heads = dice.choice([1, 1.5, 2, 3])
        found.append({"id": "ratio", "children_per_adult": heads, "counts": counted, "setting": where})
    if on["qualification"]:
        where = dice.choice(["class", "venue", "trip"])
        found.append({"id": "aid", "qualification": "first_aid", "setting": where, "strength": strength()})
    if on["overlap"]:
        found.append({"id": "pair", "role": "volunteer", "per_class": 2, "strength": strength()})
        found.append(
            {"id": "two", "per_class": dice.choice([1, 2]), "shifts": ["AM"], "strength": strength()}
        )
        both = {"role": "volunteer", "per_class": 1, "qualification": "first_aid", "children_per_adult": 2}
        found.append({"id": "mixed", **both, "strength": strength()})
    if on["trips"]:
        found.append(
            {"id": "out", "role": "homeroom", "setting": "trip", "per_class": 1, "strength": strength()}
        )
    if on["ages"]:
        found = [row | dice.choice([{}, {"min_age": 8}, {"max_age": 8}]) for row in found]
    kept = [row for row in found if dice.random() < 0.8]
    yield from [found[1] | {"per_class": 1}] if on["plenty"] else kept or found[:1]


def _closures(dice: Random, on: dict[str, bool], dates: list[str], classes: list[Row]) -> list[Row]:
    if not on["closures"]:
        return []
    where = dice.choice([{"class_": classes[-1]["id"]}, {"venue": classes[0]["venue"]}])
    day = dice.choice(dates)
    return [{**where, "from_": day, "to": day, "shifts": dice.choice([[], ["PM"]])}]


def _locks(
    dice: Random, on: dict[str, bool], staff: list[Row], classes: list[Row], times: list[tuple[str, str]]
) -> Iterator[Row]:
    """One or two, mostly such that can hold."""
    for number in range(dice.choice([1, 1, 2]) if on["locks"] else 0):
        day, shift = dice.choice(times)
        person = dice.choice(staff)
        duties = [role for role in person["roles"] if role != "specialist"]
        if not duties:
            continue
        row: Row = {
            "id": f"L{number}",
            "kind": dice.choice(["duty", "no_duty"]),
            "person": person["id"],
            "class_": dice.choice([None, dice.choice(classes)["id"]]),
            "date": day,
            "shift": dice.choice([shift, shift, shift, None]),
            "role": dice.choice([None, None, dice.choice(duties)]),
        }
        if row["kind"] == "no_duty" and dice.random() < 0.3:
            row |= {"person": None, "date": None, "week": dice.choice(["1", None])}
        yield row


def _sessions(dice: Random, tables: Tables, times: list[tuple[str, str]]) -> Iterator[Row]:
    """A specialist or two, where none of the timetable's rules forbids it."""
    scenario = tables.scenario
    able = [row for row in tables.rows["staff"] if "specialist" in row["roles"]]
    taught: set[tuple[str, str]] = set()
    for person in able:
        day, shift = dice.choice(times)
        class_ = dice.choice(tables.rows["classes"])["id"]
        period = {"AM": dice.choice(["P1", "P2"]), "PM": "P3"}.get(shift)
        first = next(date for date in scenario.open_days if date.isoformat() == day)
        holds = period is not None and shift in scenario.held(class_, first) and (day, shift) not in taught
        children = {row["child"] for row in tables.plan["placements"] if row["class"] == class_}
        free = not children & set(person.get("own_children", ()))
        cleared = scenario.is_cleared(person["id"], first) and not scenario.is_minor(person["id"], first)
        reached = scenario.works_at(person["id"], scenario.class_[class_].venue)
        away = any(row["class"] == class_ and row["date"] == day for row in tables.plan["trips"])
        if holds and children and free and cleared and reached and not away:
            taught.add((day, shift))
            yield {"class": class_, "date": day, "period": period, "course": "opera", "teacher": person["id"]}


def _published(dice: Random, tables: Tables, times: list[tuple[str, str]]) -> Iterator[Row]:
    """Duties of an earlier roster; they may have become impossible since."""
    seen: set[tuple[str, str, str]] = set()
    for _ in range(dice.choice([1, 2, 3])):
        person, class_ = dice.choice(tables.rows["staff"]), dice.choice(tables.rows["classes"])
        roles = [role for role in person["roles"] if role not in ("specialist", "site")]
        day, shift = dice.choice(times)
        if roles and (person["id"], day, shift) not in seen:
            seen.add((person["id"], day, shift))
            yield {
                "person": person["id"],
                "role": dice.choice(roles),
                "class": class_["id"],
                "venue": class_["venue"],
                "date": day,
                "shift": shift,
            }
