"""Bounds by prices: never above what a timetable costs; what they know of counts as its rule counts."""

from __future__ import annotations

import pickle
import time
from collections.abc import Mapping

import numpy as np
import pytest

from scheduler.domain.plan import Plan
from scheduler.rules import Rulebook
from scheduler.rules.lessons import meetings
from scheduler.rules.timetable.specialist_visits import SpecialistVisits
from scheduler.rules.timetable.specialist_ways import SpecialistWays
from scheduler.solver.door import Clock, Limits, Request
from scheduler.solver.linear import Numbers
from scheduler.solver.timetable.pricing import apart
from scheduler.solver.timetable.pricing.apart import reckoned
from scheduler.solver.timetable.pricing.grid import Grid
from scheduler.solver.timetable.pricing.prices import Market, Prices
from scheduler.solver.timetable.pricing.specialists import People
from scheduler.solver.timetable.pricing.touring import Touring
from scheduler.variables.offer import Offer
from tests.solver.timetable.tiny.brute import Brute
from tests.solver.timetable.tiny.judge import MOST_PLANS, bound_by_prices, tiny_season
from tests.solver.timetable.tiny.seasons import Tables


def market_of(tables: Tables) -> Market:
    book = Rulebook(tables.scenario.settings)
    return Market(Grid(Offer(tables.scenario, tables.placed), book), book)


def at_random(market: Market, dice: np.random.Generator) -> Prices:
    """Some prices, each between its ends."""
    first, (low, high) = market.first(), market.ends
    drawn = [
        np.clip(price + dice.normal(0, 3, price.shape), least, most)
        for price, least, most in zip(first, low, high, strict=True)
    ]
    return Prices(*drawn)


def test_whatever_the_prices_no_timetable_costs_less() -> None:
    dice, told = np.random.default_rng(1), 0
    for seed in range(53000, 53010):
        tables, listed = tiny_season(seed)
        if listed.best is None:
            continue
        market = market_of(tables)
        for _ in range(3):
            assert market.at(at_random(market, dice)).least <= listed.best + 1e-6, f"season {seed}"
            told += 1
    assert told > 15


def test_prices_change_the_bound_no_faster_than_told() -> None:
    # the bound is a concave function of the prices: it lies nowhere above its slope at any of them, which it
    # would if what is said to be taken or given were not what was reckoned with
    dice = np.random.default_rng(2)
    for seed in range(53030, 53040):
        tables, _ = tiny_season(seed)
        market = market_of(tables)
        for _ in range(3):
            one, other = at_random(market, dice), at_random(market, dice)
            here, there = market.at(one), market.at(other)
            change = sum(
                float((slope * (b - a)).sum()) for slope, a, b in zip(here.slope, one, other, strict=True)
            )
            assert there.least <= here.least + change + 1e-6, f"season {seed}"


def test_better_and_better_prices_come_near_the_best() -> None:
    near = all_ = 0
    for seed in range(53060, 53070):
        tables, listed = tiny_season(seed)
        if listed.best:
            bound = bound_by_prices(tables)
            assert bound <= listed.best + 1e-6, f"season {seed}"
            near += bound > 0.9 * listed.best
            all_ += 1
    assert near > all_ / 4


def test_where_no_session_can_be_there_is_nothing_to_reckon() -> None:
    # courses longer than any shift, none at all, or none that may be held
    for courses in ({"length": 9}, None, {"max_per_week": 0}):
        tables = tiny_season(53061)[0].copy()
        if courses is None:
            tables.rows["courses"] = []
            for row in (*tables.rows["children"], *tables.rows["staff"]):
                row |= {"interests": []} if "interests" in row else {"courses": []}
        for row in tables.rows["courses"]:
            row |= courses or {}
        tables.rows["locks"] = []
        best = Brute(tables.scenario, tables.placed, MOST_PLANS).best
        assert best is not None
        assert bound_by_prices(tables) <= best + 1e-6


def test_what_is_found_is_told_bit_by_bit() -> None:
    tables, listed = tiny_season(53061)
    told: list[object] = []
    reckoned((pickle.dumps((tables.scenario, tables.placed)), time.time() + 1), told.append)
    assert told
    assert told == sorted(told, key=float)  # type: ignore[arg-type]
    assert listed.best is not None
    assert 0 < float(f"{told[-1]}") <= listed.best + 1e-6


def test_where_no_process_can_be_begun_it_is_reckoned_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(apart, "Process", none)
    assert_reckoned()


def test_where_a_process_fails_it_is_reckoned_here(monkeypatch: pytest.MonkeyPatch) -> None:
    # as where the program is frozen, and its own name begins no interpreter
    monkeypatch.setattr("scheduler.solver.process.BEGIN", "raise SystemExit(2)")
    assert_reckoned()


def test_a_season_that_is_asked_meanwhile_is_written_out_before() -> None:
    # a scenario remembers what it is asked: writing it out while another thread asks it cannot be done
    tables, _ = tiny_season(53061)
    limits = Limits(seconds=1, workers=1)
    request = Request(tables.scenario, Rulebook(tables.scenario.settings), tables.placed, limits)
    scenario, plan = pickle.loads(apart.Apart(request)._given)
    assert (scenario.sha256, plan) == (tables.scenario.sha256, tables.placed)
    assert not apart.Apart(request, here=True)._given


