"""References and changes with the names that they stand for."""

from __future__ import annotations

import pytest

from scheduler.locale import catalogue
from scheduler.rules import Violation
from scheduler.rules.wording import Wording
from tests.seasons import tiny


@pytest.mark.parametrize(
    ("ref", "told"),
    [
        ("person:s1", "person:s1（Song）"),
        ("child:c/1", "child:c（Chen） 1"),
        ("person:s1/2024-07-15/AM", "person:s1（Song） 2024-07-15 AM"),
        ("day:2024-07-15/AM", "day:2024-07-15/AM"),  # nothing that has a name
        ("person:nobody/1", "person:nobody/1"),
    ],
)
def test_a_reference_is_told_with_its_name(ref: str, told: str) -> None:
    assert Wording(catalogue("zh"), tiny()).ref(ref) == told


def test_an_id_may_hold_a_slash() -> None:
    classes = [{"id": "3/1", "name": "Ant", "venue": "V1", "capacity": 2}]
    assert Wording(catalogue("en"), tiny(classes=classes)).ref("class:3/1/2024-07-15") == (
        "class:3/1 (Ant) 2024-07-15"
    )


def test_what_was_decided_is_told_with_names() -> None:
    wording = Wording(catalogue("en"), tiny())
    assert wording.decided("C2/volunteer") == "C2 (Bee)/volunteer"
    assert wording.decided("opera/s1/-") == "opera (Opera)/s1 (Song)/-"


def test_without_a_season_ids_stay_alone() -> None:
    assert Wording(catalogue("en")).ref("person:s1/2024-07-15/AM") == "person:s1/2024-07-15/AM"


def test_no_blank_stands_beside_wide_punctuation() -> None:
    found = Violation(
        "course_limits", 1, "broken", {"class_": "C2", "course": "opera", "week": "1", "number": 2, "most": 1}
    )
    told = Wording(catalogue("zh"), tiny()).violation(found)
    assert "C2（Bee）在" in told
    assert " （" not in told
    assert "） " not in told
