"""All rosters of a tiny season, and the best of them by the contract's levels.

Knows nothing of the solver or of any rule's mathematics. A person's duties are what the checks of the hard
rules let pass; what a post misses follows from the domain's asks; the soft rules' checks judge what is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import product
from math import prod

from scheduler.domain.demand import Ask, Post, counts, missing, posts
from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Lock, Person
from scheduler.domain.tables.staff import DUTY_ROLES
from scheduler.rules import Rulebook

Roster = tuple[Duty, ...]
Levels = tuple[float, ...]
"""Missing for `must` asks, for soft ones, (replanning) changes, cost."""


class Brute:
    """The rosters of one season, beside the placements, sessions and trips of a plan."""

    def __init__(self, scenario: Scenario, so_far: Plan, previous: Plan | None = None) -> None:
        self.scenario = scenario
        self.plan = so_far.with_(duties=())
        self.book = Rulebook(scenario.settings)
        self._previous = previous
        self._hard = self.book.of_stage("staffing", hard=True)
        self._soft = [r for r in self.book.of_stage("staffing", hard=False) if self.book.weight(r)]
        self._posts = tuple(posts(scenario, self.plan))
        self._asks = [(post, ask) for post in self._posts for ask in post.asks]
        self._known: dict[Duty, tuple[int, ...]] = {}

    def number(self) -> int:
        """How many rosters there are if people do not stand in each other's way."""
        return prod(len(ways) for ways in self.ways)

    # ---- rosters --------------------------------------------------------------------------------

    @cached_property
    def ways(self) -> list[list[Roster]]:
        """For each person everything they could do if nobody else were there."""
        return [list(self._alone(person)) for person in self.scenario.person.values()]

    def _alone(self, person: Person) -> Iterator[Roster]:
        locks = [lock for lock in self.scenario.locks if lock.kind == "duty" and lock.person == person.id]
        options: list[list[Roster]] = []
        for day in self.scenario.open_days:
            # minors never count: they are on duty only where a lock puts them
            minor = self.scenario.is_minor(person.id, day)
            for shift in self.scenario.shift:
                found = [
                    (Duty(person=person.id, role=role, class_=class_, venue=venue, date=day, shift=shift),)
                    for role in DUTY_ROLES
                    for class_, venue in self._places()
                    if (role == "site") == (class_ is None)
                ]
                able = [
                    row
                    for row in found
                    if (not minor and self._is_asked_for(row[0])) or self._is_meant(locks, row[0])
                ]
                options.append([(), *(row for row in able if self._is_possible(row))])
        for chosen in product(*options):
            roster = tuple(duty for row in chosen for duty in row)
            if self._keeps_rules(roster, f"person:{person.id}"):
                yield roster

    def _places(self) -> list[tuple[str | None, str]]:
        return [
            *((row.id, row.venue) for row in self.scenario.classes),
            *((None, venue) for venue in self.scenario.venue),
        ]

    def _is_asked_for(self, duty: Duty) -> bool:
        """Whether some ask there speaks of such a person; nobody else is called, not even who was before."""
        known = self.scenario.person[duty.person].qualifications
        return any(
            (post.venue, post.date, post.shift) == (duty.venue, duty.date, duty.shift)
            and post.class_ in (None, duty.class_)
            and duty.role in ask.roles
            and (not ask.qualification or ask.qualification in known)
            for post, ask in self._asks
        )

    def _is_meant(self, locks: Iterable[Lock], duty: Duty) -> bool:
        """Whether a lock may mean the duty, asked for or not."""
        place, site = self.scenario.class_, ("site", duty.venue)
        return any(
            lock.date in (None, duty.date)
            and lock.shift in (None, duty.shift)
            and lock.role in (None, duty.role)
            and (lock.class_ in (None, duty.class_) or (duty.role, place[lock.class_].venue) == site)
            for lock in locks
        )

    def _is_possible(self, roster: Roster) -> bool:
        """Whether no hard rule is broken that a further duty could not mend."""
        plan, about = self.plan.with_(duties=roster), f"person:{roster[0].person}"
        return not any(
            about in broken.refs and not broken.message.startswith("duty")
            for rule in self._hard
            for broken in rule.check(self.scenario, plan)
        )

    def _keeps_rules(self, roster: Roster, about: str) -> bool:
        plan = self.plan.with_(duties=roster)
        return not any(
            about in broken.refs for rule in self._hard for broken in rule.check(self.scenario, plan)
        )

    def breaks_rules(self, roster: Roster) -> list[str]:
        """What a whole roster breaks."""
        plan = self.plan.with_(duties=roster)
        return [f"{broken}" for rule in self._hard for broken in rule.check(self.scenario, plan)]

    # ---- levels ---------------------------------------------------------------------------------

    @cached_property
    def best(self) -> Levels | None:
        """The best levels of all rosters; None if there is none."""
        return min(self._costed(self.table[0][0]), default=None) if self.table else None

    @cached_property
    def table(self) -> list[tuple[Levels, Roster]]:
        """Every roster with its levels before the soft rules, the best first."""
        found = []
        for parts in product(*self.ways):
            roster = tuple(duty for part in parts for duty in part)
            found.append((self._counted(roster), roster))
        return sorted(found, key=lambda row: row[0])

    def _costed(self, levels: Levels) -> Iterator[Levels]:
        for counted, roster in self.table:
            if counted == levels:
                yield (*counted, self.cost(roster))

    def least_cost(self, within: Levels) -> float | None:
        """The least cost of the rosters that are in no earlier level worse than this; None without any."""
        fit = (
            roster
            for counted, roster in self.table
            if all(had <= most + 1e-6 for had, most in zip(counted, within, strict=True))
        )
        return min((self.cost(roster) for roster in fit), default=None)

    def levels(self, roster: Roster) -> Levels:
        """A roster's levels in their order, each the less the better."""
        return (*self._counted(roster), self.cost(roster))

    def _counted(self, roster: Roster) -> Levels:
        present = [0] * len(self._asks)
        for duty in roster:
            for number in self._counting(duty):
                present[number] += 1
        total = {"must": 0, "soft": 0}
        for (_, ask), there in zip(self._asks, present, strict=True):
            total[ask.strength] += missing(ask, there)
        if self._previous is None:
            return total["must"], total["soft"]
        return total["must"], total["soft"], len(set(self._previous.duties) - set(roster))

    def _counting(self, duty: Duty) -> tuple[int, ...]:
        """The asks that count somebody on a duty."""
        if duty not in self._known:

            def is_counted(post: Post, ask: Ask) -> bool:
                return counts(self.scenario, self.plan, post, ask, duty)

            self._known[duty] = tuple(n for n, row in enumerate(self._asks) if is_counted(*row))
        return self._known[duty]

    def cost(self, roster: Roster) -> float:
        """The weighted soft rules."""
        plan = self.plan.with_(duties=roster)
        costs = (
            self.book.weight(rule) * sum(broken.amount for broken in rule.check(self.scenario, plan))
            for rule in self._soft
        )
        return round(sum(costs), 6)
