"""A roster made the simple way: post after post, whoever is free; the plain model's first solution."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from scheduler.domain.demand import Ask, Post, counts, missing
from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.work import stints
from scheduler.rules.staffing.staffing_locks import StaffingLocks


class First:
    """A roster under construction."""

    def __init__(self, scenario: Scenario, plan: Plan, possible: Collection[Duty]) -> None:
        """Note what is taught already and whom locks keep away."""
        self._scenario, self._plan = scenario, plan
        self._at: dict[tuple[str, date, str], list[Duty]] = defaultdict(list)
        self._today: dict[tuple[str, date], dict[str, str]] = defaultdict(dict)
        self._days: dict[str, set[date]] = defaultdict(set)
        self._load: dict[str, int] = defaultdict(int)
        self._faces: set[tuple[str, str, str]] = set()
        self._busy: set[tuple[str, date, str]] = set()
        self.chosen: set[Duty] = set()
        for person in scenario.person:
            for row in stints(scenario, plan, person):
                self._note(person, row.date, row.shift, row.venue)
        kept_off = {lock.person for lock in scenario.lock.values() if lock.kind == "no_duty"}
        for duty in possible:
            if not ({None, duty.person} & kept_off and self._is_locked_out(duty)):
                self._at[duty.venue, duty.date, duty.shift].append(duty)

    def roster(self, posts: Iterable[Post]) -> set[Duty]:
        """Fill `must` asks, then soft ones; never more than is missing."""
        posts = sorted(posts, key=lambda post: (post.date, post.shift, post.venue, post.class_ or ""))
        for strength in ("must", "soft"):
            for post in posts:
                for ask in sorted(post.asks, key=lambda ask: (ask.beyond, -len(ask.qualification))):
                    if ask.strength == strength:
                        self._fill(post, ask)
        return self.chosen

    def _fill(self, post: Post, ask: Ask) -> None:
        here = [
            duty
            for duty in self._at[post.venue, post.date, post.shift]
            if counts(self._scenario, self._plan, post, ask, duty)
        ]
        short = missing(ask, sum(duty in self.chosen for duty in here))
        for duty in sorted(here, key=lambda duty: self._order(post, duty)) if short else ():
            if short and duty not in self.chosen and self._is_free(duty):
                self._take(duty)
                short -= 1

    def _order(self, post: Post, duty: Duty) -> tuple[object, ...]:
        """Who fills most asks first, then whom the class knows, then who has worked least."""
        scenario = self._scenario
        filled = sum(counts(scenario, self._plan, post, ask, duty) for ask in post.asks)
        known = (duty.person, duty.class_ or "", scenario.week_of(duty.date)) in self._faces
        teacher = scenario.person[duty.person].kind == "teacher"
        return -filled, not known, not teacher, self._load[duty.person], duty.person, duty.role

    def _is_free(self, duty: Duty) -> bool:
        row, today = self._scenario.person[duty.person], self._today[duty.person, duty.date]
        if (duty.person, duty.date, duty.shift) in self._busy:
            return False
        if row.max_shifts_per_day is not None and len({*today, duty.shift}) > row.max_shifts_per_day:
            return False
        return (bool(today) or self._has_days(duty)) and self._can_go(duty, today)

    def _has_days(self, duty: Duty) -> bool:
        row, days = self._scenario.person[duty.person], self._days[duty.person]
        week = self._scenario.week_of(duty.date)
        in_week = sum(self._scenario.week_of(day) == week for day in days)
        if row.max_days_per_week is not None and in_week >= row.max_days_per_week:
            return False
        return row.max_days is None or len(days) < row.max_days

    def _can_go(self, duty: Duty, today: dict[str, str]) -> bool:
        """Whether the ways between the day's shifts can be made; those to sessions surely can."""
        order = list(self._scenario.shift)
        for shift, venue in today.items():
            if venue != duty.venue and shift != duty.shift and (duty.person, duty.date, shift) in self._busy:
                (first, start), (second, end) = sorted(
                    ((shift, venue), (duty.shift, duty.venue)), key=lambda at: order.index(at[0])
                )
                if self._scenario.too_close(
                    self._scenario.shift[first], start, self._scenario.shift[second], end
                ):
                    return False
        return True

    def _take(self, duty: Duty) -> None:
        self.chosen.add(duty)
        self._busy.add((duty.person, duty.date, duty.shift))
        self._load[duty.person] += 1
        self._faces.add((duty.person, duty.class_ or "", self._scenario.week_of(duty.date)))
        self._note(duty.person, duty.date, duty.shift, duty.venue)

    def _note(self, person: str, day: date, shift: str, venue: str) -> None:
        self._today[person, day][shift] = venue
        self._days[person].add(day)

    def _is_locked_out(self, duty: Duty) -> bool:
        alone = self._plan.with_(duties=(duty,))
        found = StaffingLocks().check(self._scenario, alone)
        return any(row.message == "no_duty" for row in found)
