"""Where children who stay at one venue stay, once weeks of the season have begun."""

from __future__ import annotations

from collections.abc import Set

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.units import sibling_wish


def stays_at(scenario: Scenario, plan: Plan, past: Set[str], child: str) -> str | None:
    """The venue at which a child that stays was in the weeks of `past`, and which binds it in those to come,
    whether it can be there any more or not.

    None where nothing binds it: it was nowhere or at several venues, or siblings that are bound to it by now
    were elsewhere. Then its weeks to come are at one venue, whichever.
    """
    found = _was_at(scenario, plan, past, child)
    if found is None:
        return None
    others = {_was_at(scenario, plan, past, member) for member in _bound(scenario, child)}
    return found if others <= {found, None} else None


def _bound(scenario: Scenario, child: str) -> tuple[str, ...]:
    """A child and the siblings that must be where it is."""
    rows = scenario.family_of(child)
    return tuple(row.id for row in rows) if sibling_wish(scenario, rows) == "must" else (child,)


def _was_at(scenario: Scenario, plan: Plan, past: Set[str], child: str) -> str | None:
    """The one venue at which a child that stays was; None if there is none, or more than one."""
    if not past or scenario.child[child].stay == "weeks":
        return None
    weeks, wanted = plan.weeks_of(child), past & set(scenario.wanted_weeks(child))
    venues = {scenario.class_[c].venue for w, c in weeks.items() if w in wanted and c in scenario.class_}
    return venues.pop() if len(venues) == 1 else None
