"""What is decided: plans solved and signed, the outlook, an absence covered; and what is missing in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from scheduler import __version__, explainer, solver
from scheduler.domain.absence import Absence, back, noted
from scheduler.domain.covering import Openings, Proposal
from scheduler.domain.outlook import Outlook
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.shortfall import Shortfall
from scheduler.domain.tables.settings import Policy
from scheduler.domain.teaching_gain import Extra, TeachingGain
from scheduler.workflow.reading import now


@dataclass(frozen=True)
class Cover:
    """What an absence leaves open, what is proposed, and the plan with the proposal."""

    openings: Openings
    proposal: Proposal
    plan: Plan


def solve(scenario: Scenario, options: solver.Options, policy: Policy | None = None) -> Plan:
    """The best plan under a policy (None: the settings'), with program and time noted.

    The digest is of the scenario as given: a policy chosen for one solve is the plan's, not the input's.
    """
    return _signed(scenario, options, solver.solve(_ruled(scenario, policy), options))


def cut_short(scenario: Scenario, options: solver.Options, policy: Policy | None = None) -> Plan:
    """What an interrupted solve has decided, as a whole plan. Raises NoPlanInTime if that is nothing."""
    return _signed(scenario, options, solver.cut_short(_ruled(scenario, policy), options))


def _ruled(scenario: Scenario, policy: Policy | None) -> Scenario:
    return scenario.ruled_by(policy or scenario.settings.policy)


def _signed(scenario: Scenario, options: solver.Options, plan: Plan) -> Plan:
    created = None if options.reproducible else now(scenario)
    return plan.with_(input_sha256=scenario.sha256, program=__version__, created=created)


def withheld(scenario: Scenario, seconds: float) -> frozenset[tuple[str, str]] | None:
    """The (class, week) pairs that the adults cannot carry, as a solve of so many seconds would find them
    before placement; None where that could not be said in time."""
    return solver.withheld(scenario, solver.Options(seconds=seconds))


def outlook(scenario: Scenario, plan: Plan, options: solver.Options) -> Outlook:
    """What one more seat, class or adult would give, and what fairness costs."""
    return solver.look_ahead(scenario, plan, options)


def teaching_gain(
    scenario: Scenario, plan: Plan, extra: Extra, options: solver.Options
) -> TeachingGain | None:
    """What one more half-day of a specialist or one more kit gives, tried; None where time was too short."""
    return solver.teaching_gain(scenario.ruled_by(plan.policy), plan, extra, options)


def cover(
    scenario: Scenario,
    plan: Plan,
    absence: Absence,
    options: solver.Options,
    returned: Collection[str] = (),
) -> Cover:
    """The posts an absence leaves open with their candidates, and the plan that is proposed, which tells of
    the absence. Where there is no such post, and the absence was known, the plan is as it was. `returned` are
    people whom the plan has away, and who are there again."""
    ruled, known = scenario.ruled_by(plan.policy), back(plan, returned, absence.first)
    looked = explainer.posts_left(ruled, known, absence)
    found, proven = noted(known, absence), True
    if looked.openings.posts:
        found, proven = solver.cover(ruled, known, absence, looked.standins, options)
    elif found == plan:
        return Cover(looked.openings, explainer.proposal(ruled, looked.openings, plan, plan, absence), plan)
    else:
        found = found.with_(revision=plan.revision + 1, changes=())
    found = found.with_(
        previous_sha256=plan.sha256,
        input_sha256=scenario.sha256,
        program=__version__,
        created=None if options.reproducible else now(scenario),
    )
    proposal = explainer.proposal(ruled, looked.openings, plan, found, absence, proven=proven)
    return Cover(looked.openings, proposal, found)


def shortfall(scenario: Scenario, plan: Plan) -> Shortfall:
    """Why adults are missing, whom to recruit, and what relaxing one limit would give."""
    return explainer.shortfall(scenario.ruled_by(plan.policy), plan)


def unfilled(scenario: Scenario, plan: Plan) -> Shortfall:
    """The same without what relaxing a limit would give: much quicker."""
    return explainer.unfilled(scenario, plan)


def shortages(plan: Plan, scenario: Scenario) -> Mapping[str, int]:
    """What the plan could not give: child-weeks without a class, adults missing, claims."""
    missed = sum(
        len(set(scenario.wanted_weeks(row.id)).difference(plan.weeks_of(row.id)))
        for row in scenario.processed
    )
    return {
        "unplaced_child_weeks": missed,
        "missing_adults": sum(gap.missing for gap in plan.gaps),
        "claims": len(plan.envy),
    }
