"""Decision variables of the timetable: which class has what, when, with whom and where; who is away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from datetime import date
from functools import cache, cached_property
from typing import NamedTuple

from scheduler.domain.buses import Party
from scheduler.domain.demand import adults_away
from scheduler.domain.plan import Outing, Plan, Session
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Course, Period
from scheduler.variables.lessons import Departure, Key, Lesson, Meeting, moments_of
from scheduler.variables.model import Because, Model, Variable
from scheduler.variables.offer import Offer
from scheduler.variables.visits import Workday, workdays

UNNAMED = ""
"""Names of the hundreds of thousands of variables of a city would take as much room as the variables."""


class Start(NamedTuple):
    """A class may begin a course; `held` is 1 if it does, whoever teaches it and wherever."""

    block: tuple[Period, ...]
    course: Course
    held: Variable


class Timetable:
    """The variables of a season's sessions and trips, in the domain's words.

    Only what no single row rules out gets a variable. At a venue and on a day for which `is_free` says no,
    the sessions and trips of `kept` stand as constants.
    """

    def __init__(
        self,
        model: Model,
        scenario: Scenario,
        plan: Plan,
        *,
        is_free: Callable[[str, date], bool] = lambda venue, day: True,
        kept: Plan | None = None,
        away: Set[tuple[str, date]] = frozenset(),
    ) -> None:
        """Make the variables; `plan` says which classes run and who is placed where, `away` which specialists
        are not to be had on which days."""
        self.model = model
        self.scenario = scenario
        self.plan = plan
        self.offer = Offer(scenario, plan, away)
        self._is_free = is_free
        self._party = cache(self._find_party)
        self._moments_by_id = cache(
            lambda first, last: moments_of(scenario, (scenario.period[first], scenario.period[last]))
        )
        self._starts: dict[tuple[str, date], list[Start]] = defaultdict(list)
        self._by_course: dict[tuple[str, date, str], list[Variable]] = defaultdict(list)
        self._in_week: dict[tuple[str, str, str], list[Variable]] = defaultdict(list)
        self._busy: dict[tuple[str, date, int], list[Variable]] = defaultdict(list)
        self.lessons = tuple(self._lessons(kept))
        self._tie_starts()
        self.meetings = tuple(self._meetings())
        self.departures = tuple(self._departures(kept))
        self._departure_of = {(row.class_, row.trip.id, row.date): row for row in self.departures}

    # ---- making ---------------------------------------------------------------------------------

    def is_free(self, class_: str, day: date) -> bool:
        """Whether a class's day is to be decided here."""
        return self._is_free(self.scenario.class_[class_].venue, day)

    def _lessons(self, kept: Plan | None) -> Iterator[Lesson]:
        yield from self._standing(kept)
        for class_, day in self.offer.shifts:
            if self.is_free(class_, day):
                for lesson in self.offer.lessons(class_, day):
                    yield lesson.with_(self.model.boolean(UNNAMED))

    def _standing(self, kept: Plan | None) -> Iterator[Lesson]:
        """The lessons that are not to be decided here."""
        seen: set[Key] = set()
        for session in kept.sessions if kept else ():
            lesson = self.offer.settled(session)
            if lesson and not self.is_free(lesson.class_, lesson.date) and lesson.key not in seen:
                seen.add(lesson.key)
                yield lesson

    def _tie_starts(self) -> None:
        """One variable for each class, day, first period and course, whoever teaches it and wherever."""
        choices: dict[tuple[str, date, str, str], list[Lesson]] = defaultdict(list)
        for lesson in self.lessons:
            choices[lesson.key[:4]].append(lesson)
        for key, lessons in choices.items():
            start: Variable = lessons[0].held
            if len(lessons) > 1:
                start = self.model.boolean(UNNAMED)
                self.model.require(self.model.total(lesson.held for lesson in lessons) == start)
            one = lessons[0]
            class_, day, _, course = key
            self._starts[class_, day].append(Start(one.block, one.course, start))
            self._by_course[class_, day, course].append(start)
            self._in_week[class_, one.week, course].append(start)
            for moment in self.moments_of(one.block):
                self._busy[class_, day, moment].append(start)

    def _meetings(self) -> Iterator[Meeting]:
        together: dict[tuple[object, ...], list[Lesson]] = defaultdict(list)
        for lesson in self.lessons:
            together[lesson.meeting].append(lesson)
        for lessons in together.values():
            held = self.model.either((lesson.held for lesson in lessons), UNNAMED)
            yield Meeting(tuple(lessons), held, self.moments_of(lessons[0].block))

    def _departures(self, kept: Plan | None) -> Iterator[Departure]:
        seen = set()
        for outing in kept.trips if kept else ():
            departure = self.offer.departed(outing)
            key = (outing.class_, outing.trip, outing.date)
            if departure and not self.is_free(departure.class_, departure.date) and key not in seen:
                seen.add(key)
                yield departure
        for class_, day in self.offer.shifts:
            if self.is_free(class_, day):
                for departure in self.offer.departures(class_, day):
                    name = f"trip|{class_}|{day}|{departure.trip.id}"
                    yield departure.with_(self.model.boolean(name))

    # ---- the domain's words ---------------------------------------------------------------------

    @property
    def class_days(self) -> tuple[tuple[str, date], ...]:
        """Every class and day on which it takes place."""
        return tuple(self.offer.shifts)

    @cached_property
    def class_weeks(self) -> tuple[tuple[str, str], ...]:
        """Every class and week in which it takes place."""
        return tuple(dict.fromkeys((class_, self.scenario.week_of(day)) for class_, day in self.class_days))

    def lessons_of(self, class_: str | None, teacher: str | None) -> Sequence[Lesson]:
        """The lessons of a class, or where none is named of a teacher; all where neither is."""
        if class_ is None and teacher is None:
            return self.lessons
        return self._lessons_by.get(("class", class_) if class_ else ("teacher", teacher), ())

    def held(self, class_: str, day: date) -> tuple[str, ...]:
        """The shifts in which a class takes place on a day."""
        return self.offer.shifts.get((class_, day), ())

    def children(self, class_: str, week: str) -> int:
        """The number of children placed in a class that week."""
        return self.offer.children(class_, week)

    def party(self, departure: Departure) -> Party:
        """Who of a class is to have a seat on a trip."""
        return self._party(departure.class_, departure.week, departure.trip.id)

    def _find_party(self, class_: str, week: str, trip: str) -> Party:
        adults = adults_away(self.scenario, self.plan, class_, week, self.scenario.trip[trip])
        return Party(self.children(class_, week), adults)

    def taught(self, class_: str, day: date, course: str) -> list[Variable]:
        """The ways a class may have a course on a day, one for each first period."""
        return self._by_course.get((class_, day, course), [])

    def taught_in(self, class_: str, week: str, course: str) -> list[Variable]:
        """The ways a class may have a course in a week, one for each day and first period."""
        return self._in_week.get((class_, week, course), [])

    def starts(self, class_: str, day: date) -> list[Start]:
        """All that a class may begin on a day."""
        return self._starts.get((class_, day), [])

    def moments_of(self, block: tuple[Period, ...]) -> tuple[int, ...]:
        """The moments of a day at which a block of periods goes on."""
        return self._moments_by_id(block[0].id, block[-1].id)

    def busy(self, class_: str, day: date, moment: int) -> list[Variable]:
        """The sessions that a class may be in at a moment of a day."""
        return self._busy.get((class_, day, moment), [])

    def moments(self, class_: str, day: date) -> list[int]:
        """The moments of a day at which a class may be in a session."""
        return self._moments_on.get((class_, day), [])

    def goes(self, class_: str, trip: str, day: date) -> Variable:
        """Whether a class goes on a trip on a day."""
        found = self._departure_of.get((class_, trip, day))
        return found.held if found else 0

    def lesson(self, session: Session) -> Variable:
        """Whether a session is held just so."""
        room = self.offer.canonical_room(session)
        key = Key(session.class_, session.date, session.period, session.course, session.teacher, room)
        found = self._lesson_of.get(key)
        return found.held if found else 0

    def outing(self, outing: Outing) -> Variable:
        """Whether a class goes on that trip that day."""
        return self.goes(outing.class_, outing.trip, outing.date)

    @cached_property
    def _lessons_by(self) -> dict[tuple[str, str | None], list[Lesson]]:
        found: dict[tuple[str, str | None], list[Lesson]] = defaultdict(list)
        for lesson in self.lessons:
            found["class", lesson.class_].append(lesson)
            found["teacher", lesson.teacher].append(lesson)
        return found

    @cached_property
    def _lesson_of(self) -> dict[Key, Lesson]:
        return {lesson.key: lesson for lesson in self.lessons}

    @cached_property
    def workdays(self) -> tuple[Workday, ...]:
        """Every specialist's days with the visits to venues; the variables are made when first asked for."""
        return workdays(self.model, self.meetings)

    @cached_property
    def _moments_on(self) -> dict[tuple[str, date], list[int]]:
        found: dict[tuple[str, date], list[int]] = defaultdict(list)
        for class_, day, moment in sorted(self._busy):
            found[class_, day].append(moment)
        return found


def at_most(model: Model, terms: Iterable[Variable], bound: int, *because: Because) -> None:
    """At most `bound` of the terms (variables or settled numbers) hold.

    What is settled is not judged here: where it alone exceeds the bound, nothing is added to it.
    """
    at_most_of(model, ((term, 1) for term in terms), bound, *because)


def at_most_of(model: Model, terms: Iterable[tuple[Variable, int]], bound: int, *because: Because) -> None:
    """The terms with their sizes (0 or more) sum to at most `bound`; see `at_most`."""
    open_, settled, largest = [], 0, 0
    for term, size in terms:
        if isinstance(term, int):
            settled += term * size
        elif size:
            open_.append(term * size if size != 1 else term)
            largest += size
    if open_ and settled + largest > bound:
        model.require(model.total(open_) <= max(0, bound - settled), *because)
