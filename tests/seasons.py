"""Tiny seasons built in code, shared by the tests: one thing changed from `tiny()` at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Settings

Rows = Sequence[Mapping[str, Any]]

TINY: dict[str, Rows] = {
    # one week of two days (Monday, Tuesday), a morning and an afternoon, two course periods in each
    "days": [
        {"date": "2024-07-15", "week": "1"},
        {"date": "2024-07-16", "week": "1"},
    ],
    "shifts": [
        {"id": "AM", "start": "08:00", "end": "12:00"},
        {"id": "PM", "start": "14:00", "end": "17:00"},
    ],
    "periods": [
        {"id": "P1", "start": "08:30", "end": "09:30", "shift": "AM"},
        {"id": "P2", "start": "09:45", "end": "10:45", "shift": "AM"},
        {"id": "L", "start": "11:00", "end": "12:00", "shift": "AM", "kind": "care"},
        {"id": "P3", "start": "14:00", "end": "15:00", "shift": "PM"},
        {"id": "P4", "start": "15:15", "end": "16:15", "shift": "PM"},
    ],
    # two venues 5.6 km apart: 10 + 60 * 5.6 / 20 = 26.7 minutes by the default settings
    "venues": [
        {"id": "V1", "name": "North", "mode": "community", "latitude": 39.95, "longitude": 116.4},
        {"id": "V2", "name": "South", "mode": "employer", "latitude": 39.90, "longitude": 116.4},
    ],
    "rooms": [
        {"id": "R1", "venue": "V1", "capacity": 30},
        {"id": "R2", "venue": "V2", "capacity": 30, "features": ["stage"]},
    ],
    "classes": [
        {"id": "C1", "name": "Ant", "venue": "V1", "room": "R1", "capacity": 2},
        {"id": "C2", "name": "Bee", "venue": "V2", "room": "R2", "capacity": 2},
    ],
    "priorities": [
        {"id": "first", "name": "First", "rank": 1},
        {"id": "second", "name": "Second", "rank": 2},
    ],
    "children": [
        {"id": "a", "name": "An", "birth_date": "2016-01-01", "choices": ["V1"], "priority": "first"},
        {"id": "b", "name": "Bo", "birth_date": "2016-02-01", "choices": ["V1", "V2"], "priority": "second"},
        {
            "id": "c",
            "name": "Chen",
            "birth_date": "2015-03-01",
            "choices": ["C1", "C2"],
            "priority": "second",
        },
    ],
    "courses": [
        {"id": "opera", "name": "Opera", "energy": "quiet"},
        {"id": "ball", "name": "Ball", "energy": "active", "teacher": False},
    ],
    "staff": [
        {"id": "t1", "name": "Tang", "kind": "teacher", "roles": ["homeroom"], "cleared_until": "2030-01-01"},
        {"id": "t2", "name": "Tian", "kind": "teacher", "roles": ["homeroom"], "cleared_until": "2030-01-01"},
        {
            "id": "s1",
            "name": "Song",
            "kind": "teacher",
            "roles": ["specialist"],
            "courses": ["opera"],
            "cleared_until": "2030-01-01",
        },
    ],
    "needs": [{"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"}],
}


def season(settings: Mapping[str, Any] | None = None, /, **tables: Rows) -> Scenario:
    """A scenario of these tables and nothing else; a child consents unless it says otherwise."""
    if "children" in tables:
        tables["children"] = [{"consent": True, **row} for row in tables["children"]]
    given: dict[str, Any] = {name: tuple(rows) for name, rows in tables.items()}
    return Scenario(settings=Settings(**(settings or {"season": "tiny"})), **given)


def tiny(settings: Mapping[str, Any] | None = None, /, **tables: Rows) -> Scenario:
    """The tiny season, with whole tables replaced."""
    return season(settings, **{**TINY, **tables})


def rows(table: str, **changes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The tiny season's rows of a table, some changed or added: `rows("children", a={"weeks": ["1"]})`."""
    found = {str(row["id"]): dict(row) for row in TINY[table]}
    for id, change in changes.items():
        found[id] = {**found.get(id, {"id": id}), **change}
    return list(found.values())


def plan(**parts: Any) -> Plan:  # noqa: ANN401 - the plan's own fields
    """A plan of these parts; `open_classes` follow from the placements where not given."""
    placements = parts.get("placements", ())
    if "open_classes" not in parts:
        seen = sorted({(row["class"], row["week"]) for row in placements})
        parts["open_classes"] = [{"class": class_, "week": week} for class_, week in seen]
    return Plan(**parts)


def placed(*seats: str, choice: int = 1) -> list[dict[str, Any]]:
    """Placements written `child@class/week`, e.g. `placed("a@C1/1", "b@C2/1")`."""
    found = []
    for seat in seats:
        child, _, where = seat.partition("@")
        class_, _, week = where.partition("/")
        found.append({"child": child, "class": class_, "week": week or "1", "choice": choice})
    return found
