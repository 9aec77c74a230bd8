"""A first roster without a search: it keeps every rule and every limit, and leaves few posts empty."""

from __future__ import annotations

from scheduler.rules import Rulebook
from scheduler.solver.door import Clock, Request
from scheduler.solver.staffing.model.task import Task
from scheduler.solver.staffing.pooling.at_once import AtOnce
from scheduler.solver.staffing.pooling.dealing import dealt
from scheduler.solver.staffing.pooling.filling import Filling
from scheduler.solver.staffing.pooling.places import Places
from scheduler.solver.staffing.pooling.pools import Pools
from tests.solver.staffing.tiny.judge import LIMITS, brute, tiny_season
from tests.solver.staffing.tiny.seasons import Tables


def pools_of(tables: Tables) -> Pools:
    scenario = tables.scenario
    return Pools(Task(Request(scenario, Rulebook(scenario.settings), tables.so_far, LIMITS)))


def test_the_roster_keeps_all_rules_and_is_mostly_as_full_as_can_be() -> None:
    looked_at = full = locked = 0
    for seed in range(5200, 5320):
        tables = tiny_season(seed)
        best = brute(tables).best
        if best is None or tables.previous is not None:
            continue
        pools = pools_of(tables)
        quick = AtOnce(pools, {})
        quick.fill(range(len(pools.demands)))
        roster = dealt(pools, quick.found)
        is_locked = any(row.kind == "duty" for row in tables.scenario.lock.values())
        assert is_locked or not pools.task.breaks_rules(roster), f"season {seed}:\n{tables}"
        locked += is_locked and not pools.task.breaks_rules(roster)
        missing = pools.task.missing(frozenset(roster))
        assert missing >= best[:2], f"season {seed}:\n{tables}"
        looked_at, full = looked_at + 1, full + (missing[0] == best[0])
    assert looked_at > 60
    assert full > 0.8 * looked_at
    assert locked > 0


def test_it_goes_on_from_what_is_taken() -> None:
    met = 0
    for seed in range(5200, 5260):
        pools = pools_of(tiny_season(seed))
        quick = AtOnce(pools, {})
        quick.fill(range(len(pools.demands)))
        if len(quick.found) < 2:
            continue
        met += 1
        one, *others = sorted(quick.found)
        rest = AtOnce(pools, {pools.choices[one].person: {one}})
        rest.fill(range(len(pools.demands)))
        assert one not in rest.found
        assert not pools.task.breaks_rules(dealt(pools, {one, *rest.found})) or pools.locks.asking
        assert len(rest.found) <= len(others) + 1
    assert met > 20


def test_cells_that_no_time_is_left_for_are_filled() -> None:
    met = 0
    for seed in range(5200, 5230):
        places = Places(pools_of(tiny_season(seed)))
        filling = Filling(places, LIMITS, Clock(LIMITS))
        before = sum(filling.missing.values())
        short = [cell for cell in places.cells if filling.missing[cell]]
        assert filling._at_once() == short
        after = sum(filling.missing.values())
        assert after <= before
        met += after < before
    assert met > 10
