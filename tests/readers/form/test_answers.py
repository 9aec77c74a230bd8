"""Answers beside the table: who is new, who is known, what differs and why, who is one family."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from scheduler.domain.tables import Availability, Points
from scheduler.readers.form.merging import is_later
from scheduler.readers.form.numbering import free_families, free_ids
from tests.readers.form.exports import Read, wjx, wjx_row
from tests.readers.on_disk import Cells, cells

KNOWN: Cells = [
    ["id", "name", "birth_date", "guardian", "phone", "choices", "submitted_at", "consent", "allergies"],
    ["K007", "周宇", "2016-03-04", "周洁", "13800000001", "North;South", "2024-06-01 09:05:33", "yes", None],
    ["K009", "王明", None, "王强", "13800000002", "V1", "2024-06-01 10:00", "yes", None],
]


def test_a_child_that_is_there_is_known_by_name_and_birth_date(tmp_path: Path) -> None:
    read = Read(tmp_path, wjx(wjx_row(name="周 宇", born="2016年3月4日", interests="")), children=KNOWN)
    assert read.answers is not None
    assert read.added() == []
    # choices by names there and by ids here are the same; only gender is new to the table
    assert [(d.field, d.why) for d in read.answers.differences] == [("gender", "blank")]


def test_without_a_birth_date_by_name_and_phone(tmp_path: Path) -> None:
    rows = wjx(
        wjx_row(
            1, name="王明", born="2016-05-06", guardian="王强", phone="138 0000 0002", second="", interests=""
        ),
        wjx_row(
            2, name="王明", born="2016-05-06", guardian="王红", phone="13800000009", second="", interests=""
        ),
    )
    # the first is K009, whose row has no birth date; the second is the same child by name and birth date,
    # but guardian and phone are others: that is asked of both, the answer and the row
    read = Read(tmp_path, rows, children=KNOWN)
    assert [problem.id for problem in read.blocking] == ["form_same_key", "form_same_key_in_table"]
    one = Read(tmp_path, rows, 'same_key = "one"\n', children=KNOWN)
    assert one.answers is not None
    assert (one.added(), len(one.answers.twice)) == ([], 1)
    two = Read(tmp_path, rows, 'key = ["name", "phone"]\n', children=KNOWN)
    assert [row["id"] for row in two.added()] == ["K010"]


def test_a_longer_key_makes_two_children_of_one_name(tmp_path: Path) -> None:
    rows = wjx(wjx_row(1, gender="女"), wjx_row(2, gender="男"))
    (problem,) = Read(tmp_path, rows).blocking
    assert (problem.id, problem.cell) == ("form_same_key", "I3")
    assert problem.parameters["line"] == 'key = ["name", "birth_date", "gender"]'
    toml = str(problem.parameters["line"]) + "\n"
    assert [row["id"] for row in Read(tmp_path, rows, toml).added()] == ["C0001", "C0002"]


def test_of_several_answers_the_latest_counts(tmp_path: Path) -> None:
    rows = wjx(
        wjx_row(1, submitted="2024/6/3 8:00:00", first="South", second=""),
        wjx_row(2, submitted="2024/6/2 8:00:00", first="North", second=""),
    )
    read = Read(tmp_path, rows)
    assert read.answers is not None
    (twice,) = read.answers.twice
    assert (twice.form_row, twice.earlier) == (2, (3,))
    assert read.added()[0]["choices"] == ("V2",)


def test_what_is_wrong_with_an_answer_that_does_not_count_is_not_told(tmp_path: Path) -> None:
    rows = wjx(
        wjx_row(1, submitted="2024/6/2 8:00:00", first="nowhere"),
        wjx_row(2, submitted="2024/6/3 8:00:00"),
    )
    assert Read(tmp_path, rows).blocking == []


LATER, SAME, EARLIER = "2024/6/5 9:00:00", "2024/6/1 9:05:33", "2024/5/30 9:00:00"


@pytest.mark.parametrize(
    ("submitted", "why", "taken"),
    [(LATER, "later", True), (SAME, "by_hand", False), (EARLIER, "older", False)],
)
def test_a_known_rows_cell_changes_only_for_a_later_answer(
    tmp_path: Path, submitted: str, why: str, taken: bool
) -> None:
    rows = wjx(wjx_row(submitted=submitted, first="South", second="", gender="", interests=""))
    read = Read(tmp_path, rows, children=KNOWN, update=True)
    assert read.answers is not None
    assert read.answers.edit is not None
    found = {d.field: d for d in read.answers.differences}
    assert found["choices"].why == why
    assert (found["choices"].old, found["choices"].new) == (("V1", "V2"), ("V2",))
    assert (found["choices"].cell, found["choices"].form_cell) == ("F2", "M2")
    changes = read.answers.edit.changes.get(2, {})
    assert ("choices" in changes) is taken
    # a row that takes a later answer over is of that answer's time: its standing by the deadline too
    assert ("submitted_at" in changes) is taken


@pytest.mark.parametrize(("submitted", "is_told"), [(LATER, True), (SAME, False), (EARLIER, False)])
def test_a_withdrawn_child_that_answers_since_is_told_and_stays_withdrawn(
    tmp_path: Path, submitted: str, is_told: bool
) -> None:
    header, row, *_ = KNOWN
    rows = wjx(wjx_row(submitted=submitted, gender="", interests=""))
    left = [[*header, "status"], [*row, "withdrawn"]]
    read = Read(tmp_path, rows, children=left, update=True)
    told = [(p.id, p.cell, p.blocking) for p in read.problems if p.id == "form_of_withdrawn"]
    assert told == ([("form_of_withdrawn", "H2", False)] if is_told else [])
    assert read.answers is not None
    assert read.answers.edit is not None
    assert "status" not in read.answers.edit.changes.get(2, {})


def test_a_blank_cell_is_filled_only_with_update_and_a_blank_answer_erases_nothing(tmp_path: Path) -> None:
    rows = wjx(wjx_row(gender="女", guardian="", interests=""))
    plain = Read(tmp_path, rows, children=KNOWN)
    assert plain.answers is not None
    assert plain.answers.edit is not None
    assert [(d.field, d.why) for d in plain.answers.differences] == [("gender", "blank")]
    assert plain.answers.edit.is_empty
    updated = Read(tmp_path, rows, children=KNOWN, update=True)
    assert updated.answers is not None
    assert updated.answers.edit is not None
    assert updated.answers.edit.changes == {2: {"gender": "girl"}}


def test_an_answer_that_says_what_a_blank_means_is_no_difference(tmp_path: Path) -> None:
    header = ["姓名", "出生日期", "同意", "连续"]
    read = Read(tmp_path, [header, ["周宇", "2016-03-04", "是", "固定"]], children=KNOWN)
    assert read.answers is not None
    assert read.answers.same == 1


def test_siblings_by_their_guardians_phone(tmp_path: Path) -> None:
    rows = wjx(
        wjx_row(1, name="李一", born="2016-01-02", guardian="李响", phone="13900000001"),
        wjx_row(2, name="李二", born="2014-01-02", guardian="李响", phone="139-0000-0001"),
        wjx_row(3, name="周星", born="2013-01-02"),
    )
    read = Read(tmp_path, rows, children=KNOWN)
    assert read.answers is not None
    assert [row.get("family") for row in read.added()] == ["F001", "F001", "F002"]
    # 周星 is a sister of K007, which is there: its blank cell is filled with --update like any other
    assert [(d.row, d.field, d.new) for d in read.answers.differences] == [(2, "family", "F002")]
    none = Read(tmp_path, rows, 'family = "none"\n', children=KNOWN)
    assert [row.get("family") for row in none.added()] == [None, None, None]


def test_a_phone_of_many_is_no_family(tmp_path: Path) -> None:
    rows = wjx(*(wjx_row(n, name=f"周{n}号", born=f"2016-01-0{n}") for n in range(1, 8)))
    read = Read(tmp_path, rows)
    assert "form_phone_of_many" in read.ids
    assert all("family" not in row for row in read.added())


def test_a_name_misspelt_is_shown_not_merged(tmp_path: Path) -> None:
    read = Read(tmp_path, wjx(wjx_row(name="周雨", interests="")), children=KNOWN)
    assert "form_looks_like" not in read.ids  # half of the name is another: 0.5 is below the limit
    read = Read(tmp_path, wjx(wjx_row(born="2016-04-03", interests="")), children=KNOWN)
    (problem,) = [p for p in read.problems if p.id == "form_looks_like"]  # day and month swapped
    assert (problem.parameters["who"], problem.parameters["other"]) == ("K010", "K007")
    assert len(read.added()) == 1


def test_a_name_that_stands_twice_in_the_table_is_told(tmp_path: Path) -> None:
    twin = [*KNOWN, ["K011", *KNOWN[1][1:]]]
    read = Read(tmp_path, wjx(wjx_row()), children=twin)
    assert [p.id for p in read.blocking] == ["form_key_ambiguous"]


def test_a_row_of_another_guardian_and_gender_is_asked_about(tmp_path: Path) -> None:
    read = Read(tmp_path, wjx(wjx_row(guardian="马兰", phone="13811111111")), children=KNOWN)
    (problem,) = read.blocking
    assert (problem.id, problem.parameters["id"]) == ("form_same_key_in_table", "K007")


def test_without_a_name_or_a_column_of_names(tmp_path: Path) -> None:
    assert [p.id for p in Read(tmp_path, wjx(wjx_row(name=""))).blocking] == ["form_key_blank"]
    read = Read(tmp_path, [["出生日期", "同意", "联系电话"], ["2016-03-04", "是", "13800000001"]])
    assert [p.id for p in read.blocking] == ["form_key_unasked"]
    read = Read(tmp_path, [["favourite colour"], ["blue"]])
    assert [(p.id, p.cell) for p in read.blocking] == [("form_key_unasked", "1")]


def test_without_a_column_of_consent_that_is_said(tmp_path: Path) -> None:
    read = Read(tmp_path, [["姓名", "出生日期"], ["周宇", "2016-03-04"]])
    assert [(p.id, p.blocking) for p in read.problems] == [("form_column_unasked", False)]


def test_points_are_known_by_child_and_venue(tmp_path: Path) -> None:
    header = ["儿童", "场地", "积分"]
    known: Cells = [["child", "venue", "points"], ["a", "V1", 3]]
    rows: Cells = [[*header], ["An", "North", 5], ["b", "North", 4]]
    read = Read(tmp_path, rows, model=Points, points=known, update=True)
    assert read.answers is not None
    assert read.answers.edit is not None
    assert read.answers.edit.changes == {2: {"points": 5.0}}
    assert read.added() == [{"child": "b", "venue": "V1", "points": 4.0}]


def test_a_table_that_is_not_there_yet(tmp_path: Path) -> None:
    header = ["人员", "开始日期", "结束日期", "状态"]
    read = Read(tmp_path, [header, ["Tang", "2024-07-15", "2024-07-16", "不可以"]], model=Availability)
    assert read.answers is not None
    assert read.answers.edit is not None
    assert read.answers.edit.sheet is None
    assert read.added()[0]["person"] == "t1"


def test_ids_go_on_in_the_tables_pattern() -> None:
    assert next(free_ids("children", ["K007", "K010", "x"])) == "K011"
    assert next(free_ids("children", [])) == "C0001"
    assert next(free_ids("children", ["K007"], "S-100")) == "S-100"
    assert next(free_ids("children", ["K999"])) == "K1000"
    ids = free_ids("children", ["k1", "C0001"], "C0001")
    assert next(ids) == "C0002"
    assert next(free_families(["周家", "F004"])) == "F005"


def test_moments_compare_to_the_minute_where_seconds_are_lost() -> None:
    assert not is_later(datetime(2024, 6, 1, 9, 5, 33), datetime(2024, 6, 1, 9, 5))
    assert is_later(datetime(2024, 6, 1, 9, 5, 33), datetime(2024, 6, 1, 9, 5, 32))
    assert is_later(datetime(2024, 6, 1, 9, 6), datetime(2024, 6, 1, 9, 5, 59))


def test_the_sheet_cells_of_the_tiny_season_are_whole() -> None:
    assert cells("children")[0][0] == "id"
