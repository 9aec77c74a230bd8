from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.columns import Column, Kind, columns_of
from scheduler.domain.tables import Availability, Child, Class, Person
from scheduler.readers.cells import Noted, read_cell
from scheduler.readers.dates import Bad

ID, TEXT = Column(Kind.ID, "编号", ""), Column(Kind.TEXT, "备注", "")
YES_NO = Column(Kind.YES_NO, "同意", "")
CAPACITY = columns_of(Class)["capacity"]
GRADE = columns_of(Child)["grade"]


def bad(value: object, column: Column, name: str = "") -> str:
    found = read_cell(value, column, name)
    assert isinstance(found, Bad), found
    return found.id


@pytest.mark.parametrize("value", ["7", 7, 7.0, "7.0", " 7 ", "７", "7\u200b", "7\xa0"])
def test_an_id_is_one_whatever_its_width_and_type(value: object) -> None:
    assert read_cell(value, ID) == "7"


def test_an_id_keeps_its_zeros_and_its_case() -> None:
    assert read_cell("007", ID) == "007"
    assert read_cell("c1", ID) == "c1"


def test_an_id_that_would_part_lists_is_refused() -> None:
    assert bad("A、B", ID) == "id_separator"
    assert bad("A,B", ID) == "id_separator"


@pytest.mark.parametrize("value", ["../../etc", "CON", "a/b", "x" * 300])
def test_odd_ids_are_text_like_any_other(value: str) -> None:
    assert read_cell(value, ID) == value


def test_a_number_that_lost_its_last_digits_is_refused() -> None:
    assert bad(110101201807011230, TEXT) == "digits_lost"
    assert bad(1.10101201807011e17, ID) == "digits_lost"
    assert bad("1.10101E+17", ID) == "digits_lost"


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", " #n/a "])
def test_an_error_is_never_a_blank(error: str) -> None:
    assert bad(error, TEXT) == "cell_error"


@pytest.mark.parametrize(
    "text",
    ["=HYPERLINK(\"x\")", "@SUM(A1)", "+cmd|x", "＝1", "<script>", "{{7*7}}", "{% raw %}", "%s", "\\N", "𠮷",
     "䶮", "👧🏽", "阿依古丽·买买提"],
)  # fmt: skip
def test_text_is_kept_as_it_stands(text: str) -> None:
    assert read_cell(text, TEXT) == text


def test_text_loses_only_what_nobody_sees() -> None:
    assert read_cell("\u202e张\u200b三\xa0", TEXT) == "张三"
    assert read_cell("e\u0301", TEXT) == "é"  # NFD and NFC are one name
    assert read_cell("👨‍👩‍👧", TEXT) == "👨‍👩‍👧"  # joined on purpose


def test_a_long_note_is_kept_whole() -> None:
    note = "x\n" * 10_000 + "y" * 40_000
    assert read_cell(note, TEXT) == note


@pytest.mark.parametrize("text", ["张\ufffd", "\ue000"])
def test_lost_characters_are_kept_with_a_warning(text: str) -> None:
    found = read_cell(text, TEXT)
    assert isinstance(found, Noted)
    assert found.id == "characters_lost"


@pytest.mark.parametrize("value", ["yes", "Y", "是", "是 ", "√", "1", 1, 1.0, True, "TRUE", "同意"])
def test_yes(value: object) -> None:
    assert read_cell(value, YES_NO) is True


@pytest.mark.parametrize("value", ["no", "N", "否", "0", 0, False, "FALSE", "×"])
def test_no(value: object) -> None:
    assert read_cell(value, YES_NO) is False


@pytest.mark.parametrize("value", ["perhaps", "是否", 2, "同上"])
def test_neither_yes_nor_no(value: object) -> None:
    assert bad(value, YES_NO) == "not_yes_no"


@pytest.mark.parametrize("value", [30, 30.0, "30", "３０", "30.0", " 30 "])
def test_a_whole_number(value: object) -> None:
    assert read_cell(value, CAPACITY) == 30


