"""What is wrong with an answer of the solver, by brute force, the checks and the domain."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from unittest.mock import patch

from scheduler.domain.claims import envy, waiting
from scheduler.domain.plan import Level, Plan
from scheduler.rules import Rulebook
from scheduler.solver.door import Answer, Contradiction, Limits, Request
from scheduler.solver.placement import districts, searching, solve
from scheduler.solver.placement.whole import MOST
from tests.tiny.brute import Brute
from tests.tiny.seasons import Tables, drawn

MOST_PLANS = 6000
"""Seasons with more plans than these lose children until they have fewer."""

LIMITS = Limits(seconds=60, workers=1, reproducible=True)


def tiny_season(seed: int, *, policy: str | None = None, **themes: bool) -> Tables:
    """The season of a seed, small enough to list all its plans."""
    return _small(seed, policy, tuple(sorted(themes.items()))).copy()


@cache
def _small(seed: int, policy: str | None, themes: tuple[tuple[str, bool], ...]) -> Tables:
    tables = drawn(seed, policy=policy, **dict(themes))
    while len(tables.rows["children"]) > 1 and brute(tables).number() > MOST_PLANS:
        without(tables, "children", len(tables.rows["children"]) - 1)
    return tables


def without(tables: Tables, table: str, number: int) -> None:
    """Take a row out, with whatever names it."""
    gone = tables.rows[table].pop(number)
    if table == "children":
        id = gone["id"]
        for row in tables.rows["children"]:
            for column in ("friends", "apart"):
                if id in row.get(column, ()):
                    row[column] = [other for other in row[column] if other != id]
        for other in ("points", "locks"):
            tables.rows[other] = [row for row in tables.rows[other] if row.get("child") != id]


def brute(tables: Tables) -> Brute:
    """The season's plans."""
    return Brute(tables.scenario, tables.kept_back)


def solved(tables: Tables, limits: Limits = LIMITS) -> Answer:
    """What the solver makes of a season."""
    scenario = tables.scenario
    request = Request(scenario, Rulebook(scenario.settings), Plan(), limits)
    return solve(request, withheld=tables.kept_back)


def signed(level: Level) -> tuple[float, float]:
    """A level's value and bound, each the less the better."""
    sign = -1 if level.name.startswith(("placed", "rank")) else 1
    return sign * level.value, sign * level.bound


def faults(tables: Tables) -> list[str]:
    """Everything that is wrong with the solver's answer to a season; empty if it is the best plan, proven."""
    listed = brute(tables)
    try:
        answer = solved(tables)
    except Contradiction as told:
        if listed.best is None:
            return [] if told.rows else ["a contradiction that names no row"]
        return [f"a contradiction is told ({told.rows}) where there is a plan: {listed.best}"]
    if listed.best is None:
        return ["a plan is given where there is none"]
    return list(judged(listed, answer))


def judged(listed: Brute, answer: Answer) -> Iterator[str]:
    """What is wrong with an answer where there are plans."""
    yield from _not_best(listed, answer)
    yield from unsound(listed, answer)


def _not_best(listed: Brute, answer: Answer) -> Iterator[str]:
    assert listed.best is not None
    seats = tuple((row.child, row.week, row.class_) for row in answer.plan.placements)
    had = listed.levels(seats)
    told = tuple(signed(level)[0] for level in answer.stage.levels)
    if had[:-1] != listed.best[:-1]:
        yield f"the plan's levels are {had}, the best {listed.best}"
    if told != had[: len(told)] or len(told) < len(had) - 1:
        yield f"the levels told are {told}, the plan's own {had}"
    for level in answer.stage.levels:
        if level.bound != level.value or level.gap:
            yield f"{level.name} is not proven: {level.value}, bound {level.bound}, gap {level.gap}"


def unsound(listed: Brute, answer: Answer) -> Iterator[str]:
    scenario, book = listed.scenario, listed.book
    for rule in book.of_stage("placement", hard=True):
        yield from (f"{found}" for found in rule.check(scenario, answer.plan))
    for name in ("open_classes", "choice", "waitlist", "envy", "withheld"):
        yield from (f"{found}" for found in book.by_id[name].check(scenario, answer.plan))
    if answer.plan.waitlist != waiting(scenario, answer.plan):
        yield "the waiting lists are not the domain's"
    if answer.plan.envy != envy(scenario, answer.plan):
        yield "the claims named are not the domain's"


def bound_faults(tables: Tables, limits: Limits) -> list[str]:
    """What is wrong with the bounds of an answer made under these limits.

    A level's bound speaks of the plans that are no worse than the answer in each earlier level: none of them
    is better in this level than the bound. Where all earlier levels are proven, the best plan is one of them.
    """
    listed = brute(tables)
    try:
        answer = solved(tables, limits)
    except Contradiction:
        return [] if listed.best is None else ["a contradiction is told where there is a plan"]
    if listed.best is None:
        return ["a plan is given where there is none"]
    found = []
    rivals = listed.table
    for number, level in enumerate(answer.stage.levels):
        value, bound = signed(level)
        best = min((rival[number] for rival in rivals), default=value)
        if bound > best + 1e-6:
            found.append(f"{level.name}: bound {level.bound} though {best} can be had, value {level.value}")
        if bound > value + 1e-6:
            found.append(f"{level.name}: bound {level.bound} beyond the value {level.value}")
        if (level.gap == 0) != (abs(bound - value) < 1e-6):
            found.append(f"{level.name}: gap {level.gap} of {level.value}, {level.bound}")
        rivals = [rival for rival in rivals if rival[number] <= value + 1e-6]
    if answer.stage.status == "optimal" and any(level.gap for level in answer.stage.levels):
        found.append("called optimal with a gap")
    return found


def divided_faults(tables: Tables, limits: Limits) -> list[str]:
    """What is wrong with the answer where the season is too wide for one model, and its districts are of a
    child or two. It need not be the best."""
    with patch.object(districts, "UNDIVIDED", 0), patch.object(districts, "MOST", 2):
        return _less_than_best(tables, limits)


def wide_faults(tables: Tables, limits: Limits, *, as_a_whole: bool = True) -> list[str]:
    """What is wrong with the answer of the engine for wide seasons, which need not be the best; `as_a_whole`:
    where seasons may still be decided as a whole."""
    with (
        patch.dict(searching.WIDE, dict.fromkeys(searching.WIDE, 0)),
        patch("scheduler.solver.placement.deciding.MOST", MOST if as_a_whole else 0),
    ):
        return _less_than_best(tables, limits)


def _less_than_best(tables: Tables, limits: Limits) -> list[str]:
    found = bound_faults(tables, limits)
    listed = brute(tables)
    return found if found or listed.best is None else list(unsound(listed, solved(tables, limits)))
