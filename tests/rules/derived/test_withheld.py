"""What is withheld could be held, and is not."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked
from tests.seasons import placed, plan, tiny


@pytest.mark.parametrize(
    ("withheld", "amount"),
    [
        ([], 0),
        (["C2"], 0),  # it could be held, and nobody is in it
        (["C1"], 1),  # a is in it
        (["C9"], 1),  # there is no such class
        (["C2", "C2"], 1),  # written twice
    ],
)
def test_withheld(withheld: list[str], amount: int) -> None:
    rows = [{"class": class_, "week": "1"} for class_ in withheld]
    assert checked("withheld", tiny(), plan(placements=placed("a@C1"), withheld=rows)) == amount


def test_a_class_that_runs_empty_is_not_withheld() -> None:
    row = {"class": "C2", "week": "1"}
    assert checked("withheld", tiny(), plan(open_classes=[row], withheld=[row])) == 1


def test_a_class_that_is_closed_all_week_cannot_be_withheld() -> None:
    closed = [{"venue": "V2", "from_": "2024-07-15", "to": "2024-07-16"}]
    candidate = plan(withheld=[{"class": "C2", "week": "1"}])
    assert checked("withheld", tiny(closures=closed), candidate) == 1
