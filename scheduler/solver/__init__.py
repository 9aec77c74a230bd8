"""From a scenario to a plan: placement, timetable, staffing, each behind the same door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from importlib import import_module

from scheduler.domain.changes import changes
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.door import (
    Answer,
    Contradiction,
    Frozen,
    Limits,
    NoPlanInTime,
    Progress,
    Request,
    StageName,
    Stop,
)

STAGES: tuple[tuple[StageName, float], ...] = (("placement", 0.35), ("timetable", 0.5), ("staffing", 1.0))
"""The stages in their order, each with the share it may take of the time that is left."""

LAST_CALL_SECONDS = 5.0
"""After an interruption the stages still to come get so long, so that a plan is whole."""


@dataclass(frozen=True)
class Interruption:
    """Two wishes to end: `stop` ends the stage that runs and hurries the rest, `now` ends those too."""

    stop: Stop = field(default_factory=Stop)
    now: Stop = field(default_factory=Stop)


@dataclass(frozen=True)
class Options:
    """How to solve."""

    seconds: float = 120.0
    seed: int = 0
    workers: int = 8
    reproducible: bool = False
    previous: Plan | None = None
    as_of: date | None = None
    interruption: Interruption = field(default_factory=Interruption)
    report: Callable[[Progress], None] = lambda progress: None


def solve(scenario: Scenario, options: Options = Options()) -> Plan:
    """The best plan found. Raises Contradiction where hard rules cannot all hold, NoPlanInTime where the
    limit was too short for any plan."""
    rulebook = Rulebook(scenario.settings)
    plan = _opening(scenario, options)
    seconds = options.seconds
    for name, share in STAGES:
        answer = _door(name)(
            Request(
                scenario=scenario,
                rulebook=rulebook,
                so_far=plan,
                limits=_limits(options, seconds * share),
                previous=options.previous,
                frozen=Frozen(options.as_of),
            )
        )
        plan = answer.plan.with_(stages=(*plan.stages, answer.stage))
        used = answer.stage.seconds
        seconds -= seconds * share if used is None else used
    if options.previous is not None:
        plan = plan.with_(changes=changes(scenario, options.previous, plan))
    return plan.with_(score=rulebook.score(scenario, plan))


def _opening(scenario: Scenario, options: Options) -> Plan:
    settings, previous = scenario.settings, options.previous
    return Plan(
        season=settings.season,
        input_sha256=scenario.sha256,
        policy=settings.policy,
        ties=settings.ties,
        lottery_seed=settings.lottery_seed,
        seed=options.seed,
        revision=previous.revision + 1 if previous else 1,
        previous_sha256=previous.sha256 if previous else None,
        as_of=options.as_of,
    )


def _limits(options: Options, seconds: float) -> Limits:
    limits = Limits(
        seconds=seconds,
        seed=options.seed,
        workers=options.workers,
        reproducible=options.reproducible,
        stop=options.interruption.stop,
        report=options.report,
    )
    if not limits.stop.requested:
        return limits
    return replace(limits, seconds=min(seconds, LAST_CALL_SECONDS), stop=options.interruption.now)


def _door(stage: StageName) -> Callable[[Request], Answer]:
    # imported on first use: ortools takes a second to load, and reading or verifying needs none of it
    door: Callable[[Request], Answer] = import_module(f"scheduler.solver.{stage}").solve
    return door


__all__ = ["Contradiction", "Interruption", "NoPlanInTime", "Options", "Progress", "Stop", "solve"]
