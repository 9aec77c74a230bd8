from __future__ import annotations

import pytest

from scheduler.domain.tables import TABLES, Child, Points, Row, Trip
from scheduler.readers.headers import (
    column_named,
    folded,
    header_position,
    names_of,
    plain,
    read_headings,
    table_like,
    table_named,
)


@pytest.mark.parametrize(
    "text",
    ["birth_date", "Birth date", "BIRTH-DATE*", "出生日期", "出生日期 ", "出生日期＊",
     "生日", "出⽣日期", "出生日期（年-月-日）", "\ufeff出生日期"],
)  # fmt: skip
def test_a_heading_is_known_however_it_is_written(text: str) -> None:
    match = column_named(Child, text)
    assert match is not None
    assert match[0] == "birth_date"


def test_radicals_that_look_like_characters_count_as_them() -> None:
    assert plain("意\u2ec5") == "意见"  # C-SIMPLIFIED SEE, which NFKC leaves alone
    assert plain("\u2f09童") == "儿童"  # a Kangxi radical, which NFKC knows


def test_words_that_python_keeps_have_their_own_headings() -> None:
    from scheduler.domain.tables import Closure, Lock

    assert column_named(Closure, "from") == ("from_", "en")
    assert column_named(Lock, "class") == ("class_", "en")
    assert column_named(Lock, "班级") == ("class_", "zh")


@pytest.mark.parametrize("model", TABLES)
def test_no_two_columns_share_a_heading(model: type[Row]) -> None:
    from scheduler.domain.columns import columns_of

    for name, column in columns_of(model).items():
        assert names_of(model)[folded(column.zh)][0] == name


@pytest.mark.parametrize("name", ["children", "儿童", "Children ", "ＣＨＩＬＤＲＥＮ"])
def test_a_table_is_known_by_either_name(name: str) -> None:
    assert table_named(name) is Child


def test_a_misspelt_table_is_suggested() -> None:
    assert table_named("childern") is None
    assert table_like("childern") is Child
    assert table_like("2016儿童名单") is Child
    assert table_like("天气") is None


def test_the_headings_are_found_below_a_title() -> None:
    rows = [
        (1, ["2016年暑期班报名表"]),
        (3, ["name", "said by hand"]),
        (4, ["编号", "姓名", "同意"]),
        (5, ["1", "甲", "是"]),
    ]
    assert header_position(Child, rows) == 2


def test_where_no_row_names_columns_the_first_one_is_taken() -> None:
    assert header_position(Child, [(2, ["a", "b"]), (3, ["c", "d"])]) == 0


def test_a_column_twice_is_named_with_both_cells() -> None:
    found = read_headings(Points, ["child", "儿童", "venue", "points"], "f", "points", 3)
    (problem,) = found.problems
    assert (problem.id, problem.cell, problem.parameters["cells"]) == ("heading_twice", "B3", "A3, B3")


def test_a_missing_column_is_named_in_both_languages() -> None:
    found = read_headings(Points, ["child", "points"], "f", "points", 1)
    (problem,) = found.problems
    assert (problem.id, problem.parameters["wanted"]) == ("column_missing", "venue / 场地")


def test_a_misspelt_column_is_suggested_and_not_also_called_unknown() -> None:
    found = read_headings(Points, ["child", "vennue", "points"], "f", "points", 1)
    (problem,) = found.problems
    assert (problem.id, problem.cell, problem.value) == ("column_missing_near", "B1", "vennue")


def test_unknown_columns_are_told_once() -> None:
    found = read_headings(Points, ["child", "colour", "venue", "points", "weather"], "f", "points", 1)
    (problem,) = found.problems
    assert (problem.id, problem.blocking) == ("columns_ignored", False)
    assert problem.parameters["columns"] == "colour (B), weather (E)"


def test_a_heading_near_a_column_that_is_not_there_is_suggested() -> None:
    # whoever means `priority` would have it ignored, and see all children in the last rank
    found = read_headings(Child, ["id", "name", "consent", "prioriti", "colour"], "f", "children", 1)
    near, ignored = found.problems
    assert (near.id, near.cell, near.blocking) == ("column_near", "D1", False)
    assert near.parameters["wanted"] == "priority / 优先类别"
    assert ignored.parameters["columns"] == "colour (E)"


def test_a_heading_near_a_column_that_is_there_is_not_suggested() -> None:
    found = read_headings(Child, ["id", "name", "consent", "phone", "phone 2"], "f", "children", 1)
    assert [problem.id for problem in found.problems] == ["columns_ignored"]


def test_the_name_of_the_table_may_head_the_column() -> None:
    assert column_named(Child, "优先级") == ("priority", "zh")


def test_the_same_word_may_mean_another_column_in_another_table() -> None:
    assert column_named(Trip, "日期") == ("dates", "zh")
