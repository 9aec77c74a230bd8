"""A week as FET's file: classes as years, venues as buildings, sessions as activities.

Written after FET 6.8's own example files. What FET states exactly: who teaches whom and when they can, rooms,
lengths inside a shift, once a day, kits, days a week, closures, locks on a class's hour. As near as it goes,
always on the safe side: ways (so many empty hours between two buildings as the specialist's longest way needs
at the worst hour), sessions a day (as hours), one shift a day (the first only), what builds on another course
(a week later), limits of the season (spread evenly).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from benchmarks.timetabling.curriculum import (
    Activity,
    days_a_week,
    free_periods,
    is_free,
    only_shift,
    rooms_for,
)
from scheduler.domain.calendar import minutes
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Person

PAUSE = "pause"
"""An hour in which nothing is held, wherever a session of two periods may not run on."""

VERSION = "6.8.5"

Time = tuple[date, str]


class Week:
    """One week of a season with its activities, numbered from 1."""

    def __init__(self, scenario: Scenario, plan: Plan, week: str, given: Sequence[Activity]) -> None:
        """Know the season, who is placed and away, and what is to be placed."""
        self._scenario, self._plan, self._week = scenario, plan, week
        self.given = dict(enumerate(given, start=1))
        self._days = scenario.days_in(week)
        self._periods = [row for row in scenario.period.values() if row.kind == "course"]
        self._classes = sorted(class_ for class_, name in plan.running if name == week)
        self._teachers = sorted({row.teacher for row in given if row.teacher})

    # ---- the file -------------------------------------------------------------------------------

    def xml(self) -> bytes:
        """The file."""
        root = Element("fet", version=VERSION)
        _leaf(root, "Institution_Name", self._scenario.settings.season)
        _leaf(root, "Comments", f"week {self._week}")
        days = SubElement(root, "Days_List")
        _leaf(days, "Number_of_Days", len(self._days))
        hours = SubElement(root, "Hours_List")
        _leaf(hours, "Number_of_Hours", len(self._hours))
        self._named(days, "Day", (day.isoformat() for day in self._days))
        self._named(hours, "Hour", self._hours)
        self._named(SubElement(root, "Subjects_List"), "Subject", self._scenario.course)
        SubElement(root, "Activity_Tags_List")
        teachers = SubElement(root, "Teachers_List")
        for row in self._named(teachers, "Teacher", self._teachers):
            _leaf(row, "Target_Number_of_Hours", 0)
            SubElement(row, "Qualified_Subjects")
        years = SubElement(root, "Students_List")
        for row, class_ in zip(self._named(years, "Year", self._classes), self._classes, strict=True):
            _leaf(row, "Number_of_Students", len(self._plan.children_in(class_, self._week)))
        self._activities(SubElement(root, "Activities_List"))
        self._named(SubElement(root, "Buildings_List"), "Building", self._scenario.venue)
        rooms = SubElement(root, "Rooms_List")
        places = self._scenario.room.values()
        for element, room in zip(self._named(rooms, "Room", self._scenario.room), places, strict=True):
            _leaf(element, "Building", room.venue)
            _leaf(element, "Capacity", 30000 if room.capacity is None else room.capacity)
            _leaf(element, "Virtual", "false")
        self._times(SubElement(root, "Time_Constraints_List"))
        self._spaces(SubElement(root, "Space_Constraints_List"))
        indent(root)
        written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
        return written

    @staticmethod
    def _named(parent: Element, tag: str, names: Iterable[str]) -> list[Element]:
        found = []
        for name in names:
            found.append(SubElement(parent, tag))
            _leaf(found[-1], "Name", name)
        return found

    @property
    def _hours(self) -> list[str]:
        """The course periods by id, with a pause wherever no session may run on."""
        names = []
        for row, then in pairwise([*self._periods, None]):
            assert row is not None
            names.append(row.id)
            block = self._scenario.block(row.id, 2)
            if then is not None and (block is None or block[1].id != then.id):
                names.append(f"{PAUSE} {row.id}")
        return names

    def _activities(self, parent: Element) -> None:
        for number, one in self.given.items():
            row, length = SubElement(parent, "Activity"), self._scenario.course[one.course].length
            if one.teacher:
                _leaf(row, "Teacher", one.teacher)
            _leaf(row, "Subject", one.course)
            for class_ in one.classes:
                _leaf(row, "Students", class_)
            _leaf(row, "Duration", length)
            _leaf(row, "Total_Duration", length)
            _leaf(row, "Id", number)
            _leaf(row, "Activity_Group_Id", 0)
            _leaf(row, "Active", "true")

    # ---- when -----------------------------------------------------------------------------------

    def _times(self, parent: Element) -> None:
        _constraint(parent, "BasicCompulsoryTime")
        pauses = [(day, name) for day in self._days for name in self._hours if name.startswith(PAUSE)]
        self._at(_constraint(parent, "BreakTimes"), "Break_Time", "Number_of_Break_Times", pauses)
        for class_ in self._classes:
            row = self._unless(parent, "StudentsSetNotAvailableTimes", self._class_away(class_))
            _insert(row, "Students", class_)
        for teacher in self._teachers:
            self._teacher(parent, self._scenario.person[teacher])
        self._once_a_day(parent)
        self._kits(parent)
        self._locked(parent)

    def _class_away(self, class_: str) -> Iterator[Time]:
        """When a class is not held, on a trip, or kept free by a lock."""
        free = free_periods(self._scenario, self._plan, class_, self._week)
        for day in self._days:
            yield from ((day, row.id) for row in self._periods if (day, row.id) not in free)

    def _teacher(self, parent: Element, person: Person) -> None:
        only = only_shift(self._scenario, person)
        away = [
            (day, period.id)
            for day in self._days
            for period in self._periods
            if only not in (None, period.shift) or not is_free(self._scenario, person.id, day, period.shift)
        ]
        _insert(self._unless(parent, "TeacherNotAvailableTimes", away), "Teacher", person.id)
        row = _constraint(parent, "TeacherMaxDaysPerWeek")
        _insert(row, "Teacher_Name", person.id, "Max_Days_Per_Week", days_a_week(self._scenario, person))
        if person.max_sessions_per_day is not None:
            row = _constraint(parent, "TeacherMaxHoursDaily")
            hours = max(person.max_sessions_per_day, self._longest(person.id))
            _insert(row, "Teacher_Name", person.id, "Maximum_Hours_Daily", hours)

    def _longest(self, teacher: str) -> int:
        rows = (row for row in self.given.values() if row.teacher == teacher)
        return max((self._scenario.course[row.course].length for row in rows), default=1)

    def _gaps(self, teacher: str) -> int:
        """The empty hours that suffice for any way between the teacher's venues at any time of day."""
        venues = {
            self._scenario.class_[class_].venue
            for row in self.given.values()
            if row.teacher == teacher
            for class_ in row.classes
        }
        longest = max(
            (self._scenario.travel_minutes(here, there) for here in venues for there in venues), default=0.0
        )
        place = {name: number for number, name in enumerate(self._hours)}
        needed = 0
        for before in self._periods:
            for after in self._periods:
                time = minutes(after.start) - minutes(before.end)
                if before.start < after.start and time < longest:
                    needed = max(needed, place[after.id] - place[before.id])
        return min(needed, len(self._hours))

    def _once_a_day(self, parent: Element) -> None:
        series: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, one in self.given.items():
            for class_ in one.classes:
                series[class_, one.course].append(number)
        for numbers in sorted({tuple(rows) for rows in series.values() if len(rows) > 1}):
            row = _constraint(parent, "MinDaysBetweenActivities")
            _insert(row, "Consecutive_If_Same_Day", "false", "Number_of_Activities", len(numbers))
            _insert(row, *(part for number in numbers for part in ("Activity_Id", number)), "MinDays", 1)

    def _kits(self, parent: Element) -> None:
        for course in self._scenario.course.values():
            using = [number for number, one in self.given.items() if one.course == course.id]
            if course.kits is None or len(using) <= course.kits:
                continue
            row = _constraint(parent, "ActivitiesMaxSimultaneousInSelectedTimeSlots")
            _insert(row, "Number_of_Activities", len(using))
            _insert(row, *(part for number in using for part in ("Activity_Id", number)))
            times = [(day, period.id) for day in self._days for period in self._periods]
            self._at(row, "Selected_Time_Slot", "Number_of_Selected_Time_Slots", times, "Selected_")
            _insert(row, "Max_Number_of_Simultaneous_Activities", course.kits)

    def _locked(self, parent: Element) -> None:
        """A lock on one session of a class: its first activity of that course begins then."""
        for lock in self._scenario.lock.values():
            if lock.kind != "session" or lock.date not in self._days or lock.period is None:
                continue
            for number, one in self.given.items():
                if one.classes == (lock.class_,) and lock.course in (None, one.course):
                    row = _constraint(parent, "ActivityPreferredStartingTime")
                    assert lock.date is not None
                    _insert(row, "Activity_Id", number, "Preferred_Day", lock.date.isoformat())
                    _insert(row, "Preferred_Hour", lock.period, "Permanently_Locked", "true")
                    break

    def _unless(self, parent: Element, name: str, times: Iterable[Time]) -> Element:
        row = _constraint(parent, name)
        self._at(row, "Not_Available_Time", "Number_of_Not_Available_Times", list(times))
        return row

    @staticmethod
    def _at(row: Element, tag: str, number: str, times: Sequence[Time], prefix: str = "") -> None:
        _insert(row, number, len(times))
        for day, period in times:
            one = SubElement(row, tag)
            _leaf(one, f"{prefix}Day", day.isoformat())
            _leaf(one, f"{prefix}Hour", period)

    # ---- where ----------------------------------------------------------------------------------

    def _spaces(self, parent: Element) -> None:
        _constraint(parent, "BasicCompulsorySpace")
        for room in self._scenario.room.values():
            shut = [
                (day, period.id)
                for day in self._days
                for period in self._periods
                if self._scenario.closed(day, period.shift, venue=room.venue, room=room.id)
            ]
            if shut:
                _insert(self._unless(parent, "RoomNotAvailableTimes", shut), "Room", room.id)
        for class_ in self._classes:
            home = self._scenario.class_[class_].room
            if home:
                _insert(_constraint(parent, "StudentsSetHomeRoom"), "Students", class_, "Room", home)
        for teacher in self._teachers:
            gaps = self._gaps(teacher)
            if gaps:
                row = _constraint(parent, "TeacherMinGapsBetweenBuildingChanges")
                _insert(row, "Teacher", teacher, "Min_Gaps_Between_Building_Changes", gaps)
        for number, one in self.given.items():
            course = self._scenario.course[one.course]
            rooms = rooms_for(self._scenario, self._plan, one.classes, course, self._week)
            if rooms:
                row = _constraint(parent, "ActivityPreferredRooms")
                _insert(row, "Activity_Id", number, "Number_of_Preferred_Rooms", len(rooms))
                _insert(row, *(part for room in rooms for part in ("Preferred_Room", room)))


def _constraint(parent: Element, name: str) -> Element:
    row = SubElement(parent, f"Constraint{name}")
    _leaf(row, "Weight_Percentage", 100)
    _leaf(row, "Active", "true")
    return row


def _insert(row: Element, *parts: str | int) -> None:
    """Leaves, given as tag, text, tag, text."""
    for tag, text in zip(parts[::2], parts[1::2], strict=True):
        _leaf(row, str(tag), text)


def _leaf(parent: Element, tag: str, text: str | int) -> None:
    SubElement(parent, tag).text = str(text)
