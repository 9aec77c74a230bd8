"""The input tables, one file each; `TABLES` is their table of contents."""

from __future__ import annotations

from scheduler.domain.tables.availability import Availability
from scheduler.domain.tables.children import Child
from scheduler.domain.tables.classes import Class
from scheduler.domain.tables.closures import Closure
from scheduler.domain.tables.courses import Course
from scheduler.domain.tables.days import Day
from scheduler.domain.tables.locks import Lock
from scheduler.domain.tables.needs import Need
from scheduler.domain.tables.periods import Period
from scheduler.domain.tables.points import Points
from scheduler.domain.tables.priorities import Priority
from scheduler.domain.tables.rooms import Room
from scheduler.domain.tables.row import Row
from scheduler.domain.tables.settings import SettingRow, Settings
from scheduler.domain.tables.shifts import Shift
from scheduler.domain.tables.staff import Person
from scheduler.domain.tables.trips import Trip
from scheduler.domain.tables.venues import Venue

TABLES: tuple[type[Row], ...] = (
    SettingRow,
    Day,
    Shift,
    Period,
    Venue,
    Room,
    Class,
    Child,
    Priority,
    Points,
    Course,
    Trip,
    Person,
    Availability,
    Need,
    Closure,
    Lock,
)

__all__ = [
    "TABLES",
    "Availability",
    "Child",
    "Class",
    "Closure",
    "Course",
    "Day",
    "Lock",
    "Need",
    "Period",
    "Person",
    "Points",
    "Priority",
    "Room",
    "Row",
    "SettingRow",
    "Settings",
    "Shift",
    "Trip",
    "Venue",
]
