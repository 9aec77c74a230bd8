"""The staffing benchmark: its seasons hold together, its model is right on tiny ones, its tables print."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from benchmarks.placing.told import Reached
from benchmarks.rostering.checked import judged
from benchmarks.rostering.city import season
from benchmarks.rostering.engines import Case, solved
from benchmarks.rostering.first import First
from benchmarks.rostering.plain import Plain
from benchmarks.rostering.possible import possible
from benchmarks.rostering.report import engine_row, level_row
from benchmarks.rostering.sizes import sizes
from scheduler import checker
from scheduler.domain.consistency import problems
from scheduler.domain.demand import gaps, posts
from scheduler.domain.plan import Level
from scheduler.rules import Rulebook
from scheduler.rules.duties import DutyRule
from scheduler.solver.door import Clock, Limits, Request
from scheduler.solver.levels import solve_levels
from scheduler.solver.staffing.model.candidates import possible as our_possible
from tests.rules.staffing_halves import stage_rules
from tests.solver.staffing.tiny.judge import brute, tiny_season

LIMITS = Limits(seconds=30, workers=1, reproducible=True)


def hard(book: Rulebook) -> list[DutyRule]:
    return [rule for rule in stage_rules(book) if rule.hard]


def test_an_invented_season_holds_together() -> None:
    scenario, plan = season(12)
    assert (len(scenario.classes), len(scenario.venues)) == (12, 3)
    assert not [problem for problem in problems(scenario) if problem.blocking]
    # the stages before staffing are given: nothing of theirs is broken, and nobody is on duty yet
    found = {row.violation.rule for row in checker.verify(scenario, plan).findings if row.hard}
    assert found <= {"gaps", "score"}
    assert plan.sessions
    assert plan.trips
    assert not plan.duties


def test_the_same_seed_the_same_season() -> None:
    (scenario, plan), (again, likewise), (other, _) = season(8), season(8), season(8, seed=1)
    assert (scenario.sha256, plan.sha256) == (again.sha256, likewise.sha256)
    assert other.sha256 != scenario.sha256


def test_a_season_has_all_that_makes_it_hard() -> None:
    scenario, plan = season(20)
    volunteers = [row for row in scenario.staff if row.kind == "volunteer"]
    assert len(volunteers) == 100
    assert {row.volunteer_type for row in volunteers} == {"student", "community", "employee", "model_worker"}
    assert {row.status for row in scenario.availability} == {"yes", "no", "prefer", "avoid"}
    for some in (
        [row for row in scenario.staff if row.cleared_until is None],
        [row for row in volunteers if row.min_days],
        [row for row in volunteers if row.partners],
        [row for row in volunteers if row.own_children],
        [row for row in volunteers if row.max_days],
        [row for row in volunteers if row.max_distance_km],
        [row for row in volunteers if row.venues],
        [row for row in volunteers if row.fee_per_shift],
        [row for row in scenario.staff if "nurse" in row.qualifications],
        scenario.locks,
    ):
        assert some
    needs = {ask.need for post in posts(scenario, plan) for ask in post.asks}
    assert needs >= {row.id for row in scenario.needs} | {"trip:museum"}
    assert "volunteers 100" in sizes(scenario, plan)


def test_the_plain_model_decides_what_ours_decides() -> None:
    scenario, plan = season(8)
    book = Rulebook(scenario.settings)
    ours = our_possible(Request(scenario, book, plan, LIMITS), plan, hard(book))
    assert set(possible(scenario, plan, hard(book))) == set(ours)


def test_the_first_roster_keeps_the_hard_rules() -> None:
    scenario, plan = season(8)
    book = Rulebook(scenario.settings)
    chosen = First(scenario, plan, possible(scenario, plan, hard(book))).roster(posts(scenario, plan))
    found = plan.with_(duties=tuple(chosen))
    assert len(chosen) > 500
    assert judged(scenario, found.with_(gaps=gaps(scenario, found)))[0] == 0


def levels_of(levels: Sequence[Level]) -> tuple[float, ...]:
    return tuple(level.value for level in levels)


def test_the_plain_model_equals_brute_force() -> None:
    tried = 0
    for seed in range(4000, 4024):
        tables = tiny_season(seed, locks=False, previous=False)
        listed = brute(tables)
        plain = Plain(listed.scenario, listed.plan)
        if listed.best is None or not plain.possible:
            continue
        found = solve_levels(plain.model, plain.goals, LIMITS, Clock(LIMITS), "staffing", start=plain.first())
        assert levels_of(found.levels) == pytest.approx(listed.best), seed
        roster = listed.plan.with_(duties=plain.duties(found.values))
        broken, levels = judged(listed.scenario, roster.with_(gaps=gaps(listed.scenario, roster)))
        assert broken == 0, seed
        assert tuple(levels.values()) == pytest.approx(listed.best), seed
        tried += 1
    assert tried >= 16


@pytest.mark.parametrize("engine", ["ours", "cpsat1", "lp", "lp:pdlp"])
def test_engines_run_and_keep_the_rules(engine: str) -> None:
    told: list[Reached] = []
    result = solved(engine, Case(4, workers=1), 4.0, told.append)
    assert result.broken == 0
    gaps_told = [row for row in told if row.level.endswith("_gaps")]
    assert [row.level for row in gaps_told] == ["must_gaps", "soft_gaps"]
    assert all(row.bound <= row.value + 1e-6 for row in told)
    assert all(row.level in level_row(4, engine, row) for row in told)
    assert engine in engine_row(engine, result, told, None)


def test_the_relaxation_of_the_gaps_is_no_more_than_any_roster_misses() -> None:
    # four classes: the relaxation's gaps, and those of the first roster made the simple way
    told: list[Reached] = []
    solved("lp", Case(4), 60.0, told.append)
    scenario, plan = season(4)
    book = Rulebook(scenario.settings)
    chosen = First(scenario, plan, possible(scenario, plan, hard(book))).roster(posts(scenario, plan))
    found = plan.with_(duties=tuple(chosen))
    _, levels = judged(scenario, found.with_(gaps=gaps(scenario, found)))
    assert told[0].value <= levels["must_gaps"] + 1e-6
    assert told[1].value <= levels["soft_gaps"] + 1e-6 or levels["must_gaps"] > told[0].value + 1e-6
