"""A workbook with some cells set: everything else in it stays, byte by byte."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from scheduler.domain.answers import TableEdit
from scheduler.domain.book import Book
from scheduler.domain.tables import Child, Row, Venue
from scheduler.exporters.edit import edited, place, same_cells
from scheduler.exporters.edit.sheet_xml import UnknownShape, layout, serial, with_cells
from scheduler.exporters.edit.workbook_file import edited_workbook
from scheduler.exporters.guide import guided_workbook
from scheduler.readers import read_book
from scheduler.readers.headers import read_headings, table_named
from tests.readers.on_disk import workbook

NEW = {
    "id": "K2",
    "name": '=SUM(1) & "<b>"',
    "birth_date": date(2016, 3, 4),
    "submitted_at": datetime(2024, 6, 1, 9, 5, 33),
    "grade": 2,
    "choices": ("V1", "V2"),
    "consent": True,
    "phone": "013800000001",
    "medical": "two\nlines ",
}


def decorated(path: Path) -> Path:
    """A workbook with much that a library that only knows cells would lose or change."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "children"
    sheet.append(["id", "name", "birth_date", "grade", "choices", "consent", "my own", "sum"])
    sheet.append(["K1", "An", datetime(2015, 1, 2), 3, "V1", "yes", "x", "=D2*2"])
    line = Side("thin")
    for cell in sheet[2]:
        cell.border, cell.fill = Border(bottom=line), PatternFill("solid", fgColor="EEEEEE")
    sheet["C2"].number_format = "yyyy/m/d"
    sheet["A1"].comment = Comment("a note", "me")
    sheet["B1"].font = Font(bold=True)
    sheet.row_dimensions[2].height = 30
    sheet.column_dimensions["B"].width = 33
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = "A1:H2"
    sheet.conditional_formatting.add(
        "D2:D2",
        CellIsRule("greaterThan", ["5"], fill=PatternFill(bgColor="FF0000")),  # type: ignore[no-untyped-call] # openpyxl's stubs leave it without types
    )
    picked = DataValidation("list", formula1='"yes,no"')
    picked.add("F2:F2")
    sheet.add_data_validation(picked)
    other = book.create_sheet("mine")
    other["A1"], other["B1"] = "keep", "=COUNTA(children!A:A)"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=4, min_row=1, max_row=2), titles_from_data=True)
    other.add_chart(chart, "D4")
    sheet.add_chart(LineChart(), "J9")
    listed = book.create_sheet("venues")
    listed.append(["id", "name", "mode"])
    listed.append(["V1", "North", "community"])
    listed.add_table(Table(displayName="Places", ref="A1:C2"))
    book.save(path)
    return path


def edit_of(book: Book, model: type[Row], **given: Any) -> TableEdit:  # noqa: ANN401 - the edit's own fields
    """An edit of a book's table as the readers would hand it on."""
    sheet = next((sheet for sheet in book.sheets if table_named(sheet.name) is model), None)
    columns = read_headings(model, sheet.header, "", "", 0).fields if sheet else {}
    pattern = max((number for number, _ in sheet.rows), default=0) if sheet else 0
    return TableEdit(model, sheet, "en", {name: i for i, name in columns.items()}, pattern, **given)


def written(path: Path, model: type[Row] = Child, **given: Any) -> tuple[Path, Book]:  # noqa: ANN401 - as above
    """The workbook after an edit, which reads back as just what was meant; and as what."""
    book, _ = read_book(path)
    assert book is not None
    placed = place(edit_of(book, model, **given))
    new = path.with_name("new.xlsx")
    new.write_bytes(edited_workbook(path.read_bytes(), placed))
    meant = edited(book, placed)
    assert same_cells(read_book(new)[0], meant)
    return new, meant


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_only_the_tables_own_parts_change(tmp_path: Path) -> None:
    path = decorated(tmp_path / "book.xlsx")
    new, _ = written(path, additions=(NEW,))
    before, after = parts(path), parts(new)
    assert before.keys() == after.keys()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"}
    # of the workbook's own part only what says that formulas are to be reckoned anew, and the filter's range
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]


def test_new_rows_look_like_the_one_above_and_text_stays_text(tmp_path: Path) -> None:
    new, _ = written(decorated(tmp_path / "book.xlsx"), additions=(NEW,))
    sheet = load_workbook(new)["children"]
    heads = [cell.value for cell in sheet[1]]
    assert heads == [
        "id", "name", "birth_date", "grade", "choices", "consent", "my own", "sum", "medical", "phone",
        "submitted_at",
    ]  # fmt: skip
    row = dict(zip(heads, sheet[3], strict=True))
    assert row["name"].value == NEW["name"]
    assert row["name"].data_type == "s"
    assert row["birth_date"].value == datetime(2016, 3, 4)
    assert row["birth_date"].number_format == "yyyy/m/d"  # the column's own
    assert row["submitted_at"].value == datetime(2024, 6, 1, 9, 5, 33)
    assert row["submitted_at"].number_format == "yyyy-mm-dd hh:mm"  # a new column of moments
    assert (row["choices"].value, row["consent"].value, row["grade"].value) == ("V1;V2", "yes", 2)
    assert (row["phone"].value, row["medical"].value) == ("013800000001", "two\nlines ")
    assert row["my own"].value is None
    assert row["my own"].fill.fgColor.rgb == "00EEEEEE"  # blank, and yet in the row's colour
    assert sheet.row_dimensions[3].height == 30


