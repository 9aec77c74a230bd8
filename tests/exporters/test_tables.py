"""Writing input tables: nothing is lost on the way from workbook to CSV and back."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.book import Book, Sheet
from scheduler.domain.columns import Kind
from scheduler.exporters.table_cells import text_of, typed
from scheduler.exporters.tables import TextTooLong, book_of, folder_files, workbook_bytes
from scheduler.locale import LANGUAGES, Language
from scheduler.readers import read_book, read_scenario
from tests.seasons import tiny


def sheet(name: str, header: tuple[str, ...], *rows: tuple[object, ...]) -> Sheet:
    return Sheet(name, "", header, tuple(enumerate(rows, 2)))


def as_texts(book: Book) -> dict[str, list[list[str]]]:
    """Every sheet as text, as CSV would hold it, in the order of the sheets."""
    names = {"儿童": "children", "日期": "days", "时段": "periods"}
    return {
        names.get(one.name, one.name): [
            list(one.header),
            *([text_of(c) for c in cells] for _, cells in one.rows),
        ]
        for one in book.sheets
    }


def cells_of(content: bytes, name: str) -> list[list[object]]:
    worksheet = openpyxl.load_workbook(io.BytesIO(content))[name]
    return [[cell.value for cell in row] for row in worksheet.iter_rows()]


def through_files(book: Book, folder: Path) -> Book:
    """A book written as CSV files, and read."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, content in folder_files(book).items():
        (folder / name).write_bytes(content)
    read, problems = read_book(folder)
    assert read is not None, problems
    return read


def through_workbook(book: Book, path: Path, language: Language = "zh") -> Book:
    """A book written as a workbook, and read."""
    path.write_bytes(workbook_bytes(book, language))
    read, problems = read_book(path)
    assert read is not None, problems
    return read


CHILDREN = sheet(
    "children",
    ("id", "name", "birth_date", "phone", "latitude", "submitted_at", "mother tongue"),
    ("007", "陈晨", "2016-01-31", "13800000000", "39.9", "2016-06-20 09:30", "沪语"),
    ("1.0", "=1+1", "", "+86 10", "", "", "@home"),
    ("K3", "Ann, \"A\"", "2016-02-30", "-", "1e3", "2016-06-20", "two\nlines"),
)  # fmt: skip


