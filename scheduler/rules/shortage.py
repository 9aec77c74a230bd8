"""Why a class does not have a course as often as it should: the limit that binds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from typing import NamedTuple

from scheduler.domain.plan import Plan, Session
from scheduler.domain.programme import joint_key, runs_on, trip_of
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Course, Lock, Period, Person
from scheduler.domain.work import Stint, stints
from scheduler.rules.base import Phrase
from scheduler.rules.lessons import at_once, is_known, periods_of, room_of, shift_of

ORDER = ("kits", "rooms", "away", "limits", "busy", "locked")
"""What may stand against a slot, the scarcer thing first where two stand against as many."""


class _Slot(NamedTuple):
    """A day and consecutive course periods in which a class is there."""

    date: date
    block: tuple[Period, ...]


class Shortages:
    """What keeps class-weeks of a plan from a course; what the class itself does meanwhile is no obstacle,
    since it could do the course instead."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        """Look at a plan."""
        self._scenario = scenario
        self._plan = plan
        self._work: dict[str, Mapping[date, tuple[Stint, ...]]] = {}
        self._at_limit = cache(self._reaches_limit)

    def why(self, class_: str, week: str, course_id: str) -> Phrase:
        """The reason, as a sentence `shortage.<reason>`: what the lists rule out, else what stands against
        most of the slots that are left, else that other things were preferred."""
        course = self._scenario.course[course_id]
        standing = self.ruled_out(class_, course)
        if standing is not None:
            return standing
        had = {row.date for row in self._held(class_, course_id) if self._scenario.week_of(row.date) == week}
        slots = list(self._slots(class_, week, course))
        days = {slot.date for slot in slots} | had
        least = course.min_per_week
        if not slots and not had:
            return Phrase("shortage.no_block", {"length": course.length})
        if len(days) < least:
            return Phrase("shortage.few_days", {"days": len(days), "least": least})
        if course.after is not None:
            late = {day for day in days if self._may_follow(class_, course.after, day)}
            if len(late) < max(1, least):
                return Phrase("shortage.not_before", {"after": course.after, "days": len(late)})
            slots = [slot for slot in slots if slot.date in late]
        return self._binding(class_, course, [slot for slot in slots if slot.date not in had])

    # ---- what the lists rule out ----------------------------------------------------------------

    def ruled_out(self, class_: str, course: Course) -> Phrase | None:
        """What the lists alone rule out, whatever the timetable: limits, nobody, no kit, no room."""
        if course.max_per_week is not None and course.max_per_week < course.min_per_week:
            return Phrase("shortage.weekly_limit", {"most": course.max_per_week})
        had = len(self._held(class_, course.id))
        if course.max_per_season is not None and had >= course.max_per_season:
            return Phrase("shortage.season_limit", {"most": course.max_per_season})
        if course.teacher and not self._teachers(course.id):
            return Phrase("shortage.nobody", {})
        if course.kits == 0:
            return Phrase("shortage.no_kit", {})
        if not any(self._could_hold(room, course) for room in self._rooms(class_)):
            return Phrase("shortage.no_room", {"feature": course.room_feature})
        return None

    def _teachers(self, course: str) -> tuple[Person, ...]:
        if course not in self._specialists:
            self._specialists[course] = tuple(
                row
                for row in self._scenario.person.values()
                if "specialist" in row.roles and course in row.courses
            )
        return self._specialists[course]

    @cached_property
    def _specialists(self) -> dict[str, tuple[Person, ...]]:
        return {}

    def _rooms(self, class_: str) -> tuple[str | None, ...]:
        row = self._scenario.class_[class_]
        return (row.room, *(room.id for room in self._scenario.rooms_at(row.venue) if room.id != row.room))

    def _could_hold(self, room: str | None, course: Course) -> bool:
        if not course.room_feature:
            return True
        return room in self._scenario.room and course.room_feature in self._scenario.room[room or ""].features

    # ---- slots ----------------------------------------------------------------------------------

    def _slots(self, class_: str, week: str, course: Course) -> Iterator[_Slot]:
        for day in self._scenario.days_in(week):
            for shift in runs_on(self._scenario, self._plan, class_, day):
                if trip_of(self._scenario, self._plan, class_, day, shift) is None:
                    for period in self._scenario.periods_of(shift):
                        block = self._scenario.block(period.id, course.length)
                        if block:
                            yield _Slot(day, block)

    def _held(self, class_: str, course: str) -> list[Session]:
        return self._of_course.get((class_, course), [])

    def _may_follow(self, class_: str, after: str, day: date) -> bool:
        return any(row.date < day for row in self._held(class_, after))

    @cached_property
    def _of_course(self) -> dict[tuple[str, str], list[Session]]:
        found: dict[tuple[str, str], list[Session]] = defaultdict(list)
        for row in self._plan.sessions:
            if is_known(self._scenario, row):
                found[row.class_, row.course].append(row)
        return found

    # ---- what stands against a slot -------------------------------------------------------------

    def _binding(self, class_: str, course: Course, slots: list[_Slot]) -> Phrase:
        against: Counter[str] = Counter()
        for slot in slots:
            reason = self._against(class_, course, slot)
            if reason is None:
                return Phrase("shortage.preferred", {})
            against[reason] += 1
        if not against:
            return Phrase("shortage.preferred", {})
        reason = min(against, key=lambda name: (-against[name], ORDER.index(name)))
        names = tuple(row.id for row in self._teachers(course.id))
        told: dict[str, dict[str, object]] = {
            "kits": {"kits": course.kits or 0},
            "rooms": {"feature": course.room_feature},
        }
        return Phrase(f"shortage.{reason}", told.get(reason, {"teachers": names}))

    def _against(self, class_: str, course: Course, slot: _Slot) -> str | None:
        if self._is_locked(class_, course, slot):
            return "locked"
        probe = Session.model_validate(
            {"class": class_, "date": slot.date, "period": slot.block[0].id, "course": course.id}
        )
        if course.kits is not None and self._kits_used(probe) >= course.kits:
            return "kits"
        if course.room_feature and not self._has_room(class_, course, probe):
            return "rooms"
        if not course.teacher:
            return None
        found = {self._teacher_against(row, class_, slot) for row in self._teachers(course.id)}
        if None in found:
            return None
        # who is there and has sessions left but is elsewhere binds last of all: an hour earlier would do
        return "busy" if "busy" in found else "limits" if "limits" in found else "away"

    def _is_locked(self, class_: str, course: Course, slot: _Slot) -> bool:
        return any(
            lock.class_ in (None, class_)
            and lock.course in (None, course.id)
            and lock.date in (None, slot.date)
            and lock.shift in (None, slot.block[0].shift)
            and (lock.period is None or lock.period in {row.id for row in slot.block})
            and lock.person is None
            and lock.week in (None, self._scenario.week_of(slot.date))
            for lock in self._no_sessions
        )

    @cached_property
    def _no_sessions(self) -> tuple[Lock, ...]:
        return tuple(lock for lock in self._scenario.lock.values() if lock.kind == "no_session")

    def _others(self, probe: Session, rows: Iterable[Session]) -> list[Session]:
        """Those of some sessions that are other classes' at the same time."""
        return [row for row in rows if row.class_ != probe.class_ and at_once(self._scenario, row, probe)]

    @cached_property
    def _by_course(self) -> dict[tuple[str, date], list[Session]]:
        found: dict[tuple[str, date], list[Session]] = defaultdict(list)
        for (_, course), rows in self._of_course.items():
            for row in rows:
                found[course, row.date].append(row)
        return found

    @cached_property
    def _by_venue(self) -> dict[tuple[str, date], list[Session]]:
        found: dict[tuple[str, date], list[Session]] = defaultdict(list)
        for (class_, _), rows in self._of_course.items():
            for row in rows:
                found[self._scenario.class_[class_].venue, row.date].append(row)
        return found

    def _kits_used(self, probe: Session) -> int:
        """The most kits in use at once during the slot, those of other classes."""
        same = self._others(probe, self._by_course.get((probe.course, probe.date), ()))
        return max(
            (
                len(
                    {
                        joint_key(self._scenario, row)
                        for row in same
                        if period in periods_of(self._scenario, row)
                    }
                )
                for period in periods_of(self._scenario, probe)
            ),
            default=0,
        )

    def _has_room(self, class_: str, course: Course, probe: Session) -> bool:
        """Whether any room with what the course needs is open and empty."""
        venue, shift = self._scenario.class_[class_].venue, shift_of(self._scenario, probe)
        here = self._others(probe, self._by_venue.get((venue, probe.date), ()))
        taken = {room_of(self._scenario, row) for row in here}
        return any(
            self._could_hold(room, course)
            and room not in taken
            and not self._scenario.closed(probe.date, shift, venue=venue, room=room)
            for room in self._rooms(class_)
        )

    def _teacher_against(self, person: Person, class_: str, slot: _Slot) -> str | None:
        scenario, day, shift = self._scenario, slot.date, slot.block[0].shift
        venue = scenario.class_[class_].venue
        children = self._plan.children_in(class_, scenario.week_of(day))
        if (
            not scenario.works_at(person.id, venue)
            or not scenario.is_cleared(person.id, day)
            or scenario.availability_of(person.id, day, shift) == "no"
            or set(person.own_children) & set(children)
        ):
            return "away"
        if self._at_limit(person.id, day, shift):
            return "limits"
        return "busy" if self._is_busy(person.id, class_, venue, slot) else None

    def _reaches_limit(self, name: str, day: date, shift: str) -> bool:
        person, work, week = self._scenario.person[name], self._work_of(name), self._scenario.week_of(day)
        in_week = {other for other in work if self._scenario.week_of(other) == week}
        today = work.get(day, ())
        shifts = {row.shift for row in today} | {shift}
        given = {other: sum(not row.is_duty for row in work[other]) for other in work}
        counts = (
            (given.get(day, 0) + 1, person.max_sessions_per_day),
            (sum(given[other] for other in in_week) + 1, person.max_sessions_per_week),
            (len(shifts), person.max_shifts_per_day),
            (len(in_week | {day}), person.max_days_per_week),
            (len({*work, day}), person.max_days),
        )
        return any(most is not None and number > most for number, most in counts)

    def _is_busy(self, person: str, class_: str, venue: str, slot: _Slot) -> bool:
        first, last = slot.block[0], slot.block[-1]
        for row in self._work_of(person).get(slot.date, ()):
            if row.class_ == class_:
                continue
            if row.start.start < last.end and first.start < row.end.end:
                return True
            if row.end.end <= first.start and self._scenario.too_close(row.end, row.venue, first, venue):
                return True
            if last.end <= row.start.start and self._scenario.too_close(last, venue, row.start, row.venue):
                return True
        return False

    def _work_of(self, person: str) -> Mapping[date, tuple[Stint, ...]]:
        """A person's work by day; a joint session counts once, under one of its classes."""
        if person not in self._work:
            seen: dict[tuple[object, ...], Stint] = {}
            for row in stints(self._scenario, self._plan, person):
                seen.setdefault((row.date, row.venue, row.start.id, row.end.id, row.is_duty), row)
            by_day: dict[date, tuple[Stint, ...]] = {}
            for row in seen.values():
                by_day[row.date] = (*by_day.get(row.date, ()), row)
            self._work[person] = by_day
        return self._work[person]
