"""The flow of children into seats: no plan has more places; some have as many, where nothing else counts."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.door import Limits, Part, Request
from scheduler.solver.placement.build import Task, build_hard
from scheduler.solver.placement.flows import Flows
from scheduler.variables.placement import PlacementVariables
from tests.seasons import season
from tests.tiny.judge import brute, tiny_season

WEEKS = [{"date": "2024-07-08", "week": "1"}, {"date": "2024-07-15", "week": "2"}]
SHIFTS = [{"id": "AM", "start": "08:00", "end": "12:00"}, {"id": "PM", "start": "13:00", "end": "17:00"}]

PRIORITIES = [{"id": id, "name": id, "rank": rank} for rank, id in enumerate(("first", "second", "third"), 1)]


def variables(scenario: Scenario) -> PlacementVariables:
    request = Request(scenario, Rulebook(scenario.settings), Plan(), Limits(workers=1))
    return build_hard(Task(request, frozenset())).x


def given(
    classes: list[dict[str, Any]],
    choices: dict[str, list[str]],
    capacity: int | None = None,
    ranks: dict[str, str] | None = None,
) -> Scenario:
    """Children who want both weeks, and venue V with room for so many at once."""
    return season(
        days=WEEKS,
        shifts=SHIFTS,
        venues=[
            {"id": "V", "name": "V", "mode": "joint", "capacity": capacity},
            {"id": "W", "name": "W", "mode": "joint"},
        ],
        classes=[{"name": row["id"], **row} for row in classes],
        children=[
            {
                "id": id,
                "name": id,
                "birth_date": "2016-01-01",
                "choices": row,
                "priority": (ranks or {}).get(id),
            }
            for id, row in choices.items()
        ],
        priorities=PRIORITIES if ranks else [],
    )


A = {"id": "A", "venue": "V", "capacity": 2}
B = {"id": "B", "venue": "V", "capacity": 2, "shifts": ["PM"]}
C = {"id": "C", "venue": "W", "capacity": 1}
THREE_AND_ONE = {"a": ["V"], "b": ["V"], "c": ["V"], "d": ["W", "V"]}


@pytest.mark.parametrize(
    ("classes", "capacity", "places"),
    [
        ([A, C], None, 6),  # each week two at V, and d at W
        ([A, B, C], None, 8),  # four seats at V
        ([A, B, C], 3, 8),  # three at V and d at W
        ([A, B, C], 2, 6),  # A all day, B in the afternoon: both at once, so two, and d at W
        ([A | {"shifts": ["AM"]}, B, C], 2, 8),  # never both at once: two, and another one, and d at W
        ([A | {"weeks": ["1"]}, C], None, 4),  # three in week 1, d alone in week 2
    ],
)
def test_seats_that_can_be_filled(classes: list[dict[str, Any]], capacity: int | None, places: int) -> None:
    x = variables(given(classes, THREE_AND_ONE, capacity))
    assert Flows(x).most(1) == places


def test_earlier_ranks_alone_take_fewer_seats() -> None:
    # a and b are of rank 1, d of rank 2; c, without a priority, of the last
    ranks = {"a": "first", "b": "first", "d": "second"}
    flows = Flows(variables(given([A, C], THREE_AND_ONE, ranks=ranks)))
    assert [flows.most(rank) for rank in (0, 1, 2, 3)] == [0, 4, 6, 6]


def test_the_fullest_seats_go_by_rank_and_by_choice() -> None:
    # d's own choice leaves V to a and b, who stand before c
    flows = Flows(variables(given([A, C], THREE_AND_ONE, ranks={"a": "first", "b": "first"})))
    seats, counted = flows.fullest()
    assert seats == {
        (child, week): class_ for week in "12" for child, class_ in (("a", "A"), ("b", "A"), ("d", "C"))
    }
    # a and b: a place, two ranks before the last, the first choice; d: a place and the first choice
    assert counted == 2 * (2 * (400 + 2 * 20 - 1) + 400 - 1)


def test_seats_given_stand_and_are_counted() -> None:
    season_ = given([A, C], THREE_AND_ONE)
    kept = Plan.model_validate(
        {
            "placements": [
                {"child": "c", "week": "1", "class": "A", "choice": 1},
                {"child": "d", "week": "1", "class": "A", "choice": 2},
            ]
        }
    )
    request = Request(
        season_, Rulebook(season_.settings), kept, Limits(workers=1), part=Part(weeks=frozenset("2"))
    )
    flows = Flows(build_hard(Task(request, frozenset())).x)
    seats, _ = flows.fullest()
    assert {key for key in seats if key[1] == "1"} == {("c", "1"), ("d", "1")}
    assert flows.most(1) == 2 + 3


@pytest.mark.parametrize("themes", [{}, {"roomy": True}, {"optional": True, "families": True}])
def test_no_plan_places_more(themes: dict[str, bool]) -> None:
    looked_at = equal = 0
    for seed in range(7600, 7640):
        tables = tiny_season(seed, policy="seats", **themes)
        listed = brute(tables)
        if listed.best is None:
            continue
        x = variables(listed.scenario)
        flows = Flows(x)
        most = flows.most(flows.last)
        best = -listed.best[0]
        assert most >= best, f"season {seed}:\n{tables}"
        looked_at, equal = looked_at + 1, equal + (most == best)
    assert looked_at > 15
    assert equal > 0.5 * looked_at


@pytest.mark.parametrize(
    ("least", "placed", "above"),
    [
        ({("A", "1"): 1}, 6, {("A", "1")}),  # one at A and d at W: five in both weeks
        ({("A", "1"): 1}, 5, set()),
        ({("A", "1"): 2}, 6, set()),  # two at A are all there can be
        ({("C", "2"): 0, ("A", "2"): 0}, 6, {("C", "2"), ("A", "2")}),
    ],
)
def test_who_must_be_in_a_class_for_so_many_to_be_placed(
    least: dict[tuple[str, str], int], placed: int, above: set[tuple[str, str]]
) -> None:
    """Each week two at A and d at W, six in both: any seat less is a place less."""
    assert Flows(variables(given([A, C], THREE_AND_ONE))).above(least, placed) == above
