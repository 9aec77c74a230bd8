"""Units, and what they prefer."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from scheduler.domain.units import compare, families, prefers, sibling_wish, units, worth
from tests.seasons import rows, tiny

DAYS = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]


def family(**wishes: str) -> Scenario:
    """a, b and c are siblings with these wishes."""
    return tiny(children=rows("children", **{c: {"family": "F", "siblings": w} for c, w in wishes.items()}))


def test_the_strictest_wish_of_a_family_holds() -> None:
    season = family(a="indifferent", b="must", c="prefer")
    assert sibling_wish(season, families(season)["F"]) == "must"
    assert [unit.members for unit in units(season)] == [("a", "b", "c")]


def test_without_must_every_child_is_a_unit() -> None:
    assert [unit.members for unit in units(family(a="prefer", b="prefer"))] == [("a",), ("b",), ("c",)]


def test_who_withdrew_binds_nobody() -> None:
    children = rows(
        "children", a={"family": "F", "siblings": "must", "status": "withdrawn"}, b={"family": "F"}
    )
    assert [unit.members for unit in units(tiny(children=children))] == [("b",), ("c",)]


@pytest.mark.parametrize(
    ("stay", "old", "new", "verdict"),
    [
        # c has C1 (first choice) and C2 (second)
        ("steady", {}, {"1": "C2"}, 1),  # anything above nothing
        ("steady", {"1": "C1"}, {"1": "C2", "2": "C2"}, 1),  # more weeks before better choices
        ("steady", {"1": "C2"}, {"1": "C1"}, 1),
        ("steady", {"1": "C1"}, {"2": "C1"}, 0),
        ("whole", {"1": "C1", "2": "C1"}, {"1": "C2", "2": "C2"}, -1),
        ("weeks", {"1": "C1"}, {"1": "C2", "2": "C2"}, None),  # worse in one week, better in another
        ("weeks", {"1": "C2"}, {"1": "C1"}, 1),
        ("weeks", {"1": "C2"}, {"2": "C1"}, None),
    ],
)
def test_preferences(stay: str, old: dict[str, str], new: dict[str, str], verdict: int | None) -> None:
    season = tiny(days=DAYS, children=rows("children", c={"stay": stay}))
    assert compare(worth(season, "c", old), worth(season, "c", new)) == verdict


def test_without_choices_only_a_place_above_none() -> None:
    season = tiny(children=rows("children", c={"choices": []}))
    assert compare(worth(season, "c", {"1": "C2"}), worth(season, "c", {"1": "C1"})) == 0
    assert compare(worth(season, "c", {}), worth(season, "c", {"1": "C1"})) == 1


def test_a_unit_prefers_what_hurts_no_member_and_helps_one() -> None:
    nothing, second, first = ((0, 0),), ((1, -2),), ((1, -1),)
    assert prefers((second, second), (first, second))
    assert not prefers((second, second), (first, nothing))
    assert not prefers((second, second), (second, second))
