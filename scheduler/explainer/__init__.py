"""Why: every decision of a plan explained, for the coordinator or for one family."""

from __future__ import annotations

from scheduler.domain.outlook import Outlook
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.shortfall import Shortfall
from scheduler.domain.teaching_gain import Extra
from scheduler.explainer.child import explain_child
from scheduler.explainer.class_ import explain_class
from scheduler.explainer.course import explain_course
from scheduler.explainer.cover import explain_cover, posts_left, proposal
from scheduler.explainer.day import explain_day
from scheduler.explainer.family import explain_family
from scheduler.explainer.gains import extras_for, with_gains
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Audience, Explanation, Line
from scheduler.explainer.outlook import explain_outlook, with_outlook
from scheduler.explainer.person import explain_person
from scheduler.explainer.post import explain_post
from scheduler.explainer.refs import Ref, UnknownRef, resolve
from scheduler.explainer.shortfall import explain_shortfall, shortfall, without_reliefs
from scheduler.explainer.venue import explain_venue
from scheduler.explainer.whole import explain_all
from scheduler.explainer.wording import Telling


class NotForFamilies(Exception):
    """Families are told about their own child, and about nothing else."""


_NOUNS = {
    "child": explain_child,
    "class": explain_class,
    "person": explain_person,
    "venue": explain_venue,
    "course": explain_course,
}


def explain(
    scenario: Scenario,
    plan: Plan,
    ref: str,
    audience: Audience = "coordinator",
    outlook: Outlook | None = None,
) -> Explanation:
    """Why the plan does what it does with what `ref` names, in words fit for an audience.

    Raises UnknownRef where `ref` names nothing or several things, NotForFamilies where a family asks
    about anything but a child.
    """
    meant = resolve(scenario, ref)
    if audience == "family":
        if meant.kind != "child":
            raise NotForFamilies(meant.kind)
        return explain_family(Ground(scenario, plan), meant.id)
    ground = Ground(scenario, plan)
    if meant.kind == "all":
        return with_outlook(explain_all(ground), ground.scenario, outlook, meant)
    if meant.kind == "post":
        return explain_post(ground, meant)
    if meant.kind == "day" and meant.date is not None:
        return explain_day(ground, meant.id, meant.date)
    return with_outlook(_NOUNS[meant.kind](ground, meant.id), ground.scenario, outlook, meant)


def unfilled(scenario: Scenario, plan: Plan) -> Shortfall:
    """The unfilled posts with their reasons and whom to recruit, no limit being tried: quick."""
    return without_reliefs(Ground(scenario, plan))


def extras(scenario: Scenario, plan: Plan, ref: str) -> tuple[Extra, ...]:
    """What could be tried for what `ref` names: a half-day of a specialist, a kit. Raises UnknownRef."""
    return extras_for(Ground(scenario, plan), resolve(scenario, ref))


__all__ = [
    "Audience",
    "Explanation",
    "Line",
    "NotForFamilies",
    "Ref",
    "Telling",
    "UnknownRef",
    "explain",
    "explain_cover",
    "explain_outlook",
    "explain_shortfall",
    "extras",
    "posts_left",
    "proposal",
    "resolve",
    "shortfall",
    "unfilled",
    "with_gains",
]
