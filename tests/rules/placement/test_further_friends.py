"""More than one friend is better still, but never at the price of anybody's first."""

from __future__ import annotations

import pytest

from scheduler.domain.plan import Plan
from scheduler.rules import BY_ID, Rulebook
from scheduler.solver.door import Limits, Request
from scheduler.solver.placement import solve
from tests.rules.placement_halves import checked, reckoned
from tests.seasons import placed, plan, rows, tiny

SEASON = tiny(
    classes=rows("classes", C1={"capacity": 3}),
    children=rows("children", a={"friends": ["b", "c"]}, b={"friends": ["a"]}, c={"friends": ["a", "b"]}),
)


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        (("a@C1",), 0),  # no friend is placed
        (("a@C1", "b@C1", "c@C2"), 1),  # a has b, but c too is its friend
        (("a@C1", "b@C2", "c@C2"), 2),  # a has neither
        (("b@C1", "c@C2"), 0),  # b does not call c a friend
        (("a@C1", "b@C1", "c@C1"), 0),  # all together
    ],
)
def test_further_friends(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("further_friends", SEASON, candidate) == amount
    assert reckoned("further_friends", SEASON, candidate) == amount


def test_everybody_has_one_before_anybody_has_two() -> None:
    """Six children and two classes of three at one venue: a, b, c all friends, and d with c alone. With a, b,
    c together d is alone (three pairs kept of four); with c and d in one class and a and b in the other
    nobody is (two pairs kept)."""
    friends = {"a": ["b", "c"], "b": ["a", "c"], "c": ["a", "b", "d"], "d": ["c"]}
    scenario = tiny(
        classes=[{"id": c, "name": c, "venue": "V1", "capacity": 3} for c in ("C1", "C2")],
        children=[
            {"id": c, "name": c, "birth_date": "2016-01-01", "choices": ["V1"], "friends": friends.get(c, [])}
            for c in "abcdef"
        ],
    )
    limits = Limits(seconds=20, workers=1, reproducible=True)
    found = solve(Request(scenario, Rulebook(scenario.settings), Plan(), limits)).plan
    groups = {frozenset(found.children_in(c, "1")) for c in ("C1", "C2")}
    assert {frozenset(group & set("abcd")) for group in groups} == {frozenset("ab"), frozenset("cd")}


def test_a_first_friend_outweighs_what_one_move_can_gain() -> None:
    first, further = BY_ID["friends_together"].weight, BY_ID["further_friends"].weight
    assert first >= 30 * further
