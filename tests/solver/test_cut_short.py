"""A solve that nobody waits for any longer: what is finished is a whole plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler import checker
from scheduler.solver import Interruption, NoPlanInTime, Options, cut_short, solve
from tests.seasons import tiny


def test_with_nothing_finished_there_is_no_plan() -> None:
    with pytest.raises(NoPlanInTime):
        cut_short(tiny(), Options())


@pytest.mark.parametrize("stages", [1, 2, 3])
def test_what_the_finished_stages_decided_is_a_plan(stages: int) -> None:
    interruption = Interruption()
    whole = solve(tiny(), Options(seconds=5, workers=1, reproducible=True, interruption=interruption))
    assert [len(plan.stages) for plan in interruption.done] == [1, 2, 3]
    short = Interruption(done=interruption.done[:stages])
    found = cut_short(tiny(), Options(interruption=short))
    assert checker.verify(tiny(), found).broken == ()
    assert found.placements == whole.placements
    assert bool(found.sessions) is (stages > 1)
    assert bool(found.duties) is (stages > 2)
    # without duties every post of C1 and C2 is unfilled: two days of two shifts
    assert sum(gap.missing for gap in found.gaps) == (8 if stages < 3 else 0)


def test_half_a_plan_replaces_no_published_one() -> None:
    interruption = Interruption()
    quick = Options(seconds=3, workers=1, reproducible=True)
    published = solve(tiny(), quick)
    solve(tiny(), replace(quick, previous=published, interruption=interruption))
    assert [len(plan.stages) for plan in interruption.done] == [3]
