"""The ways of an adult from one venue to the next within a day."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from scheduler.domain.calendar import minutes
from scheduler.domain.scenario import Scenario
from scheduler.exporters.views.work import Work


@dataclass(frozen=True)
class Way:
    """A way between two venues: what it takes, the time there is for it, and how far it is (null where
    coordinates are missing)."""

    minutes: int
    free: int
    km: float | None


def way(scenario: Scenario, before: Work | None, then: Work) -> Way | None:
    """The way to a piece of work from the one before; None where there is none to go."""
    if before is None or before.venue == then.venue or not {before.venue, then.venue} <= set(scenario.venue):
        return None
    km = scenario.distance_km(scenario.venue[before.venue], scenario.venue[then.venue])
    return Way(
        round(scenario.travel_minutes(before.venue, then.venue)),
        minutes(then.start) - minutes(before.end),
        None if km is None else round(km, 1),
    )


def ways(scenario: Scenario, today: tuple[Work, ...]) -> tuple[Way | None, ...]:
    """The way to each piece of a day's work, in order."""
    if not today:
        return ()
    return (None, *(way(scenario, before, then) for before, then in pairwise(today)))
