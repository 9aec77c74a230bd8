from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from scheduler.domain.problems import Problem
from scheduler.readers import read_book, read_scenario
from tests.readers.on_disk import Cells, cells, changed, folder, ids, problems_of, tables, workbook
from tests.seasons import tiny

CHINESE: dict[str, Cells] = {
    # the smallest season of all, in Chinese
    "设置": [["项目", "值"], ["季节", "小"], ["同等排位", "抽签"], ["报名截止", "2024-07-01"]],
    "日期": [["日期", "周次", "开放"], ["2024年7月15日", "第一周", "是"]],
    "班次": [["编号", "开始", "结束"], ["上午", "8:00", "12：00"]],
    "时段": [["编号", "开始", "结束", "班次", "类型"], ["第一节", "8:30", "9:30", "上午", "课程"]],
    "场地": [["编号", "名称", "方式"], ["一", "文化宫", "联合"]],
    "班级": [["编号", "名称", "场地", "容量", "最低年级"], ["大象", "大象班", "文化宫", 30, "一年级"]],
    "儿童": [["编号", "姓名", "年级", "志愿", "知情同意"], [1, "甲", "三年级", "大象班", "是"]],
}


def one(problems: list[Problem]) -> Problem:
    assert len(problems) == 1, ids(problems)
    return problems[0]


def test_a_folder_and_a_workbook_are_one_scenario(tmp_path: Path) -> None:
    settings: Cells = [["key", "value"], ["season", "tiny"]]
    book = read_scenario(workbook(tmp_path / "s.xlsx", tables(settings=settings)))
    csvs = read_scenario(folder(tmp_path / "s", tables(settings=settings)))
    assert book.scenario is not None
    assert csvs.scenario is not None
    assert book.scenario.sha256 == csvs.scenario.sha256 == tiny().sha256


def test_a_chinese_workbook_means_what_an_english_one_does(tmp_path: Path) -> None:
    scenario = read_scenario(workbook(tmp_path / "s.xlsx", CHINESE)).scenario
    assert scenario is not None
    assert scenario.settings.language == "zh"
    assert scenario.settings.ties == "draw"
    # until the end of the day named
    assert scenario.settings.deadline == datetime(2024, 7, 1, 23, 59, 59)
    assert scenario.day[date(2024, 7, 15)].week == "第一周"
    assert scenario.class_["大象"].venue == "一"  # by the venue's name
    assert scenario.class_["大象"].min_grade == 1
    assert scenario.child["1"].choices == ("大象",)  # by the class's name
    assert scenario.venue["一"].mode == "joint"


def test_a_folder_around_one_workbook_is_that_workbook(tmp_path: Path) -> None:
    workbook(tmp_path / "season.xlsx", tables())
    (tmp_path / "~$season.xlsx").write_bytes(b"owner")
    (tmp_path / "readme.txt").write_text("hello")
    reading = read_scenario(tmp_path)
    assert reading.scenario is not None
    assert ids(list(reading.problems)) == ["owner_file"]


