"""Around a hidden full roster there is always one without gaps, and the stage finds it."""

from __future__ import annotations

from itertools import chain

import pytest

from scheduler.domain.demand import gaps, posts
from scheduler.rules import Rulebook
from scheduler.solver import staffing
from scheduler.solver.door import Limits, Progress, Request, Stop
from tests.solver.staffing.hidden import hidden

SEEDS = (0, 3, 5)
"""Two of one week, one of two."""


@pytest.mark.parametrize("seed", SEEDS)
def test_the_hidden_roster_is_one(seed: int) -> None:
    # the generator itself: no gap, no hard rule broken, and enough of everything to mean something
    found = hidden(seed)
    plan = found.so_far.with_(duties=found.roster)
    assert gaps(found.scenario, plan) == ()
    hard = Rulebook(found.scenario.settings).of_stage("staffing", hard=True)
    assert not list(chain.from_iterable(rule.check(found.scenario, plan) for rule in hard))
    assert len(found.roster) > 100
    needs = {ask.need for post in posts(found.scenario, found.so_far) for ask in post.asks}
    assert {"lead", "helper", "noon", "ratio", "aid", "site", "nurse", "out", "trip:museum"} <= needs


@pytest.mark.parametrize("seed", SEEDS)
def test_no_gap_where_a_full_roster_is_hidden(seed: int) -> None:
    found = hidden(seed)
    rulebook, stop = Rulebook(found.scenario.settings), Stop()

    def enough(progress: Progress) -> None:
        if progress.level == "soft":  # gaps are settled: how good the rest is does not matter here
            stop.request()

    limits = Limits(seconds=60, workers=2, stop=stop, report=enough)
    answer = staffing.solve(Request(found.scenario, rulebook, found.so_far, limits))
    assert answer.plan.gaps == ()
    assert gaps(found.scenario, answer.plan) == ()
    levels = {level.name: level for level in answer.stage.levels}
    assert (levels["must_gaps"].value, levels["must_gaps"].bound) == (0, 0)
    assert (levels["soft_gaps"].value, levels["soft_gaps"].bound) == (0, 0)
    hard = rulebook.of_stage("staffing", hard=True)
    assert not list(chain.from_iterable(rule.check(found.scenario, answer.plan) for rule in hard))
