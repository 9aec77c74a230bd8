"""What the tests of fairness share: small seasons in one line, and who is better or worse off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scheduler.domain.plan import Plan
from scheduler.domain.units import compare, worth
from tests.tiny.brute import Brute
from tests.tiny.judge import brute, signed, solved
from tests.tiny.seasons import Row, Tables


def got(tables: Tables) -> Plan:
    """The plan the solver makes."""
    return solved(tables).plan


def worse_off(tables: Tables, before: Plan, after: Plan) -> list[str]:
    """The children of a season to whom one plan gives less than another, by their wishes in it."""
    scenario = tables.scenario
    return [
        row.id
        for row in scenario.processed
        if compare(
            worth(scenario, row.id, before.weeks_of(row.id)), worth(scenario, row.id, after.weeks_of(row.id))
        )
        == -1
    ]


def counts(tables: Tables) -> list[float]:
    """The levels down to the choices, each the less the better; `rank` levels of all ranks, used or not."""
    told = {level.name: signed(level)[0] for level in solved(tables).stage.levels}
    ranks = [told.get(f"rank_{rank}", 0) for rank in (1, 2, 3)]
    names = list(told)
    return [told.get("claims", 0), told["placed"], *ranks, told[names[names.index("soft") - 1]]]


def case(
    children: dict[str, Row],
    classes: dict[str, Row],
    weeks: int = 1,
    **settings: Any,  # noqa: ANN401
) -> Tables:
    """A season of these children and classes, ranks p1 to p3."""
    rows: dict[str, list[Row]] = {
        "days": [{"date": f"2024-07-{8 + 7 * i:02}", "week": str(i + 1)} for i in range(weeks)],
        "shifts": [{"id": "AM", "start": "08:00", "end": "12:00"}],
        "venues": [
            {"id": v, "name": v, "mode": "joint"} for v in sorted({c["venue"] for c in classes.values()})
        ],
        "classes": [{"id": id, "name": id, **row} for id, row in classes.items()],
        "priorities": [{"id": f"p{rank}", "name": f"P{rank}", "rank": rank} for rank in (1, 2, 3)],
        "children": [{"id": id, "name": id, **row} for id, row in children.items()],
        "points": [],
        "closures": [],
        "rooms": [],
        "locks": [],
    }
    return Tables({"season": "x", "policy": "fair", "ties": "places", **settings}, rows)


def seats_of(plan: Plan) -> set[str]:
    """The seats of a plan, written `child@class/week`."""
    return {f"{row.child}@{row.class_}/{row.week}" for row in plan.placements}


def withdrawals(tables: Tables) -> Iterator[tuple[Brute, tuple[tuple[str, str, str], ...]]]:
    """What is left of the solver's plan when one placed child withdraws, for each of them."""
    found = got(tables)
    assert found.envy == ()
    for number, row in enumerate(tables.rows["children"]):
        if found.weeks_of(row["id"]):
            gone = tables.copy()
            gone.rows["children"][number]["status"] = "withdrawn"
            left = [r for r in found.placements if r.child != row["id"]]
            yield brute(gone), tuple((r.child, r.week, r.class_) for r in left)