def test_which_of_two_workbooks_is_not_guessed(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", tables())
    workbook(tmp_path / "b.xlsx", tables())
    assert one(problems_of(tmp_path)).parameters["files"] == "a.xlsx, b.xlsx"


def test_a_row_remembers_its_cells(tmp_path: Path) -> None:
    scenario = read_scenario(folder(tmp_path / "s", tables())).scenario
    assert scenario is not None
    source = scenario.child["b"].source
    assert source is not None
    assert (source.file, source.sheet, source.cell("birth_date")) == ("children.csv", "children", "C3")


def test_problems_come_together_in_the_order_of_the_file(tmp_path: Path) -> None:
    season = changed("children", 3, "birth_date", "2014-02-30")
    season["children"][1][season["children"][0].index("choices")] = "V9"
    season["days"][1][0] = "7/1/18"
    season["classes"][2][season["classes"][0].index("capacity")] = "many"
    found = problems_of(workbook(tmp_path / "s.xlsx", season))
    assert [(p.id, p.sheet, p.cell) for p in found] == [
        ("date_ambiguous", "days", "A2"),
        ("not_a_number", "classes", "E3"),
        ("reference_unknown", "children", "D2"),  # V1 and V2 are as near to V9
        ("no_such_date", "children", "C3"),
    ]


def test_a_bad_row_does_not_make_what_refers_to_it_unknown(tmp_path: Path) -> None:
    # V1 has no possible mode; room, class and choices that name V1 are not told as well
    found = one(problems_of(folder(tmp_path / "s", changed("venues", 2, "mode", "private"))))
    assert (found.id, found.cell) == ("not_an_option", "C2")


def test_sound_rows_are_crosschecked_beside_bad_ones(tmp_path: Path) -> None:
    season = changed("children", 2, "birth_date", "?")
    season["periods"][1][1] = "07:00"  # P1 starts before its shift
    assert ids(problems_of(folder(tmp_path / "s", season))) == ["not_a_date", "period_outside_shift"]


@pytest.mark.parametrize("table", ["days", "shifts", "periods", "venues", "classes", "children"])
def test_a_required_table_that_is_missing_or_empty_is_told_alone(tmp_path: Path, table: str) -> None:
    season = tables()
    del season[table]
    missing = [p for p in problems_of(folder(tmp_path / "a", season)) if p.blocking]
    assert ids(missing) == ["table_missing"]
    assert missing[0].parameters["table"] == table
    empty = [
        p for p in problems_of(folder(tmp_path / "b", tables(**{table: cells(table)[:1]}))) if p.blocking
    ]
    assert ids(empty) == ["table_empty"]


def test_a_required_table_under_another_name_is_suggested(tmp_path: Path) -> None:
    season = tables()
    season["儿童名单2024"] = season.pop("children")
    found = [p for p in problems_of(workbook(tmp_path / "s.xlsx", season)) if p.blocking]
    assert (one(found).id, one(found).sheet) == ("table_missing_near", "儿童名单2024")


def test_blank_total_and_note_rows_are_no_children(tmp_path: Path) -> None:
    rows = cells("children")
    rows = [*rows[:2], [], *rows[2:], [], ["合计", 3], ["注：以上名单已核对"]]
    reading = read_scenario(workbook(tmp_path / "s.xlsx", tables(children=rows)))
    assert reading.scenario is not None
    assert [row.id for row in reading.scenario.children] == ["a", "b", "c"]
    assert [row.source.row for row in reading.scenario.children if row.source] == [2, 4, 5]
    assert [(p.id, p.cell) for p in reading.problems] == [("total_skipped", "7"), ("note_skipped", "8")]


def test_rows_above_the_headings_are_kept_and_not_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "s.xlsx", tables(children=[["Summer 2024", "draft"], *cells("children")]))
    reading = read_scenario(path)
    assert reading.scenario is not None
    assert not reading.problems
    book, _ = read_book(path)
    assert book is not None
    sheet = next(sheet for sheet in book.sheets if sheet.name == "children")
    assert sheet.header_row == 2
    assert sheet.rows[0][1][:2] == ("Summer 2024", "draft")


# ---- identity -----------------------------------------------------------------------------------


def test_the_same_row_twice_is_one_with_a_warning(tmp_path: Path) -> None:
    rows = cells("children")
    reading = read_scenario(folder(tmp_path / "s", tables(children=[*rows, rows[1]])))
    assert reading.scenario is not None
    assert len(reading.scenario.children) == 3
    found = one(list(reading.problems))
    assert (found.id, found.blocking, found.cell, found.parameters["other"]) == (
        "same_row_twice",
        False,
        "A5",
        2,
    )


def test_one_id_with_different_data_is_refused_with_both_rows(tmp_path: Path) -> None:
    rows = cells("children")
    other = list(rows[1])
    other[rows[0].index("name")] = "Somebody"
    found = one(problems_of(folder(tmp_path / "s", tables(children=[*rows, other]))))
    assert (found.id, found.cell) == ("duplicate", "A5")
    assert found.parameters["other"] == 2
    assert found.parameters["differing"] == "name"
    assert "Somebody" not in str(found)


@pytest.mark.parametrize("id", ["A", "ａ", " a "])
def test_ids_that_look_alike_are_one(tmp_path: Path, id: str) -> None:
    rows = cells("children")
    found = one(problems_of(folder(tmp_path / "s", tables(children=[*rows, [id, *rows[2][1:]]]))))
    assert found.blocking
    assert found.parameters["other"] == 2


def test_numbers_as_ids_and_their_zeros(tmp_path: Path) -> None:
    rows = cells("rooms")
    same: Cells = [rows[0], ["007", *rows[1][1:]], [7, *rows[2][1:]]]
    found = one([p for p in problems_of(folder(tmp_path / "s", tables(rooms=same))) if p.sheet == "rooms"])
    assert found.id == "id_near_duplicate"


