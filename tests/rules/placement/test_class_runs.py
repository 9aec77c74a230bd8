"""Who is placed is in a class that runs, and a class runs where it can be held."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, possible
from tests.seasons import placed, plan, rows, tiny

WEEKS = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]

CLOSURES = [{"class_": "C2", "from_": "2024-07-22", "to": "2024-07-26"}]
SEASON = tiny(
    days=WEEKS,
    classes=rows("classes", C1={"weeks": ["1"]}),
    closures=CLOSURES,
)


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        (("a@C1/1",), 0),  # offered
        (("b@C2/1",), 0),  # not closed yet
        (("a@C1/2",), 1),  # not offered
        (("a@C1/2", "b@C2/2", "c@C2/2"), 3),  # nor open all the week
    ],
)
def test_class_runs(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("class_runs", SEASON, candidate) == amount
    assert possible("class_runs", SEASON, candidate) is (amount == 0)


def test_a_class_not_said_to_run_holds_nobody() -> None:
    candidate = plan(placements=placed("a@C1", "b@C2"), open_classes=[{"class": "C2", "week": "1"}])
    assert checked("class_runs", SEASON, candidate) == 1


def test_an_unknown_class_is_told() -> None:
    assert checked("class_runs", SEASON, plan(placements=placed("a@C9"))) == 1


def test_a_lock_into_a_class_that_is_closed_contradicts_the_closure() -> None:
    locks = [{"id": "L", "kind": "place", "child": "b", "class_": "C2", "week": "2"}]
    locked = tiny(days=WEEKS, closures=CLOSURES, locks=locks)
    assert not possible("class_runs", locked, plan(placements=placed("b@C2/2")))
