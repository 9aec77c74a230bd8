"""A season too wide for one model: districts, each a season of its own, and what lies across borders."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.door import Contradiction, NoPlanInTime, Request
from scheduler.solver.placement import districts as dividing
from scheduler.solver.placement import divided, solve
from scheduler.solver.placement.build import Task
from scheduler.solver.placement.districts import District, alone, districts
from scheduler.solver.placement.settling import Seats, content
from scheduler.variables.placement import PlacementVariables
from tests.seasons import season
from tests.tiny.judge import LIMITS, divided_faults, tiny_season

NORTH = {"mode": "joint", "latitude": 36.5, "longitude": 117.0}
SOUTH = {"mode": "joint", "latitude": 36.0, "longitude": 117.0}


def two_towns(
    children: list[dict[str, Any]], policy: str = "fair", **tables: list[dict[str, Any]]
) -> Scenario:
    """Venues N1 and N2 in the north, S1 and S2 in the south, two weeks, a class of two at each."""
    venues = [{"id": id, "name": id, **(NORTH if id[0] == "N" else SOUTH)} for id in ("N1", "N2", "S1", "S2")]
    return season(
        {"season": "towns", "policy": policy},
        days=[{"date": "2024-07-08", "week": "1"}, {"date": "2024-07-15", "week": "2"}],
        shifts=[{"id": "AM", "start": "08:00", "end": "12:00"}],
        venues=venues,
        classes=[
            {"id": f"{row['id']}-1", "name": row["id"], "venue": row["id"], "capacity": 2} for row in venues
        ],
        children=[{"name": row["id"], "birth_date": "2016-01-01", **row} for row in children],
        **tables,
    )


def asked(scenario: Scenario) -> Request:
    return Request(scenario, Rulebook(scenario.settings), Plan(policy=scenario.settings.policy), LIMITS)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Districts of two children."""
    monkeypatch.setattr(dividing, "UNDIVIDED", 0)
    monkeypatch.setattr(dividing, "MOST", 2)


FOUR: list[dict[str, Any]] = [
    {"id": "a", "choices": ["N1", "S1"]},
    {"id": "b", "choices": ["N2"]},
    {"id": "c", "choices": ["S1"]},
    {"id": "d", "choices": ["S2", "N1"]},
]
SPREAD: Seats = {("a", "1"): "N1-1", ("b", "1"): "N2-1", ("c", "1"): "S1-1", ("d", "1"): "S2-1"}


@pytest.mark.usefixtures("small")
def test_near_venues_and_those_who_are_mostly_there_are_a_district() -> None:
    found = districts(asked(two_towns(FOUR)), SPREAD)
    assert sorted(map(tuple, map(sorted, (part.venues for part in found)))) == [("N1", "N2"), ("S1", "S2")]
    assert {part.children for part in found} == {frozenset("ab"), frozenset("cd")}


@pytest.mark.usefixtures("small")
def test_a_family_is_not_parted_by_a_border() -> None:
    family = [row | ({"family": "F"} if row["id"] in "bc" else {}) for row in FOUR]
    spread = {**SPREAD, ("b", "2"): "N2-1"}  # two weeks of theirs in the north, one in the south
    found = districts(asked(two_towns(family)), spread)
    assert {"b", "c"} <= next(part.children for part in found if "N2" in part.venues)


@pytest.mark.usefixtures("small")
def test_who_had_a_seat_before_belongs_there() -> None:
    row = {"child": "a", "week": "1", "class": "S1-1", "choice": 2}
    request = replace(asked(two_towns(FOUR)), previous=Plan.model_validate({"placements": [row]}))
    found = districts(request, SPREAD)
    assert "a" in next(part.children for part in found if "S1" in part.venues)


@pytest.mark.usefixtures("small")
def test_a_lock_is_followed_and_locks_to_both_sides_make_one_district() -> None:
    lock = {"kind": "place", "child": "a", "week": "1"}
    south = two_towns(FOUR, locks=[{"id": "L1", "class_": "S1-1", **lock}])
    found = districts(asked(south), SPREAD)
    assert "a" in next(part.children for part in found if "S1" in part.venues)
    both = two_towns(
        FOUR,
        locks=[
            {"id": "L1", "class_": "S1-1", **lock},
            {"id": "L2", "class_": "N1-1", **lock, "week": "2"},
        ],
    )
    assert [len(part.venues) for part in districts(asked(both), SPREAD)] == [4]


def test_a_district_alone_is_a_season_of_its_own() -> None:
    locks = [
        {"id": "L1", "kind": "close", "class_": "S1-1"},
        {"id": "L2", "kind": "keep_out", "child": "c"},
        {"id": "L3", "kind": "keep_out", "child": "a", "class_": "N1-1"},
        {"id": "L4", "kind": "open", "week": "1"},
    ]
    part = District(frozenset({"N1", "N2"}), frozenset("ab"))
    own = alone(asked(two_towns(FOUR, locks=locks)), part).scenario
    assert [row.id for row in own.venues] == ["N1", "N2"]
    assert [row.id for row in own.classes] == ["N1-1", "N2-1"]
    assert [row.id for row in own.children] == ["a", "b"]
    assert [row.id for row in own.locks] == ["L3", "L4"]
    assert own.draws["a"] == two_towns(FOUR).draws["a"]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("policy", ["fair", "seats"])
