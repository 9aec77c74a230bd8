"""What the soft rules measure, as counters that a duty moves.

Each rule is said here once more, by the counters that a duty belongs to; tests hold their costs to what the
rules' own checks find.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import cast

from scheduler.domain.demand import Ask, adults_asked, most_useful
from scheduler.domain.plan import Duty
from scheduler.domain.tables.staff import Role
from scheduler.rules.staffing.fair_load import FairLoad
from scheduler.solver.staffing.exchanging.alone import Measure, Paid, Unwished, Ways, Wished
from scheduler.solver.staffing.exchanging.counting import Costs, Rises, Table, at_first

Place = tuple[str | None, str, date, str]
"""A class (or none), its venue, a day and a shift."""

AWAY = 1_000
"""By how far a counter is moved that others put out of force: further than any count goes."""


class Faces(Measure):
    """Different people of a class and week."""

    def counters_of(self, duty: Duty) -> Iterator[int]:
        """How often a person is with a class in a week."""
        if duty.class_ is not None:
            week = self.scenario.week_of(duty.date)
            yield self.counters.of(("face", duty.class_, week, duty.person), self.once)


class Homerooms(Measure):
    """Different homeroom teachers of a class, beyond the first."""

    def counters_of(self, duty: Duty) -> Iterator[int]:
        """How often a person is a class's homeroom teacher."""
        if duty.role == "homeroom" and duty.class_ is not None:
            every = self.counters.of(("homerooms", duty.class_), self.beyond_first)
            yield self.counters.of(("homeroom", duty.class_, duty.person), rises=lambda: at_first(every))


class Venues(Measure):
    """A person's venues of a day beyond the first; where they teach counts too."""

    def counters_of(self, duty: Duty) -> Iterator[int]:
        """How often a person is at a venue on a day, and on duty at all."""
        key = (duty.person, duty.date)
        taught = {row.venue for row in self.settled.taught(duty.person).get(duty.date, ())}
        most, weight = max(1, len(taught)), self.weight
        beyond = self.beyond_first if most == 1 else Table(lambda count: weight * max(0, count - most))
        venues = self.counters.of(("venues", *key), beyond, start=len(taught))
        if duty.venue not in taught:
            yield self.counters.of(("at", *key, duty.venue), rises=lambda: at_first(venues))
        if most > 1:  # sessions alone, however spread, are the timetable's
            yield self.counters.of(("on duty", *key), Table(lambda count: (most - 1) * weight * (count > 0)))