class TestWorkbook:
    def test_cells_are_typed_by_the_kind_of_their_column(self) -> None:
        rows = cells_of(workbook_bytes(Book("", (CHILDREN,)), "en"), "children")
        assert rows[1][:6] == [
            "007",
            "陈晨",
            datetime(2016, 1, 31),
            "13800000000",
            39.9,
            datetime(2016, 6, 20, 9, 30),
        ]

    def test_what_is_no_date_or_number_of_the_plain_kind_stays_text(self) -> None:
        rows = cells_of(workbook_bytes(Book("", (CHILDREN,)), "en"), "children")
        # 30 February is for the reader to name; 1e3 would come back as 1000
        assert rows[3][2] == "2016-02-30"
        assert rows[3][4] == "1e3"
        assert rows[2][0] == "1.0"

    def test_ids_and_phones_are_formatted_as_text(self) -> None:
        worksheet = openpyxl.load_workbook(io.BytesIO(workbook_bytes(Book("", (CHILDREN,)), "en")))[
            "children"
        ]
        assert worksheet["A2"].number_format == "@"
        assert worksheet["D2"].number_format == "@"
        # the blank rows below, too: what is typed there stays text
        assert worksheet.column_dimensions["A"].number_format == "@"

    def test_nothing_becomes_a_formula_or_a_link(self) -> None:
        texts = ("=1+1", "{=SUM(A1)}", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "http://example.org", "＝1")
        content = workbook_bytes(Book("", (sheet("other", ("a",), *((text,) for text in texts)),)), "en")
        assert [row[0] for row in cells_of(content, "other")[1:]] == list(texts)
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            xml = b"".join(parts.read(name) for name in parts.namelist() if "worksheets/" in name)
        assert b"<f>" not in xml
        assert b"hyperlink" not in xml

    def test_csv_files_hold_no_formula_either(self) -> None:
        texts = ("=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "＝1", "-", "-3", "'quoted'")
        lines = folder_files(Book("", (sheet("other", ("=a",), *((text,) for text in texts)),)))["other.csv"]
        told = ["'=a", "'=1+1", "'+cmd|' /C calc'!A0", "'@SUM(A1)", "'＝1", "-", "-3", "'quoted'"]
        assert lines.decode("utf-8-sig").splitlines() == told

    def test_known_sheets_are_named_in_the_language_and_others_keep_their_name(self) -> None:
        book = Book("", (CHILDREN, sheet("我的笔记", ("a",), ("b",))))
        names = openpyxl.load_workbook(io.BytesIO(workbook_bytes(book, "zh"))).sheetnames
        assert names == ["儿童", "我的笔记"]

    def test_names_no_workbook_can_hold_are_made_fit_and_stay_apart(self) -> None:
        book = Book("", tuple(sheet(name, ("a",), ("b",)) for name in ("x" * 40, "X" * 31, "a/b", "a:b", "")))
        names = openpyxl.load_workbook(io.BytesIO(workbook_bytes(book, "en"))).sheetnames
        assert names == ["x" * 31, "X" * 26 + "_2", "a_b", "a_b_2", "table"]

    def test_equal_tables_give_equal_bytes(self) -> None:
        assert workbook_bytes(Book("", (CHILDREN,)), "zh") == workbook_bytes(Book("", (CHILDREN,)), "zh")

    def test_a_text_no_cell_can_hold_is_refused_by_its_place_alone(self) -> None:
        book = Book("", (sheet("children", ("id", "name"), ("K1", "secret" * 10_000)),))
        with pytest.raises(TextTooLong) as refused:
            workbook_bytes(book, "en")
        assert (refused.value.sheet, refused.value.row, refused.value.column) == ("children", 2, 1)
        assert "secret" not in str(refused.value)

    def test_days_before_excels_calendar_stay_text(self) -> None:
        rows = cells_of(
            workbook_bytes(Book("", (sheet("days", ("date",), (date(1899, 5, 1),), ("1900-02-28",)),)), "en"),
            "days",
        )
        assert [row[0] for row in rows[1:]] == ["1899-05-01", "1900-02-28"]


class TestFolder:
    def test_dates_are_iso_and_times_clock(self) -> None:
        book = Book(
            "",
            (
                sheet("日期", ("日期", "周"), (datetime(2016, 7, 18), 1.0)),
                sheet("时段", ("编号", "开始", "结束"), ("P1", time(8, 5), timedelta(hours=24))),
                sheet("儿童", ("编号", "提交时间"), (7, datetime(2016, 6, 20))),
            ),
        )
        files = {name: content.decode("utf-8-sig") for name, content in folder_files(book).items()}
        assert files["days.csv"].splitlines()[1] == "2016-07-18,1"
        assert files["periods.csv"].splitlines()[1] == "P1,08:05,24:00"
        # midnight of a date-and-time column is a time all the same
        assert files["children.csv"].splitlines()[1] == "7,2016-06-20 00:00"

    def test_files_open_in_excel(self) -> None:
        assert folder_files(Book("", (CHILDREN,)))["children.csv"].startswith(b"\xef\xbb\xbf")

    def test_names_no_folder_can_hold_are_made_fit(self) -> None:
        book = Book("", tuple(sheet(name, ("a",), ("b",)) for name in ("../x", "a|b", "..", "儿童")))
        assert set(folder_files(book)) == {"_x.csv", "a_b.csv", "table.csv", "children.csv"}


class TestRoundTrip:
    def test_folder_to_workbook_and_back(self, tmp_path: Path) -> None:
        given_book = Book("", (CHILDREN, sheet("notes of mine", ("who", "what"), ("Zhao", "=x"), ("", "y"))))
        there = through_workbook(through_files(given_book, tmp_path / "a"), tmp_path / "b.xlsx")
        back = through_files(there, tmp_path / "c")
        assert as_texts(back) == as_texts(through_files(given_book, tmp_path / "d"))
        assert as_texts(back)["children"][1:] == [list(cells) for _, cells in CHILDREN.rows]

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.from_regex(r"[A-Za-z0-9.]{1,8}", fullmatch=True),
                st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12),
                st.one_of(st.just(""), st.dates(date(1990, 1, 1), date(2030, 1, 1)).map(str)),
                st.one_of(st.just(""), st.floats(-90, 90).map(lambda x: text_of(round(x, 4)))),
                st.text("=+-@'1 a", max_size=5).map(str.strip),
            ),
            min_size=1,
            max_size=5,
        )
    )
    def test_any_cells_survive(
        self, tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]
    ) -> None:
        folder = tmp_path_factory.mktemp("trip")
        header = ("id", "name", "birth_date", "latitude", "my own column")
        book = Book("", (sheet("children", header, *rows),))
        there = through_workbook(through_files(book, folder / "a"), folder / "b.xlsx")
        assert as_texts(there)["children"][1:] == [list(row) for row in rows]
        assert as_texts(through_files(there, folder / "c")) == as_texts(there)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_scenario_survives_both_forms(self, tmp_path: Path, language: Language) -> None:
        season = tiny({"season": "s", "deadline": "2024-06-30 18:00", "weights": {}, "policy": "seats"})
        book = book_of(season, language)
        for name, content in folder_files(book).items():
            (tmp_path / name).write_bytes(content)
        (tmp_path / "book").mkdir()
        (tmp_path / "book" / "season.xlsx").write_bytes(workbook_bytes(book, language))
        for place in (tmp_path, tmp_path / "book" / "season.xlsx"):
            reading = read_scenario(place)
            assert [problem.id for problem in reading.problems if problem.blocking] == []
            assert reading.scenario is not None
            assert reading.scenario.sha256 == season.sha256


