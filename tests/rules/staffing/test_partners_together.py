"""v1 and v2 name each other; v3 names v1, who does not name v3."""

from __future__ import annotations

from tests.rules.staffing_halves import people, roster, staffed, try_out

SCENARIO = staffed(
    staff=people(v1={"partners": ["v2"]}, v2={"partners": ["v1"]}, v3={"partners": ["v1"]}),
    classes=[
        {"id": "C1", "name": "Ant", "venue": "V1", "capacity": 2},
        {"id": "C2", "name": "Bee", "venue": "V2", "capacity": 2},
        {"id": "C3", "name": "Cat", "venue": "V1", "capacity": 2},
    ],
)


def test_together_in_a_class_or_at_the_venue() -> None:
    try_out("partners_together", SCENARIO, roster("v1 C1 15 AM", "v2 C1 15 AM", "t1 C2 15 AM"), 0)
    seats = [
        {"child": child, "class": class_, "week": "1", "choice": 1}
        for child, class_ in (("a", "C1"), ("b", "C3"))
    ]
    given = roster("v1 C1 15 AM", "v2 C3 15 AM", placements=seats)
    try_out("partners_together", SCENARIO, given, 0)


def test_alone() -> None:
    try_out("partners_together", SCENARIO, roster("v1 C1 15 AM"), 1)


def test_apart() -> None:
    try_out("partners_together", SCENARIO, roster("v1 C1 15 AM", "v2 C2 15 AM"), 2)


def test_only_who_named_a_partner_counts() -> None:
    try_out("partners_together", SCENARIO, roster("v1 C1 15 AM", "v3 C1 15 AM"), 1)  # v1 lacks v2
