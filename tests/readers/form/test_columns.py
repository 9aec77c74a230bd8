"""Which column of a form gives which of the table; what is not clear is told, never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.domain.tables import Person
from scheduler.readers.form.words import bare, field_by_words, ordinal
from tests.readers.form.exports import GOOGLE, UGLY, Read, wjx, wjx_row


def test_a_form_of_wenjuanxing_is_understood_column_by_column(tmp_path: Path) -> None:
    read = Read(tmp_path, wjx(wjx_row()))
    assert [field for field in read.fields().values() if field] == [
        "submitted_at", "name", "gender", "birth_date", "guardian", "phone", "choices", "choices",
        "interests", "allergies", "consent",
    ]  # fmt: skip
    assert read.hows()["A1"] == read.hows()["F1"] == "service"
    assert read.hows()["H1"] == "words"


def test_a_form_of_google_is_understood(tmp_path: Path) -> None:
    read = Read(tmp_path, GOOGLE)
    assert list(read.fields().values()) == [
        "submitted_at", "", "name", "birth_date", "guardian", "phone", "choices", "choices", "interests",
        "consent",
    ]  # fmt: skip


def test_headings_below_a_title_are_found(tmp_path: Path) -> None:
    read = Read(tmp_path, UGLY)
    assert read.answers is not None
    assert read.answers.header_row == 3
    assert read.fields() == {
        "A3": "name", "B3": "gender", "C3": "birth_date", "D3": "guardian", "E3": "phone", "F3": "choices",
        "G3": "consent", "H3": "",
    }  # fmt: skip
    assert read.hows()["H3"] == "unknown"


def test_microsoft_forms_tells_who_was_logged_in_not_who_is_enrolled(tmp_path: Path) -> None:
    header = [
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "Name of the child",
        "Birth date",
        "Consent",
    ]
    row = [
        "7",
        "2024-06-01 09:00:00",
        "2024-06-01 09:05:00",
        "a@b.c",
        "A parent",
        "Li Na",
        "2016-03-04",
        "yes",
    ]
    read = Read(tmp_path, [header, row])
    assert list(read.fields().values()) == ["", "", "submitted_at", "", "", "name", "birth_date", "consent"]
    (child,) = read.added()
    assert (child["id"], child["name"]) == ("C0001", "Li Na")


def test_a_forms_own_numbers_are_no_ids_but_a_lists_are(tmp_path: Path) -> None:
    header, row = ["编号", "姓名", "出生日期", "同意"], ["1", "周宇", "2016-03-04", "是"]
    plain = Read(tmp_path, [header, row])
    assert plain.added()[0]["id"] == "1"
    service = Read(tmp_path, [[*header, "结束答题时间"], [*row, "2024-06-01 09:05"]])
    assert service.hows()["A1"] == "own_id"
    assert service.added()[0]["id"] == "C0001"


def test_two_columns_for_one_are_told_with_the_line_for_the_map(tmp_path: Path) -> None:
    cells = [["姓名", "您孩子的姓名", "出生日期", "同意"], ["周洁", "周宇", "2016-03-04", "是"]]
    read = Read(tmp_path, cells)
    (problem,) = read.blocking
    assert (problem.id, problem.cell) == ("form_column_twice", "B1")
    assert problem.parameters["line"] == '"您孩子的姓名" = ""'
    told = Read(tmp_path, cells, '[columns]\n"姓名" = "guardian"\n')
    assert told.added()[0] == {
        "id": "C0001", "name": "周宇", "guardian": "周洁", "birth_date": told.added()[0]["birth_date"],
        "consent": True,
    }  # fmt: skip


def test_columns_with_one_heading_are_told_apart_by_their_letters(tmp_path: Path) -> None:
    cells = [["姓名", "姓名", "出生日期", "同意"], ["周宇", "周洁", "2016-03-04", "是"]]
    assert Read(tmp_path, cells).blocking[0].parameters["line"] == '"@B" = ""'
    read = Read(tmp_path, cells, '[columns]\n"@B" = "guardian"\n')
    assert (read.added()[0]["name"], read.added()[0]["guardian"]) == ("周宇", "周洁")


def test_the_map_sets_the_order_of_a_joined_list(tmp_path: Path) -> None:
    cells = [
        ["姓名", "出生日期", "同意", "最想去", "也可以去"],
        ["周宇", "2016-03-04", "是", "North", "South"],
    ]
    toml = '[columns]\n"也可以去" = "choices"\n"最想去" = "choices"\n'
    assert Read(tmp_path, cells, toml).added()[0]["choices"] == ("V2", "V1")


def test_other_sheets_of_the_export_are_named(tmp_path: Path) -> None:
    read = Read(tmp_path, wjx(wjx_row()), 'sheet = "Sheet9"\n')
    assert read.ids == ["map_sheet_unknown"]


def test_a_map_may_name_the_row_of_the_headings(tmp_path: Path) -> None:
    assert Read(tmp_path, UGLY, "header_row = 3\n").answers is not None
    assert Read(tmp_path, UGLY, "header_row = 2\n").ids == ["map_header_row"]


def test_staff_are_understood_too(tmp_path: Path) -> None:
    cells = [
        ["提交时间", "您的姓名", "类别", "岗位", "性别", "核查有效期至（日期）"],
        ["2024-06-01 09:05", "周洁", "志愿者", "志愿者", "女", "2030-01-01"],
    ]
    read = Read(tmp_path, cells, model=Person)
    assert list(read.fields().values())[1:] == ["name", "kind", "roles", "gender", "cleared_until"]
    assert read.added()[0]["id"] == "t3"  # t1 and t2 are there, s1 is of another pattern


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("1、您孩子的姓名", "您孩子的姓名"),
        ("Q3. Phone *", "Phone"),
        ("第2题：性别（必填）", "性别"),
        ("(4) 生日【单选题】", "生日"),
        ("一、志愿？", "志愿"),
        ("2024年参加过吗", "2024年参加过吗"),
    ],
)
def test_numbers_and_marks_of_questions_fall_away(text: str, left: str) -> None:
    assert bare(text) == left


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第一志愿", 1),
        ("志愿2", 2),
        ("Third choice", 3),
        ("your 2nd choice", 2),
        ("志愿(第三志愿)", 3),
        ("志愿", 0),
    ],
)
def test_the_place_of_a_choice(text: str, number: int) -> None:
    assert ordinal(text) == number


def test_other_peoples_numbers_are_not_asked_for() -> None:
    assert field_by_words("children", "紧急联系人电话") == ""
    assert field_by_words("children", "孩子身份证号码") == ""
    assert field_by_words("children", "您对伙食有什么建议") is None


def test_a_file_of_another_table_is_none_of_answers(tmp_path: Path) -> None:
    venues: list[list[object]] = [
        ["id", "name", "mode", "capacity", "phone"],
        ["V9", "North", "community", 30, "010-1"],
    ]
    read = Read(tmp_path, venues)
    (problem,) = read.blocking
    assert problem.id == "form_of_another_table"
    assert (problem.parameters["other"], problem.parameters["table"]) == ("venues", "children")
    # an export of the table itself, and a few columns that many tables have, are answers
    assert Read(tmp_path, [["id", "name", "phone"], ["K9", "An", "010-1"]]).blocking == []
