"""The files of an import: exports and inputs of every kind, and those that cannot be written."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from scheduler.exporters import OutputError, edit
from scheduler.readers import read_scenario
from tests.cli.program import files_in
from tests.readers.form.exports import GOOGLE, UGLY, season, text_file, wjx, wjx_row
from tests.readers.on_disk import changed, folder, tables
from tests.test_import import ROWS, blocking, form, place, run


def test_a_table_that_is_missing_is_made(tmp_path: Path) -> None:
    work = place(tmp_path)
    given = {name: cells for name, cells in tables().items() if name != "children"}
    into = folder(work / "season", given)
    done = run(form(tmp_path), into)
    assert done.saved is not None, done.problems
    assert done.saved.backup is None
    assert read_scenario(into).scenario is not None


def test_a_formula_that_was_never_reckoned_is_told(tmp_path: Path) -> None:
    work = place(tmp_path)
    into = season(work / "season.xlsx")
    book = load_workbook(into)
    sheet = book["children"]
    place_of = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(1, len(place_of) + 1).value = "gender"
    sheet.cell(3, len(place_of) + 1).value = '=IF(1,"girl","boy")'
    book.save(into)
    before = into.read_bytes()
    # the formula was never reckoned: the table cannot be read
    assert blocking(run(form(tmp_path), into)) == [("G3", "formula_without_value")]
    assert into.read_bytes() == before


def test_an_older_workbook_stays_and_a_new_one_lies_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = place(tmp_path)
    into = season(work / "season.xlsx")
    before = into.read_bytes()

    def cannot(content: bytes, placed: object) -> bytes:
        raise edit.UnknownShape

    monkeypatch.setattr("scheduler.exporters.edit.saving.edited_workbook", cannot)
    done = run(form(tmp_path), into)
    assert done.saved is not None
    assert done.saved.is_new_name
    assert into.read_bytes() == before
    assert done.saved.path.name.startswith("season.with-answers-")
    found = read_scenario(done.saved.path).scenario
    assert found is not None
    assert len(found.children) == 5


def test_new_rows_never_come_below_a_total(tmp_path: Path) -> None:
    # they would stand below 合计, which would not count them: refused, with the row to delete
    work = place(tmp_path)
    into = season(work / "season.xlsx")
    book = load_workbook(into)
    sheet = book["children"]
    last = sheet.max_row
    sheet.cell(last + 2, 1).value = "合计"
    sheet.cell(last + 2, 2).value = f"{last - 1} 人"
    book.save(into)
    before = files_in(work)
    done = run(form(tmp_path), into)
    assert blocking(done) == [(str(last + 2), "table_total")]
    (told,) = [problem for problem in done.problems if problem.blocking]
    assert (told.file, told.sheet, told.value) == ("season.xlsx", "children", "合计")
    assert files_in(work) == before
    # with the total between the rows, new ones come at the end as ever
    sheet.move_range(f"A{last}:Z{last}", 4)
    book.save(into)
    assert run(form(tmp_path), into).saved is not None


def test_a_total_is_no_hindrance_where_no_row_is_new(tmp_path: Path) -> None:
    given = changed("children", 2, "phone", "")
    given["children"] += [["合计", *[""] * (len(given["children"][0]) - 1)]]
    into = folder(place(tmp_path) / "season", given)
    child = given["children"][1]
    head = given["children"][0]
    name, born = (str(child[head.index(column)]) for column in ("name", "birth_date"))
    again = wjx(wjx_row(name=name, born=born))
    done = run(form(tmp_path, again), into, update=True)
    assert blocking(done) == []
    assert done.saved is not None


def test_what_begins_like_a_formula_is_no_formula_in_a_csv_file(tmp_path: Path) -> None:
    # a family's answer; opened in Excel it would be run, and read back it is what the family wrote
    note = '=HYPERLINK("http://x.test","y")'
    into = folder(place(tmp_path) / "season", tables())
    rows = wjx(wjx_row(guardian=note))
    done = run(form(tmp_path, rows), into)
    assert done.saved is not None, done.problems
    text = (into / "children.csv").read_text("utf-8-sig")
    assert "'=HYPERLINK" in text
    found = read_scenario(into).scenario
    assert found is not None
    assert found.children[-1].guardian == note


def test_macros_stay(tmp_path: Path) -> None:
    work = place(tmp_path)
    into = season(work / "season.xlsx").rename(work / "season.xlsm")
    with zipfile.ZipFile(into, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macros")
    done = run(form(tmp_path), into)
    assert done.saved is not None
    assert not done.saved.is_new_name
    with zipfile.ZipFile(into) as archive:
        assert archive.read("xl/vbaProject.bin") == b"macros"


@pytest.mark.parametrize("mark", ["~$season.xlsx", ".~lock.season.xlsx#"])
def test_a_workbook_open_elsewhere_is_left_alone(tmp_path: Path, mark: str) -> None:
    work = place(tmp_path)
    into = season(work / "season.xlsx")
    (work / mark).write_bytes(b"me")
    before = files_in(work)
    assert blocking(run(form(tmp_path), into)) == [("", "input_open")]
    assert files_in(work) == before


def test_a_file_marked_read_only_is_left_alone(tmp_path: Path) -> None:
    work = place(tmp_path)
    into = season(work / "season.xlsx")
    into.chmod(0o444)
    before = files_in(work)
    with pytest.raises(OutputError) as caught:
        run(form(tmp_path), into)
    assert caught.value.message == "export.error.marked_read_only"
    assert files_in(work) == before


def test_a_table_that_cannot_be_read_is_never_written_anew(tmp_path: Path) -> None:
    work = place(tmp_path)
    into = folder(work / "season", tables())
    path = into / "children.csv"
    path.write_bytes(path.read_bytes() + b"\xff\xfe\x00\n")
    before = files_in(work)
    done = run(form(tmp_path), into)
    assert done.answers is None
    assert done.problems
    assert files_in(work) == before


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-8", "utf-16"])
def test_exports_as_csv(tmp_path: Path, encoding: str) -> None:
    work = place(tmp_path)
    into = season(work / "season.xlsx")
    path = text_file(tmp_path / "问卷.csv", ROWS, encoding)
    assert run(path, into).saved is not None
    path = text_file(tmp_path / "google.csv", GOOGLE, encoding)
    assert run(path, into).saved is not None
    path = text_file(tmp_path / "ugly.csv", UGLY, encoding)
    done = run(path, into, toml="header_row = 3\n")
    assert done.answers is not None
    # 周宇 and 王明 are known by name and birth date or phone by now
    assert {problem.id for problem in done.problems if problem.blocking} <= {"form_same_key_in_table"}


def test_an_ugly_workbook_with_merged_title_and_hidden_rows(tmp_path: Path) -> None:
    work = place(tmp_path)
    into = season(work / "season.xlsx")
    path = form(tmp_path, UGLY)
    book = load_workbook(path)
    sheet = book["Sheet1"]
    sheet.merge_cells("A1:H1")
    sheet.row_dimensions[6].hidden = True
    book.save(path)
    done = run(path, into)
    assert done.saved is not None, done.problems
    assert {"rows_hidden", "total_skipped"} <= {problem.id for problem in done.problems}
    sheet.merge_cells("D6:D7")  # one guardian over two children: whose is it?
    book.save(path)
    assert ("D6", "cells_merged") in blocking(run(path, season(work / "season.xlsx")))


def test_files_that_are_no_export(tmp_path: Path) -> None:
    work = place(tmp_path)
    into = season(work / "season.xlsx")
    assert blocking(run(tmp_path / "none.xlsx", into)) == [("", "file_missing")]
    assert blocking(run(work, into)) == [("", "form_is_folder")]
    (tmp_path / "empty.xlsx").touch()
    assert blocking(run(tmp_path / "empty.xlsx", into)) == [("", "file_empty")]
    Workbook().save(tmp_path / "blank.xlsx")
    assert blocking(run(tmp_path / "blank.xlsx", into)) == [("", "form_empty")]
    assert blocking(run(form(tmp_path), tmp_path / "nowhere.xlsx"))[0][1].startswith("file_missing")
    assert blocking(run(form(tmp_path), text_file(tmp_path / "one.csv", ROWS))) == [("", "file_is_one_table")]
