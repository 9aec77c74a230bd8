from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scheduler.readers import read_book, read_scenario
from tests.readers.on_disk import Cells, cells, ids, problems_of, tables, workbook
from tests.seasons import tiny


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return workbook(tmp_path / "season.xlsx", tables(settings=[["key", "value"], ["season", "tiny"]]))


def edited(path: Path, part: str, old: str, new: str) -> Path:
    """The workbook with one of its parts rewritten as XML."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[part].decode()
    assert old in text
    parts[part] = text.replace(old, new, 1).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def part_of(path: Path, sheet: str) -> str:
    names = load_workbook(path, read_only=True).sheetnames
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def test_a_workbook_is_the_season_it_was_made_from(path: Path) -> None:
    reading = read_scenario(path)
    assert not reading.problems
    assert reading.scenario is not None
    assert reading.scenario.sha256 == tiny().sha256


def test_the_book_keeps_every_sheet_and_every_type(tmp_path: Path) -> None:
    notes: Cells = [["a title"], [], ["x", 3, 2.5, date(2016, 7, 18), True], [None, "end"]]
    book, _ = read_book(workbook(tmp_path / "season.xlsx", tables(weather=notes)))
    assert book is not None
    sheet = book.sheets[-1]
    assert sheet.name == "weather"
    assert sheet.header == ("a title", "", "", "", "")
    number, row = sheet.rows[0]
    assert number == 3
    assert row[:3] == ("x", 3, 2.5)
    assert row[4] is True


def test_rows_beyond_a_wrong_dimension_are_read(path: Path) -> None:
    edited(path, part_of(path, "children"), '<dimension ref="A1:F4"', '<dimension ref="A1:A1"')
    reading = read_scenario(path)
    assert reading.scenario is not None
    assert len(reading.scenario.children) == 3


def test_hidden_rows_columns_and_sheets_are_read_and_counted(path: Path) -> None:
    book = load_workbook(path)
    book["children"].row_dimensions[3].hidden = True
    book["children"].row_dimensions[4].hidden = True
    book["children"].column_dimensions["B"].hidden = True
    book["rooms"].sheet_state = "veryHidden"
    book.save(path)
    found = {problem.id: problem for problem in problems_of(path)}
    assert set(found) == {"rows_hidden", "columns_hidden", "sheet_hidden"}
    assert found["rows_hidden"].parameters == {"number": 2, "rows": "3-4"}
    assert found["columns_hidden"].parameters == {"columns": "B"}
    assert not any(problem.blocking for problem in found.values())


def test_merged_cells_among_the_data_are_refused(path: Path) -> None:
    book = load_workbook(path)
    book["classes"].merge_cells("C2:C3")
    book.save(path)
    found = problems_of(path)
    assert "cells_merged" in ids(found)
    assert next(p for p in found if p.id == "cells_merged").cell == "C2"


def test_a_merged_title_is_no_matter(tmp_path: Path) -> None:
    path = workbook(tmp_path / "season.xlsx", tables(children=[["Summer"], [], *cells("children")]))
    book = load_workbook(path)
    book["children"].merge_cells("A1:F2")
    book.save(path)
    assert not problems_of(path)


def test_a_formula_never_calculated_is_no_blank(path: Path) -> None:
    book = load_workbook(path)
    book["children"]["D2"] = "=1+1"  # priority of the first child
    book.save(path)
    (problem,) = problems_of(path)
    assert (problem.id, problem.sheet, problem.cell) == ("formula_without_value", "children", "D2")


def test_a_formula_whose_value_is_empty_text_is_a_blank(path: Path) -> None:
    book = load_workbook(path)
    book["children"]["E2"] = '=IF(A1="","","")'
    book.save(path)
    edited(path, part_of(path, "children"), "</f><v />", "</f><v></v>")
    edited(path, part_of(path, "children"), '<c r="E2"', '<c r="E2" t="str"')
    assert "formula_without_value" not in ids(problems_of(path))


def test_two_sheets_of_one_table_are_refused(tmp_path: Path) -> None:
    found = problems_of(workbook(tmp_path / "s.xlsx", tables(儿童=cells("children"))))
    assert ids(found) == ["table_twice"]


def test_unknown_sheets_are_told_once(tmp_path: Path) -> None:
    found = problems_of(workbook(tmp_path / "s.xlsx", tables(weather=[["sun"]], menu=[["rice"]])))
    assert ids(found) == ["sheets_ignored"]
    assert found[0].parameters["sheets"] == "weather, menu"


def test_a_cell_far_to_the_right_is_named(path: Path) -> None:
    book = load_workbook(path)
    book["rooms"]["XFD1"] = "x"
    book.save(path)
    reading = read_scenario(path)
    assert reading.book is None
    assert [(p.id, p.sheet, p.cell) for p in reading.problems] == [("sheet_too_wide", "rooms", "XFD1")]
