"""Plans that seat children of a season at random, never more in a class than it has seats for."""

from __future__ import annotations

from collections import Counter
from random import Random

from scheduler.domain.choices import options
from scheduler.domain.claims import envy, waiting
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from tests.placement_seasons import plan_of


def random_plan(season: Scenario, dice: Random) -> Plan:
    """Children at classes they could be in, in some of their weeks; waiting lists as they follow."""
    taken: Counter[tuple[str, str]] = Counter()
    seats = []
    for row in dice.sample(season.processed, len(season.processed)):
        for week in season.wanted_weeks(row.id):
            fitting = [
                class_.id
                for class_, _ in options(season, row)
                if (class_.id, week) in season.class_weeks
                and taken[class_.id, week] < season.seats(class_.id)
            ]
            if fitting and dice.random() < 0.8:
                class_ = dice.choice(fitting)
                taken[class_, week] += 1
                seats.append((row.id, week, class_))
    found = plan_of(season, seats).with_(policy=season.settings.policy, ties=season.settings.ties)
    return found.with_(waitlist=waiting(season, found))


def declared(season: Scenario, given: Plan) -> Plan:
    """The plan with all its claims declared."""
    return given.with_(envy=envy(season, given))
