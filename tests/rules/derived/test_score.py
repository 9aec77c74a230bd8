"""The score told against the score that is."""

from __future__ import annotations

import pytest

from scheduler.domain.plan import Score as Told
from scheduler.rules.derived.score import Score
from tests.rules.staffing_halves import roster, staffed

TRUE = {"fees": Told(amount=80, cost=0.8), "continuity": Told(amount=2, cost=4)}


@pytest.mark.parametrize(
    ("told", "messages"),
    [
        (TRUE, []),
        ({**TRUE, "fees": Told(amount=81, cost=0.8)}, ["false"]),
        ({**TRUE, "fees": Told(amount=80, cost=0.9)}, ["false"]),
        ({"fees": TRUE["fees"]}, ["untold"]),
        ({}, ["untold", "untold"]),
        ({**TRUE, "wishes": Told(amount=1, cost=1)}, ["unknown"]),
    ],
)
def test_compared_with_the_truth(told: dict[str, Told], messages: list[str]) -> None:
    found = Score().compared(roster(score=told), TRUE)
    assert [row.message for row in found] == messages


def test_by_itself_a_rule_knows_only_that_nothing_is_negative() -> None:
    assert list(Score().check(staffed(), roster(score=TRUE))) == []
    negative = roster(score={"fees": Told(amount=-1, cost=0)})
    assert [row.message for row in Score().check(staffed(), negative)] == ["false"]
