"""Somebody is away: their posts filled by others, by the stages' own mathematics, while all else stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scheduler.domain.absence import Absence, Standins, left_by, locks_on, noted, without, without_locks
from scheduler.domain.changes import changes
from scheduler.domain.demand import gaps
from scheduler.domain.moments import missing_by_strength
from scheduler.domain.plan import Change, Level, Plan, Stage
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.covering.duties import filled
from scheduler.solver.covering.sessions import taught
from scheduler.solver.door import Limits, Request, StageName
from scheduler.solver.goals import gap

SESSIONS_SHARE = 0.5
"""Of the time, for the sessions at most."""


@dataclass(frozen=True)
class Covered:
    """The plan with an absence covered; `proven`: with all else as it is nothing better can be had."""

    plan: Plan
    proven: bool


def covered(scenario: Scenario, plan: Plan, absence: Absence, standins: Standins, limits: Limits) -> Covered:
    """The plan with the posts of an absence taken by those who could: fewest sessions dropped, then fewest
    `must` gaps, fewest others, least cost of the timetable, least cost of the roster. Nothing else changes,
    but sessions that cannot be held as they were without a dropped one. The plan tells of the absence.

    Raises NoPlanInTime.
    """
    left = left_by(scenario, plan, absence)
    # a lock that puts the absent person there cannot be kept, whoever else comes
    free = without_locks(scenario, locks_on(scenario, absence))
    rulebook = Rulebook(scenario.settings)
    request = Request(scenario=free, rulebook=rulebook, so_far=without(plan, left), limits=limits)
    proven = True
    if left.meetings:
        part = replace(limits, seconds=limits.seconds * SESSIONS_SHARE) if left.duties else limits
        taken = taught(replace(request, limits=part), left, standins)
        request, proven = replace(request, so_far=taken.plan), taken.proven
    if left.duties:
        done = filled(request, left, standins)
        request, proven = replace(request, so_far=done.plan), proven and done.proven
    return Covered(_told(scenario, plan, request.so_far, absence), proven)


def _told(scenario: Scenario, old: Plan, found: Plan, absence: Absence) -> Plan:
    """The plan with what follows from its decisions, and its place in the history of revisions."""
    new = noted(found, absence).with_(
        gaps=gaps(scenario, found),
        revision=old.revision + 1,
        previous_sha256=old.sha256,
        input_sha256=scenario.sha256,
    )
    rulebook = Rulebook(scenario.settings)
    new = new.with_(score=rulebook.score(scenario, new))
    stages = tuple(_stage(scenario, rulebook, old, new, stage, absence) for stage in old.stages)
    told = (_reason(row, absence) for row in changes(scenario, old, new))
    return new.with_(stages=stages, changes=tuple(told))


def _reason(row: Change, absence: Absence) -> Change:
    """Why a decision differs: who had it is away, or somebody steps in."""
    if row.kind == "duty":
        away = row.ref.startswith(f"person:{absence.person}/")
        return row.model_copy(update={"reason": "absent" if away else "stands_in"})
    away = (row.from_ or "").rsplit("/", 2)[1:2] == [absence.person]
    return row.model_copy(update={"reason": "absent" if away else "rearranged"})


# ---- what the stages say of the plan ------------------------------------------------------------------


def _stage(
    scenario: Scenario, rulebook: Rulebook, old: Plan, new: Plan, stage: Stage, absence: Absence
) -> Stage:
    """A stage with the new values. What was proven of the season holds of this plan too, which is one of
    the season's; of a level only while no level before it got worse, and not where it was proven only of
    plans that keep what this one changed."""
    if stage.name == "placement" or not stage.levels:
        return stage
    values = _values(scenario, rulebook, new, stage.name)
    holds = all(level.name in values for level in stage.levels) and not _is_past(old, absence)
    if stage.name == "staffing":  # proven of rosters beside the timetable as it was
        holds = holds and set(old.sessions) == set(new.sessions)
    levels = []
    for level in stage.levels:
        if level.name not in values:  # changes: those of another revision
            continue
        value = values[level.name]
        bound = min(level.bound, value) if holds else 0.0
        levels.append(Level(name=level.name, value=value, bound=bound, gap=gap(value, bound)))
        holds = holds and value <= level.value + 1e-9
    status = "optimal" if all(level.gap == 0 for level in levels) else "feasible"
    return Stage(name=stage.name, status=status, seconds=stage.seconds, levels=tuple(levels))  # type: ignore[arg-type]


def _is_past(old: Plan, absence: Absence) -> bool:
    """Whether the absence reaches into days that were settled when the old plan was made."""
    return old.as_of is not None and absence.first < old.as_of


def _values(scenario: Scenario, rulebook: Rulebook, plan: Plan, stage: StageName) -> dict[str, float]:
    """A plan's values of a stage's levels, by the rules' own checks."""
    soft = sum(plan.score[rule.id()].cost for rule in rulebook.of_stage(stage, hard=False))
    found = {"soft": round(soft, 6)}
    if stage == "staffing":
        lacking = missing_by_strength(scenario, plan)
        found |= {"must_gaps": lacking["must"], "soft_gaps": lacking["soft"]}
    return found


__all__ = ["Covered", "covered"]
