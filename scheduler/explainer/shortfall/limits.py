"""Which single limit of a person stands in the way, told from what the rules say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from scheduler.domain.plan import Duty
from scheduler.domain.scenario import Scenario
from scheduler.domain.shortfall import Hurdle, ReliefKind
from scheduler.rules import Violation

KINDS: tuple[ReliefKind, ...] = (
    "days_per_week",
    "days",
    "shifts_per_day",
    "distance",
    "clearance",
    "venue",
    "offer",
)
"""The kinds of limits, those that a word may shift first."""
OWN_LIMITS: frozenset[ReliefKind] = frozenset({"days_per_week", "days", "shifts_per_day"})
"""How much somebody works."""


@dataclass(frozen=True)
class Limit:
    """One limit of one person, as far as it would have to give way: in a week, on a day, at a venue."""

    person: str
    kind: ReliefKind
    week: str | None = None
    date: date | None = None
    venue: str | None = None
    now: float | None = None
    then: float | None = None


def limit_in(scenario: Scenario, duty: Duty, blockers: Sequence[Violation]) -> Limit | None:
    """The one limit of a person that all of these violations of a duty speak of; None if there are several,
    or if it is no limit."""
    rules = {found.rule for found in blockers}
    if rules == {"duty_limits"} and len(blockers) == 1 and blockers[0].amount == 1:
        return _worked(scenario, duty, blockers[0])
    if len(rules) == 1:
        hurdles: dict[str, Hurdle] = {
            "clearance": "cleared",
            "duty_available": "offered",
            "work_area": "reach",
        }
        return limit_at(scenario, duty, hurdles.get(rules.pop(), "other"))
    return None


def limit_at(scenario: Scenario, duty: Duty, hurdle: Hurdle) -> Limit | None:
    """The limit that a hurdle stands for, where it is the only one in a duty's way."""
    row = scenario.person[duty.person]
    if hurdle == "cleared":
        return Limit(row.id, "clearance")
    if hurdle == "offered":
        return Limit(row.id, "offer", date=duty.date)
    if hurdle == "reach" and row.venues:
        return Limit(row.id, "venue", venue=duty.venue)
    if hurdle == "reach":
        km = scenario.distance_km(row, scenario.venue[duty.venue]) or 0.0
        return Limit(row.id, "distance", venue=duty.venue, now=row.max_distance_km, then=ceil(10 * km) / 10)
    return None


def _worked(scenario: Scenario, duty: Duty, found: Violation) -> Limit:
    """A limit of how much somebody works, one more than now."""
    now = int(str(found.parameters["limit"]))
    if found.message == "shifts_per_day":
        return Limit(duty.person, "shifts_per_day", date=duty.date, now=now, then=now + 1)
    if found.message == "days_per_week":
        return Limit(duty.person, "days_per_week", scenario.week_of(duty.date), now=now, then=now + 1)
    return Limit(duty.person, "days", now=now, then=now + 1)
