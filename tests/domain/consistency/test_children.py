"""Children: ages, wishes, families, points."""

from __future__ import annotations

import pytest

from tests.domain.consistency.told import Changes, changed, found, ids, is_only_worth_a_look
from tests.seasons import TINY, rows, tiny

BLOCKING: list[tuple[str, str, Changes]] = [
    ("birth_in_future", "children", {"a": {"birth_date": "2024-07-16"}}),  # ages count on 15 July
]


@pytest.mark.parametrize(("id", "table", "changes"), BLOCKING)
def test_what_cannot_be_solved_is_refused(id: str, table: str, changes: dict[str, Changes]) -> None:
    problems = found(changed(table, **changes))
    assert id in [problem.id for problem in problems if problem.blocking]


WARNINGS: list[tuple[str, str, Changes]] = [
    ("age_implausible", "children", {"a": {"birth_date": "2021-01-01"}}),  # 3
    ("age_implausible", "children", {"a": {"birth_date": "2007-01-01"}}),  # 17
    ("grade_not_age", "children", {"a": {"grade": 7}}),  # 8 years old
    ("child_withdrawn", "children", {"a": {"status": "withdrawn"}}),
    ("child_without_consent", "children", {"a": {"consent": False}}),
    ("names_itself", "children", {"a": {"friends": ["a"]}}),
    ("names_itself", "children", {"a": {"apart": ["a"]}}),
    ("friends_one_sided", "children", {"a": {"friends": ["b"]}}),
    ("siblings_missing", "children", {"a": {"family": "F1", "siblings": "must"}}),
    ("siblings_no_family", "children", {"a": {"siblings": "must"}}),
    ("siblings_differ", "children", {"a": {"family": "F", "siblings": "must"}, "b": {"family": "F"}}),
    (
        "child_twice",
        "children",
        {"z": {"name": "An", "birth_date": "2016-01-01", "phone": "1"}, "a": {"phone": "1"}},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("id", "table", "changes"), WARNINGS)
def test_what_is_worth_a_look_is_told_and_not_refused(
    id: str, table: str, changes: dict[str, Changes]
) -> None:
    is_only_worth_a_look(id, changed(table, **changes))


def test_no_child_to_place() -> None:
    none = [
        {**row, "consent": False} if row["id"] == "a" else {**row, "status": "withdrawn"}
        for row in TINY["children"]
    ]
    told = [problem for problem in found(tiny(children=none)) if problem.id == "no_child_processed"]
    assert [problem.blocking for problem in told] == [True]
    assert "no_child_processed" not in ids(tiny(children=[*none[:2], TINY["children"][2]]))


def test_a_mutual_wish_is_no_matter() -> None:
    assert ids(changed("children", a={"friends": ["b"]}, b={"friends": ["a"]})) == []


def test_siblings_who_are_found() -> None:
    family = {"family": "F", "siblings": "must"}
    assert ids(changed("children", a=family, b=family)) == []


@pytest.mark.parametrize(
    ("class_", "child", "expected"),
    [
        ({"min_age": 6}, {"birth_date": None}, ["birth_date_needed", "child_fits_nowhere"]),
        ({"max_grade": 6}, {}, ["grade_needed", "child_fits_nowhere"]),
        ({"min_age": 6}, {"birth_date": None, "choices": ["V2"]}, []),  # asked by a class it does not want
        (
            {"min_age": 6},
            {"birth_date": None, "choices": ["C1"]},
            ["birth_date_needed", "child_fits_nowhere"],
        ),
        (
            {"min_age": 6},
            {"birth_date": None, "consent": False},
            ["child_without_consent", "no_child_processed"],
        ),
        ({}, {"birth_date": None}, []),
    ],
)
def test_ages_and_grades_are_needed_where_a_class_asks(
    class_: Changes, child: Changes, expected: list[str]
) -> None:
    # only child a is there, with V1 as its choice; C1 is V1's only class
    children = [row for row in rows("children", a=child) if row["id"] == "a"]
    assert ids(tiny(classes=rows("classes", C1=class_), children=children)) == expected


def test_a_child_without_choices_may_go_anywhere() -> None:
    children = rows("children", a={"birth_date": None, "choices": []})
    problems = found(tiny(classes=rows("classes", C2={"min_age": 6}), children=children))
    # C1 asks for nothing, so that the child fits there; but C2 asks and is open to it
    assert [(problem.id, problem.parameters["class_"]) for problem in problems] == [
        ("birth_date_needed", "C2")
    ]


def test_a_child_that_fits_no_class_is_told_and_waits() -> None:
    # born 2016-01-01: 8 years old
    problems = found(changed("classes", C1={"min_age": 9}, C2={"min_age": 6}))
    # a wants V1 only; b has V2 left; c was born 2015-03-01 and is 9
    told = [(problem.id, problem.parameters["who"], problem.blocking) for problem in problems]
    assert told == [("child_fits_nowhere", "a", False)]


def test_a_class_closed_to_the_employer_is_no_fit() -> None:
    assert ids(changed("venues", V1={"only_for": ["Mine"]})) == ["employer_unknown", "child_fits_nowhere"]


POINTS = [{"child": "a", "venue": "V1", "points": 3}]


def test_points_for_some_applicants_only() -> None:
    # a has points at V1; b (V1, V2) and c (C1, C2) want it too
    (problem,) = found(tiny(points=POINTS))
    assert (problem.id, problem.blocking) == ("points_missing", True)
    assert (problem.parameters["number"], problem.parameters["ids"]) == (2, "b, c")


@pytest.mark.parametrize(
    "settings", [{"points_missing": "rank"}, {"points_missing": "last"}, {"policy": "seats"}]
)
def test_points_for_some_where_the_settings_say_what_that_means(settings: Changes) -> None:
    assert ids(tiny({"season": "x", **settings}, points=POINTS)) == []


def test_points_for_all_applicants() -> None:
    everybody = [{"child": child, "venue": "V1", "points": 3} for child in "abc"]
    assert ids(tiny(points=everybody)) == []


def test_a_child_whose_weeks_hold_no_class_of_its_own_is_told() -> None:
    # a wants week 1 alone, V1's class is held in week 2 only; b has V2 left
    days = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]
    children = rows("children", a={"weeks": ["1"]}, b={"weeks": ["1"]})
    problems = found(tiny(days=days, classes=rows("classes", C1={"weeks": ["2"]}), children=children))
    told = [(problem.id, problem.parameters["who"], problem.blocking) for problem in problems]
    assert told == [("child_weeks_nowhere", "a", False)]


@pytest.mark.parametrize(
    ("choices", "told"),
    [
        (["V1", "V2"], []),  # both can go to V1
        (["V2"], ["siblings_no_venue"]),  # a to V1, b to V2: never together
    ],
)
def test_siblings_without_a_venue_for_all_are_told(choices: list[str], told: list[str]) -> None:
    must = {"family": "F", "siblings": "must"}
    children = rows("children", a=must, b={**must, "choices": choices})
    assert [problem.id for problem in found(tiny(children=children))] == told


def test_siblings_who_want_other_weeks_are_in_no_ones_way() -> None:
    days = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]
    must = {"family": "F", "siblings": "must"}
    apart = {"a": {**must, "weeks": ["1"]}, "b": {**must, "weeks": ["2"], "choices": ["V2"]}}
    assert found(tiny(days=days, children=rows("children", **apart))) == []
