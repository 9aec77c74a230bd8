"""What a class-week asks of the adults before anybody is placed."""

from __future__ import annotations

import pytest

from scheduler.domain.demand import Ask
from scheduler.domain.reserve import Reserve, most_of_disjoint, needed
from tests.seasons import rows, tiny


@pytest.mark.parametrize(
    ("asked", "share", "least"),
    [
        (0, 0.75, 0),
        (1, 0.75, 0),  # one gap closes no class
        (2, 0.75, 1),
        (4, 0.75, 3),
        (60, 0.75, 45),
        (60, 1, 59),
    ],
)
def test_adult_shifts_needed(asked: int, share: float, least: float) -> None:
    assert needed(asked, share) == least


def test_asks_of_the_same_people_count_once() -> None:
    def ask(number: int, *roles: str) -> Ask:
        return Ask("n", number, roles, "", "must")  # type: ignore[arg-type]

    home, life, either = ask(1, "homeroom"), ask(1, "life"), ask(2, "homeroom", "life")
    assert most_of_disjoint([]) == ()
    # one teacher and one life teacher are the two of either role
    assert most_of_disjoint([home, life, either]) == ((("homeroom",), 1), (("life",), 1))
    # three of either role are more than one and one
    assert most_of_disjoint([home, life, ask(3, "homeroom", "life")]) == ((("homeroom", "life"), 3),)


def test_fewest_children_are_reckoned_with() -> None:
    ratio = [{"id": "r", "children_per_adult": 5, "strength": "must"}]
    of = {
        fewest: Reserve(tiny(needs=ratio, classes=rows("classes", C1={"min_children": fewest})))
        for fewest in (0, 6)
    }
    asked = {
        fewest: {n for asks in r.class_asks("C1", "1").values() for _, n in asks} for fewest, r in of.items()
    }
    assert asked == {0: {1}, 6: {2}}


def test_a_class_closed_by_hand_is_no_question() -> None:
    closing = [{"id": "L", "kind": "close", "class_": "C1"}]
    assert set(Reserve(tiny(locks=closing)).candidates) == {("C2", "1")}
