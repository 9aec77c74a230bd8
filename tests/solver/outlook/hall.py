"""A season of one hall, so small that the answer of the outlook is plain."""

from __future__ import annotations

from typing import Any

from scheduler.domain.outlook import Gain, Outlook
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.door import Limits, Request
from scheduler.solver.outlook import outlook
from scheduler.solver.placement import solve
from tests.seasons import season

TWO_WEEKS = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]


ONE_WEEK = TWO_WEEKS[:1]


LIMITS = Limits(seconds=30, workers=1)


SHIFTS = [{"id": "AM", "start": "08:00", "end": "12:00"}]


def kids(number: int, **more: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - columns of the table
    """So many children who name V1."""
    return [{"id": f"k{i:02}", "name": f"Kid {i}", "choices": ["V1"], **more} for i in range(number)]


def hall(policy: str = "seats", **tables: Any) -> Scenario:  # noqa: ANN401 - the tables' rows
    """One venue, V1, with one class of five seats, unless told otherwise."""
    given: dict[str, Any] = {
        "days": ONE_WEEK,
        "shifts": SHIFTS,
        "venues": [{"id": "V1", "name": "North", "mode": "community"}],
        "classes": [{"id": "C1", "name": "Ant", "venue": "V1", "capacity": 5}],
        **tables,
    }
    return season({"season": "hall", "policy": policy}, **given)


def solved(scenario: Scenario, **more: Any) -> Plan:  # noqa: ANN401 - the solve's own arguments
    opening = Plan(policy=scenario.settings.policy)
    answer = solve(Request(scenario, Rulebook(scenario.settings), opening, LIMITS), **more)
    return answer.plan.with_(stages=(answer.stage,))


def looked(scenario: Scenario, made: Plan | None = None) -> Outlook:
    return outlook(scenario, made or solved(scenario), LIMITS)


def of_kind(found: Outlook, kind: str) -> list[Gain]:
    return [gain for gain in found.gains if gain.kind == kind]


def blocked(policy: str) -> Scenario:
    """First-rank child a wants both weeks or none, b and c one week each of the same single seat."""
    children = [
        {"id": "a", "name": "A", "choices": ["C1"], "priority": "first", "weeks": ["1"]},
        {"id": "b", "name": "B", "choices": ["C1", "C2"], "priority": "second", "weeks": ["1"]},
        {"id": "c", "name": "C", "choices": ["C2"], "priority": "third", "weeks": ["1"]},
        {
            "id": "d",
            "name": "D",
            "choices": ["C2"],
            "priority": "first",
            "stay": "whole",
            "weeks": ["1", "2"],
        },
    ]
    return hall(
        policy,
        days=TWO_WEEKS,
        venues=[{"id": id, "name": id, "mode": "community"} for id in ("V1", "V2")],
        classes=[
            {"id": "C1", "name": "Ant", "venue": "V1", "capacity": 1},
            {"id": "C2", "name": "Bee", "venue": "V2", "capacity": 1},
        ],
        priorities=[
            {"id": id, "name": id, "rank": rank} for rank, id in enumerate(("first", "second", "third"), 1)
        ],
        children=children,
    )
