"""What is answered, as values of the table; what is not understood is told with the line for the map."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from scheduler.domain.columns import columns_of
from scheduler.domain.tables import Child
from scheduler.readers.form.dates import in_order, order_shown
from scheduler.readers.form.options import parts_of, word_in, yes_or_no
from tests.readers.form.exports import GOOGLE, UGLY, Read, wjx, wjx_row
from tests.readers.on_disk import cells


def test_an_answer_of_wenjuanxing(tmp_path: Path) -> None:
    read = Read(tmp_path, wjx(wjx_row()))
    assert read.added() == [
        {
            "id": "C0001",
            "name": "周宇",
            "gender": "girl",
            "birth_date": date(2016, 3, 4),
            "guardian": "周洁",
            "phone": "13800000001",
            "choices": ("V1", "V2"),  # "A. North（周一至周五）" holds the name of V1
            "interests": ("opera", "ball"),
            "consent": True,
            "submitted_at": datetime(2024, 6, 1, 9, 5, 33),
        }
    ]
    # what was not read letter by letter is said; the blank for 无 as well
    assert read.understood() == {
        ("choices", "A. North(周一至周五)", "V1"),
        ("interests", "Ball(每周两次,室外)", "ball"),
        ("allergies", "无", ""),
        ("consent", "是的,我同意", "yes"),
    }


def test_answers_of_google(tmp_path: Path) -> None:
    first, second = Read(tmp_path, GOOGLE).added()
    assert first["submitted_at"] == datetime(2024, 6, 1, 9, 5, 33)  # the 13th of another row shows the order
    assert first["interests"] == ("ball", "opera")
    assert second["choices"] == ("C1", "V2")


def test_answers_as_people_type_them(tmp_path: Path) -> None:
    first, second, third = Read(tmp_path, UGLY).added()
    assert [row["birth_date"] for row in (first, second, third)] == [
        date(2016, 3, 4),
        date(2016, 5, 6),
        date(2015, 7, 8),
    ]
    assert [row["phone"] for row in (first, second, third)] == ["13800000001", "13800000002", "13800000003"]
    assert [row["choices"] for row in (first, second, third)] == [("V1",), ("V2", "V1"), ("C1",)]
    assert second["gender"] == "boy"
    assert all(row["consent"] is True for row in (first, second, third))


def test_an_unknown_venue_is_told_once_with_its_cells_and_the_line(tmp_path: Path) -> None:
    rows = (wjx_row(n, name=f"周{n}", first="C. 月亮场地") for n in range(1, 4))
    read = Read(tmp_path, wjx(*rows))
    (problem,) = read.blocking
    assert (problem.id, problem.cell, problem.value) == ("form_value_unknown", "M2", "C. 月亮场地")
    assert problem.parameters["cells"] == "M2, M3, M4"
    assert problem.parameters["section"] == "[values.choices]"
    assert problem.parameters["line"] == '"C. 月亮场地" = "…"'
    assert read.answers is not None
    assert read.answers.spoilt == {2, 3, 4}


def test_the_map_translates_words(tmp_path: Path) -> None:
    toml = '[values.choices]\n"C. 月亮场地" = "V2"\n"South" = ""\n[values.consent]\n"是的，我同意" = false\n'
    (child,) = Read(tmp_path, wjx(wjx_row(first="C. 月亮场地")), toml).added()
    assert child["choices"] == ("V2",)
    assert child["consent"] is False


def test_fixed_values_fill_what_the_form_does_not_ask(tmp_path: Path) -> None:
    toml = '[fixed]\nsiblings = "must"\npriority = "First"\nguardian = "nobody"\n'
    (child,) = Read(tmp_path, wjx(wjx_row()), toml).added()
    assert (child["siblings"], child["priority"]) == ("must", "first")
    assert child["guardian"] == "周洁"  # the form's own answer stands


def test_a_fixed_value_that_stands_for_nothing_is_told_of_the_map(tmp_path: Path) -> None:
    toml = '[fixed]\nsiblings = "maybe"\nweeks = ["9"]\n'
    told = [
        (p.id, p.file, p.value, p.parameters["known"]) for p in Read(tmp_path, wjx(wjx_row()), toml).blocking
    ]
    words = "must / 必须; prefer / 希望; indifferent / 无所谓"
    # the one week of the tiny season is 1
    assert told == [("map_fixed", "map.toml", "maybe", words), ("map_fixed", "map.toml", "9", "1")]


def test_an_option_that_could_be_two_venues_is_told(tmp_path: Path) -> None:
    read = Read(tmp_path, wjx(wjx_row(first="North or South, as you like")))
    (problem,) = read.blocking
    assert (problem.id, problem.parameters["ids"]) == ("form_value_ambiguous", "V1, V2")


def test_a_venue_and_its_class_in_one_option_mean_the_class(tmp_path: Path) -> None:
    # where each choice has its own column a comma parts nothing
    assert Read(tmp_path, wjx(wjx_row(first="B. North, class Ant"))).added()[0]["choices"] == ("C1", "V2")


def test_a_comma_within_an_option_parts_nothing_where_only_the_whole_has_a_meaning(tmp_path: Path) -> None:
    header = ["姓名", "出生日期", "同意", "志愿"]
    read = Read(tmp_path, [header, ["周宇", "2016-03-04", "是", "North, near the park"]])
    assert read.added()[0]["choices"] == ("V1",)
    read = Read(tmp_path, [header, ["周宇", "2016-03-04", "是", "South, North"]])
    assert read.added()[0]["choices"] == ("V2", "V1")


def test_of_two_names_one_within_the_other_the_longer_is_meant(tmp_path: Path) -> None:
    venues = cells("venues")
    venues.append(["V3", "North Hall", "community", 39.95, 116.41])
    read = Read(tmp_path, wjx(wjx_row(first="A. North Hall (near the park)")), venues=venues)
    assert read.added()[0]["choices"] == ("V3", "V2")


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("第1周（7月15日—16日）", ("1",)),
        ("第一周", ("1",)),
        ("Week 1", ("1",)),
        ("1", ("1",)),
        ("第1周、第一周", ("1",)),
    ],
)
def test_weeks_are_read_by_their_number(tmp_path: Path, text: str, weeks: tuple[str, ...]) -> None:
    table = [["姓名", "出生日期", "参加哪几周", "同意"], ["周宇", "2016-03-04", text, "是"]]
    assert Read(tmp_path, table).added()[0]["weeks"] == weeks


def test_all_weeks_or_any_venue_is_what_a_blank_means(tmp_path: Path) -> None:
    table = [
        ["姓名", "出生日期", "参加哪几周", "志愿", "同意"],
        ["周宇", "2016-03-04", "全部", "都可以", "是"],
    ]
    read = Read(tmp_path, table)
    assert not {"weeks", "choices"} & set(read.added()[0])
    assert read.understood() == {("weeks", "全部", ""), ("choices", "都可以", "")}


def test_a_week_that_is_not_there_is_told(tmp_path: Path) -> None:
    table = [["姓名", "出生日期", "参加哪几周", "同意"], ["周宇", "2016-03-04", "第11周", "是"]]
    assert [p.cell for p in Read(tmp_path, table).blocking] == ["C2"]


def test_bad_cells_are_all_told_at_once_and_private_ones_without_their_value(tmp_path: Path) -> None:
    rows = wjx(
        wjx_row(1, name="周一", born="2/3/2016", phone="", first="月亮"),
        wjx_row(2, name="周二", consent="看情况"),
        wjx_row(3, name="周三", phone="1.38E+10"),
        wjx_row(4, name="周四", gender="其他"),
    )
    read = Read(tmp_path, rows)
    assert {(p.cell, p.id) for p in read.blocking} == {
        ("J2", "date_ambiguous"),
        ("M2", "form_value_unknown"),  # also of an answer nobody can tell whose it is
        ("Q3", "form_value_no_option"),
        ("L4", "phone_rounded"),
        ("I5", "form_value_no_option"),
    }
    assert next(p.value for p in read.problems if p.cell == "L4") == ""


def test_names_of_friends_are_never_repeated(tmp_path: Path) -> None:
    header = ["姓名", "出生日期", "同意", "好朋友（可以同班）"]
    read = Read(
        tmp_path, [header, ["周宇", "2016-03-04", "是", "An、王明"], ["王明", "2016-04-04", "是", "赵某"]]
    )
    (problem,) = read.blocking
    assert (problem.cell, problem.value) == ("D3", "")
    assert "赵某" not in str(problem.parameters)
    read = Read(
        tmp_path, [header, ["周宇", "2016-03-04", "是", "An、王明"], ["王明", "2016-04-04", "是", ""]]
    )
    assert read.added()[0]["friends"] == ("a", "C0002")  # a child of the table, and one that comes with it


def test_dates_with_the_month_first_are_read_where_the_map_says_so(tmp_path: Path) -> None:
    rows = wjx(wjx_row(born="3/4/2016"))
    assert [p.id for p in Read(tmp_path, rows).blocking if p.id == "date_ambiguous"]
    told = Read(tmp_path, rows, 'dates = "month-day-year"\n')
    assert told.added()[0]["birth_date"] == date(2016, 3, 4)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("2026/06/01 9:05:33 上午 GMT+8", "2026/06/01 上午9:05:33"),
        ("2026-06-01T09:05:33+08:00", "2026-06-01T09:05:33"),
        ("2026-06-01T01:05:33Z", "2026-06-01T01:05:33Z"),  # another zone is told, not moved
    ],
)
def test_moments_of_form_services(text: str, clean: str) -> None:
    assert in_order(text, "") == clean


def test_the_order_of_day_and_month_shows_only_where_it_is_plain() -> None:
    assert order_shown(["6/1/2024", "6/13/2024"]) == "month-day-year"
    assert order_shown(["13/6/2024"]) == "day-month-year"
    assert order_shown(["6/1/2024"]) == ""
    assert order_shown(["6/13/2024", "13/6/2024"]) == ""


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("是的，我同意", True),
        ("我已阅读并同意", True),
        ("A. 同意", True),
        ("I agree to this", True),
        ("不同意", False),
        ("否，以后再说", False),
        ("我不太同意", None),
        ("看情况", None),
        ("I do not agree", None),
    ],
)
def test_sentences_of_consent(text: str, agreed: bool | None) -> None:
    assert yes_or_no(text) is agreed


def test_a_denied_word_is_no_word() -> None:
    column = columns_of(Child)["siblings"]
    assert word_in("希望在一起", column) == "prefer"
    assert word_in("不希望在一起", column) is None
    assert word_in("必须，希望", column) is None


def test_options_are_parted_by_what_joins_them() -> None:
    assert parts_of("A┋B、C┋D", ()) == ["A", "B、C", "D"]
    assert parts_of("A→B", ()) == ["A", "B"]
    assert parts_of("ball (Mon, Tue), opera", ()) == ["ball (Mon, Tue)", "opera"]
    assert parts_of("Read, write, Ball", ["Read, write"]) == ["Read, write", "Ball"]