def test_a_reference_that_lost_its_zeros_finds_its_row(tmp_path: Path) -> None:
    rooms = cells("rooms")
    rooms[1][0] = "007"
    season = changed("classes", 2, "room", 7)
    reading = read_scenario(workbook(tmp_path / "s.xlsx", {**season, "rooms": rooms}))
    assert reading.scenario is not None
    assert reading.scenario.class_["C1"].room == "007"


def test_points_for_one_child_and_venue_stand_once(tmp_path: Path) -> None:
    # a is named by id and by name: the same child at the same venue
    points: Cells = [["child", "venue", "points"], ["a", "V1", 3], ["An", "North", 4]]
    found = [
        p for p in problems_of(folder(tmp_path / "s", tables(points=points))) if p.id != "points_missing"
    ]
    assert (one(found).id, one(found).parameters["other"]) == ("duplicate_key", 2)


# ---- settings -----------------------------------------------------------------------------------


def settings(tmp_path: Path, *rows: list[object]) -> list[Problem]:
    return problems_of(folder(tmp_path / "s", tables(settings=[["key", "value"], *rows])))


def test_settings_are_typed(tmp_path: Path) -> None:
    rows: Cells = [
        ["key", "value"],
        ["Travel KMH", 15],
        ["抽签种子", "7"],
        ["age_on", "2024/9/1"],
        ["deadline", "2024-07-01 17:00"],
        ["max_distance_km", None],
    ]
    scenario = read_scenario(workbook(tmp_path / "s.xlsx", tables(settings=rows))).scenario
    assert scenario is not None
    assert scenario.settings.travel_kmh == 15
    assert scenario.settings.lottery_seed == "7"
    assert scenario.settings.age_on == date(2024, 9, 1)
    assert scenario.settings.deadline == datetime(2024, 7, 1, 17)
    assert scenario.settings.max_distance_km is None


@pytest.mark.parametrize(
    ("row", "id", "cell"),
    [
        (["polcy", "fair"], "unknown_setting_near", "A2"),
        (["colour", "red"], "unknown_setting", "A2"),
        (["policy", "just"], "not_an_option", "B2"),
        (["travel_kmh", "fast"], "not_a_number", "B2"),
        (["travel_kmh", "0"], "out_of_range", "B2"),
        (["max_distance_km", "-1"], "below_least", "B2"),
        (["timezone", "Mars/Base"], "timezone_unknown", "B2"),
        (["weight.no_such_rule", "3"], "unknown_rule", "A2"),
        (["权重.no_such_rule", "3"], "unknown_rule", "A2"),
        (["no_such_rule.length", "3"], "unknown_parameter", "A2"),
        (["fair_load.stepz", "3"], "unknown_parameter", "A2"),
        (["weight.x", "heavy"], "not_a_number", "B2"),
    ],
)
def test_a_wrong_setting_is_named_with_its_cell(
    tmp_path: Path, row: list[object], id: str, cell: str
) -> None:
    found = one(settings(tmp_path, row))
    assert (found.id, found.cell, found.blocking) == (id, cell, True)


def test_a_setting_twice_is_named(tmp_path: Path) -> None:
    assert one(settings(tmp_path, ["policy", "fair"], ["policy", "seats"])).id == "duplicate_key"
    assert one(settings(tmp_path / ".", ["policy", "fair"], ["分配原则", "公平"])).id == "setting_twice"
    assert one(settings(tmp_path, ["weight.variety", "1"], ["权重.variety", "2"])).id == "setting_twice"


# ---- privacy ------------------------------------------------------------------------------------


def test_no_problem_repeats_what_is_a_childs_own(tmp_path: Path) -> None:
    canaries = {"name": "Canary\ufffd", "guardian": "Canary\ue000", "phone": "1.3E+10", "medical": "#N/A"}
    season = changed("children", 2, "name", canaries["name"])
    sheet = season["children"]
    for heading in ("guardian", "phone", "medical"):
        sheet[0].append(heading)
        sheet[1].append(canaries[heading])
    for row in sheet[2:]:
        row.extend([None] * 3)
    found = problems_of(folder(tmp_path / "s", season))
    assert sorted(ids(found)) == ["cell_error", "characters_lost", "characters_lost", "phone_rounded"]
    assert all(not problem.value for problem in found)
    assert "Canary" not in str(found)


def test_what_differs_between_rows_is_named_as_the_sheet_names_it(tmp_path: Path) -> None:
    points: Cells = [["儿童", "场地", "积分"], ["a", "V1", 3], ["a", "V1", 4]]
    found = one(problems_of(workbook(tmp_path / "s.xlsx", {**tables(), "points": points})))
    assert (found.id, found.parameters["differing"]) == ("duplicate_key", "积分")
