"""Sessions put into a timetable in numbers: specialists sent where they are worth most, gaps led by who is on
duty."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from random import Random
from typing import NamedTuple

from scheduler.solver.timetable.rebuilding.holding import Holding
from scheduler.solver.timetable.rebuilding.numbered import NOBODY, Entry, Given, Numbered
from scheduler.solver.timetable.rebuilding.wanting import NEVER

NOISE = 0.4
"""How far a session's worth may seem more or less than it is."""

OVERLOOKED = 0.05
"""The share of venues that are not thought of."""

MOVED = 0.5
"""What it costs, as a share of empty periods, that a session led by who is on duty finds no other period that
day: it may find one on another."""


_Worth = tuple[float, Entry]  # many thousands a second: no more than a pair
"""What a course that a specialist may give is worth at most, and that course."""


class _Promise(NamedTuple):
    """What a visit to a venue on a day is worth at most, and what may be given there."""

    most: float
    day: int
    venue: int
    worths: Sequence[_Worth]


class _Visit(NamedTuple):
    """What is given on a visit, and its worth."""

    worth: float
    given: Sequence[Given]


class Sending:
    """Fills what is left of a timetable, what seems worth most first."""

    def __init__(self, season: Numbered, holding: Holding, dice: Random) -> None:
        """What seems is drawn by lot in part, so that no two fillings are the same."""
        self._season, self._holding, self._dice = season, holding, dice
        self._wanting, self._giving = holding.wanting, holding.giving
        _, self._courses, self._days, _ = season.grid.shape
        self._weeks = len(season.grid.weeks)

    def send(self, teacher: int, week: int) -> int:
        """Make all visits of a specialist in a week that are worth it: what that costs."""
        more = 0
        while True:
            visit = self._best(teacher, week)
            before = len(self._holding.changes)
            for given in visit.given:
                more += self._holding.put(given)
            if len(self._holding.changes) == before:
                return more + self._join(teacher, week)

    def _join(self, teacher: int, week: int) -> int:
        """Let other classes of the venue have the sessions that may be shared: what that costs."""
        more, season = 0, self._season
        for day in season.days_in[week]:
            for given in list(self._giving.today[teacher * self._days + day]):
                if self._holding.is_joint(given.course):
                    for class_ in season.classes_at[season.venue_of[given.class_]]:
                        other = given._replace(class_=class_)
                        if self._may_join(other) and self._worth_of(other) > 0:
                            more += self._holding.put(other)
        return more

    def _may_join(self, given: Given) -> bool:
        """Whether a class may have a session that others have."""
        here = dict(self._season.entries(given.teacher, given.day)).get(
            self._season.venue_of[given.class_], ()
        )
        wanted = (given.class_, given.course)
        options = (one for entry in here if (entry.class_, entry.course) == wanted for one in entry.options)
        is_offered = any((one.block, one.room) == (given.block, given.room) for one in options)
        return is_offered and self._holding.is_shared(given) and self._holding.fits(given)

    def _best(self, teacher: int, week: int) -> _Visit:
        """The visit of a week that seems worth most."""
        promises = [
            promise
            for day in self._season.days_in[week]
            if (left := self._giving.left(teacher, day)) > 0
            for promise in self._promises(teacher, day, left)
        ]
        promises.sort(reverse=True, key=itemgetter(0))
        best = _Visit(0.0, ())
        for promise in promises:
            if promise.most <= best.worth:
                break
            visit = self._visit(teacher, promise)
            if visit.worth > best.worth:
                best = visit
        return best

    def _promises(self, teacher: int, day: int, left: int) -> list[_Promise]:
        """What visits on a day may be worth at most."""
        holding, wanting, chance = self._holding, self._wanting, self._dice.random
        days, step, wished, known = wanting.days, wanting.step, wanting.wished, self._giving.known
        busy, open_ = holding.busy, holding.open
        spread, near, same = wanting.spread, wanting.beside[day], self._giving.same
        week = self._season.week_of[day]
        in_week, bit, each = wanting.week_bits[week], 1 << day, self._giving.each(teacher)
        found = []
        for venue, entries in self._season.entries(teacher, day):
            if chance() < OVERLOOKED:
                continue
            worths: list[_Worth] = []
            for entry in entries:
                _, course, series, place, _ = entry
                had = days[series]
                if had & bit or not open_[place] & ~busy[place]:
                    continue
                number = (had & in_week).bit_count()
                worth = -step[course][number] - each
                if not number:
                    worth += wished[series * self._weeks + week]
                if worth <= 0 or not (wanting.is_free[course] or wanting.may_have(course, series, day)):
                    continue
                if spread[course] and had & near:
                    worth -= spread[course] * (had & near).bit_count()
                knows = known[series]
                if knows and teacher not in knows:
                    worth -= same
                if worth > 0:
                    worths.append((worth * (1 + NOISE * (chance() - 0.5)), entry))
            if worths:
                worths.sort(reverse=True, key=itemgetter(0))
                most = sum(worth for worth, _ in worths[:left])
                found.append(_Promise(most, day, venue, worths))
        return found

    def _visit(self, teacher: int, promise: _Promise) -> _Visit:
        """What is best given on a visit."""
        _, day, venue, worths = promise
        season, holding, wanting = self._season, self._holding, self._wanting
        clash, shifts, chance = season.clash, season.shift, self._dice.random
        blocked = 0
        for one in self._giving.today[teacher * self._days + day]:
            blocked |= clash(one.block, season.venue_of[one.class_], venue)
        possible = []
        for worth, entry in worths:
            class_, course, _, place, options = entry
            hard, soft = holding.busy[place], holding.led[place]
            for bit, moments, block, room in options:
                if blocked & bit or hard & moments or not holding.has_room(course, day, block, room):
                    continue
                value = worth + chance()  # so that lots decide between blocks and rooms
                if soft & moments:
                    spare = holding.open[place] & ~(hard | soft | moments)
                    lost = (moments & soft).bit_count() - spare.bit_count()
                    value -= 2 + (MOVED * holding.empty * lost if lost > 0 else 0)
                if wanting.is_active[course]:
                    value -= wanting.tires(place, block)
                if value > 0:
                    possible.append((value, block, bit, class_, course, room))
        possible.sort(reverse=True)
        left = self._giving.left(teacher, day)
        comes, most = self._giving.shifts_left(teacher, day)
        total, given, taken, had, new = 0.0, list[Given](), 0, set[tuple[int, int]](), set[int]()
        for value, block, bit, class_, course, room in possible:
            if taken & bit or (class_, course) in had:
                continue
            if most is not None and len(comes | new | {shifts[block]}) > most:
                continue
            given.append(Given(class_, course, day, block, teacher, room))
            had.add((class_, course))
            new.add(shifts[block])
            taken |= clash(block, venue, venue)
            total += value
            if len(given) == left:
                break
        return _Visit(total - self._giving.visit(teacher, day, venue, new), given)

    # ---- who is on duty --------------------------------------------------------------------------

    def lead(self, class_: int, week: int) -> int:
        """Fill what is left of a class's week with what needs no specialist: what that costs."""
        more = 0
        while True:
            before = len(self._holding.changes)
            for _, given in sorted(self._led(class_, week), reverse=True):
                place = class_ * self._days + given.day
                if self._holding.led[place] & self._season.moments[given.block]:
                    continue
                if self._holding.fits(given) and self._worth_of(given) > 0:
                    more += self._holding.take(given)
            if len(self._holding.changes) == before:
                return more

    def _led(self, class_: int, week: int) -> list[tuple[float, Given]]:
        holding, wanting, found = self._holding, self._wanting, []
        for day in self._season.days_in[week]:
            place = class_ * self._days + day
            taken = holding.busy[place] | holding.led[place]
            if not holding.open[place] & ~taken:
                continue
            for _, course, series, _, options in self._season.led(class_, day):
                if not wanting.may_have(course, series, day):
                    continue
                lot = holding.empty * 0.2 * self._dice.random()
                for _, moments, block, room in options:
                    if not taken & moments:
                        given = Given(class_, course, day, block, NOBODY, room)
                        worth = self._worth_of(given)
                        if worth > 0:
                            found.append((worth + lot, given))
        return found

    def _worth_of(self, given: Given) -> float:
        """What a session saves that costs no specialist's time."""
        class_, course, day, block, teacher, _ = given
        series, wanting = class_ * self._courses + course, self._wanting
        number = wanting.number(series, day)
        worth = -wanting.step[course][number]
        if worth <= -NEVER:
            return 0
        if not number:
            worth += wanting.wished[series * self._weeks + self._season.week_of[day]]
        worth -= wanting.spread[course] * (wanting.days[series] & wanting.beside[day]).bit_count()
        if teacher != NOBODY:
            worth -= self._giving.stranger(teacher, series)
        if wanting.is_active[course]:
            worth -= wanting.tires(class_ * self._days + day, block)
        return worth
