"""A timetable in numbers, in which sessions come and go: what fits beside it, and what each change costs.

Trips stand. What a lock asks for stands, too, and what must come before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import inf

from scheduler.rules import Rulebook
from scheduler.rules.timetable.timetable_locks import asks_for
from scheduler.solver.cpsat import SCALE
from scheduler.solver.timetable.rebuilding import giving, wanting
from scheduler.solver.timetable.rebuilding.giving import Giving
from scheduler.solver.timetable.rebuilding.numbered import HOME, NOBODY, Given, Numbered
from scheduler.solver.timetable.rebuilding.wanting import Wanting
from scheduler.variables.lessons import Departure, Lesson

TRIPS = ("trips_taken", "trips_together")
"""The soft rules that speak of trips alone, and so of nothing that changes here."""


class Holding:
    """The sessions held, and which moments they take of classes, rooms and kits."""

    def __init__(
        self, season: Numbered, rulebook: Rulebook, lessons: Sequence[Lesson], departures: Iterable[Departure]
    ) -> None:
        """Begin with a timetable that breaks no hard rule; raises KeyError where a soft rule is not known."""
        self._season, grid = season, season.grid
        soft = rulebook.of_stage("timetable", hard=False)
        weight = {rule.id(): round(rulebook.weight(rule) * SCALE) for rule in soft}
        if unknown := set(weight) - {*wanting.RULES, *giving.RULES, *TRIPS}:
            raise KeyError(unknown)
        self.empty = weight["empty_periods"]
        self.wanting, self.giving = Wanting(season, rulebook, weight), Giving(season, rulebook, weight)
        classes, self._courses, self._days, _ = grid.shape
        places = [(class_, day) for class_ in range(classes) for day in range(self._days)]
        self.open = [season.taken_in(season.held(class_, day), care=False) for class_, day in places]
        """The moments of each class's day, by bits."""
        self.busy = [0] * len(places)
        """Those that are taken by what is not moved aside."""
        self.led = [0] * len(places)
        """Those that are taken by sessions of who is on duty, which are."""
        self.on: list[list[Given]] = [[] for _ in places]
        self._rooms = [0] * (len(season.rooms) * self._days)
        self._kits = [row.kits for row in grid.rows]
        self._used: Counter[tuple[int, int, int]] = Counter()
        self._joint = [row.joint for row in grid.rows]
        capacity = (row.capacity for row in grid.scenario.room.values())
        self._capacity = [inf if one is None else one for one in capacity]
        self._together: dict[tuple[int, ...], list[int]] = {}
        self._children = [[grid.offer.children(name, week) for week in grid.weeks] for name in season.classes]
        self.changes: list[tuple[Given, bool]] = []
        """What has come (true) or gone since it was last kept."""
        for row in departures:
            place = grid.classes[row.class_] * self._days + grid.days[row.date]
            self.busy[place] |= season.taken_in(row.trip.shifts, care=True)
        self.fixed = self._find_fixed(lessons)
        for lesson in lessons:
            self.take(season.number(lesson))
        self.keep()

    @property
    def lessons(self) -> list[Lesson]:
        """All that is held."""
        return [self._season.lesson(given) for here in self.on for given in here]

    def _find_fixed(self, lessons: Sequence[Lesson]) -> set[Given]:
        """What locks ask for, and what must come before that."""
        scenario = self._season.grid.scenario
        locks = [row for row in scenario.lock.values() if row.kind == "session"]
        waiting = [row for row in lessons if any(asks_for(lock, row) for lock in locks)]
        found: set[Given] = set()
        while waiting:
            one = waiting.pop()
            if (number := self._season.number(one)) in found:
                continue
            found.add(number)
            waiting += [
                row
                for row in lessons
                if (row.class_, row.course.id) == (one.class_, one.course.after) and row.date < one.date
            ]
        return found

    # ---- what fits -------------------------------------------------------------------------------

    def fits(self, given: Given) -> bool:
        """Whether a session may be held beside what is not moved aside, as far as its class, room and kits go
        and those who share it."""
        class_, course, day, block, _, room = given
        series, place = class_ * self._courses + course, class_ * self._days + day
        if self.busy[place] & self._season.moments[block] or not self.wanting.may_have(course, series, day):
            return False
        return self.is_shared(given) or self.has_room(course, day, block, room)

    def has_room(self, course: int, day: int, block: int, room: int) -> bool:
        """Whether a room and a kit are free."""
        if room != HOME and self._rooms[room * self._days + day] & self._season.moments[block]:
            return False
        kits = self._kits[course]
        if kits is None:
            return True
        return all(self._used[course, day, one] < kits for one in self._season.each_moment[block])

    def is_shared(self, given: Given) -> bool:
        """Whether other classes of the venue have the same session, which one more can join."""
        class_, course, day, _, _, room = given
        joint = self._joint[course]
        if joint is None or room == HOME:
            return False
        others, week = self._together.get(self._meeting(given)), self._season.week_of[day]
        if not others:
            return False
        children = sum(self._children[one][week] for one in (*others, class_))
        return children <= min(joint, self._capacity[room])

    def is_joint(self, course: int) -> bool:
        """Whether classes may share a course's sessions."""
        return self._joint[course] is not None

    def _meeting(self, given: Given) -> tuple[int, ...]:
        class_, *alike = given
        return (self._season.venue_of[class_], *alike)

    # ---- changes ---------------------------------------------------------------------------------

    def take(self, given: Given) -> int:
        """A session is held: what that costs."""
        self.changes.append((given, True))
        class_, course, day, block, teacher, room = given
        series, place = class_ * self._courses + course, class_ * self._days + day
        more = self.wanting.take(course, series, day, place, block)
        self._occupy(given, place)
        self.on[place].append(given)
        is_new = True
        if self._joint[course] is not None:
            together = self._together.setdefault(self._meeting(given), [])
            is_new = not together
            together.append(class_)
        if is_new:
            self._use(course, day, block, room, 1)
        if teacher != NOBODY:
            more += self.giving.take(given, is_new=is_new)
        return more

    def drop(self, given: Given) -> int:
        """A session is held no longer: what that costs."""
        self.changes.append((given, False))
        class_, course, day, block, teacher, room = given
        series, place = class_ * self._courses + course, class_ * self._days + day
        more = self.wanting.drop(course, series, day, place, block)
        self._occupy(given, place)
        self.on[place].remove(given)
        is_last = True
        if self._joint[course] is not None:
            together = self._together[self._meeting(given)]
            together.remove(class_)
            is_last = not together
        if is_last:
            self._use(course, day, block, room, -1)
        if teacher != NOBODY:
            more += self.giving.drop(given, is_last=is_last)
        return more

    def lift(self, given: Given) -> int:
        """Drop a session, and whatever then lacks what must come before it; of what stands, nothing."""
        if given in self.fixed:
            return 0
        class_, course, *_ = given
        more = self.drop(given)
        if self.wanting.building_on[course]:
            for other, day in self.wanting.too_early(course, class_ * self._courses + course):
                here = self.on[class_ * self._days + day]
                more += sum(self.lift(one) for one in list(here) if one.course == other)
        return more

    def put(self, given: Given) -> int:
        """Hold a session if it fits, what is led by who is on duty moved aside: what that costs."""
        if not self.fits(given):
            return 0
        place, more = given.class_ * self._days + given.day, 0
        moments = self._season.moments
        if self.led[place] & moments[given.block]:
            for one in list(self.on[place]):
                if one in self.on[place] and moments[one.block] & moments[given.block]:
                    more += self.lift(one)
            if not self.fits(given):  # it built on what was moved aside
                return more
        return more + self.take(given)

    def keep(self) -> None:
        """What was changed is to stay."""
        self.changes.clear()

    def undo(self) -> None:
        """Take back all that was changed since."""
        changes, self.changes = self.changes, []
        for given, came in reversed(changes):
            if came:
                self.drop(given)
            else:
                self.take(given)
        self.keep()

    def _occupy(self, given: Given, place: int) -> None:
        """A session takes its moments of the class's day, or leaves them."""
        taken = self.led if given.teacher == NOBODY and given not in self.fixed else self.busy
        taken[place] ^= self._season.moments[given.block]

    def _use(self, course: int, day: int, block: int, room: int, number: int) -> None:
        if room != HOME:
            self._rooms[room * self._days + day] ^= self._season.moments[block]
        if self._kits[course] is not None:
            for one in self._season.each_moment[block]:
                self._used[course, day, one] += number
