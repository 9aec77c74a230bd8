"""The lines of the list of bad inputs: each is read, or refused with the cause, the place and the way out."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scheduler.cli import main
from scheduler.domain.problems import Problem
from scheduler.locale import LANGUAGES, catalogue
from scheduler.readers import read_scenario
from scheduler.rules.wording import Wording
from tests.readers.on_disk import Cells, cells, changed, folder, ids, tables, workbook


def read(path: Path) -> list[Problem]:
    """The problems of an input that must be refused; each is worded in both languages."""
    reading = read_scenario(path)
    assert reading.scenario is None
    assert any(problem.blocking for problem in reading.problems)
    worded(list(reading.problems))
    return list(reading.problems)


def accepted(path: Path) -> list[Problem]:
    """The warnings of an input that can be read."""
    reading = read_scenario(path)
    assert reading.scenario is not None, reading.problems
    worded(list(reading.problems))
    return list(reading.problems)


def worded(problems: list[Problem]) -> None:
    for language in LANGUAGES:
        wording = Wording(catalogue(language))
        assert all(wording.problem(problem) and wording.fix(problem) for problem in problems)


def season(tmp_path: Path, **changes: Cells) -> Path:
    return workbook(tmp_path / "season.xlsx", tables(**changes))


def cell(tmp_path: Path, table: str, row: int, heading: str, value: object) -> Path:
    return workbook(tmp_path / "season.xlsx", changed(table, row, heading, value))


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


# ---- files --------------------------------------------------------------------------------------


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


# ---- CSV (more in tests/readers/test_text.py) ---------------------------------------------------


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


# ---- sheets and headers -------------------------------------------------------------------------


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
    rows = [*cells("children"), [], ["合计", "3人"], ["备注：名单截至7月1日"]]
    assert ids(accepted(season(tmp_path, children=rows))) == ["total_skipped", "note_skipped"]


def test_line_31_extra_columns_and_sheets(tmp_path: Path) -> None:
    path = workbook(tmp_path / "season.xlsx", {**changed("children", 2, "colour", "red"), "menu": [["rice"]]})
    assert sorted(ids(accepted(path))) == ["columns_ignored", "sheets_ignored"]


# ---- cells (more in tests/readers/test_cells.py and test_dates.py) ------------------------------


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


# ---- identity and references --------------------------------------------------------------------


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


# ---- rules --------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["days", "classes", "children"])
def test_line_56_nothing_to_do(tmp_path: Path, table: str) -> None:
    empty = [p for p in read(season(tmp_path, **{table: cells(table)[:1]})) if p.blocking]
    assert [(p.id, p.parameters["table"]) for p in empty] == [("table_empty", table)]
    season_without = tables()
    del season_without[table]
    missing = [p for p in read(workbook(tmp_path / "b.xlsx", season_without)) if p.blocking]
    assert [(p.id, p.parameters["table"]) for p in missing] == [("table_missing", table)]


def test_line_56_no_open_day(tmp_path: Path) -> None:
    rows = [[*row, extra] for row, extra in zip(cells("days"), ["open", "no", "no"], strict=True)]
    assert "no_open_day" in ids(read(season(tmp_path, days=rows)))


def test_line_59_a_class_that_can_never_be_held(tmp_path: Path) -> None:
    closures: Cells = [["class", "from", "to"], ["C1", "2024-07-01", "2024-08-01"]]
    assert "class_never_held" in ids(accepted(season(tmp_path, closures=closures)))


def test_line_70_settings(tmp_path: Path) -> None:
    rows: Cells = [["key", "value"], ["polcy", "fair"], ["ties", "maybe"], ["season", "a"], ["season", "b"]]
    found = read(season(tmp_path, settings=rows))
    assert [(p.id, p.cell) for p in found] == [
        ("unknown_setting_near", "A2"),
        ("not_an_option", "B3"),
        ("duplicate", "A5"),
    ]


# ---- at the command line ------------------------------------------------------------------------

REFUSED: dict[str, Callable[[Path], Path]] = {
    "line 1": lambda folder_: folder_ / "none.xlsx",
    "line 2": lambda folder_: _touched(folder_ / "season.xlsx"),
    "line 26": lambda folder_: season(folder_, classes=[row[:-1] for row in cells("classes")]),
    "line 32": lambda folder_: cell(folder_, "children", 2, "birth_date", "#REF!"),
    "line 37": lambda folder_: cell(folder_, "children", 2, "birth_date", "2018-02-30"),
    "line 48": lambda folder_: season(
        folder_, children=[*cells("children"), ["a", "X", None, "V1", None, "yes"]]
    ),
    "line 51": lambda folder_: cell(folder_, "children", 2, "choices", "V11"),
    "line 56": lambda folder_: season(folder_, children=cells("children")[:1]),
}


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command line: exit code, stdout and stderr of some arguments."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["holiday-classes", *arguments])
        with pytest.raises(SystemExit) as exit_:
            main()
        streams = capsys.readouterr()
        return int(exit_.value.code or 0), streams.out, streams.err

    return run


@pytest.mark.parametrize("line", REFUSED)
def test_bad_input_is_exit_3_with_every_problem_and_no_traceback(
    tmp_path: Path, command: Command, line: str
) -> None:
    path = REFUSED[line](tmp_path)
    code, out, err = command("check", str(path), "--json")
    assert code == 3
    assert "Traceback" not in err
    told = json.loads(out)
    rows = told if isinstance(told, list) else told["problems"]
    assert sorted(row["cell"] for row in rows) == sorted(p.cell for p in read_scenario(path).problems)
    assert all(set(row) >= {"file", "sheet", "cell", "value", "problem", "fix", "blocking"} for row in rows)


@pytest.mark.parametrize("line", REFUSED)
def test_nothing_is_written_for_bad_input(tmp_path: Path, command: Command, line: str) -> None:
    path = REFUSED[line](tmp_path)
    before = sorted(tmp_path.rglob("*"))
    code, _, err = command("run", str(path), "-o", str(tmp_path / "out"))
    assert code == 3
    assert err
    assert "Traceback" not in err
    assert sorted(tmp_path.rglob("*")) == before


def _touched(path: Path) -> Path:
    path.touch()
    return path


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
