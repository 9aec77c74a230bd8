"""From a scenario to a plan: placement, timetable, staffing, each behind the same door."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from importlib import import_module

from scheduler.domain.absence import Absence, Standins
from scheduler.domain.changes import changes
from scheduler.domain.demand import gaps
from scheduler.domain.history import begun, remembered
from scheduler.domain.outlook import Outlook
from scheduler.domain.plan import Plan
from scheduler.domain.reserve import Reserve
from scheduler.domain.scenario import Scenario
from scheduler.domain.teaching_gain import Extra, TeachingGain
from scheduler.rules import Rulebook
from scheduler.rules.derived.staff_reserve import StaffReserve
from scheduler.solver.door import (
    Answer,
    Contradiction,
    Frozen,
    Limits,
    NoPlanInTime,
    Progress,
    Request,
    StageName,
    Step,
    Stop,
)

STAGES: tuple[tuple[StageName, float], ...] = (("placement", 0.35), ("timetable", 0.5), ("staffing", 1.0))
"""The stages in their order, each with the share it may take of the time that is left."""

RESERVE_SHARE = 0.05
"""Of the whole time, what each step of reckoning the adults before placement may take."""

LAST_CALL_SECONDS = 5.0
"""After an interruption the stages still to come get so long, so that a plan is whole."""


@dataclass(frozen=True)
class Interruption:
    """Two wishes to end: `stop` ends the stage that runs and hurries the rest, `now` ends those too.

    `done` is told the plan so far after each stage, for whoever does not wait for the last (`cut_short`);
    replanning after the last alone, since half a plan would lose what was published.
    """

    stop: Stop = field(default_factory=Stop)
    now: Stop = field(default_factory=Stop)
    done: list[Plan] = field(default_factory=list)


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
    report: Callable[[Progress | Step], None] = lambda progress: None


def solve(scenario: Scenario, options: Options = Options()) -> Plan:
    """The best plan found. Raises Contradiction where hard rules cannot all hold, NoPlanInTime where the
    limit was too short for any plan."""
    rulebook = Rulebook(scenario.settings)
    plan = _opening(scenario, options)
    began = time.monotonic()
    options.report(Step("adults"))
    reckoned = withheld(scenario, options)
    kept_back = _withheld_before(scenario, options) if reckoned is None else reckoned
    plan = plan.with_(withheld_unknown=reckoned is None)
    seconds = options.seconds - (0.0 if options.reproducible else time.monotonic() - began)
    previous = options.previous
    for name, share in STAGES:
        door: Callable[..., Answer] = _door(name)
        if name == "placement":
            door = partial(door, withheld=kept_back)
        answer = door(
            Request(
                scenario=scenario,
                rulebook=rulebook,
                so_far=plan,
                limits=_limits(options, seconds * share),
                previous=previous,
                frozen=Frozen(options.as_of),
            )
        )
        if name == "placement" and previous is not None:
            previous = remembered(scenario, previous, answer.plan)
        plan = answer.plan.with_(stages=(*plan.stages, answer.stage))
        if options.previous is None or name == STAGES[-1][0]:
            options.interruption.done.append(plan)
        used = answer.stage.seconds
        seconds -= seconds * share if used is None else used
    return _told(scenario, options, plan)


def cut_short(scenario: Scenario, options: Options) -> Plan:
    """What the stages that have ended decided, as a whole plan: nothing of the others, and every post that is
    so left unfilled. Raises NoPlanInTime where none has ended."""
    if not options.interruption.done:
        raise NoPlanInTime
    plan = options.interruption.done[-1]
    return _told(scenario, options, plan.with_(gaps=gaps(scenario, plan)))


def _told(scenario: Scenario, options: Options, plan: Plan) -> Plan:
    """A plan with what it tells of itself as a whole: its changes and its score."""
    if options.previous is not None:
        plan = plan.with_(changes=changes(scenario, options.previous, plan))
    return plan.with_(score=Rulebook(scenario.settings).score(scenario, plan))


def withheld(scenario: Scenario, options: Options = Options()) -> frozenset[tuple[str, str]] | None:
    """The class-weeks that the adults cannot carry (`staff_reserve`): they offer no seat. None where the time
    was too short to say.

    Replanning, what the previous plan runs is promised, and in weeks begun nothing changes.
    """
    if not Reserve(scenario).reckons:
        return frozenset()
    previous = options.previous or Plan()
    past = _begun(scenario, options)
    find = import_module("scheduler.solver.reserve").withheld  # imported on first use, like the stages
    rule = Rulebook(scenario.settings).by_id[StaffReserve.id()]
    assert isinstance(rule, StaffReserve)
    found: frozenset[tuple[str, str]] | None = find(
        scenario,
        rule.share,
        _limits(options, options.seconds * RESERVE_SHARE),
        weeks=frozenset(scenario.weeks) - past,
        promised=previous.running,
    )
    return None if found is None else found | _withheld_before(scenario, options)


def _withheld_before(scenario: Scenario, options: Options) -> frozenset[tuple[str, str]]:
    """What the previous plan withheld in weeks begun."""
    past, previous = _begun(scenario, options), options.previous or Plan()
    return frozenset(key for key in previous.kept_back if key[1] in past)


def _begun(scenario: Scenario, options: Options) -> frozenset[str]:
    return frozenset(begun(scenario, Plan(as_of=options.as_of if options.previous else None)))


def look_ahead(scenario: Scenario, plan: Plan, options: Options = Options()) -> Outlook:
    """What one more seat, class or adult would give, and what fairness costs; as far as there is time."""
    search = import_module("scheduler.solver.outlook").outlook  # imported on first use, like the stages
    found: Outlook = search(scenario, plan, _limits(options, options.seconds))
    return found


def teaching_gain(
    scenario: Scenario, plan: Plan, extra: Extra, options: Options = Options()
) -> TeachingGain | None:
    """What one more half-day of a specialist or one more kit gives, tried; None where time was too short."""
    find = import_module("scheduler.solver.gains").gain  # imported on first use, like the stages
    found: TeachingGain | None = find(scenario, plan, extra, _limits(options, options.seconds))
    return found


def cover(
    scenario: Scenario, plan: Plan, absence: Absence, standins: Standins, options: Options = Options()
) -> tuple[Plan, bool]:
    """The plan with an absence covered by those who could step in, all else as it is, and whether nothing
    better is proven to be had. Raises NoPlanInTime."""
    find = import_module("scheduler.solver.covering").covered  # imported on first use, like the stages
    found = find(scenario, plan, absence, standins, _limits(options, options.seconds))
    return found.plan, found.proven


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


__all__ = [
    "Contradiction",
    "Interruption",
    "NoPlanInTime",
    "Options",
    "Progress",
    "Step",
    "Stop",
    "cover",
    "cut_short",
    "look_ahead",
    "solve",
    "teaching_gain",
    "withheld",
]
