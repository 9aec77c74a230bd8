"""The workbooks, read back by another library."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from scheduler.exporters.excel import workbook
from scheduler.exporters.sheets import Heading, Sheet, Table, line
from scheduler.exporters.words import Words
from tests import seasons
from tests.exporters import exported, season
from tests.exporters.test_html import HOSTILE

ROSTER = "private/venues/V1/roster.xlsx"
OVERVIEW = "private/coordinator/overview.xlsx"


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def values(sheet: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - openpyxl's sheet
    return list(sheet.iter_rows(values_only=True))


def test_the_overview_has_its_sheets(en: dict[str, bytes]) -> None:
    assert opened(en[OVERVIEW]).sheetnames == [
        "Summary", "Gaps", "Waiting lists", "Classes", "Placements", "Claims", "Courses short", "Courses",
        "Timetables", "Rooms", "Trips", "Trips called off", "Specialists", "Routes", "Rota",
        "How the work is shared", "Loads", "Money", "Soft rules", "Problems", "Changes", "Not processed",
        "Pages",
    ]  # fmt: skip


def test_a_venue_pack_has_its_sheets(en: dict[str, bytes]) -> None:
    names = ["Children", "Sign-in and sign-out", "Timetables", "Rota", "Health", "Trips", "Rooms"]
    assert opened(en[ROSTER]).sheetnames == names


def test_lists_stay_in_view_filter_and_print_with_their_headings(en: dict[str, bytes]) -> None:
    sheet = opened(en[ROSTER])["Children"]
    assert sheet.freeze_panes == "B4"
    assert sheet.auto_filter.ref == "A3:L9"  # six rows: two classes, two siblings in both
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert str(sheet.page_setup.paperSize) == "9"
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.right is not None
    assert "&P" in str(sheet.oddFooter.right.text)
    assert [brk.id for brk in sheet.row_breaks.brk] == [6]  # the deer begin on a new page


def test_phones_and_ids_are_text(en: dict[str, bytes]) -> None:
    sheet = opened(en[ROSTER])["Children"]
    headings = [cell.value for cell in sheet[3]]
    for name in ("Phone", "Id"):
        cell = sheet.cell(4, headings.index(name) + 1)
        assert cell.data_type == "s"
        assert cell.number_format == "@"


def test_the_allergy_stands_with_a_sign_and_in_words(en: dict[str, bytes]) -> None:
    book = opened(en[ROSTER])
    for name in ("Children", "Health", "Trips"):
        assert [c for row in values(book[name]) for c in row if c == f"⚠ {season.ALLERGY}"], name


def test_the_trip_sheet_has_bus_adults_phones_and_what_is_missing(en: dict[str, bytes]) -> None:
    text = "\n".join(str(cell) for row in values(opened(en[ROSTER])["Trips"]) for cell in row if cell)
    for part in (
        "Bus 1: of this class children 3, adults 2; in the bus 5 of 20 seats",
        "唐老师",
        "吴志愿",
        season.PHONES[0],
        "may not depart",
    ):
        assert part in text


def test_sign_in_sheets_have_a_page_for_each_class_and_week(en: dict[str, bytes]) -> None:
    sheet = opened(en[ROSTER])["Sign-in and sign-out"]
    captions = [row[0] for row in values(sheet) if row[0] and "Week" in str(row[0])]
    assert len(captions) == 4  # two classes in two weeks
    assert len(sheet.row_breaks.brk) == 3


def test_the_timetable_merges_what_is_one_thing(en: dict[str, bytes]) -> None:
    sheet = opened(en[ROSTER])["Timetables"]
    merged = {str(sheet.cell(r.min_row, r.min_col).value): r.size["rows"] for r in sheet.merged_cells.ranges}
    assert merged["京剧\n宋老师 · 多功能厅"] == 2
    assert merged["Trip: 自然博物馆"] == 6


def test_the_rota_marks_who_is_missing(en: dict[str, bytes]) -> None:
    rows = [
        row for row in values(opened(en[ROSTER])["Rota"]) if row[3] == "小鹿班" and row[2] and "AM" in row[2]
    ]
    assert rows[0][-1] == "▲ Aide: 1 missing\n▲ Homeroom teacher: 1 missing\n△ Volunteer: 1 missing"


def test_figures_of_the_overview(en: dict[str, bytes]) -> None:
    book = opened(en[OVERVIEW])
    facts = {row[0]: row[1] for row in values(book["Summary"])}
    assert facts["Child-weeks placed / wanted"] == "10 / 15"  # 7 children want 2 weeks, one wants 1
    assert facts["Choice 1"] == 6
    assert facts["Not placed"] == 5
    assert facts["Adults missing (shifts)"] == "5"
    loads = {row[1]: row for row in values(book["Loads"])[3:]}
    # T1: 3 days, 4 hours and 3.5 hours each; offered all 5 open days in both shifts
    # (hours are days of 24 to a spreadsheet, shown as 22:30)
    assert loads["T1"][4:12] == (3, 5, 6, 10, 0.6, 0, 1, timedelta(hours=22.5))
    # W1 offers the three mornings of the first week, and promised five days
    assert loads["W1"][4:13] == (3, 3, 3, 3, 1, 0, 1, timedelta(hours=12), 5)
    money = [row for row in values(book["Money"]) if row[0] == "Total"]
    assert money[0][4] == 6 * 150 + 2 * 300


def test_left_out_people_are_listed_with_the_reason(en: dict[str, bytes]) -> None:
    rows = {row[2]: row[3] for row in values(opened(en[OVERVIEW])["Not processed"])[3:]}
    assert set(rows) == {"K9", "K10", "W2"}
    assert rows["K9"] == "withdrawn"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_stays_text(name: str) -> None:
    scenario = seasons.tiny(children=[{"id": name, "name": name, "guardian": name, "phone": name}])
    plan = seasons.plan(season="tiny", placements=seasons.placed(f"{name}@C1/1"))
    plan = plan.with_(placements=[{"child": name, "week": "1", "class": "C1", "choice": 0}])
    files = exported(scenario, plan, season.report(), "en", season.KEY, frozenset({"excel"}))
    for path, content in files.items():
        if path.endswith(".xlsx"):
            cells = [cell for sheet in opened(content) for row in sheet.iter_rows() for cell in row]
            assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink], path
            if path == ROSTER:
                assert sum(cell.value == name for cell in cells) >= 3


def test_a_text_too_long_for_a_cell_ends_in_an_ellipsis() -> None:
    table = Table("t", (Heading("h"),), (line("x" * 40_000),))
    content = workbook((Sheet("s", "s", (table,)),), "t", "s", datetime(2020, 1, 1), Words("en"))
    value = str(opened(content)["s"]["A4"].value)
    assert len(value) == 32_767
    assert value.endswith("x…")


def test_a_season_named_with_codes_of_the_footer_prints_as_it_is() -> None:
    table = Table("t", (Heading("h"),), (line("x"),))
    content = workbook((Sheet("s", "s", (table,)),), "t", "Kids & Co &P", datetime(2020, 1, 1), Words("en"))
    footer = opened(content)["s"].oddFooter
    assert footer is not None
    left = footer.left
    assert left is not None
    assert "Kids && Co &&P" in str(left.text)


def test_a_season_that_begins_with_its_year_is_no_size_of_the_footer() -> None:
    # "&9" and "2016" side by side are the size 92016
    table = Table("t", (Heading("h"),), (line("x"),))
    content = workbook((Sheet("s", "s", (table,)),), "t", "2016 summer", datetime(2020, 1, 1), Words("en"))
    footer = opened(content)["s"].oddFooter
    assert footer is not None
    left = footer.left
    assert left is not None
    assert left.size == 9
    assert "2016 summer" in str(left.text)