def test_a_seat_left_across_the_border_is_taken(policy: str) -> None:
    # four in the north wish for N1; whoever finds it full there would go to S1, where a seat is free
    keen = [{"id": f"k{n}", "choices": ["N1", "S1"]} for n in range(4)]
    full = two_towns([*keen, {"id": "s", "choices": ["S2"]}], policy)
    plan = solve(asked(full)).plan
    assert Counter(row.class_ for row in plan.placements) == {"N1-1": 4, "S1-1": 4, "S2-1": 2}
    assert not plan.envy


@pytest.mark.usefixtures("small")
def test_a_seat_across_the_border_falls_to_a_higher_standing() -> None:
    # h stands first and wishes for S1, where two of lower standing are; its own town would have it at N1
    priorities = [{"id": "high", "name": "high", "rank": 1}, {"id": "low", "name": "low", "rank": 2}]
    children = [
        {"id": "h", "choices": ["S1", "N1"], "priority": "high"},
        {"id": "l1", "choices": ["S1"], "priority": "low"},
        {"id": "l2", "choices": ["S1"], "priority": "low"},
    ]
    request = asked(two_towns(children, priorities=priorities))
    found = content(
        divided._everywhere(Task(request, frozenset())),
        {("h", "1"): "N1-1", ("l1", "1"): "S1-1", ("l2", "1"): "S1-1", ("l1", "2"): "S1-1"},
    )
    assert {key for key, class_ in found.items() if class_ == "S1-1"} >= {("h", "1"), ("h", "2")}
    assert ("h", "1") not in {key for key, class_ in found.items() if class_ == "N1-1"}


@pytest.mark.parametrize("policy", ["fair", "seats"])
def test_divided_plans_are_sound_and_their_bounds_hold(policy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    parts, crossed = Counter[bool](), Counter[bool]()

    def cut_and_counted(request: Request, spread: Seats) -> list[District]:
        found = districts(request, spread)
        parts[len(found) > 1] += 1
        return found

    def looked_and_counted(x: PlacementVariables, seats: Seats) -> Seats:
        found = content(x, seats)
        crossed[found != seats] += 1
        return found

    monkeypatch.setattr(f"{divided.__name__}.districts", cut_and_counted)
    monkeypatch.setattr(f"{divided.__name__}.content", looked_and_counted)
    # `python -m tests.tiny A B --divided` tries thousands
    for seed in range(9300, 9316 if policy == "fair" else 9310):
        tables = tiny_season(seed, policy=policy)
        try:
            assert divided_faults(tables, LIMITS) == [], f"season {seed}:\n{tables}"
        except NoPlanInTime:
            continue
    assert parts[True] > 5
    assert crossed[True] > 0 or policy == "seats"  # what is free across a border is seldom left there


@pytest.mark.usefixtures("small")
def test_a_class_locked_open_gets_its_child_from_another_district() -> None:
    # each of the four classes must run in week 1, there are four children, and most like the north best
    keen = [{"id": f"k{n}", "choices": ["N1", "N2", "S1", "S2"]} for n in range(4)]
    full = two_towns(keen, locks=[{"id": "L", "kind": "open", "week": "1"}])
    found = solve(asked(full)).plan
    assert sorted(row.class_ for row in found.placements if row.week == "1") == [
        "N1-1",
        "N2-1",
        "S1-1",
        "S2-1",
    ]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("choices", [["N1"], ["N1", "S1"]])
def test_a_class_locked_open_that_nobody_can_go_to_is_a_contradiction(choices: list[str]) -> None:
    keen = [{"id": f"k{n}", "choices": choices} for n in range(4)]
    locks = [{"id": "L", "kind": "open", "class_": "S2-1", "week": "1"}]
    with pytest.raises(Contradiction) as told:
        solve(asked(two_towns(keen, locks=locks)))
    assert [row.id for row in told.value.rows] == ["L"]


def test_looking_across_borders_may_leave_a_claim_but_no_more_than_there_were() -> None:
    # h could have S1 where two of lower standing are, and k the free seats of N2
    priorities = [{"id": "high", "name": "high", "rank": 1}, {"id": "low", "name": "low", "rank": 2}]
    children: list[dict[str, Any]] = [
        {"id": "h", "choices": ["S1", "N1"], "priority": "high"},
        {"id": "k", "choices": ["N2"], "priority": "low"},
        *({"id": f"l{n}", "choices": ["S1"], "priority": "low"} for n in range(2)),
    ]
    task = Task(asked(two_towns(children, priorities=priorities)), frozenset())
    before = {("h", "1"): "N1-1", ("h", "2"): "N1-1", ("l0", "1"): "S1-1", ("l0", "2"): "S1-1"}
    fewer = before | {("k", "1"): "N2-1", ("k", "2"): "N2-1"}
    assert divided._kept(task, fewer, before) == fewer
    assert divided._kept(task, before, fewer) == fewer
    broken = fewer | {("k", "1"): "S2-1"}
    assert divided._kept(task, broken, before) == before
