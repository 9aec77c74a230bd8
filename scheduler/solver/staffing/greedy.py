"""A first roster, class by class and week by week, to start the search from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from scheduler.domain.demand import Ask, Post, adults_asked, counts, missing, most_useful
from scheduler.domain.plan import Duty
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Lock
from scheduler.domain.work import offered
from scheduler.variables.staffing import Staffing


def first_roster(x: Staffing, posts: Iterable[Post]) -> set[Duty]:
    """Duties that fill the posts as far as simple choices go, each allowed beside the others.

    For a class and week again and again the person who can fill most of what is missing takes all of it:
    first for `must` asks, then for all; each time first within half of what people offered and without what
    they avoid, then as it comes.
    """
    roster = _Roster(x)
    weeks: dict[tuple[str, str], list[Post]] = defaultdict(list)
    for post in posts:
        weeks[x.scenario.week_of(post.date), post.class_ or post.venue].append(post)
    for strengths in (("must",), ("must", "soft")):
        for gently in (True, False):
            for key in sorted(weeks):
                roster.fill(weeks[key], strengths, gently)
    return roster.chosen


class _Roster:
    """A roster under construction."""

    def __init__(self, x: Staffing) -> None:
        self.x = x
        self.chosen: set[Duty] = set()
        self.load: dict[str, int] = defaultdict(int)
        self.shifts: dict[tuple[str, date], dict[str, Duty | None]] = defaultdict(dict)
        self.kept_off = [lock for lock in x.scenario.lock.values() if lock.kind == "no_duty"]
        self.offer = {person: offered(x.scenario, x.plan, person) for person in x.people}
        for person in x.people:
            for day, shifts in x.stands(person).items():
                self.shifts[person, day] = dict.fromkeys(shifts)
        for duty, variable in x.on_duty.items():
            if isinstance(variable, int):
                self.shifts[duty.person, duty.date][duty.shift] = duty

    def fill(self, posts: list[Post], strengths: tuple[str, ...], gently: bool) -> None:
        """Fill the posts of one place and week."""
        while True:
            best: dict[str, list[Duty]] = defaultdict(list)
            for post in posts:
                for duty in self._useful(post, strengths, gently):
                    if all(own.date != duty.date or own.shift != duty.shift for own in best[duty.person]):
                        best[duty.person].append(duty)
            best = {person: duties for person, duties in best.items() if duties}
            if not best:
                return
            taken = 0
            for duty in max(best.items(), key=lambda item: (len(item[1]), item[0]))[1]:
                if self._allowed(duty, gently):
                    self._take(duty)
                    taken += 1
            if not taken:
                return

    def _useful(self, post: Post, strengths: tuple[str, ...], gently: bool) -> list[Duty]:
        """Allowed duties that lessen what a post misses and are not beyond what it asks, best role first."""
        x = self.x
        here = [d for d in x.by_place.get((post.venue, post.date, post.shift), ()) if _in(post, d)]
        present = [d for d in here if d in self.chosen or isinstance(x.on_duty[d], int)]
        short = [
            ask
            for ask in post.asks
            if ask.strength in strengths and missing(ask, self._present(post, ask, present))
        ]
        if not short or (post.class_ is not None and len(present) >= adults_asked(post.asks)):
            return []
        found = []
        for duty in here:
            same = sum(other.role == duty.role for other in present)
            if duty in self.chosen or same >= most_useful(post.asks, duty.role):
                continue
            if not self._allowed(duty, gently):
                continue
            met = sum(
                10 if ask.strength == "must" else 1
                for ask in short
                if counts(x.scenario, x.plan, post, ask, duty)
            )
            if met:
                found.append((-met, duty.person, duty.role, duty))
        return [row[-1] for row in sorted(found, key=lambda row: row[:-1])]

    def _present(self, post: Post, ask: Ask, present: list[Duty]) -> int:
        return sum(counts(self.x.scenario, self.x.plan, post, ask, duty) for duty in present)

    def _allowed(self, duty: Duty, gently: bool) -> bool:
        scenario = self.x.scenario
        row = scenario.person[duty.person]
        today = self.shifts[duty.person, duty.date]
        if any(_keeps_off(scenario, lock, duty) for lock in self.kept_off):
            return False
        if duty.shift in today and (today[duty.shift] is not None or duty.class_ is None):
            return False
        if gently:
            if row.kind == "volunteer" and 2 * self.load[duty.person] >= self.offer[duty.person]:
                return False
            if scenario.availability_of(duty.person, duty.date, duty.shift) == "avoid":
                return False
        if row.max_shifts_per_day is not None and len({*today, duty.shift}) > row.max_shifts_per_day:
            return False
        return self._can_go(duty, today) if today else self._has_days(duty)

    def _has_days(self, duty: Duty) -> bool:
        """Whether the person may work one more day this week and season."""
        scenario = self.x.scenario
        row = scenario.person[duty.person]
        week = scenario.days_in(scenario.week_of(duty.date))
        in_week = sum(bool(self.shifts.get((duty.person, day))) for day in week)
        if row.max_days_per_week is not None and in_week >= row.max_days_per_week:
            return False
        in_season = sum(bool(self.shifts.get((duty.person, day))) for day in scenario.open_days)
        return row.max_days is None or in_season < row.max_days

    def _can_go(self, duty: Duty, today: dict[str, Duty | None]) -> bool:
        """Whether the ways to the day's other duties can be made."""
        scenario = self.x.scenario
        order = list(scenario.shift)
        for other in today.values():
            if other is None or other.venue == duty.venue:
                continue
            first, second = sorted((other, duty), key=lambda d: order.index(d.shift))
            if scenario.too_close(
                scenario.shift[first.shift], first.venue, scenario.shift[second.shift], second.venue
            ):
                return False
        return True

    def _take(self, duty: Duty) -> None:
        self.chosen.add(duty)
        self.load[duty.person] += 1
        self.shifts[duty.person, duty.date][duty.shift] = duty


def _keeps_off(scenario: Scenario, lock: Lock, duty: Duty) -> bool:
    """Whether a lock may mean a duty; one that names a class may mean people of its venue."""
    blank_or_same = (
        lock.person in (None, duty.person)
        and lock.role in (None, duty.role)
        and lock.date in (None, duty.date)
        and lock.shift in (None, duty.shift)
        and lock.class_ in (None, duty.class_, *((lock.class_,) if duty.class_ is None else ()))
    )
    return blank_or_same and lock.week in (None, scenario.week_of(duty.date))


def _in(post: Post, duty: Duty) -> bool:
    return duty.class_ == post.class_
