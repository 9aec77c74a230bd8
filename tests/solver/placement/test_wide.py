"""The engine of wide seasons (pools, pieces, bounds by linear programming): on tiny ones by brute force, and
once on one as wide as it is meant for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.samples import sample
from scheduler.solver.climbing import Climb
from scheduler.solver.door import Answer, Contradiction, Limits, NoPlanInTime, Request, Stop
from scheduler.solver.placement import improving, narrowing, searching, solve, splitting, stage
from scheduler.solver.placement.bounding import Bounds
from scheduler.solver.placement.refilling import Refill
from tests.seasons import plan, tiny
from tests.tiny.brute import Brute
from tests.tiny.judge import LIMITS, brute, signed, solved, tiny_season, unsound, wide_faults
from tests.tiny.seasons import Tables

CLAIMS_LEFT = (128, 191, 251, 303, 333, 449, 611, 617, 657, 677)
"""Seasons of the theme `crossed` in which every plan leaves somebody with a claim."""

MOST_RIVALS = 800
"""Bounds are judged against all plans where there are no more than these: each has to be looked at."""


@dataclass
class Used:
    """What of the engine was used."""

    parts: Counter[str] = field(default_factory=Counter)


@pytest.fixture(autouse=True)
def used(monkeypatch: pytest.MonkeyPatch) -> Used:
    """Every season is wide, and it is counted what becomes of it."""
    found = Used()
    climbed, bounded, split = Climb.anew, Bounds.level, splitting.split
    narrowed, filled = narrowing.narrowed, Refill.seats
    monkeypatch.setattr(searching, "WIDE", dict.fromkeys(searching.WIDE, 0))

    def anew(*given: object) -> bool:
        better = climbed(*given)  # type: ignore[arg-type]
        found.parts["better" if better else "no better"] += 1
        return better

    def level(self: Bounds, *given: object) -> object:
        told = bounded(self, *given)  # type: ignore[arg-type]
        found.parts["bounds"] += bool(self._relaxations)
        return told

    def least(*given: object) -> object:
        best = narrowed(*given)  # type: ignore[arg-type]
        found.parts["narrowed"] += best is not None and best.values is not None
        return best

    def anew_filled(*given: object) -> object:
        seats = filled(*given)  # type: ignore[arg-type]
        found.parts["filled anew"] += seats is not None
        return seats

    def dealt(*given: object) -> object:
        found.parts["pooled"] += 1
        return split(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(Climb, "anew", anew)
    monkeypatch.setattr(Bounds, "level", level)
    monkeypatch.setattr(improving, "narrowed", least)
    monkeypatch.setattr(Refill, "seats", anew_filled)
    monkeypatch.setattr(stage, "split", dealt)
    return found


def told(answer: Answer) -> tuple[float, ...]:
    """The levels, each the less the better."""
    return tuple(signed(level)[0] for level in answer.stage.levels)


def wrong(listed: Brute, answer: Answer) -> Iterator[str]:
    """What is wrong with an answer even if it need not be the best."""
    yield from unsound(listed, answer)
    assert listed.best is not None
    levels = answer.stage.levels
    had = listed.levels(tuple((row.child, row.week, row.class_) for row in answer.plan.placements))
    if told(answer) != pytest.approx(had[: len(levels)]) or len(levels) < len(had) - 1:
        yield f"the levels told are {told(answer)}, the plan's own {had}"
    if had < listed.best:
        yield f"the plan's levels {had} are better than the best {listed.best}"
    for number, level in enumerate(levels, 1):
        value, bound = signed(level)
        if bound > value or (level.gap == 0) != (bound == value):
            yield f"{level.name}: {level.value}, bound {level.bound}, gap {level.gap}"
        proven = all(earlier.gap == 0 for earlier in levels[:number])
        if proven and had[:number] != pytest.approx(listed.best[:number]):
            yield f"{level.name} is called proven: {had}, the best {listed.best}"
    if any(level.gap for level in levels) and len(listed.everything) < MOST_RIVALS:
        yield from _beyond_bounds(listed, answer)


def _beyond_bounds(listed: Brute, answer: Answer) -> Iterator[str]:
    """Plans that are no worse than the answer in all earlier levels and better in one than its bound."""
    rivals = listed.table
    for number, level in enumerate(answer.stage.levels):
        value, bound = signed(level)
        if bound > min(rival[number] for rival in rivals) + 1e-6:
            yield f"{level.name}: value {level.value}, bound {level.bound}, but there is a better plan"
        rivals = [rival for rival in rivals if rival[number] <= value + 1e-6]
    if answer.stage.status == "optimal":
        yield "called optimal with a gap"


def tried(tables: Tables, limits: Limits, met: Counter[str]) -> list[str]:
    """What is wrong with the answer to a season; counts to which level it is as good as the best."""
    listed = brute(tables)
    try:
        answer = solved(tables, limits)
    except Contradiction:
        return [] if listed.best is None else ["a contradiction is told where there is a plan"]
    if listed.best is None:
        return ["a plan is given where there is none"]
    met["seasons"] += 1
    for number, level in enumerate(answer.stage.levels, 1):
        if told(answer)[:number] != pytest.approx(listed.best[:number]):
            break
        met[level.name] += 1
    else:
        met["all"] += 1
    return list(wrong(listed, answer))


@pytest.mark.parametrize("chunk", range(5))
def test_wide_plans_are_sound_and_mostly_the_best(chunk: int, used: Used) -> None:
    # claims, hard rules, waiting lists, levels told, bounds; the best need not be found, but mostly is
    met = Counter[str]()
    for seed in range(7000 + chunk, 7080, 5):
        tables = tiny_season(seed)
        assert tried(tables, LIMITS, met) == [], f"season {seed}:\n{tables}"
    assert met["placed"] > 0.9 * met["seasons"] > 10
    assert met["all"] > 0.75 * met["seasons"]
    assert used.parts["bounds"] > 0
    assert used.parts["narrowed"] > 0
    assert used.parts["filled anew"] > 0


@pytest.mark.parametrize("seconds", [0.3, 5.0])
def test_nobody_is_better_than_a_wide_bound(seconds: float) -> None:
    limits = replace(LIMITS, seconds=seconds)
    for seed in range(7600 + int(seconds), 7640, 2):
        tables = tiny_season(seed)
        as_a_whole = seed % 4 < 2
        assert wide_faults(tables, limits, as_a_whole=as_a_whole) == [], f"season {seed}:\n{tables}"


def with_pools(seed: int, **themes: bool) -> Tables:
    """A season in which equal classes are pooled: everybody names venues only."""
    on = {"pool": True, "optional": False, "apart": False, **themes}
    tables = tiny_season(seed, policy=None, **on)
    venue_of = {row["id"]: row["venue"] for row in tables.rows["classes"]}
    for row in tables.rows["children"]:
        row["choices"] = list(dict.fromkeys(venue_of.get(one, one) for one in row["choices"]))
    return tables


@pytest.mark.parametrize("themes", [{}, {"roomy": True}, {"points": True, "families": True}])
def test_pools_dealt_out_are_sound(themes: dict[str, bool], used: Used) -> None:
    # with `roomy` the soft rules decide: the pool's own cost is less than what is left once it is dealt out,
    # and later bounds must not rely on it
    met = Counter[str]()
    for seed in range(7200, 7212):
        tables = with_pools(seed, **themes)
        assert tried(tables, LIMITS, met) == [], f"season {seed}:\n{tables}"
    assert met["placed"] > 0.9 * met["seasons"] > 5
    assert used.parts["pooled"] > 0.5 * met["seasons"]


@pytest.mark.parametrize("seconds", [0.0001, 0.02, 0.3])
def test_sound_however_short_the_time(seconds: float) -> None:
    met = Counter[str]()
    for seed in range(7400, 7412):
        try:
            found = tried(tiny_season(seed), replace(LIMITS, seconds=seconds), met)
        except NoPlanInTime:
            continue
        assert found == [], seed
    assert met["seasons"] > 5


def test_sound_when_somebody_stops_at_once() -> None:
    met = Counter[str]()
    for seed in range(7420, 7432):
        stop = Stop()
        stop.request()
        assert tried(tiny_season(seed), Limits(seconds=20, workers=1, stop=stop), met) == [], seed
    assert met["seasons"] > 5


@pytest.mark.parametrize("seed", CLAIMS_LEFT)
def test_claims_that_cannot_be_helped_are_named_and_bounded(seed: int) -> None:
    met = Counter[str]()
    tables = tiny_season(seed, policy="fair", crossed=True)
    assert tried(tables, LIMITS, met) == [], str(tables)
    assert met["claims"]  # as few as there can be


# ---- a season as wide as it is meant for --------------------------------------------------------


def answered(scenario: Scenario, seconds: float) -> Answer:
    limits = Limits(seconds=seconds, workers=2, reproducible=True)
    return solve(Request(scenario, Rulebook(scenario.settings), plan(), limits))


def test_a_season_of_four_hundred_and_fifty_children() -> None:
    scenario = sample(450, seed=1)
    answer = answered(scenario, 1.0)
    for rule in Rulebook(scenario.settings).of_stage("placement", hard=True):
        assert list(rule.check(scenario, answer.plan)) == [], rule.id()
    for name in ("open_classes", "choice", "waitlist", "envy"):
        assert list(Rulebook(scenario.settings).by_id[name].check(scenario, answer.plan)) == [], name
    levels = {level.name: level for level in answer.stage.levels}
    assert (levels["claims"].value, levels["claims"].gap) == (0, 0)
    assert answer.plan.envy == ()
    assert levels["placed"].value == len(answer.plan.placements)
    assert 0.8 * levels["placed"].bound < levels["placed"].value <= levels["placed"].bound
    for level in answer.stage.levels:
        value, bound = signed(level)
        assert bound <= value, level.name
    again = answered(scenario, 1.0)
    assert again.plan.to_json() == answer.plan.to_json()
    assert again.stage == answer.stage


def test_a_season_with_nobody_in_it() -> None:
    answer = answered(tiny(children=[]), 5.0)
    assert answer.plan.placements == ()
    assert answer.stage.status == "optimal"
