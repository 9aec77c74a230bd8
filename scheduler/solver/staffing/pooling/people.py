"""What limits the people of a season's pools, as rows of a linear programme: as tight as can be said.

Built of plain numbers: a city's pools hold some hundred thousand choices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import inf

from scheduler.domain.plan import Duty
from scheduler.domain.tables import Person, Shift
from scheduler.rules.staffing.staffing_locks import covers
from scheduler.solver.relaxation import Matrix
from scheduler.solver.staffing.pooling.pools import Choice, Pools


class People:
    """Some choices of the pools, and all that limits the people who are chosen."""

    def __init__(
        self,
        pools: Pools,
        ones: Iterable[int],
        *,
        standing: Iterable[int] = (),
        shares: Mapping[tuple[str, str], int] | None = None,
        locked: bool = True,
    ) -> None:
        """Take the choices `ones`; those `standing` are taken whatever is decided. `shares` say, by person
        and week, on how many days people may be called; without `locked`, locks call nobody.

        `day` finds the variables that say whether somebody works.
        """
        self.pools, self._shares, self._is_locked = pools, shares or {}, locked
        self.ones = list(ones)
        self.place = {one: place for place, one in enumerate(self.ones)}
        self.least = [0.0] * len(self.ones)
        self.most = [1.0] * len(self.ones)
        for one in standing:
            self.least[self.place[one]] = 1.0
        self.matrix = Matrix()
        self.day: dict[tuple[str, date], int] = {}
        self._close = pools.task.scenario.close_shifts
        self._persons()

    # ---- people ---------------------------------------------------------------------------------

    def _persons(self) -> None:
        found: dict[str, dict[date, dict[str, list[int]]]] = defaultdict(dict)
        for one in self.ones:
            choice = self.pools.choices[one]
            _, day, shift, _ = choice.pool
            found[choice.person].setdefault(day, {}).setdefault(shift, []).append(self.place[one])
        self._duties = found
        for person, by_day in found.items():
            row = self.pools.task.scenario.person[person]
            for day, by_shift in by_day.items():
                self._on_day(row, day, by_shift)
            self._on_days(row, by_day)
            if self._is_locked:
                self._locked(person, by_day)

    def _on_day(self, row: Person, day: date, by_shift: Mapping[str, list[int]]) -> None:
        """One post a shift, so many shifts a day, and time for the ways."""
        standing = self.pools.stands(row.id).get(day, frozenset())
        for shift, ones in by_shift.items():
            free = 0 if self.pools.known_in(row.id, day, shift) else 1
            if len(ones) > free:
                self._hold(ones, free)
        daily = row.max_shifts_per_day
        if daily is not None:
            others = [one for shift, ones in by_shift.items() if shift not in standing for one in ones]
            if len(standing) > daily:
                self._hold([one for ones in by_shift.values() for one in ones], 0)
            elif len(by_shift.keys() - standing) + len(standing) > daily:
                self._hold(others, daily - len(standing))
        for first, second in self._close:
            self._ways(row.id, day, first, second, by_shift)

    def _ways(
        self, person: str, day: date, first: Shift, second: Shift, by_shift: Mapping[str, list[int]]
    ) -> None:
        """Duties of two shifts whose venues are too far from each other exclude one another."""
        at = [self._by_venue(by_shift.get(shift.id, ())) for shift in (first, second)]
        known = [self.pools.known_in(person, day, shift.id) for shift in (first, second)]
        too_close = self.pools.task.scenario.too_close
        if any(known) or not all(too_close(first, a, second, b) for a in at[0] for b in at[1] if a != b):
            self._one_by_one(first, second, at, known)
        elif at[0] and at[1] and len({*at[0], *at[1]}) > 1:
            self._one_place(at)

    def _by_venue(self, ones: Iterable[int]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for one in ones:
            found[self.choice(one).pool[0]].append(one)
        return found

    def _one_place(self, at: Sequence[Mapping[str, list[int]]]) -> None:
        """At one venue in both shifts, if any: as tight as it can be said, where said of duties it is not."""
        places: list[int] = []
        for venue in {**at[0], **at[1]}:
            both = [shifts[venue] for shifts in at if venue in shifts]
            if len(both) == 1:
                places += both[0]
                continue
            there = self.new(1.0)
            places.append(there)
            for ones in both:
                self.matrix.add({**dict.fromkeys(ones, 1.0), there: -1.0}, -inf, 0.0)
        self._hold(places, 1)

    def _one_by_one(
        self,
        first: Shift,
        second: Shift,
        at: Sequence[Mapping[str, list[int]]],
        known: Sequence[Sequence[Duty]],
    ) -> None:
        """A duty at one venue excludes those at all too far from it."""
        too_close = self.pools.task.scenario.too_close
        for venue in {**at[0], **dict.fromkeys(duty.venue for duty in known[0])}:
            ones = at[0].get(venue, [])
            far = [
                other
                for place, others in at[1].items()
                if place != venue and too_close(first, venue, second, place)
                for other in others
            ]
            stands = sum(duty.venue == venue for duty in known[0]) + sum(
                duty.venue != venue and too_close(first, venue, second, duty.venue) for duty in known[1]
            )
            if (far or stands) and len(ones) + len(far) + stands > 1:
                self._hold([*ones, *far], max(0, 1 - stands))

    def _on_days(self, row: Person, by_day: Mapping[date, Mapping[str, list[int]]]) -> None:
        """So many days a week and a season."""
        stands, week_of = self.pools.stands(row.id), self.pools.task.scenario.week_of
        by_week: dict[str, list[date]] = defaultdict(list)
        for day in sorted(by_day):
            by_week[week_of(day)].append(day)
        for week, days in by_week.items():
            standing = sum(week_of(day) == week for day in stands)
            self._hold_days(row, by_day, days, row.max_days_per_week, standing)
            self._hold_days(row, by_day, days, self._shares.get((row.id, week)), 0)
        self._hold_days(row, by_day, sorted(by_day), row.max_days, len(stands))

    def _hold_days(
        self,
        row: Person,
        by_day: Mapping[date, Mapping[str, list[int]]],
        days: Sequence[date],
        most: int | None,
        standing: int,
    ) -> None:
        stands = self.pools.stands(row.id)
        free = [day for day in days if day not in stands]
        if most is None or len(free) + standing <= most:
            return
        if standing > most:  # broken by what stands: nothing is added
            self._hold([one for day in days for ones in by_day[day].values() for one in ones], 0)
            return
        self._hold([self.works(row.id, day) for day in free], most - standing)

    def works(self, person: str, day: date) -> int:
        """Whether a person works on a day: no less than any of its shifts."""
        key = (person, day)
        if key not in self.day:
            by_shift = self._duties[person][day]
            self.day[key] = works = self.new(1.0)
            for ones in by_shift.values():
                self.matrix.add({**dict.fromkeys(ones, 1.0), works: -1.0}, -inf, 0.0)
            daily = self.pools.task.scenario.person[person].max_shifts_per_day
            if daily is not None and 1 < daily < len(by_shift):
                every = [one for ones in by_shift.values() for one in ones]
                self.matrix.add({**dict.fromkeys(every, 1.0), works: -float(daily)}, -inf, 0.0)
        return self.day[key]

    def _locked(self, person: str, by_day: Mapping[date, Mapping[str, list[int]]]) -> None:
        """A lock puts its person on one of its duties in every shift for which it asks."""
        scenario = self.pools.task.scenario
        for lock in self.pools.locks.asking.get(person, ()):
            for day, by_shift in by_day.items():
                for shift, ones in by_shift.items():
                    if (day, shift) not in self.pools.locks.when[lock.id]:
                        continue
                    if any(covers(scenario, lock, d) for d in self.pools.known_in(person, day, shift)):
                        continue
                    fitting = [one for one in ones if covers(scenario, lock, self.choice(one).duties[0])]
                    if fitting:
                        self.matrix.add(dict.fromkeys(fitting, 1.0), 1.0, inf)

    def choice(self, place: int) -> Choice:
        """The choice of a variable."""
        return self.pools.choices[self.ones[place]]

    def new(self, most: float) -> int:
        """A further variable, from nothing to so much."""
        self.least.append(0.0)
        self.most.append(most)
        return len(self.most) - 1

    def _hold(self, ones: Iterable[int], most: int) -> None:
        self.matrix.add(dict.fromkeys(ones, 1.0), -inf, float(most))