def assert_reckoned() -> None:
    tables, listed = tiny_season(53061)
    limits = Limits(seconds=1, workers=1)
    found = apart.Apart(Request(tables.scenario, Rulebook(tables.scenario.settings), tables.placed, limits))
    found.beside(limits, Clock(limits), 1)
    assert listed.best is not None
    assert 0 < found.least <= listed.best + 1e-6


@pytest.mark.parametrize(
    ("weights", "themes", "seeds"),
    [
        ({"interests": 1}, {}, (53101, 53104)),
        ({"no_wish_served": 1}, {}, (53104, 53109)),
        ({"minimum_sessions": 1}, {"minimum": True}, (53109, 53123)),
        ({"empty_periods": 1}, {}, (53100, 53104)),
        ({"trips_taken": 1}, {"trip": True, "buses": True}, (53100, 53101)),
        (
            {"trips_together": 1, "trips_taken": 9},
            {"trip": True, "two_days": True, "one_venue": True},
            (53131, 53142),
        ),
        ({"variety": 1, "empty_periods": 9}, {"led": True, "two_days": True}, (53122, 53156)),
        (
            {"fair_shares": 1, "minimum_sessions": 9},
            {"minimum": True, "two_days": True, "limits": False},
            (53146, 53147),
        ),
        ({"session_fees": 0.01, "minimum_sessions": 9}, {"minimum": True, "fees": True}, (53122, 53136)),
        ({"specialist_visits": 1, "minimum_sessions": 9}, {"minimum": True}, (53130, 53134)),
        (
            {"specialist_ways": 1, "minimum_sessions": 9},
            {"minimum": True, "near": True, "one_venue": False},
            (53122, 53139),
        ),
    ],
    ids=lambda given: "-".join(given) if isinstance(given, dict) else "",
)
def test_each_rule_costs_as_it_counts(
    weights: Mapping[str, float], themes: Mapping[str, bool], seeds: tuple[int, ...]
) -> None:
    # with nothing else weighed the bound is about the best by the rule's own check, and not above; where
    # another rule has to make it cost anything, the best is more than that one alone costs
    for seed in seeds:
        tables, listed = _weighed(seed, weights, themes)
        others = _weighed(seed, dict(list(weights.items())[1:]), themes)[1].best
        assert listed.best is not None
        assert others is not None
        assert listed.best > others
        bound = bound_by_prices(tables)
        assert listed.best - 0.2 * (listed.best - others) < bound <= listed.best + 1e-6, f"season {seed}"


def _weighed(seed: int, weights: Mapping[str, float], themes: Mapping[str, bool]) -> tuple[Tables, Brute]:
    """A season in which nothing costs but as told, and its plans."""
    tables = tiny_season(seed, **themes)[0].copy()
    every = {rule.id(): 0.0 for rule in Rulebook(tables.scenario.settings).rules if not rule.hard}
    tables.settings["weights"] = {**every, **weights}
    tables.settings["parameters"] = {"variety": {"often": "1"}}
    return tables, Brute(tables.scenario, tables.placed, MOST_PLANS)


def test_no_specialist_has_a_better_day_than_said() -> None:
    # whatever sessions are worth: the best of all plans' days is no better, and now and then as good
    dice, same, seen = np.random.default_rng(3), 0, 0
    for seed in range(53200, 53212):
        tables, listed = tiny_season(seed, near=True, limits=False, noon=True, trip=False)
        grid = Grid(Offer(tables.scenario, tables.placed), Rulebook(tables.scenario.settings))
        people = People(grid)
        if not people.rows:
            continue
        worth = dice.uniform(-1, 5, grid.shape[:3])
        # classes that share a session may do so even where they had two: fewer sessions are as good
        said = np.maximum.accumulate(Touring(grid, people).days(worth, people.fee), axis=2)
        best = np.full(said.shape, -np.inf)
        for one in listed.plans():
            _note(grid, people, worth, one, best)
        assert (best <= said + 1e-6).all(), f"season {seed}"
        seen += int(np.isfinite(best).sum())
        same += int((np.abs(best - said) < 1e-6).sum())
    assert same > seen / 2 > 10


def _note(grid: Grid, people: People, worth: Numbers, given: Plan, best: Numbers) -> None:
    """Raise what [S, D, n] the best days are worth by those of a plan, as the rules' checks count."""
    for place, person in enumerate(people.rows):
        for day, number in grid.days.items():
            rows = tuple(row for row in given.sessions_by(person.id) if row.date == day)
            if rows:
                held = len(meetings(grid.scenario, rows))
                value = sum(worth[grid.classes[row.class_], grid.courses[row.course], number] for row in rows)
                value -= people.fee[place] * held
                for rule in (SpecialistWays(), SpecialistVisits()):
                    found = rule.check(grid.scenario, Plan(sessions=rows))
                    value -= grid.weight[rule.id()] * sum(one.amount for one in found)
                best[place, number, held - 1] = max(best[place, number, held - 1], value)
