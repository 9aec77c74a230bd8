"""All plans of a tiny season's timetable, and the cost of the best, by the checks of the rules alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import combinations

from scheduler.domain.buses import Party, seating
from scheduler.domain.demand import adults_away
from scheduler.domain.plan import Outing, Plan, Session
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rule, Rulebook

Item = Session | Outing
"""A session held, or a trip taken; trips have no seats until the plan is whole."""

REPAIRABLE = ("course_order", "room_clash", "bus_seats", "timetable_locks")
"""Rules that a plan may break less when something is added to it. All others, once broken, stay so."""


OF_STAFF = ("clearance", "work_area", "own_child")
"""Rules of the staffing that judge sessions too: where their teachers may be."""


class TooMany(Exception):
    """There are more plans than anybody wants to list."""


class Brute:
    """The plans of one season, its placements given."""

    def __init__(self, scenario: Scenario, placed: Plan, most: int = 1_000_000) -> None:
        self.scenario, self._placed, self._most = scenario, placed, most
        book = Rulebook(scenario.settings)
        self._hard = [*book.of_stage("timetable", hard=True), *(book.by_id[name] for name in OF_STAFF)]
        self._lasting = [rule for rule in self._hard if rule.id() not in REPAIRABLE]
        self._soft = [(rule, book.weight(rule)) for rule in book.of_stage("timetable", hard=False)]

    # ---- plans ----------------------------------------------------------------------------------

    @cached_property
    def items(self) -> list[Item]:
        """Everything that could be part of a plan."""
        return [item for item in self._imaginable() if not self._breaks(item)]

    def _imaginable(self) -> Iterator[Item]:
        """Sessions of every course at every course period, with anybody, in any room of the venue; trips."""
        scenario = self.scenario
        periods = [row for row in scenario.periods if row.kind == "course"]
        days = {class_: self._days_of(class_) for class_ in scenario.class_}
        for class_, row in scenario.class_.items():
            for day in days[class_]:
                for course in scenario.course.values():
                    teachers = [None] if not course.teacher else list(scenario.person)
                    for period in periods:
                        for teacher in teachers:
                            for room in self._rooms(row.venue, row.room, shared=course.joint is not None):
                                yield Session(
                                    class_=class_,
                                    date=day,
                                    period=period.id,
                                    course=course.id,
                                    teacher=teacher,
                                    room=room,
                                )
                for trip in scenario.trip.values():
                    if day in trip.dates:
                        yield Outing(trip=trip.id, date=day, class_=class_)

    def _days_of(self, class_: str) -> list[date]:
        return [
            day
            for day in self.scenario.open_days
            if (class_, self.scenario.week_of(day)) in self._placed.running
        ]

    def _rooms(self, venue: str, home: str | None, *, shared: bool) -> list[str | None]:
        """The rooms a session may name: null means the home room, unless it may be shared and so is named."""
        rooms: list[str | None] = [row.id for row in self.scenario.rooms_at(venue)]
        if home is None:
            return [None, *rooms]
        return rooms if shared else [None, *(room for room in rooms if room != home)]

    def plan(self, items: tuple[Item, ...]) -> Plan:
        """The plan of these items, everybody seated."""
        sessions = tuple(item for item in items if isinstance(item, Session))
        return self._placed.with_(sessions=sessions, trips=tuple(self._seated(items)))

    def _seated(self, items: tuple[Item, ...]) -> Iterator[Outing]:
        going: dict[tuple[str, date], list[Outing]] = defaultdict(list)
        for item in items:
            if isinstance(item, Outing):
                going[item.trip, item.date].append(item)
        for (trip, day), rows in going.items():
            parties: dict[str, dict[str, Party]] = defaultdict(dict)
            for row in rows:
                week = self.scenario.week_of(day)
                children = len(self._placed.children_in(row.class_, week))
                adults = adults_away(self.scenario, self._placed, row.class_, week, self.scenario.trip[trip])
                parties[self.scenario.class_[row.class_].venue][row.class_] = Party(children, adults)
            seats = seating(self.scenario.trip[trip], parties)
            yield from (row.model_copy(update={"seating": seats[row.class_]}) for row in rows)

    def _breaks(self, *items: Item) -> bool:
        found = self.plan(items)
        return any(True for rule in self._lasting for _ in rule.check(self.scenario, found))

    @cached_property
    def _together(self) -> list[int]:
        """For each item the later ones it can be beside, as bits."""
        masks = [0] * len(self.items)
        for (i, one), (j, other) in combinations(enumerate(self.items), 2):
            if not self._breaks(one, other):
                masks[i] |= 1 << j
        return masks

    def plans(self) -> Iterator[Plan]:
        """Every plan that keeps the hard rules; raises TooMany where there are too many to look at."""
        number = 0
        waiting: list[tuple[tuple[int, ...], int]] = [((), (1 << len(self.items)) - 1)]
        while waiting:
            chosen, left = waiting.pop()
            found = self.plan(tuple(self.items[i] for i in chosen))
            broken = [rule for rule in self._hard if any(rule.check(self.scenario, found))]
            if any(rule.id() not in REPAIRABLE for rule in broken):
                continue  # and so is every plan that has more
            if not broken:
                yield found
            number += 1
            if number > self._most:
                raise TooMany
            while left:
                bit = left & -left
                left ^= bit
                i = bit.bit_length() - 1
                waiting.append(((*chosen, i), left & self._together[i]))

    # ---- cost -----------------------------------------------------------------------------------

    def cost(self, plan: Plan) -> float:
        """The weighted soft rules."""
        return round(sum(weight * self.amount(rule, plan) for rule, weight in self._soft if weight), 6)

    def amount(self, rule: Rule, plan: Plan) -> int:
        """What a rule counts in a plan."""
        return sum(found.amount for found in rule.check(self.scenario, plan))

    @cached_property
    def best(self) -> float | None:
        """The cost of the best plan; None where no plan keeps the hard rules."""
        return min((self.cost(plan) for plan in self.plans()), default=None)
