"""What people do whatever is decided: the sessions they give, and the duties that stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from datetime import date
from functools import cache

from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.work import Stint, stints


class Settled:
    """By person, each looked up once."""

    def __init__(self, scenario: Scenario, plan: Plan, duties: Collection[Duty]) -> None:
        """The sessions of a plan without duties, and those duties that stand, in their order."""
        self._scenario, self._plan = scenario, plan
        self._duties: dict[str, list[Duty]] = defaultdict(list)
        for duty in duties:
            self._duties[duty.person].append(duty)
        self.taught = cache(self._find_taught)
        self.shifts = cache(self._find_shifts)

    def duties(self, person: str) -> Sequence[Duty]:
        """A person's duties that stand."""
        return self._duties.get(person, ())

    def _find_taught(self, person: str) -> Mapping[date, Sequence[Stint]]:
        """A person's sessions, day by day."""
        found: dict[date, list[Stint]] = {}
        for row in stints(self._scenario, self._plan, person):
            found.setdefault(row.date, []).append(row)
        return found

    def _find_shifts(self, person: str) -> Mapping[date, Set[str]]:
        """The shifts in which a person works, day by day."""
        found = {day: {row.shift for row in rows} for day, rows in self.taught(person).items()}
        for duty in self.duties(person):
            found.setdefault(duty.date, set()).add(duty.shift)
        return found
