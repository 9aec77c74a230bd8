"""Nothing is withheld for want of adults unless adults are short."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from scheduler.domain.history import begun
from scheduler.domain.plan import Plan
from scheduler.domain.reserve import Reserve, needed
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation


class StaffReserve(Rule):
    """Before placement class-weeks are withheld of which the adults cannot cover a `share` of the must
    adult-shifts; they offer no seat.

    Which of several it is, the solver decides. That there is any ground can be checked: the setting, a staff
    list and needs that must be met, no lock that opens the class or places a child in it, and more than one
    adult-shift asked for.
    """

    stage: ClassVar[StageName] = "derived"
    unit: ClassVar[str] = "class-weeks"

    share: float = Field(default=0.75, ge=0, le=1)

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Class-weeks withheld without ground; weeks begun are history."""
        past, reserve = begun(scenario, plan), Reserve(scenario)
        unused = plan.kept_back & frozenset(scenario.class_weeks) - plan.running  # else `withheld` tells
        for class_, week in sorted(key for key in unused if key[1] not in past):
            message = None
            if not reserve.reckons:
                message = "not_reckoned"
            elif (class_, week) in reserve.promised:
                message = "promised"
            elif not self._asks(reserve, class_, week):
                message = "asks_nobody"
            if message:
                yield self.broken(1, message, (f"class:{class_}",), class_=class_, week=week)

    def _asks(self, reserve: Reserve, class_: str, week: str) -> bool:
        """Whether adults could be too few for a class-week at all."""
        for asks in (reserve.class_asks(class_, week), reserve.venue_asks(class_, week)):
            if needed(sum(number for rows in asks.values() for _, number in rows), self.share) > 0:
                return True
        return False
