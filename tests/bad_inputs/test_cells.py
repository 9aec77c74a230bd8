"""Cells: errors, ids, dates, ages, times, yes and no, lists, numbers, names."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from scheduler.readers import read_scenario
from tests.bad_inputs.told import accepted, cell, read, rewritten, season
from tests.readers.on_disk import Cells, cells, ids, tables


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
@pytest.mark.parametrize("heading", ["birth_date", "family", "allergies", "name", "priority"])
def test_line_32_errors_are_no_blanks(tmp_path: Path, error: str, heading: str) -> None:
    found = read(cell(tmp_path, "children", 2, heading, error))
    assert [(p.id, p.parameters["error"]) for p in found] == [("cell_error", error)]


def test_line_33_formula_without_a_value(tmp_path: Path) -> None:
    path = season(tmp_path)
    book = load_workbook(path)
    book["classes"]["E2"] = "=10+20"
    book.save(path)
    assert ("formula_without_value", "classes", "E2") in [(p.id, p.sheet, p.cell) for p in read(path)]


def test_line_34_ids_as_numbers_and_text(tmp_path: Path) -> None:
    rows = cells("children")
    same: Cells = [rows[0], ["１２", *rows[1][1:]], [12.0, *rows[1][1:]]]
    assert ids(accepted(season(tmp_path, children=same))) == ["same_row_twice"]


def test_line_36_digits_lost(tmp_path: Path) -> None:
    (problem,) = read(cell(tmp_path, "children", 2, "medical", 110101201807011230))
    assert (problem.id, problem.value) == ("digits_lost", "")


@pytest.mark.parametrize(
    "date", ["2018.7.1", "2018年7月1日", "20180701", " 2018-07-01 ", "2018/7/1", "2018-07-01 00:00:00"]
)
def test_line_37_dates_that_are_read(tmp_path: Path, date: str) -> None:
    reading = read_scenario(cell(tmp_path, "children", 2, "birth_date", date))
    assert reading.scenario is not None
    assert str(reading.scenario.child["a"].birth_date) == "2018-07-01"


@pytest.mark.parametrize(
    ("date", "id"),
    [
        (43282, "date_is_number"),
        ("7/1/18", "date_ambiguous"),
        ("7/1/2018", "date_ambiguous"),
        ("2018-02-30", "no_such_date"),
        ("1900-01-00", "no_such_date"),
        ("2081-07-01", "birth_in_future"),
        ("soon", "not_a_date"),
    ],
)
def test_line_37_dates_that_are_named(tmp_path: Path, date: object, id: str) -> None:
    (problem,) = read(cell(tmp_path, "children", 3, "birth_date", date))
    assert (problem.id, problem.sheet, problem.cell) == (id, "children", "C3")


def test_line_37_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    from datetime import date

    path = cell(tmp_path, "children", 2, "birth_date", date(2016, 7, 1))
    shifted = 42552 - 1462  # the same day, counted from 1904-01-01 on

    def to_1904(xml: bytes) -> bytes:
        return xml.replace(b"<workbookPr />", b'<workbookPr date1904="1"/>')

    sheet = f"xl/worksheets/sheet{list(tables()).index('children') + 1}.xml"
    rewritten(path, "xl/workbook.xml", to_1904)
    rewritten(path, sheet, lambda xml: xml.replace(b">42552<", f">{shifted}<".encode()))
    reading = read_scenario(path)
    assert reading.scenario is not None
    assert reading.scenario.child["a"].birth_date == date(2016, 7, 1)


@pytest.mark.parametrize(
    ("date", "id"), [("2021-07-01", "age_implausible"), ("2007-01-01", "age_implausible")]
)
def test_line_38_implausible_ages(tmp_path: Path, date: str, id: str) -> None:
    found = accepted(cell(tmp_path, "children", 2, "birth_date", date))
    assert ids(found) == [id]


def test_line_38_age_and_grade_disagree(tmp_path: Path) -> None:
    # born 2016-01-01: 8 years old in summer 2024, grade 1 to 3 likely
    assert ids(accepted(cell(tmp_path, "children", 2, "grade", 7))) == ["grade_not_age"]


@pytest.mark.parametrize(
    ("time", "id"), [("24:00", "time_out_of_day"), ("26:00", "time_out_of_day"), ("7:00", "end_before_start")]
)
def test_line_39_times(tmp_path: Path, time: str, id: str) -> None:
    found = read(cell(tmp_path, "shifts", 2, "end", time))
    assert (found[0].id, found[0].sheet, found[0].cell) == (id, "shifts", "C2")


@pytest.mark.parametrize("answer", ["是", "Y", "√", 1, True, "是 "])
def test_line_40_yes(tmp_path: Path, answer: object) -> None:
    assert not accepted(cell(tmp_path, "children", 2, "consent", answer))


def test_line_40_neither_yes_nor_no(tmp_path: Path) -> None:
    assert ids(read(cell(tmp_path, "children", 2, "consent", "perhaps"))) == ["not_yes_no"]


@pytest.mark.parametrize("choices", ["V1┋V2", "V1 , V2", "V1，V2", "V1、V2", "V1\nV2", "V1;V2"])
def test_line_41_lists(tmp_path: Path, choices: str) -> None:
    reading = read_scenario(cell(tmp_path, "children", 2, "choices", choices))
    assert reading.scenario is not None
    assert reading.scenario.child["a"].choices == ("V1", "V2")


@pytest.mark.parametrize("capacity", [-1, 2.5, "约30", "30人", 1e9])
def test_line_42_capacities(tmp_path: Path, capacity: object) -> None:
    (problem,) = read(cell(tmp_path, "classes", 2, "capacity", capacity))
    assert problem.cell == "E2"


@pytest.mark.parametrize(
    "name",
    [
        '=HYPERLINK("http://x")',
        "@SUM",
        "+cmd|' /C calc'!A0",
        "＝1",
        "<script>",
        "{{7*7}}",
        "%s",
        "\\N",
        "𬭎𠮷䶮",
    ],
)
def test_lines_44_to_46_names_are_text(tmp_path: Path, name: str) -> None:
    reading = read_scenario(cell(tmp_path, "children", 2, "name", name))
    assert reading.scenario is not None
    assert reading.scenario.child["a"].name == name