class Loads(Measure):
    """Volunteers' shifts beyond the parts of their offer."""

    def counters_of(self, duty: Duty) -> Iterator[int]:
        """How many shifts a volunteer works."""
        if self.scenario.person[duty.person].kind == "volunteer":
            yield self.counters.of(("load", duty.person), self._costs(self.task.offered(duty.person)))

    def _costs(self, offer: int) -> Costs:
        rule, weight = cast(FairLoad, self.task.request.rulebook.by_id[FairLoad.id()]), self.weight
        thresholds = [-(-step * offer // rule.steps) for step in range(1, rule.steps)]
        return Table(lambda load: weight * sum(max(0, load - most) for most in thresholds))


class Partners(Measure):
    """Duties of somebody whose partners are all elsewhere."""

    def counters_of(self, duty: Duty) -> Iterator[int]:
        """A person at a venue in a shift, and those whose partner they are."""
        if self._partners(duty.person):
            yield self._alone(duty.person, duty)
        for person in self._partner_of.get(duty.person, ()):
            yield self._beside(person, duty)

    def _alone(self, person: str, duty: Duty) -> int:
        return self.counters.of(("alone", person, *_where(duty)), self._in_force)

    def _beside(self, person: str, duty: Duty) -> int:
        alone = self._alone(person, duty)
        return self.counters.of(("beside", person, *_where(duty)), rises=lambda: _puts_off(alone))

    @cached_property
    def _in_force(self) -> Costs:
        weight = self.weight
        return Table(lambda count: weight * count if count < AWAY else 0)

    def _partners(self, person: str) -> set[str]:
        return set(self.scenario.person[person].partners) - {person}

    @cached_property
    def _partner_of(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for person in self.scenario.person:
            for other in sorted(self._partners(person)):
                found[other].append(person)
        return found


class Mix(Measure):
    """Volunteers of a class and shift who are all of one kind, beyond the first."""

    def counters_of(self, duty: Duty) -> Iterator[int]:
        """The volunteers of a class and shift, and how many of their kind; another kind puts these off."""
        kind = self.scenario.person[duty.person].volunteer_type
        if kind is None or duty.role != "volunteer" or duty.class_ not in self._mixed:
            return
        key = (duty.class_, duty.date, duty.shift)
        alike = self.counters.of(("alike", *key), self._alike)
        kinds = self.counters.of(("kinds", *key), rises=lambda: _puts_off(alike, 2))
        yield alike
        yield self.counters.of(("kind", kind, *key), rises=lambda: at_first(kinds))

    @cached_property
    def _alike(self) -> Costs:
        weight = self.weight
        return Table(lambda count: weight * max(0, count - 1) if count < AWAY else 0)

    @cached_property
    def _mixed(self) -> set[str | None]:
        """The classes for which there are volunteers of several kinds."""
        kinds: dict[str, set[str]] = defaultdict(set)
        for venue in self.scenario.venue:
            for row in self.scenario.workers_at(venue):
                if row.volunteer_type and "volunteer" in row.roles and row.cleared_until is not None:
                    kinds[venue].add(row.volunteer_type)
        return {row.id for row in self.scenario.class_.values() if len(kinds[row.venue]) > 1}


class Extras(Measure):
    """Adults at a place beyond those asked for, in all or in one role, whichever is most."""

    def counters_of(self, duty: Duty) -> Iterator[int]:
        """Everybody with a class, those of a role at a place, and of these those without what is sought: the
        same of all who are as qualified."""
        if self.scenario.is_minor(duty.person, duty.date):
            return
        place = (duty.class_, duty.venue, duty.date, duty.shift)
        key = (place, duty.role, self.scenario.person[duty.person].qualifications)
        if key not in self._counters:
            self._counters[key] = tuple(self._counters_of(place, duty.role, set(key[2])))
        yield from self._counters[key]

    def _counters_of(self, place: Place, role: Role, known: set[str]) -> Iterator[int]:
        if place[0] is not None:
            yield self._within(place, None, False)
        yield self._within(place, role, False)
        sought = {ask.qualification for ask in self._asks(place) if ask.qualification}
        if sought and not sought & known:
            yield self._within(place, role, True)

    @cached_property
    def _counters(self) -> dict[tuple[Place, Role, tuple[str, ...]], tuple[int, ...]]:
        return {}

    def _within(self, place: Place, role: Role | None, plain: bool) -> int:
        key = ("within", place, role, plain)
        return self.counters.of(key, rises=lambda: self._beyond(place, self._most(place, role, plain)))

    def _most(self, place: Place, role: Role | None, plain: bool) -> int:
        """How many adults there is a use for: in all, of a role, and of it where nothing else is sought."""
        asks = self._asks(place)
        if role is None:
            return adults_asked(asks)
        return most_useful([ask for ask in asks if not (plain and ask.qualification)], role)

    def _beyond(self, place: Place, most: int) -> Rises:
        """Each number beyond counts once, in however many ways it is reached."""

        def steps(number: int) -> tuple[tuple[int, int], ...]:
            if number <= most:
                return ()
            return ((self.counters.of(("beyond", place, number - most), self.once), 1),)

        return Table(steps)

    def _asks(self, place: Place) -> tuple[Ask, ...]:
        """What adults of a place are asked for; those of a class by its venue, too, of more than `site`."""
        venue = self._asked.get((None, *place[1:]), ())
        if place[0] is None:
            return venue
        return (*self._asked.get(place, ()), *(ask for ask in venue if ask.roles != ("site",)))

    @cached_property
    def _asked(self) -> dict[Place, tuple[Ask, ...]]:
        return {(post.class_, post.venue, post.date, post.shift): post.asks for post in self.task.posts}


class Lacking(Measure):
    """Days that people lack to the number they need; days on which they teach count too."""

    def counters_of(self, duty: Duty) -> Iterator[int]:
        """How often a person is on duty on a day."""
        needed, taught = self.scenario.person[duty.person].min_days, self.settled.taught(duty.person)
        if needed and duty.date not in taught:
            costs = Table(lambda days: self.weight * max(0, needed - days))
            days = self.counters.of(("needed", duty.person), costs, start=len(taught))
            yield self.counters.of(("came", duty.person, duty.date), rises=lambda: at_first(days))


MEASURES: dict[str, type[Measure]] = {
    "extra_duties": Extras,
    "unwished_duties": Unwished,
    "continuity": Faces,
    "homeroom_continuity": Homerooms,
    "minimum_days": Lacking,
    "venue_changes": Venues,
    "fair_load": Loads,
    "partners_together": Partners,
    "wished_duties": Wished,
    "volunteer_mix": Mix,
    "long_ways": Ways,
    "fees": Paid,
}
"""By rule."""


def _where(duty: Duty) -> tuple[str, date, str]:
    return duty.venue, duty.date, duty.shift


def _puts_off(one: int, number: int = 1) -> Rises:
    """A counter is out of force as soon as so many are counted."""
    return Table(lambda count: ((one, AWAY),) if count == number else ())