class TestBookOf:
    def test_only_tables_with_rows_and_columns_in_use(self) -> None:
        book = book_of(tiny(), "en")
        names = [one.name for one in book.sheets]
        assert names[0] == "settings"
        assert "locks" not in names
        children = next(one for one in book.sheets if one.name == "children")
        # no child of the tiny season has a phone, and all are `steady`
        assert children.header == ("id", "name", "birth_date", "priority", "choices", "consent")

    def test_chinese_books_speak_chinese(self) -> None:
        book = book_of(tiny(), "zh")
        children = next(one for one in book.sheets if one.name == "儿童")
        assert children.header == ("编号", "姓名", "出生日期", "优先类别", "志愿", "同意")
        assert children.rows[1][1][4:] == ("V1;V2", "是")


class TestCells:
    @pytest.mark.parametrize(
        ("text", "kind", "value"),
        [
            ("2016-07-18", Kind.DATE, date(2016, 7, 18)),
            ("2016-7-18", Kind.DATE, "2016-7-18"),
            ("08:30", Kind.TIME, time(8, 30)),
            ("24:00", Kind.TIME, "24:00"),
            ("35", Kind.INTEGER, 35),
            ("035", Kind.INTEGER, "035"),
            ("-0", Kind.INTEGER, "-0"),
            ("1.50", Kind.DECIMAL, "1.50"),
            ("三年级", Kind.GRADE, "三年级"),
            ("007", Kind.ID, "007"),
            (7.0, Kind.ID, "7"),
            ("2016-07-18", None, "2016-07-18"),
        ],
    )
    def test_typed(self, text: object, kind: Kind | None, value: object) -> None:
        assert typed(text, kind) == value
