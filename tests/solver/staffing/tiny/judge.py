"""What is wrong with an answer of the solver, by brute force, the checks and the domain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from unittest.mock import patch

from scheduler.domain.demand import gaps
from scheduler.rules import Rulebook
from scheduler.solver import staffing
from scheduler.solver.door import Answer, Contradiction, Limits, Request
from scheduler.solver.staffing import bounding, proving
from scheduler.solver.staffing.pooling import guiding
from scheduler.solver.staffing.wide import SEASON
from tests.solver.staffing.tiny.brute import Brute
from tests.solver.staffing.tiny.seasons import Tables, drawn

MOST_ROSTERS = 1500
"""Seasons with more rosters than these lose offers until they have fewer."""

APART = (
    *((guiding, "DISTRICT"), (guiding, "REGION"), (proving, "REGION"), (proving, "QUICK")),
    (bounding, "WIDEST"),
)
"""What is 0 where each venue is a district, and a region of its own, bounded by its scarce asks."""

LIMITS = Limits(seconds=60, workers=1, reproducible=True)


def tiny_season(seed: int, **themes: bool) -> Tables:
    """The season of a seed, small enough to list all its rosters."""
    return _small(seed, tuple(sorted(themes.items()))).copy()


@cache
def _small(seed: int, themes: tuple[tuple[str, bool], ...]) -> Tables:
    tables = drawn(seed, **dict(themes))
    while brute(tables).number() > MOST_ROSTERS:
        _offer_less(tables)
    return tables


def _offer_less(tables: Tables) -> None:
    """Who could do most says no to one more shift."""
    ways = brute(tables).ways
    number = max(range(len(ways)), key=lambda n: len(ways[n]))
    person = tables.rows["staff"][number]["id"]
    own = [row for row in tables.rows["availability"] if row["person"] == person and row["status"] != "no"]
    own[-1]["status"] = "no"


def brute(tables: Tables) -> Brute:
    """The season's rosters."""
    return Brute(tables.scenario, tables.so_far, tables.previous)


def solved(
    tables: Tables, limits: Limits = LIMITS, *, wide: bool = False, city: bool = False, apart: bool = False
) -> Answer:
    """What the solver makes of a season; `wide`: by what it would do to a large one, `city`: to a city's, and
    `apart`: as if each venue were a district, and a region, of its own."""
    scenario = tables.scenario
    request = Request(scenario, Rulebook(scenario.settings), tables.so_far, limits, previous=tables.previous)
    at_once, season = (0 if wide or city else staffing.AT_ONCE), (0 if city else SEASON)
    with ExitStack() as patched:
        patched.enter_context(patch.object(staffing, "AT_ONCE", at_once))
        patched.enter_context(patch.object(staffing.wide, "SEASON", season))
        for module, name in APART if apart else ():
            patched.enter_context(patch.object(module, name, 0))
        return staffing.solve(request)


def faults(tables: Tables, limits: Limits = LIMITS) -> list[str]:
    """Everything that is wrong with the solver's answer to a season; empty if it is the best, proven."""
    listed = brute(tables)
    try:
        answer = solved(tables, limits)
    except Contradiction as told:
        if listed.best is None:
            return [] if told.rows else ["a contradiction that names no row"]
        return [f"a contradiction is told ({told.rows}) where there is a roster: {listed.best}"]
    if listed.best is None:
        return ["a roster is given where there is none"]
    return [*_not_best(listed, answer), *unsound(listed, answer)]


def _not_best(listed: Brute, answer: Answer) -> Iterator[str]:
    had = listed.levels(answer.plan.duties)
    if not _are_equal(had, listed.best or ()):
        yield f"the roster's levels are {had}, the best {listed.best}"
    for level in answer.stage.levels:
        if abs(level.bound - level.value) > 1e-6 or level.gap:
            yield f"{level.name} is not proven: {level.value}, bound {level.bound}, gap {level.gap}"


def unsound(listed: Brute, answer: Answer) -> Iterator[str]:
    """What of an answer is untrue or broken, the best or not."""
    had = listed.levels(answer.plan.duties)
    told = tuple(level.value for level in answer.stage.levels)
    if not _are_equal(had, told):
        yield f"the levels told are {told}, the roster's own {had}"
    yield from listed.breaks_rules(answer.plan.duties)
    if answer.plan.gaps != gaps(listed.scenario, answer.plan):
        yield "the gaps named are not the domain's"
    keeps = ("placements", "sessions", "trips", "open_classes")
    if any(getattr(answer.plan, name) != getattr(listed.plan, name) for name in keeps):
        yield "another stage's decisions were touched"


def bound_faults(
    tables: Tables, limits: Limits, *, wide: bool = False, city: bool = False, apart: bool = False
) -> list[str]:
    """What is wrong with the bounds of an answer made under these limits.

    A level's bound speaks of the rosters that are no worse than the answer in each earlier level: none of
    them is better in this level than the bound.
    """
    listed = brute(tables)
    try:
        answer = solved(tables, limits, wide=wide, city=city, apart=apart)
    except Contradiction:
        return [] if listed.best is None else ["a contradiction is told where there is a roster"]
    found = list(unsound(listed, answer))
    levels = answer.stage.levels
    rivals = [counted for counted, _ in listed.table]
    for number, level in enumerate(levels):
        if number < len(levels) - 1:
            best = min((rival[number] for rival in rivals), default=level.value)
            rivals = [rival for rival in rivals if rival[number] <= level.value + 1e-6]
        else:
            least = listed.least_cost(tuple(level.value for level in levels[:-1]))
            best = level.value if least is None else least
        if level.bound > best + 1e-6:
            found.append(f"{level.name}: bound {level.bound} though {best} can be had, value {level.value}")
        if (level.gap == 0) != (abs(level.bound - level.value) < 1e-6):
            found.append(f"{level.name}: gap {level.gap} of {level.value}, {level.bound}")
    if answer.stage.status == "optimal" and any(level.gap for level in levels):
        found.append("called optimal with a gap")
    return found


def _are_equal(had: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return len(had) == len(other) and all(abs(a - b) < 1e-6 for a, b in zip(had, other, strict=True))