def test_filter_validations_and_conditions_reach_the_new_rows(tmp_path: Path) -> None:
    new, _ = written(decorated(tmp_path / "book.xlsx"), additions=(NEW, {**NEW, "id": "K3"}))
    sheet = load_workbook(new)["children"]
    assert sheet.auto_filter.ref == "A1:H4"
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["F2:F4"]
    assert [str(found.sqref) for found in sheet.conditional_formatting] == ["D2:D4"]
    assert sheet["A1"].comment.text == "a note"
    assert (sheet.column_dimensions["B"].width, sheet.freeze_panes) == (33, "A2")
    assert sheet["H2"].value == "=D2*2"


def test_a_column_of_no_width_becomes_wide_enough_for_dates(tmp_path: Path) -> None:
    # dates kept as text show in a column of 8 characters, real ones would be ####
    cells = [["id", "name", "birth_date", "consent"], ["K1", "An", "2016-01-01", "yes"]]
    path = workbook(tmp_path / "book.xlsx", {"children": cells, "venues": [["id", "name", "mode"]]})
    new, _ = written(path, additions=(NEW,))
    widths = {name: found.width for name, found in load_workbook(new)["children"].column_dimensions.items()}
    assert widths["C"] == 13  # ten characters and three
    assert set(widths) == {"C", "I"}  # birth_date, and submitted_at, which is new
    again, _ = written(new, additions=({**NEW, "id": "K3"},))
    assert load_workbook(again)["children"].column_dimensions["C"].width == 13
    book = load_workbook(path)
    book["children"].column_dimensions["B"].width = 20
    book["children"].column_dimensions["D"].width = 5
    book.save(path)
    between, _ = written(path, additions=(NEW,))
    found = load_workbook(between)["children"].column_dimensions
    assert [found[name].width for name in "BCD"] == [20, 13, 5]


def test_an_excel_table_grows(tmp_path: Path) -> None:
    new, _ = written(
        decorated(tmp_path / "book.xlsx"), Venue, additions=({"id": "V2", "name": "South", "mode": "joint"},)
    )
    assert load_workbook(new)["venues"].tables["Places"].ref == "A1:C3"


def test_a_cell_is_changed_in_place(tmp_path: Path) -> None:
    new, _ = written(decorated(tmp_path / "book.xlsx"), changes={2: {"grade": 4, "choices": ("V2",)}})
    sheet = load_workbook(new)["children"]
    assert (sheet["D2"].value, sheet["E2"].value, sheet["B2"].value) == (4, "V2", "An")
    assert sheet["D2"].fill.fgColor.rgb == "00EEEEEE"
    assert sheet.max_row == 2


def test_a_formula_is_never_overwritten(tmp_path: Path) -> None:
    path = decorated(tmp_path / "book.xlsx")
    book = load_workbook(path)
    book["children"]["D2"] = "=1+2"
    book.save(path)
    content = path.read_bytes()
    read, _ = read_book(path)
    assert read is not None
    with pytest.raises(UnknownShape):
        edited_workbook(content, place(edit_of(read, Child, changes={2: {"grade": 4}})))


def test_a_table_that_is_not_there_becomes_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = Workbook()
    book.worksheets[0].title = "mine"
    book.save(path)
    new, _ = written(path, additions=(NEW,))
    found = load_workbook(new)
    assert found.sheetnames == ["mine", "children"]
    assert [cell.value for cell in found["children"][1]][:3] == ["id", "name", "birth_date"]
    assert found["children"]["C2"].number_format == "yyyy-mm-dd"
    assert found["children"].freeze_panes == "A2"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_guided_workbook_takes_rows_and_keeps_its_drop_downs(tmp_path: Path, language: Any) -> None:  # noqa: ANN401
    path = tmp_path / "guided.xlsx"
    path.write_bytes(guided_workbook(language))
    before = load_workbook(path)
    new, _ = written(path, additions=(NEW, {**NEW, "id": "K3"}))
    after = load_workbook(new)
    name = "儿童" if language == "zh" else "children"
    rules = [
        [(str(rule.sqref), rule.formula1) for rule in book[name].data_validations.dataValidation]
        for book in (before, after)
    ]
    assert rules[0] == rules[1]
    assert rules[0]
    notes = [[cell.comment.text for cell in book[name][1] if cell.comment] for book in (before, after)]
    assert notes[0] == notes[1]
    assert notes[0]
    assert after[name]["A2"].value == "K2"
    assert after[name]["D2"].number_format == "yyyy-mm-dd"  # as the column asks


