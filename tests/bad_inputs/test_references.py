"""Who is who: duplicates, names, references, coordinates, consent."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.domain.problems import Problem
from scheduler.readers import read_scenario
from tests.bad_inputs.told import accepted, cell, read, season
from tests.readers.on_disk import cells, ids


def test_line_48_duplicates(tmp_path: Path) -> None:
    rows = cells("children")
    assert ids(accepted(season(tmp_path, children=[*rows, rows[1]]))) == ["same_row_twice"]
    (problem,) = read(season(tmp_path, children=[*rows, [rows[1][0], *rows[2][1:]]]))
    assert (problem.id, problem.cell, problem.parameters["other"]) == ("duplicate", "A5", 2)


def test_line_49_a_child_enrolled_twice(tmp_path: Path) -> None:
    rows = [
        [*row, phone] for row, phone in zip(cells("children"), ["phone", *["13800138000"] * 3], strict=True)
    ]
    again = ["z", *rows[1][1:]]
    (problem,) = accepted(season(tmp_path, children=[*rows, again]))
    assert (problem.id, problem.parameters["other"]) == ("child_twice", "a")


def test_line_50_two_children_of_one_name(tmp_path: Path) -> None:
    reading = read_scenario(cell(tmp_path, "children", 2, "name", "Bo"))
    assert reading.scenario is not None
    assert not reading.problems
    assert len(reading.scenario.children) == 3


@pytest.mark.parametrize(
    ("table", "row", "heading", "value"),
    [
        ("children", 2, "choices", "V11"),
        ("children", 2, "friends", "bb"),
        ("children", 2, "priority", "frist"),
        ("classes", 2, "venue", "Noth"),
        ("classes", 2, "room", "R11"),
        ("staff", 4, "courses", "oprea"),
        ("periods", 2, "shift", "AMM"),
    ],
)
def test_line_51_unknown_references(tmp_path: Path, table: str, row: int, heading: str, value: str) -> None:
    (problem,) = read(cell(tmp_path, table, row, heading, value))
    assert (problem.id, problem.sheet, problem.value) == ("reference_unknown_near", table, value)
    assert problem.cell.endswith(str(row))


def test_line_51_a_child_that_wishes_for_itself_and_a_friend_who_does_not(tmp_path: Path) -> None:
    assert ids(accepted(cell(tmp_path, "children", 2, "friends", "a; b"))) == [
        "names_itself",
        "friends_one_sided",
    ]


@pytest.mark.parametrize("id", ["Opera", "ｏｐｅｒａ", " opera "])
def test_line_52_ids_that_look_alike(tmp_path: Path, id: str) -> None:
    (problem,) = read(cell(tmp_path, "courses", 3, "id", id))
    assert problem.id in ("id_near_duplicate", "duplicate")
    assert problem.cell == "A3"


def test_line_54_coordinates(tmp_path: Path) -> None:
    rows = cells("venues")
    at = rows[0].index("latitude")
    rows[1][at : at + 2] = [0, 0]
    assert ids(read(season(tmp_path, venues=rows))) == ["coordinates_zero"]
    rows[1][at : at + 2] = [116.4, 39.9]
    assert ids(read(season(tmp_path, venues=rows))) == ["latitude_is_longitude"]
    rows[1][at : at + 2] = ["east", 116.4]
    assert ids(read(season(tmp_path, venues=rows)))[0] == "not_a_number"


@pytest.mark.parametrize("consent", ["否", "no"])
def test_line_55_no_consent(tmp_path: Path, consent: str) -> None:
    (problem,) = accepted(cell(tmp_path, "children", 2, "consent", consent))
    assert (problem.id, problem.cell) == ("child_without_consent", "F2")


def test_line_55_a_blank_consent_is_told(tmp_path: Path) -> None:
    assert ids(read_all(cell(tmp_path, "children", 2, "consent", None))) == ["child_without_consent"]


def read_all(path: Path) -> list[Problem]:
    return list(read_scenario(path).problems)
