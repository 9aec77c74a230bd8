"""Files that are not what they seem: missing, empty, another format, cut off, hostile."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scheduler.readers import read_scenario
from tests.bad_inputs.told import accepted, read, rewritten, season
from tests.readers.on_disk import Cells, cells, folder, ids, tables


def test_line_01_missing_file(tmp_path: Path) -> None:
    season(tmp_path)
    (problem,) = read(tmp_path / "saeson.xlsx")
    assert (problem.id, problem.parameters["near"]) == ("file_missing_near", "season.xlsx")


def test_line_01_missing_folder(tmp_path: Path) -> None:
    assert ids(read(tmp_path / "none" / "of" / "these.xlsx")) == ["file_missing"]


def test_line_02_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "season.xlsx"
    path.touch()
    assert ids(read(path)) == ["file_empty"]


def test_line_03_text_under_a_workbooks_name(tmp_path: Path) -> None:
    path = tmp_path / "儿童.xlsx"
    path.write_text("编号,姓名,同意\n1,甲,是\n", "gb18030")
    # one table is read, but no season is one: said once, not by each table that is missing
    assert ids(read(path)) == ["file_is_one_table"]


@pytest.mark.parametrize("name", ["儿童.csv", "notes.txt"])
def test_line_03_a_single_text_file_is_no_season(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("编号,姓名,同意\n1,甲,是\n", "utf-8")
    assert ids(read(path)) == ["file_is_one_table"]


@pytest.mark.parametrize(
    "start", ["<html><table>", "\ufeff\n<!DOCTYPE html>", '<?xml version="1.0"?><Workbook>']
)
def test_line_04_web_page_under_a_workbooks_name(tmp_path: Path, start: str) -> None:
    path = tmp_path / "list.xls"
    path.write_text(start + "<tr><td>1</td></tr>")
    assert ids(read(path)) == ["file_html"]


def test_line_05_old_format_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + "Workbook".encode("utf-16-le") + bytes(2000))
    assert ids(read(path)) == ["file_old_unreadable"]


def test_line_05_open_document_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "season.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", _open_document(tables()))
    assert ids(accepted(path)) == ["file_old"]


def test_line_06_password(tmp_path: Path) -> None:
    path = tmp_path / "season.xlsx"
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    assert ids(read(path)) == ["file_encrypted"]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_line_07_truncated(tmp_path: Path, share: float) -> None:
    path = season(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert ids(read(path)) == ["file_truncated"]


def test_line_07_damaged_within(tmp_path: Path) -> None:
    path = rewritten(season(tmp_path), "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2])
    assert ids(read(path)) == ["file_truncated"]


def test_line_08_owner_file(tmp_path: Path) -> None:
    path = folder(tmp_path / "season", tables())
    (path / "~$名单.xlsx").write_bytes(b"\x05owner")
    assert ids(accepted(path)) == ["owner_file"]


def test_line_09_macros(tmp_path: Path) -> None:
    path = season(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macros")
    assert ids(accepted(path.rename(tmp_path / "season.xlsm"))) == ["macros_ignored"]


def test_line_10_zip_bomb(tmp_path: Path) -> None:
    path = season(tmp_path)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/bomb.xml", "w") as part,
    ):
        for _ in range(80):
            part.write(bytes(2**20))
    assert path.stat().st_size < 200_000
    assert ids(read(path)) == ["file_bomb"]


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


THIEF = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("prologue", [LAUGHS, THIEF])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"])
def test_lines_11_and_12_entities(tmp_path: Path, prologue: bytes, part: str) -> None:
    path = rewritten(season(tmp_path), part, lambda xml: prologue + xml)
    (problem,) = read(path)
    assert (problem.id, problem.parameters["part"]) == ("file_entities", part)
    assert "root:" not in str(problem)


def test_line_13_two_cells_far_apart(tmp_path: Path) -> None:
    path = season(tmp_path)
    book = load_workbook(path)
    book["rooms"]["XFD1048576"] = "x"
    book.save(path)
    (problem,) = read(path)
    assert (problem.id, problem.cell) == ("sheet_too_wide", "XFD1048576")


def test_line_14_formatted_empty_rows(tmp_path: Path) -> None:
    path = season(tmp_path)
    sheet = f"xl/worksheets/sheet{list(tables()).index('children') + 1}.xml"
    rows = "".join(f'<row r="{i}" s="1" customFormat="1"><c r="A{i}" s="0"/></row>' for i in range(5, 50_000))
    rewritten(path, sheet, lambda xml: xml.replace(b"</sheetData>", rows.encode() + b"</sheetData>"))
    assert not accepted(path)


def test_line_15_wrong_dimension(tmp_path: Path) -> None:
    path = season(tmp_path)
    for i in range(len(tables())):
        rewritten(path, f"xl/worksheets/sheet{i + 1}.xml", _with_wrong_dimension)
    reading = read_scenario(path)
    assert reading.scenario is not None
    assert len(reading.scenario.children) == 3


def test_line_18_the_same_table_twice(tmp_path: Path) -> None:
    path = folder(tmp_path / "season", tables(儿童=cells("children")))
    (problem,) = read(path)
    assert (problem.id, problem.parameters["table"]) == ("table_twice", "children")


def _with_wrong_dimension(xml: bytes) -> bytes:
    start = xml.index(b'<dimension ref="') + len(b'<dimension ref="')
    return xml[:start] + b"A1:A1" + xml[xml.index(b'"', start) :]


def _open_document(sheets: dict[str, Cells]) -> str:
    def row(line: list[object]) -> str:
        texts = ("" if value is None else str(value) for value in line)
        cells = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{t}</text:p></table:table-cell>'
            for t in texts
        )
        return f"<table:table-row>{cells}</table:table-row>"

    body = "".join(
        f'<table:table table:name="{name}">{"".join(map(row, rows))}</table:table>'
        for name, rows in sheets.items()
    )
    namespaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
    return f"<?xml version='1.0'?><office:document-content {namespaces}>{content}</office:document-content>"
