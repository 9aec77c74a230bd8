"""Every engine on one season, each to be run in a process of its own."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection

from benchmarks.placing.relaxed import Relaxed
from benchmarks.placing.told import UNFINISHED, Moment, Reached, Result, Tell, peak_mb
from benchmarks.rostering.checked import judged
from benchmarks.rostering.city import season
from benchmarks.rostering.plain import Plain
from scheduler.domain.demand import gaps
from scheduler.domain.plan import Level, Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.door import Clock, Limits, NoPlanInTime, Progress, Request

ENGINES = re.compile(r"ours|cpsat[1-9]\d*|lp(:\w+)?")
"""`ours`, the plain model in CP-SAT with so many workers, and the relaxation of its gaps by `glop` (or by
another: `lp:pdlp`)."""


@dataclass(frozen=True)
class Case:
    """One season to staff; `workers` are ours."""

    classes: int
    seed: int = 0
    workers: int = 2


def run(engine: str, case: Case, seconds: float, pipe: Connection) -> None:
    """Solve, send every level as soon as it is done, then the result or what went wrong."""
    # some solvers greet on the standard output, which is the table's
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        pipe.send(solved(engine, case, seconds, pipe.send))
    except Exception as error:
        pipe.send(f"{type(error).__name__}: {error}")
        raise


def solved(engine: str, case: Case, seconds: float, tell: Tell) -> Result:
    """One engine on one season, and what the checker says of its plan."""
    scenario, plan = season(case.classes, case.seed)
    if engine == "ours":
        return _ours(scenario, plan, Limits(seconds=seconds, workers=case.workers), tell)
    if engine.startswith("cpsat"):
        return _plain(scenario, plan, Limits(seconds=seconds, workers=int(engine[5:])), tell)
    return _relaxed(scenario, plan, engine.partition(":")[2] or "glop", seconds, tell)


class _Moments:
    """When which value and bound of a level was told."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._known: dict[str, list[Moment]] = {}

    @property
    def now(self) -> float:
        return time.monotonic() - self._began

    def report(self, progress: Progress) -> None:
        moment = (self.now, progress.value, progress.bound)
        self._known.setdefault(progress.level, []).append(moment)

    def tell(self, levels: tuple[Level, ...], tell: Tell) -> None:
        """Every level, with its moments; one that nothing was told of was settled before the next began."""
        last = 0.0
        for level in levels:
            known = tuple(self._known.get(level.name, ()))
            if not known:
                later = [rows[0][0] for rows in self._known.values() if rows[0][0] >= last]
                known = ((min(later, default=self.now), level.value, level.bound),)
            tell(Reached(level.name, level.value, level.bound, known[0][0], known[-1][0], known))
            last = known[-1][0]


def _ours(scenario: Scenario, plan: Plan, limits: Limits, tell: Tell) -> Result:
    from scheduler.solver.staffing import solve

    moments = _Moments()
    limits = replace(limits, report=moments.report)
    answer = solve(Request(scenario, Rulebook(scenario.settings), plan, limits))
    result = Result(moments.now, peak_mb=peak_mb())
    moments.tell(answer.stage.levels, tell)
    return _judged(result, scenario, answer.plan)


def _plain(scenario: Scenario, plan: Plan, limits: Limits, tell: Tell) -> Result:
    from scheduler.solver.levels import solve_levels

    moments = _Moments()
    plain = Plain(scenario, plan)
    start = plain.first()
    building = moments.now
    limits = replace(limits, seconds=max(1.0, limits.seconds - building), report=moments.report)
    try:
        solution = solve_levels(plain.model, plain.goals, limits, Clock(limits), "staffing", start=start)
    except NoPlanInTime:
        return Result(moments.now, building, peak_mb=peak_mb(), note="no plan in time")
    result = Result(moments.now, building, peak_mb=peak_mb())
    found = plan.with_(duties=plain.duties(solution.values))
    result = _judged(result, scenario, found.with_(gaps=gaps(scenario, found)))
    moments.tell(tuple(_at_best(level, result, moments) for level in solution.levels), tell)
    return result


def _at_best(level: Level, result: Result, moments: _Moments) -> Level:
    """A level as the checker has it where a search cut short left the amounts larger than need be."""
    value = min(level.value, result.recomputed[level.name])
    if value < level.value:
        moments.report(Progress("staffing", level.name, value, level.bound))
    return Level(name=level.name, value=value, bound=level.bound, gap=0)


def _relaxed(scenario: Scenario, plan: Plan, solver: str, seconds: float, tell: Tell) -> Result:
    began = time.monotonic()
    plain = Plain(scenario, plan, soft=False)
    program, levels = plain.program()
    relaxed = Relaxed(program, solver, began, seconds)
    building = time.monotonic() - began
    values = relaxed.solve(levels, tell)
    result = Result(time.monotonic() - began, building, peak_mb=peak_mb())
    if values is None:
        return replace(result, note=UNFINISHED)
    variables = [variable.index for variable in plain.x.on_duty.values()]
    fractional = sum(1e-6 < values[index] < 1 - 1e-6 for index in variables)
    return replace(result, note=f"fractional duties: {fractional} of {len(variables)}")


def _judged(result: Result, scenario: Scenario, plan: Plan) -> Result:
    broken, recomputed = judged(scenario, plan)
    return replace(result, broken=broken, recomputed=recomputed)