@pytest.mark.parametrize(
    ("value", "id"),
    [
        (-1, "out_of_range"),
        (1e9, "out_of_range"),
        (2.5, "not_whole"),
        ("约30", "number_with_words"),
        ("30人", "number_with_words"),
        ("many", "not_a_number"),
        (True, "not_a_number"),
        (float("nan"), "not_a_number"),
    ],
)
def test_what_is_no_capacity(value: object, id: str) -> None:
    assert bad(value, CAPACITY) == id


def test_the_number_among_words_is_suggested() -> None:
    found = read_cell("约30人", CAPACITY)
    assert isinstance(found, Bad)
    assert found.parameters["near"] == "30"


@pytest.mark.parametrize(
    ("value", "grade"),
    [(3, 3), ("3", 3), ("三年级", 3), ("小学三年级", 3), ("三", 3), ("G3", 3), ("grade 3", 3), ("3年级", 3),
     ("初一", 7), ("初三", 9), ("七年级", 7), ("高一", 10), ("高二", 11), ("十一", 11),
     ("幼儿园大班", 0), ("三年级2班", 3)],
)  # fmt: skip
def test_a_grade_as_schools_call_it(value: object, grade: int) -> None:
    assert read_cell(value, GRADE) == grade


@pytest.mark.parametrize(
    ("value", "id"), [("初五", "not_a_grade"), ("13", "out_of_range"), ("大学", "not_a_grade")]
)
def test_what_is_no_grade(value: object, id: str) -> None:
    assert bad(value, GRADE) == id


@pytest.mark.parametrize("separator", [";", "；", ",", "，", "、", "┋", "\n", "; "])
def test_lists_are_parted_by_any_separator(separator: str) -> None:
    assert read_cell(separator.join(("V1", "C2", "", "V1")), columns_of(Child)["choices"]) == ("V1", "C2")


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("1;3;5", (1, 3, 5)),
        ("周一、周三", (1, 3)),
        ("星期日", (7,)),
        ("一，二", (1, 2)),
        ("Mon, Tuesday", (1, 2)),
        ("周一至周五", (1, 2, 3, 4, 5)),
        ("1-3;7", (1, 2, 3, 7)),
        (6, (6,)),
    ],
)
def test_weekdays(value: object, days: tuple[int, ...]) -> None:
    assert read_cell(value, columns_of(Availability)["weekdays"]) == days


def test_an_unknown_weekday_is_named() -> None:
    assert bad("周八", columns_of(Availability)["weekdays"]) == "not_a_weekday"


@pytest.mark.parametrize(
    ("value", "status"), [("yes", "yes"), ("可以", "yes"), ("Prefer", "prefer"), ("尽量不", "avoid")]
)
def test_one_of_some_words(value: str, status: str) -> None:
    assert read_cell(value, columns_of(Availability)["status"]) == status


def test_an_unknown_word_is_told_with_the_known_ones_and_the_nearest() -> None:
    found = read_cell("stedy", columns_of(Child)["stay"])
    assert isinstance(found, Bad)
    assert found.id == "not_an_option_near"
    assert found.parameters == {"options": "steady / 固定; whole / 全程; weeks / 按周", "near": "steady"}


def test_roles_are_a_list_of_words() -> None:
    roles: Any = columns_of(Person)["roles"]
    assert read_cell("班主任、志愿者", roles) == ("homeroom", "volunteer")
    assert bad("班主任、厨师", roles) == "not_an_option"


@pytest.mark.parametrize(
    "value",
    ["138 0013 8000", "138-0013-8000", "+86 13800138000", 13800138000, 13800138000.0, "８613800138000"],
)
def test_a_mobile_number_is_one_however_it_is_written(value: object) -> None:
    assert read_cell(value, columns_of(Child)["phone"], "phone") == "13800138000"


def test_other_phone_numbers_are_kept() -> None:
    phone = columns_of(Child)["phone"]
    assert read_cell("010-12345678", phone, "phone") == "010-12345678"
    assert read_cell("13800138000 / 13900139000", phone, "phone") == "13800138000 / 13900139000"
    assert bad("1.38E+10", phone, "phone") == "phone_rounded"
    odd = read_cell("1380013800", phone, "phone")
    assert isinstance(odd, Noted)
    assert odd.id == "phone_odd"