def rewritten(path: Path, changes: Mapping[str, tuple[str, str]]) -> Path:
    """A workbook some of whose parts are written otherwise: (pattern, replacement) by part."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(out, "w") as new:
        for name in archive.namelist():
            text = archive.read(name)
            if name in changes:
                pattern, replacement = changes[name]
                text, count = re.subn(pattern.encode(), replacement.encode(), text)
                assert count, pattern
            new.writestr(name, text)
    path.write_bytes(out.getvalue())
    return path


def test_a_worksheet_whose_elements_bear_a_prefix(tmp_path: Path) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    path = decorated(tmp_path / "book.xlsx")
    rewritten(path, {sheet: (r"<(/?)(worksheet|sheetData|row|c|v|f|is|t|dimension)\b", r"<\1x:\2")})
    rewritten(path, {sheet: (r"<x:worksheet xmlns=", "<x:worksheet xmlns:x=")})
    rewritten(path, {sheet: (r"<(/?)(?!x:|\?)(\w)", r"<\1x:\2")})
    new, _ = written(path, additions=(NEW,))
    assert b"<x:c r=" in parts(new)[sheet]


def test_1904_dates_and_empty_sheets(tmp_path: Path) -> None:
    path = decorated(tmp_path / "book.xlsx")
    rewritten(path, {"xl/workbook.xml": (r"<workbookPr\b[^>]*/>", '<workbookPr date1904="1"/>')})
    new, _ = written(path, additions=({**NEW, "submitted_at": None},))
    assert load_workbook(new)["children"]["C3"].value == datetime(2016, 3, 4)


def test_cells_without_addresses_cannot_be_followed(tmp_path: Path) -> None:
    path = decorated(tmp_path / "book.xlsx")
    rewritten(path, {"xl/worksheets/sheet1.xml": (r'<c r="\w+"', "<c")})
    with pytest.raises(UnknownShape):
        layout(parts(path)["xl/worksheets/sheet1.xml"])


def test_cells_are_put_where_they_belong() -> None:
    data = (
        b'<worksheet><sheetData><row r="2" spans="1:2"><c r="B2" t="s"><v>1</v></c></row><row r="5"/>'
        b'<row r="7"><c r="A7"/></row></sheetData></worksheet>'
    )
    cells = {(2, 0): 1, (2, 1): None, (2, 27): 3, (5, 2): "a", (6, 0): 6, (7, 0): 7, (7, 1): 8, (9, 0): 9}
    done = with_cells(layout(data), cells, lambda row, column, value: 0)
    text = '<is><t xml:space="preserve">a</t></is>'
    assert done.decode() == (
        '<worksheet><sheetData><row r="2"><c r="A2"><v>1</v></c><c r="B2"/><c r="AB2"><v>3</v></c></row>'
        f'<row r="5"><c r="C5" t="inlineStr">{text}</c></row>'
        '<row r="6"><c r="A6"><v>6</v></c></row><row r="7"><c r="A7"><v>7</v></c><c r="B7"><v>8</v></c></row>'
        '<row r="9"><c r="A9"><v>9</v></c></row></sheetData></worksheet>'
    )


def test_an_empty_worksheet_takes_rows() -> None:
    done = with_cells(layout(b"<worksheet><sheetData/></worksheet>"), {(1, 0): 1, (2, 0): 2}, lambda *_: 0)
    assert done == (
        b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="2"><c r="A2"><v>2</v></c></row></sheetData></worksheet>'
    )


def test_numbers_of_dates() -> None:
    assert serial(date(2016, 3, 4)) == 42433
    assert serial(date(2016, 3, 4), is_1904=True) == 42433 - 1462
    assert serial(datetime(2016, 3, 4, 12)) == 42433.5
    assert serial(date(1899, 1, 1)) is None  # before Excel's calendar: written as text
    assert serial("1") is None
    assert serial(True) is None


@settings(max_examples=40, deadline=None)
@given(
    texts=st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=20), min_size=1, max_size=4
    ),
    born=st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    moment=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)),
    number=st.floats(-180, 180),
)
def test_whatever_is_written_is_read_back(
    texts: list[str], born: date, moment: datetime, number: float
) -> None:
    values = {"birth_date": born, "submitted_at": moment.replace(microsecond=0), "latitude": number}
    rows = tuple(
        {**values, "id": f"K{n}", "name": text, "medical": text * 2} for n, text in enumerate(texts, 2)
    )
    with TemporaryDirectory() as folder:
        written(decorated(Path(folder) / "book.xlsx"), additions=rows)
