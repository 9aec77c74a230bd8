"""References: kinds, bare ids and names, posts; and what is told about those that mean nothing."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.explainer import Ref, UnknownRef, resolve
from tests.seasons import rows, tiny


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("child:a", Ref("child", "a")),
        ("class:C1", Ref("class", "C1")),
        ("person:t1", Ref("person", "t1")),
        ("venue:V1", Ref("venue", "V1")),
        ("course:opera", Ref("course", "opera")),
        ("child:Chen", Ref("child", "c")),  # a name after a kind
        ("C2", Ref("class", "C2")),  # a bare id
        ("Song", Ref("person", "s1")),  # a bare name
        (" song ", Ref("person", "s1")),  # names are found whatever their case
        ("all", Ref("all")),
    ],
)
def test_a_reference_means_one_row(asked: str, meant: Ref) -> None:
    assert resolve(tiny(), asked) == meant


def test_a_post_names_class_date_shift_and_role() -> None:
    ref = resolve(tiny(), "post:C1/2024-07-15/AM/homeroom")
    assert ref == Ref("post", "C1", date(2024, 7, 15), "AM", "homeroom")
    assert str(ref) == "post:C1/2024-07-15/AM/homeroom"


def test_a_role_may_be_written_as_in_the_staff_table() -> None:
    assert resolve(tiny(), "post:C1/2024-07-15/AM/班主任").role == "homeroom"
    assert resolve(tiny(), "post:V1/2024-07-15/AM/场地负责人").role == "site"


def test_a_venue_stands_for_its_site_posts() -> None:
    assert resolve(tiny(), "post:V1/2024-07-15/AM/site").id == "V1"


@pytest.mark.parametrize(
    ("asked", "reason", "part"),
    [
        ("post:C1/2024-07-15/AM", "post", "C1/2024-07-15/AM"),  # no role
        ("post:C1/15.7./AM/homeroom", "post", "15.7."),
        ("post:C1/2024-08-30/AM/homeroom", "day", "2024-08-30"),  # no day of the season
        ("post:C1/2024-07-15/NIGHT/homeroom", "shift", "NIGHT"),
        ("post:C1/2024-07-15/AM/cook", "role", "cook"),
        ("post:C9/2024-07-15/AM/homeroom", "unknown", "C9"),
        ("child:C1", "unknown", "C1"),  # a class is no child
        ("zzz", "unknown", "zzz"),
    ],
)
def test_what_means_nothing_is_told(asked: str, reason: str, part: str) -> None:
    with pytest.raises(UnknownRef) as error:
        resolve(tiny(), asked)
    assert (error.value.reason, error.value.part) == (reason, part)


def test_near_matches_are_offered() -> None:
    with pytest.raises(UnknownRef) as error:
        resolve(tiny(), "oprea")
    assert error.value.candidates[0] == "course:opera"


def test_a_name_borne_twice_is_ambiguous() -> None:
    season = tiny(children=rows("children", d={"name": "Bo"}))
    with pytest.raises(UnknownRef) as error:
        resolve(season, "Bo")
    assert error.value.reason == "ambiguous"
    assert set(error.value.candidates) == {"child:b", "child:d"}


def test_an_id_borne_in_two_tables_is_ambiguous_until_its_kind_is_named() -> None:
    season = tiny(children=rows("children", t1={"name": "Dan"}))
    with pytest.raises(UnknownRef) as error:
        resolve(season, "t1")
    assert set(error.value.candidates) == {"child:t1", "person:t1"}
    assert resolve(season, "child:t1") == Ref("child", "t1")


def test_the_exception_holds_no_name_of_a_child() -> None:
    with pytest.raises(UnknownRef) as error:
        resolve(tiny(), "Chenn")
    assert error.value.candidates == ("child:c",)
    assert "Chen" not in str(error.value)


@pytest.mark.parametrize("asked", ["c1", "Ｃ１", "class:c1", "class:Ｃ１"])
def test_an_id_typed_in_other_case_or_width_is_meant(asked: str) -> None:
    assert resolve(tiny(), asked) == Ref("class", "C1")


@pytest.mark.parametrize("asked", ["", " ", "child:", "post: "])
def test_nothing_named_is_no_row(asked: str) -> None:
    with pytest.raises(UnknownRef) as error:
        resolve(tiny(), asked)
    assert error.value.reason == "nothing"
