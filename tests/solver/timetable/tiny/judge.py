"""What is wrong with an answer of the solver, by brute force and the checks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from scheduler.rules import Rulebook
from scheduler.solver.door import Answer, Clock, Contradiction, Limits, Request
from scheduler.solver.timetable import bounding, districts, pieces, search, solve, stage, start
from scheduler.solver.timetable.pricing import leading
from scheduler.solver.timetable.pricing.apart import Apart
from tests.solver.timetable.tiny.brute import Brute, TooMany
from tests.solver.timetable.tiny.seasons import Tables, drawn

MOST_PLANS = 250
"""Seasons with more plans to look at lose rows until they have fewer."""

LIMITS = Limits(seconds=60, workers=1, reproducible=True)

TIMED = Limits(seconds=2, workers=2)
"""Limits by the clock: only under these searches go on side by side."""

WIDE = (
    (bounding, "WIDE", 0),
    (bounding, "DAYS", (1, 0.0)),
    (bounding, "WHOLE", (1, 0.0)),
    (pieces, "ALL", 0),
    (start, "LED", 0),
    (leading, "STEPS", 20),
    (start, "REBUILT", 0),
)
"""What makes a tiny season go the way of wide ones."""

WHOLE = ((pieces, "ALL", 0), (search, "AHEAD", 0.0))
"""What makes branch and bound on the whole begin from the start, and prove what it can."""

ORDINARY = ((pieces, "ALL", 0),)
"""What makes a tiny season go the way of ordinary ones: pieces, all lessons, the whole."""

DIVIDED = (
    (districts, "UNDIVIDED", 0),
    (districts, "MOST", 1),
    (districts, "SMALL", 0),
    (stage, "PRICED", 0),
    (start, "LED", 0),
    (leading, "STEPS", 20),
    (start, "REBUILT", 0),
)
"""What makes each of its venues a district."""


@cache
def _small(seed: int, themes: tuple[tuple[str, bool], ...]) -> tuple[Tables, Brute]:
    tables = drawn(seed, **dict(themes))
    while True:
        listed = Brute(tables.scenario, tables.placed, MOST_PLANS)
        try:
            _ = listed.best
        except TooMany:
            _lessen(tables, seed)
        else:
            return tables, listed


def _lessen(tables: Tables, seed: int) -> None:
    """Take a course period out, else the last day, else a specialist."""
    courses = [row for row in tables.rows["periods"] if row.get("kind") != "care"]
    if len(tables.rows["days"]) > 1 and (seed % 2 or len(courses) < 3):
        day = tables.rows["days"].pop()
        _forget(tables, "date", day["date"])
        weeks = {row["week"] for row in tables.rows["days"]}
        tables.placements = [row for row in tables.placements if row["week"] in weeks]
    elif len(courses) > 1:
        tables.rows["periods"].remove(courses[-1])
        _forget(tables, "period", courses[-1]["id"])
    else:
        person = tables.rows["staff"].pop()
        _forget(tables, "person", person["id"])


def _forget(tables: Tables, column: str, gone: str) -> None:
    """Take out whatever names what is gone."""
    for name in ("locks", "availability", "closures"):
        place = "from_" if column == "date" and name != "locks" else column
        tables.rows[name] = [row for row in tables.rows[name] if row.get(place) != gone]
    if column == "date":
        for trip in tables.rows["trips"]:
            trip["dates"] = [day for day in trip["dates"] if day != gone]


def tiny_season(seed: int, **themes: bool) -> tuple[Tables, Brute]:
    """The season of a seed, small enough to list all its plans, and the list."""
    return _small(seed, tuple(sorted(themes.items())))


def solved(tables: Tables, limits: Limits = LIMITS) -> Answer:
    """What the solver makes of a season."""
    scenario = tables.scenario
    return solve(Request(scenario, Rulebook(scenario.settings), tables.placed, limits))


def faults(tables: Tables, listed: Brute, limits: Limits = LIMITS) -> list[str]:
    """Everything that is wrong with the solver's answer; empty if it is the best plan, proven."""
    try:
        answer = solved(tables, limits)
    except Contradiction as told:
        if listed.best is None:
            return [] if told.rows else ["a contradiction that names no row"]
        return [f"a contradiction is told ({told.rows}) where there is a plan that costs {listed.best}"]
    if listed.best is None:
        return ["a plan is given where there is none"]
    return list(_judged(listed, answer, proven=limits is LIMITS))


def overpriced(tables: Tables, listed: Brute) -> list[str]:
    """Whether the bound by prices is above the best plan's cost."""
    if listed.best is None:
        return []
    least = bound_by_prices(tables)
    return [f"the bound is {least} though {listed.best} can be had"] if least > listed.best + 1e-6 else []


def bound_by_prices(tables: Tables) -> float:
    """What prices tell of a season's least cost after some two hundred steps."""
    scenario, limits = tables.scenario, Limits(seconds=1, workers=1, reproducible=True)
    apart = Apart(Request(scenario, Rulebook(scenario.settings), tables.placed, limits))
    apart.reckon(limits, Clock(limits), limits.seconds)
    return apart.least


def _judged(listed: Brute, answer: Answer, *, proven: bool) -> Iterator[str]:
    assert listed.best is not None
    scenario, level = listed.scenario, answer.stage.levels[-1]
    for rule in Rulebook(scenario.settings).of_stage("timetable", hard=True):
        yield from (f"{found}" for found in rule.check(scenario, answer.plan))
    cost = listed.cost(answer.plan)
    if abs(level.value - cost) > 1e-6:
        yield f"the cost told is {level.value}, the plan's own {cost}"
    if level.bound > listed.best + 1e-6:
        yield f"the bound is {level.bound} though {listed.best} can be had"
    if cost < listed.best - 1e-6:
        yield f"the plan costs {cost}, less than the best of all listed, {listed.best}"
    if proven and (cost > listed.best + 1e-6 or level.gap):
        yield f"the plan costs {cost}, bound {level.bound}, gap {level.gap}; the best {listed.best}"
