"""Children who want to stay at one venue do."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, possible
from tests.seasons import placed, plan, rows, tiny

WEEKS = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]

SEASON = tiny(
    days=WEEKS, children=rows("children", a={"choices": ["V1", "V2"], "stay": "whole"}, c={"stay": "weeks"})
)


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        (("a@C1/1", "a@C1/2", "b@C1/1"), 0),  # all of whole, one of steady
        (("c@C1/1", "c@C2/2"), 0),  # weeks may change
        (("b@C1/1", "b@C2/2"), 1),  # steady at two venues
        (("a@C1/1", "b@C1/1", "b@C2/2"), 2),  # whole without its second week as well
    ],
)
def test_stay_kept(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("stay_kept", SEASON, candidate) == amount
    assert possible("stay_kept", SEASON, candidate) is (amount == 0)


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        (("b@C1/1", "b@C1/2"), 0),
        (("b@C1/1", "b@C2/2"), 1),  # steady stays where it was
        (("a@C1/1",), 0),  # of whole the weeks to come count: none
        (("a@C1/1", "a@C1/2", "a@C1/3"), 0),  # or all
        (("a@C1/1", "a@C1/2"), 1),
        (("a@C1/2", "a@C1/3"), 0),  # who came in the second week
        (("a@C1/2",), 1),
    ],
)
def test_weeks_begun_are_what_they_are(seats: tuple[str, ...], amount: int) -> None:
    season = tiny(
        days=[*WEEKS, {"date": "2024-07-29", "week": "3"}],
        children=rows("children", a={"choices": ["V1", "V2"], "stay": "whole"}),
    )
    assert checked("stay_kept", season, plan(placements=placed(*seats), as_of="2024-07-16")) == amount


def test_who_was_at_two_venues_before_is_at_one_from_now_on() -> None:
    days = [{"date": f"2024-07-{day:02}", "week": str(i)} for i, day in enumerate((1, 8, 15, 22), 1)]
    season = tiny(days=days)
    was = ("b@C1/1", "b@C2/2")
    ahead = plan(placements=placed(*was, "b@C1/3", "b@C1/4"), as_of="2024-07-09")
    assert checked("stay_kept", season, ahead) == 0
    parted = plan(placements=placed(*was, "b@C1/3", "b@C2/4"), as_of="2024-07-09")
    assert checked("stay_kept", season, parted) == 1
