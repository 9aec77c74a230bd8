"""What a seal holds fast, and what may still change after it."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.draw import gives_away, line
from scheduler.domain.scenario import Scenario
from scheduler.domain.seal import Fit, Seal, fit, sealed_tables, unseeded_sha256
from tests.seasons import rows, tiny

KEY = b"k" * 32


def lines_of(scenario: Scenario, key: bytes) -> list[str]:
    return [line(key.hex()[:26], "tiny", row.id) for row in scenario.processed]


def sealed(scenario: Scenario) -> Seal:
    return Seal(
        season="tiny",
        policy="fair",
        ties="places",
        program="1",
        sealed_at="2024-06-01",
        input_sha256=unseeded_sha256(scenario),
        children=len(scenario.processed),
        tables=sealed_tables(scenario, KEY),
        lines=tuple(sorted(lines_of(scenario, KEY))),
        rule={},
    )


def compared(now: Scenario, key: bytes = KEY) -> Fit:
    return fit(now, sealed(tiny()), key, lines_of(now, key))


def test_the_seed_may_be_set_after_the_seal() -> None:
    seeded = tiny({"season": "tiny", "lottery_seed": "20240630"})
    assert seeded.sha256 != tiny().sha256
    assert unseeded_sha256(seeded) == unseeded_sha256(tiny()) == tiny().sha256
    assert compared(seeded) == Fit(True, (), 0, 0, strange_key=False)


@pytest.mark.parametrize(
    "tables",
    [
        {"children": rows("children", a={"phone": "1", "name": "Anna", "allergies": "nuts"})},
        {"staff": []},
        {"courses": []},
        {"venues": rows("venues", V1={"contact": "Ms Ren"})},
        {"locks": [{"id": "L", "kind": "no_duty", "person": "t1"}]},
    ],
)
def test_what_decides_no_place_may_change(tables: dict[str, Any]) -> None:
    found = compared(tiny(**tables))
    assert found.holds
    assert not found.whole


@pytest.mark.parametrize(
    ("settings", "tables", "table", "counts"),
    [
        ({"season": "tiny", "ties": "draw"}, {}, "settings", (1, 1)),
        ({"season": "tiny", "policy": "seats"}, {}, "settings", (1, 1)),
        (None, {"children": rows("children", a={"choices": ["V2"]})}, "children", (3, 3)),
        (None, {"children": rows("children", a={"priority": "second"})}, "children", (3, 3)),
        (None, {"classes": rows("classes", C1={"capacity": 3})}, "classes", (2, 2)),
        (None, {"locks": [{"id": "L", "kind": "place", "child": "a", "class_": "C1"}]}, "locks", (0, 1)),
        (None, {"points": [{"child": "a", "venue": "V1", "points": 3}]}, "points", (0, 1)),
    ],
)
def test_what_decides_a_place_may_not(
    settings: dict[str, Any] | None, tables: dict[str, Any], table: str, counts: tuple[int, int]
) -> None:
    found = compared(tiny(settings, **tables))
    assert not found.holds
    assert [(change.table, change.sealed, change.rows) for change in found.changes] == [(table, *counts)]


def test_children_who_come_and_go_are_counted() -> None:
    children = [
        *rows("children", c={"status": "withdrawn"}),
        {"id": "d", "name": "D"},
        {"id": "e", "name": "E"},
    ]
    found = compared(tiny(children=children))
    assert (found.joined, found.left) == (2, 1)


def test_another_key_is_told_from_other_lists() -> None:
    assert compared(tiny(), b"x" * 32).strange_key
    renamed = tiny(children=[{"id": f"{row['id']}2", "name": "X"} for row in rows("children")])
    assert not compared(renamed).strange_key  # shifts, venues, classes are as sealed


def test_a_seal_survives_its_file() -> None:
    seal = sealed(tiny())
    assert Seal.model_validate_json(seal.to_json()) == seal


def test_a_seal_holds_no_id_and_no_name() -> None:
    children = [
        {"id": "canary-id", "name": "Canary Name", "phone": "canary-phone", "family": "canary-family"}
    ]
    assert "canary" not in sealed(tiny(children=children)).to_json().casefold()


@pytest.mark.parametrize(
    ("id", "name", "told"),
    [
        ("K1", "An Lin", False),
        ("2024-0017", "An", False),
        ("wang-xiaoming", "Xiaoming", True),
        ("王小明01", "王小明", True),
        ("13800000000", "An Lin", True),  # a mobile number
        ("11010520160718001X", "An Lin", True),  # an identity card
        ("a", "A", False),  # one letter names nobody
    ],
)
def test_ids_that_point_at_a_person(id: str, name: str, told: bool) -> None:
    child = tiny(children=[{"id": id, "name": name}]).child[id]
    assert gives_away(child) is told
