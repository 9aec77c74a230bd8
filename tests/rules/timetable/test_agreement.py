"""Both halves agree on every plan of a season so small that all its plans can be listed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import HARD, SOFT, Mathematics, day_plan, zoo
from tests.seasons import placed, rows, tiny

ONE_DAY = [{"date": "2024-07-15", "week": "1"}]
TWO_PERIODS = [
    {"id": "P1", "start": "08:30", "end": "09:30", "shift": "AM"},
    {"id": "P2", "start": "09:45", "end": "10:45", "shift": "AM"},
]
INTERESTED = rows("children", a={"interests": ["opera", "ball"]}, c={"interests": ["ball"]})
COLLEAGUE = {
    "name": "Su",
    "kind": "teacher",
    "roles": ["specialist"],
    "courses": ["opera", "ball"],
    "cleared_until": "2030-01-01",
}


def of_two_periods(first: list[str], second: list[str]) -> Iterator[tuple[str, ...]]:
    """At most one session of each period."""
    yield from (tuple(x for x in pair if x) for pair in product(["", *first], ["", *second]))


def everything(
    scenario: Scenario, c1: tuple[list[str], list[str]], c2: tuple[list[str], list[str]], away: list[str]
) -> tuple[int, int]:
    """Compare the halves on all plans; the numbers of plans and of those that break no rule."""
    placements = placed("a@C1", "b@C1", "c@C2")
    mathematics = Mathematics(scenario, day_plan(placements=placements))
    plans = fine = 0
    for one, other, trip in product(of_two_periods(*c1), of_two_periods(*c2), ["", *away]):
        plan = day_plan(*one, *other, away=(trip,) if trip else (), placements=placements)
        said = mathematics.about(plan)
        broken = {rule.id() for rule in HARD if any(rule.check(scenario, plan))}
        assert said.feasible == (not broken), (one, other, trip, broken)
        if said.feasible:
            assert dict(said.amounts) == _amounts(scenario, plan), (one, other, trip)
        plans += 1
        fine += said.feasible
    return plans, fine


def _amounts(scenario: Scenario, plan: Plan) -> dict[str, int]:
    return {rule.id(): sum(found.amount for found in rule.check(scenario, plan)) for rule in SOFT}


def test_two_venues_kits_ways_and_a_trip() -> None:
    scenario = tiny(
        days=ONE_DAY,
        periods=TWO_PERIODS,
        shifts=[{"id": "AM", "start": "08:00", "end": "12:00"}],
        children=INTERESTED,
        courses=rows("courses", opera={"min_per_week": 1}, ball={"teacher": True, "kits": 1}),
        staff=rows("staff", s1={"fee_per_session": 60, "courses": ["opera", "ball"]}, s2=COLLEAGUE),
        trips=zoo(dates=["2024-07-15"], children_per_day=2, buses=1, seats_per_bus=2),
    )

    def options(class_: str, period: str) -> list[str]:
        taught = [f"{course} {teacher}" for course in ("opera", "ball") for teacher in ("s1", "s2")]
        return [f"{class_} 15 {period} {lesson}" for lesson in taught]

    plans, fine = everything(
        scenario,
        (options("C1", "P1"), options("C1", "P2")),
        (options("C2", "P1"), options("C2", "P2")),
        ["C1 15 zoo 1/2/0", "C2 15 zoo 1/1/0"],
    )
    assert plans == 25 * 25 * 3
    # neither half may say no to nearly everything, or yes
    assert 100 < fine < plans / 2


@pytest.mark.parametrize(
    ("joint", "c1", "c2"),
    [
        # the three children of both classes may share, in R3 or in the hall, not in R1 with its two places
        (3, ["s1 R1", "s1 R3", "s2 H"], ["s1 R3", "s2 R3", "s2 H"]),
        (2, ["s1 R1", "s2 R1"], ["s1 R3", "s2 R3"]),  # they may not, and so stay at home
    ],
)
def test_one_venue_rooms_and_joint_sessions(joint: int, c1: list[str], c2: list[str]) -> None:
    """Rooms are tried as the solver offers them: it moves no class out of its home room for nothing."""
    scenario = tiny(
        days=ONE_DAY,
        periods=TWO_PERIODS,
        shifts=[{"id": "AM", "start": "08:00", "end": "12:00"}],
        children=INTERESTED,
        rooms=[
            {"id": "R1", "venue": "V1", "capacity": 2},
            {"id": "R3", "venue": "V1", "capacity": 3},
            {"id": "H", "venue": "V1", "capacity": 9, "features": ["stage"]},
        ],
        classes=rows("classes", C2={"venue": "V1", "room": "R3"}),
        courses=rows(
            "courses",
            opera={"room_feature": "stage", "max_per_week": 2},
            ball={"joint": joint, "teacher": True, "length": 2},
        ),
        staff=rows("staff", s1={"courses": ["opera", "ball"], "max_sessions_per_day": 2}, s2=COLLEAGUE),
    )

    def options(class_: str, period: str) -> list[str]:
        lessons = ["opera s1 H", "opera s2 H", *(f"ball {x}" for x in (c1 if class_ == "C1" else c2))]
        return [f"{class_} 15 {period} {lesson}" for lesson in lessons]

    plans, fine = everything(
        scenario,
        (options("C1", "P1"), options("C1", "P2")),
        (options("C2", "P1"), options("C2", "P2")),
        [],
    )
    assert plans == (3 + len(c1)) ** 2 * (3 + len(c2)) ** 2
    assert 20 < fine < plans / 2
