"""Why who waits has no claim, one case a reason; the reasons of whole random seasons are counted over by the
published script (tests/exporters/test_draw.py)."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.claims import envy, waiting
from scheduler.domain.refusals import Refusal, Refusals, Witness
from tests.seasons import placed, plan, rows, tiny

TWO_WEEKS = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]


def refusal(seat: str, seats: tuple[str, ...], **tables: Any) -> Refusal:  # noqa: ANN401
    """Why a child waits for `child@class/week` in the tiny season with these seats."""
    scenario = tiny(**tables)
    found = plan(placements=placed(*seats))
    found = found.with_(waitlist=waiting(scenario, found), envy=envy(scenario, found))
    (child, _, place), waits = seat.partition("@"), {(r.child, r.class_, r.week) for r in found.waitlist}
    class_, _, week = place.partition("/")
    assert (child, class_, week) in waits
    return Refusals(scenario, found).of(child, week, class_)


def full(class_: str, week: str, asks: int = 1) -> Witness:
    return Witness("full", class_, week, ((class_, asks),))


def test_a_class_full_of_those_who_need_not_give_way() -> None:
    # a stands first; c has the same rank as b
    assert refusal("b@C1/1", ("a@C1/1", "c@C1/1")) == Refusal("full", (full("C1", "1"),))


def test_a_venue_full_although_its_class_is_not() -> None:
    tables = {"venues": rows("venues", V1={"capacity": 1})}
    found = refusal("b@C1/1", ("a@C1/1",), **tables)
    assert found == Refusal("venue", (Witness("venue", "V1", "1", (("C1", 1),)),))


def test_a_class_that_needs_the_child_keeps_it() -> None:
    # C2 is optional and runs with just b and c; b would rather be at V1, where there is room
    tables = {
        "classes": rows("classes", C2={"optional": True, "min_children": 2}),
        "children": rows("children", a={"choices": []}),
    }
    found = refusal("b@C1/1", ("b@C2/1", "c@C2/1"), **tables)
    assert found == Refusal("needed", (Witness("needed", "C2", "1", (("C2", 0),)),))


def test_a_stay_is_blocked_by_its_other_week() -> None:
    # b stays at South for two weeks; at North week 1 has room, week 2 has none
    tables = {"days": TWO_WEEKS, "children": rows("children", c={"weeks": ["2"]}, a={"weeks": ["2"]})}
    seats = ("b@C2/1", "b@C2/2", "a@C1/2", "c@C1/2")
    assert refusal("b@C1/1", seats, **tables) == Refusal("together", (full("C1", "2"),))
    assert refusal("b@C1/2", seats, **tables) == Refusal("full", (full("C1", "2"),))


def test_siblings_ask_for_two_seats_at_once() -> None:
    # a holds one seat of two: enough for b alone, not for b and c
    children = rows("children", b={"family": "F", "siblings": "must", "choices": ["V1"]}, c={"family": "F"})
    found = refusal("b@C1/1", ("a@C1/1",), children=children)
    assert found == Refusal("together", (full("C1", "1", asks=2),))


@pytest.mark.parametrize(
    ("ground", "seat", "seats", "tables"),
    [
        ("closed", "b@C2/1", (), {"classes": rows("classes", C2={"optional": True, "min_children": 2})}),
        (
            "by_hand",
            "b@C1/2",
            ("b@C2/1",),
            {
                "days": TWO_WEEKS,
                "children": rows("children", b={"stay": "weeks"}),
                "locks": [{"id": "L", "kind": "place", "child": "b", "class_": "C2", "week": "1"}],
            },
        ),
        ("claim", "a@C1/1", ("b@C1/1", "c@C1/1"), {}),
        ("other", "b@C1/1", ("a@C1/1",), {"children": rows("children", b={"apart": ["a"]})}),
    ],
)
def test_reasons_that_need_no_counting(
    ground: str, seat: str, seats: tuple[str, ...], tables: dict[str, Any]
) -> None:
    assert refusal(seat, seats, **tables).ground == ground
