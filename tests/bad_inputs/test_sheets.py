"""CSV encodings, headings, hidden and merged cells, totals and notes."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from scheduler.readers import read_scenario
from tests.bad_inputs.told import accepted, read, season
from tests.readers.on_disk import Cells, cells, changed, folder, ids, tables, workbook


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_lines_19_to_21_encodings(tmp_path: Path, encoding: str) -> None:
    path = folder(tmp_path / "season", changed("children", 2, "name", "王小明"), encoding)
    reading = read_scenario(path)
    assert reading.scenario is not None
    assert reading.scenario.child["a"].name == "王小明"


def test_line_22_broken_bytes_are_told_and_nothing_follows_from_them(tmp_path: Path) -> None:
    path = folder(tmp_path / "season", changed("children", 2, "name", "王小明"), "utf-8")
    file = path / "children.csv"
    file.write_bytes(file.read_bytes() + b"d,\xc3\xc3,2016-01-01,,,yes\r\n")
    (problem,) = read(path)
    assert (problem.id, problem.file, problem.cell) == ("text_broken", "children.csv", "5")


def test_line_24_ragged_rows(tmp_path: Path) -> None:
    path = folder(tmp_path / "season", tables())
    file = path / "rooms.csv"
    file.write_text(file.read_text("utf-8-sig") + "R3,V1,1,000,stage\n")
    assert ("row_too_long", "rooms.csv", "4") in [(p.id, p.file, p.cell) for p in read(path)]


def test_line_25_headings_below_a_title(tmp_path: Path) -> None:
    reading = read_scenario(season(tmp_path, children=[["Summer"], [], *cells("children")]))
    assert reading.scenario is not None
    source = reading.scenario.child["a"].source
    assert source is not None
    assert source.row == 4


def test_line_26_a_required_column_is_missing(tmp_path: Path) -> None:
    rows = cells("classes")
    at = rows[0].index("capacity")
    found = read(season(tmp_path, classes=[[c for i, c in enumerate(row) if i != at] for row in rows]))
    (problem,) = found
    assert (problem.id, problem.sheet) == ("column_missing", "classes")
    assert problem.parameters["wanted"] == "capacity / 容量"


@pytest.mark.parametrize(
    "heading", ["capacity ", "Capacity*", "ｃａｐａｃｉｔｙ", "容量", "容量＊", "人数上限", "\ufeffcapacity"]
)
def test_line_26_headings_are_matched(tmp_path: Path, heading: str) -> None:
    rows = cells("classes")
    rows[0][rows[0].index("capacity")] = heading
    assert not accepted(season(tmp_path, classes=rows))


def test_line_26_a_misspelt_heading_is_suggested(tmp_path: Path) -> None:
    rows = cells("classes")
    rows[0][rows[0].index("capacity")] = "capasity"
    (problem,) = read(season(tmp_path, classes=rows))
    assert (problem.id, problem.cell, problem.value) == ("column_missing_near", "E1", "capasity")


def test_line_27_a_heading_twice(tmp_path: Path) -> None:
    rows = [[*row, extra] for row, extra in zip(cells("children"), ["姓名", "x", "y", "z"], strict=True)]
    (problem,) = read(season(tmp_path, children=rows))
    assert (problem.id, problem.parameters["cells"]) == ("heading_twice", "B1, G1")


def test_line_28_hidden_rows(tmp_path: Path) -> None:
    path = season(tmp_path)
    book = load_workbook(path)
    book["children"].row_dimensions[3].hidden = True
    book.save(path)
    (problem,) = accepted(path)
    assert (problem.id, problem.parameters["number"]) == ("rows_hidden", 1)


def test_line_29_merged_cells(tmp_path: Path) -> None:
    path = season(tmp_path)
    book = load_workbook(path)
    book["rooms"].merge_cells("B2:B3")
    book.save(path)
    assert ("cells_merged", "rooms", "B2") in [(p.id, p.sheet, p.cell) for p in read(path)]


def test_line_30_totals_and_notes(tmp_path: Path) -> None:
    rows: Cells = [*cells("children"), [], ["合计", "3人"], ["备注：名单截至7月1日"]]
    assert ids(accepted(season(tmp_path, children=rows))) == ["total_skipped", "note_skipped"]


def test_line_31_extra_columns_and_sheets(tmp_path: Path) -> None:
    path = workbook(tmp_path / "season.xlsx", {**changed("children", 2, "colour", "red"), "menu": [["rice"]]})
    assert sorted(ids(accepted(path))) == ["columns_ignored", "sheets_ignored"]
