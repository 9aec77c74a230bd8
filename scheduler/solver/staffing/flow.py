"""The gaps of a season's pools as one linear programme: its bound, and who fills which pool.

Built of plain numbers: a city's pools hold some hundred thousand choices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from math import inf

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from scheduler.domain.tables import Person, Shift
from scheduler.rules.staffing.staffing_locks import covers
from scheduler.solver.branching import NODES, solved
from scheduler.solver.door import Clock, Limits
from scheduler.solver.relaxation import WHOLE, Matrix
from scheduler.solver.staffing.pools import Choice, Demand, Pools

EACH = 1e-4
"""Deterministic seconds for each variable beside the search."""


class Flow:
    """Some choices of the pools, what their demands miss, and all that limits people."""

    def __init__(
        self,
        pools: Pools,
        ones: Iterable[int],
        *,
        standing: Iterable[int] = (),
        shares: Mapping[tuple[str, str], int] | None = None,
    ) -> None:
        """Take the choices `ones`; those `standing` are taken whatever is decided. `shares` say, by person
        and week, on how many days people may be called."""
        self._pools, self._shares = pools, shares or {}
        self.ones = list(ones)
        self.place = {one: place for place, one in enumerate(self.ones)}
        self._least = [0.0] * len(self.ones)
        self._most = [1.0] * len(self.ones)
        for one in standing:
            self._least[self.place[one]] = 1.0
        self.values: dict[int, int] = {}
        self._matrix = Matrix()
        self.misses: dict[str, list[int]] = {"must": [], "soft": []}
        self.missing_at: dict[int, Demand] = {}
        self.day: dict[tuple[str, date], int] = {}
        scenario = pools.task.scenario
        shifts = list(scenario.shift.values())
        self._close = [
            (a, b)
            for a, b in combinations(shifts, 2)
            if any(scenario.too_close(a, v, b, w) for v in scenario.venue for w in scenario.venue)
        ]
        self._persons()

    # ---- people ---------------------------------------------------------------------------------

    def _persons(self) -> None:
        found: dict[str, dict[date, dict[str, list[int]]]] = defaultdict(dict)
        for one in self.ones:
            choice = self._pools.choices[one]
            _, day, shift, _ = choice.pool
            found[choice.person].setdefault(day, {}).setdefault(shift, []).append(self.place[one])
        for person, by_day in found.items():
            row = self._pools.task.scenario.person[person]
            for day, by_shift in by_day.items():
                self._on_day(row, day, by_shift)
            self._on_days(row, by_day)
            self._locked(person, by_day)

    def _on_day(self, row: Person, day: date, by_shift: Mapping[str, list[int]]) -> None:
        """One post a shift, so many shifts a day, and time for the ways."""
        standing = self._pools.stands(row.id).get(day, frozenset())
        for shift, ones in by_shift.items():
            free = 0 if self._pools.known_in(row.id, day, shift) else 1
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
        """A duty at one venue excludes those at all too far from it."""
        pools = self._pools
        known = [pools.known_in(person, day, shift.id) for shift in (first, second)]
        at: dict[str, list[int]] = defaultdict(list)
        for one in by_shift.get(first.id, ()):
            at[self._choice(one).pool[0]].append(one)
        for duty in known[0]:
            at.setdefault(duty.venue, [])
        for venue, ones in at.items():
            far = [
                other
                for other in by_shift.get(second.id, ())
                if self._choice(other).pool[0] != venue
                and pools.task.scenario.too_close(first, venue, second, self._choice(other).pool[0])
            ]
            stands = sum(duty.venue == venue for duty in known[0]) + sum(
                duty.venue != venue and pools.task.scenario.too_close(first, venue, second, duty.venue)
                for duty in known[1]
            )
            if (far or stands) and len(ones) + len(far) + stands > 1:
                self._hold([*ones, *far], max(0, 1 - stands))

    def _on_days(self, row: Person, by_day: Mapping[date, Mapping[str, list[int]]]) -> None:
        """So many days a week and a season."""
        stands, week_of = self._pools.stands(row.id), self._pools.task.scenario.week_of
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
        stands = self._pools.stands(row.id)
        free = [day for day in days if day not in stands]
        if most is None or len(free) + standing <= most:
            return
        if standing > most:  # broken by what stands: nothing is added
            self._hold([one for day in days for ones in by_day[day].values() for one in ones], 0)
            return
        self._hold([self._works(row, day, by_day[day]) for day in free], most - standing)

    def _works(self, row: Person, day: date, by_shift: Mapping[str, list[int]]) -> int:
        """Whether the person works on a day: no less than any of its shifts."""
        key = (row.id, day)
        if key not in self.day:
            self.day[key] = works = self._new(1.0)
            for ones in by_shift.values():
                self._matrix.add({**dict.fromkeys(ones, 1.0), works: -1.0}, -inf, 0.0)
            daily = row.max_shifts_per_day
            if daily is not None and 1 < daily < len(by_shift):
                every = [one for ones in by_shift.values() for one in ones]
                self._matrix.add({**dict.fromkeys(every, 1.0), works: -float(daily)}, -inf, 0.0)
        return self.day[key]

    def _locked(self, person: str, by_day: Mapping[date, Mapping[str, list[int]]]) -> None:
        """A lock puts its person on one of its duties in every shift in which there is one."""
        scenario = self._pools.task.scenario
        for lock in self._pools.locks.asking.get(person, ()):
            for day, by_shift in by_day.items():
                for shift, ones in by_shift.items():
                    if any(covers(scenario, lock, d) for d in self._pools.known_in(person, day, shift)):
                        continue
                    fitting = [one for one in ones if covers(scenario, lock, self._choice(one).duties[0])]
                    if fitting:
                        self._matrix.add(dict.fromkeys(fitting, 1.0), 1.0, inf)

    # ---- posts ----------------------------------------------------------------------------------

    def ask(self, demands: Iterable[Demand]) -> None:
        """What these demands miss; all of one pool are to be given together."""
        of_pool: dict[object, list[tuple[Demand, int]]] = defaultdict(list)
        for demand in demands:
            ones = [self.place[one] for one in demand.choices if one in self.place]
            amount = self._new(float(demand.number))
            self.misses[demand.strength].append(amount)
            self.missing_at[amount] = demand
            terms = {**dict.fromkeys(ones, 1.0), amount: 1.0}
            others = of_pool[demand.pool]
            if demand.beyond:
                terms[self._over(demand, others)] = 1.0
            needed = demand.number + demand.beyond - demand.present
            self._matrix.add(terms, float(needed), inf)
            others.append((demand, amount))

    def _over(self, demand: Demand, others: Sequence[tuple[Demand, int]]) -> int:
        """What the others that a demand stands beyond miss themselves."""
        same = alike(demand, (other for other, _ in others))
        if same is not None:
            return others[same][1]
        most = self._new(float(demand.beyond))
        self._matrix.add({most: 1.0, **{amount: -1.0 for _, amount in others}}, -inf, 0.0)
        return most

    # ---- solving --------------------------------------------------------------------------------

    def best(
        self, cost: Mapping[int, float], limits: Limits, clock: Clock, seconds: float
    ) -> tuple[list[int] | None, float]:
        """The choices of least cost, which is whole (None if none were found in time), and its bound; the
        values of all variables are kept."""
        parameters = mathopt.SolveParameters(relative_gap_tolerance=0.0, absolute_gap_tolerance=0.5)
        if limits.reproducible:
            parameters.node_limit = max(1, round(seconds * NODES))
            clock.spend(seconds / 2 + EACH * len(self._most))
        else:
            parameters.time_limit = timedelta(seconds=max(0.05, seconds))
        result = solved(self._proto(cost), parameters, limits)
        if result is None:
            return None, -inf
        bound = result.termination.objective_bounds.dual_bound
        if not result.solutions or result.solutions[0].primal_solution is None:
            return None, bound
        at = result.solutions[0].primal_solution.variable_values
        self.values = {variable.id: round(value) for variable, value in at.items() if value > WHOLE}
        count = len(self.ones)
        return [self.ones[place] for place, value in self.values.items() if place < count and value], bound

    def _proto(self, cost: Mapping[int, float]) -> model_pb2.ModelProto:
        return self._matrix.proto(self._least, self._most, cost, whole=True)

    def _choice(self, place: int) -> Choice:
        return self._pools.choices[self.ones[place]]

    def _new(self, most: float) -> int:
        self._least.append(0.0)
        self._most.append(most)
        return len(self._most) - 1

    def _hold(self, ones: Iterable[int], most: int) -> None:
        self._matrix.add(dict.fromkeys(ones, 1.0), -inf, float(most))


def alike(demand: Demand, others: Iterable[Demand]) -> int | None:
    """Which of the others is the must demand that a soft one goes beyond."""
    for place, other in enumerate(others):
        same = (other.alike, other.strength) == (demand.alike, "must")
        if demand.strength == "soft" and same and other.number == demand.beyond:
            return place
    return None


def over(demand: Demand, others: Sequence[tuple[Demand, int]]) -> int:
    """What the others that a demand stands beyond miss themselves, as the programme has it."""
    same = alike(demand, (other for other, _ in others))
    if same is not None:
        return others[same][1]
    return min(demand.beyond, sum(amount for _, amount in others))
