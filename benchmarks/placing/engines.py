"""Every engine on one season, each to be run in a process of its own."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection

from benchmarks.placing.checked import judged
from benchmarks.placing.city import Kind, season
from benchmarks.placing.told import UNFINISHED, Moment, Reached, Result, Tell, peak_mb
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables.settings import Policy
from scheduler.rules import Rulebook

ENGINES = re.compile(r"ours|cpsat[1-9]\d*|lp(:\w+)?|mip:\w+")
"""`ours`, the expert's CP-SAT with so many workers, the relaxation by `glop` (or another: `lp:pdlp`), and the
pooled model by an integer solver (`mip:highs`)."""


@dataclass(frozen=True)
class Case:
    """One season to solve under one policy; `workers` are ours."""

    kind: Kind
    children: int
    policy: Policy
    workers: int = 2


def run(engine: str, case: Case, seconds: float, pipe: Connection) -> None:
    """Solve, send every level as soon as it is done, then the result or what went wrong."""
    # HiGHS greets on the standard output, which is the table's
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        pipe.send(solved(engine, case, seconds, pipe.send))
    except Exception as error:
        pipe.send(f"{type(error).__name__}: {error}")
        raise


def solved(engine: str, case: Case, seconds: float, tell: Tell) -> Result:
    """One engine on one season, and what the checker says of its plan."""
    scenario = season(case.kind, case.children, case.policy)
    if engine == "ours":
        return _ours(scenario, case.workers, seconds, tell)
    if engine.startswith("cpsat"):
        return _expert(scenario, int(engine[5:]), seconds, tell)
    return _relaxed(scenario, engine, seconds, tell)


def _ours(scenario: Scenario, workers: int, seconds: float, tell: Tell) -> Result:
    from scheduler.solver.door import Limits, Progress, Request
    from scheduler.solver.placement import solve

    moments: dict[str, list[Moment]] = {}
    began = time.monotonic()

    def report(progress: Progress) -> None:
        moment = (time.monotonic() - began, progress.value, progress.bound)
        moments.setdefault(progress.level, []).append(moment)

    settings = scenario.settings
    plan = Plan(
        season=settings.season,
        input_sha256=scenario.sha256,
        policy=settings.policy,
        ties=settings.ties,
        lottery_seed=settings.lottery_seed,
    )
    limits = Limits(seconds=seconds, workers=workers, report=report)
    answer = solve(Request(scenario, Rulebook(settings), plan, limits))
    total = time.monotonic() - began
    last = 0.0
    for level in answer.stage.levels:
        known = tuple(moments.get(level.name, ()))
        if not known:
            # nothing was told of it: it was settled before the next level began
            began_next = [first[0][0] for first in moments.values() if first[0][0] >= last]
            known = ((min(began_next, default=total), level.value, level.bound),)
        tell(Reached(level.name, level.value, level.bound, known[0][0], known[-1][0], known))
        last = known[-1][0]
    result = Result(total, claim_free=_claim_free(moments, answer.plan, total), peak_mb=peak_mb())
    return _judged(result, scenario, answer.plan)


def _claim_free(moments: dict[str, list[Moment]], plan: Plan, total: float) -> float | None:
    """When ours first told of no claims, or went on to the next level without any."""
    if plan.policy != "fair" or plan.envy:
        return None
    free = [time for time, value, _ in moments.get("claims", ()) if value == 0]
    later = [known[0][0] for level, known in moments.items() if level != "claims"]
    return min([*free, *later, total])


def _expert(scenario: Scenario, workers: int, seconds: float, tell: Tell) -> Result:
    from benchmarks.placing.expert import Expert
    from benchmarks.placing.first import FirstComers
    from benchmarks.placing.formulation import Formulation
    from benchmarks.placing.parting import plan_of
    from benchmarks.placing.pooled import Pooled

    began = time.monotonic()
    pooled = Pooled(scenario)
    model = Formulation(pooled)
    expert = Expert(model.program, workers, began, seconds)
    first = FirstComers(pooled).columns()
    building = time.monotonic() - began
    ended = expert.solve(model.levels, first, model.xs, tell)
    result = Result(time.monotonic() - began, building, peak_mb=peak_mb())
    if ended is None:
        return replace(result, note="no plan in time")
    plan = plan_of(pooled, (n for n, x in enumerate(model.xs) if ended.values[x]))
    return _judged(replace(result, claim_free=ended.claim_free), scenario, plan)


def _relaxed(scenario: Scenario, engine: str, seconds: float, tell: Tell) -> Result:
    from benchmarks.placing.formulation import Formulation
    from benchmarks.placing.parting import plan_of
    from benchmarks.placing.pooled import Pooled
    from benchmarks.placing.relaxed import Relaxed

    began = time.monotonic()
    pooled = Pooled(scenario)
    model = Formulation(pooled)
    how, _, solver = engine.partition(":")
    relaxed = Relaxed(model.program, solver or "glop", began, seconds, whole=how == "mip")
    building = time.monotonic() - began
    values = relaxed.solve(model.levels, tell)
    result = Result(time.monotonic() - began, building, peak_mb=peak_mb())
    if values is None:
        return replace(result, note=UNFINISHED)
    fractional = [x for x in model.xs if 1e-6 < values[x] < 1 - 1e-6]
    if how == "lp":
        return replace(result, note=f"fractional columns: {len(fractional)} of {len(model.xs)}")
    return _judged(result, scenario, plan_of(pooled, (n for n, x in enumerate(model.xs) if values[x] > 0.5)))


def _judged(result: Result, scenario: Scenario, plan: Plan) -> Result:
    broken, recomputed = judged(scenario, plan)
    return replace(result, broken=broken, recomputed=recomputed)
