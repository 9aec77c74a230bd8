"""Seasons built around a hidden full timetable: limits, kits, people and locks leave room for just that."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from scheduler.domain.plan import Plan, Session
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.rules.lessons import at_once, meetings, periods_of, shift_of
from tests.seasons import plan, season

Row = dict[str, Any]

MONDAY = date(2024, 7, 8)
SHIFTS = [{"id": "AM", "start": "08:00", "end": "12:00"}, {"id": "PM", "start": "14:00", "end": "18:00"}]
PERIODS = [
    {"id": "P1", "start": "08:30", "end": "09:30", "shift": "AM"},
    {"id": "P2", "start": "10:15", "end": "11:15", "shift": "AM"},
    {"id": "P3", "start": "14:00", "end": "15:00", "shift": "PM"},
    {"id": "P4", "start": "15:45", "end": "16:45", "shift": "PM"},
]
VENUES = [
    # the first two lie 2.2 km apart, 17 minutes by the default settings; the third an hour away from both
    {"id": "V0", "name": "North", "mode": "community", "latitude": 39.95, "longitude": 116.40},
    {"id": "V1", "name": "Middle", "mode": "community", "latitude": 39.93, "longitude": 116.40},
    {"id": "V2", "name": "South", "mode": "employer", "latitude": 39.80, "longitude": 116.40},
]
COURSES: list[Row] = [
    {"id": "opera", "name": "Opera", "energy": "quiet"},
    {"id": "robot", "name": "Robots", "length": 2, "room_feature": "lab"},
    {"id": "paper", "name": "Paper", "energy": "quiet"},
    {"id": "drama", "name": "Drama", "after": "opera"},
    {"id": "ball", "name": "Ball", "energy": "active", "teacher": False},
    {"id": "read", "name": "Reading", "energy": "quiet", "teacher": False},
]
TEACHERS = {"t0": ["opera", "drama"], "t1": ["robot"], "t2": ["paper", "opera"], "t3": ["drama", "paper"]}


@dataclass(frozen=True)
class Hidden:
    """A season, its placements, and a timetable that keeps every hard rule and fills every period."""

    scenario: Scenario
    so_far: Plan
    timetable: Plan


def hidden(seed: int) -> Hidden:
    """Four classes at three venues over one or two short weeks."""
    dice = Random(f"hidden timetable {seed}")
    days = [
        (MONDAY + timedelta(days=7 * week + day), str(week + 1))
        for week in range(dice.choice([1, 2]))
        for day in range(2)
    ]
    tables, so_far = _season(days)
    loose = _with_staff(tables, Counter(), {})
    timetable = _filled(dice, loose, so_far)
    tight = _tightened(dice, tables, loose, timetable)
    return Hidden(tight, so_far, timetable)


def _season(days: list[tuple[date, str]]) -> tuple[dict[str, list[Row]], Plan]:
    classes = [
        {"id": f"C{n}", "name": f"C{n}", "venue": f"V{n % 3}", "room": f"R{n}", "capacity": 20}
        for n in range(4)
    ]
    rooms = [{"id": row["room"], "venue": row["venue"], "capacity": 20} for row in classes]
    rooms += [{"id": f"L{n}", "venue": f"V{n}", "capacity": 20, "features": ["lab"]} for n in range(3)]
    wishes = [row["id"] for row in COURSES]
    children = [
        {
            "id": f"{row['id']}-{n}",
            "name": "K",
            "birth_date": "2015-01-01",
            "interests": [wishes[n], wishes[-n]],
        }
        for row in classes
        for n in range(3)
    ]
    seats = [
        {"child": f"{row['id']}-{n}", "class": row["id"], "week": week, "choice": 1}
        for row in classes
        for n in range(3)
        for week in sorted({week for _, week in days})
    ]
    tables: dict[str, list[Row]] = {
        "days": [{"date": day.isoformat(), "week": week} for day, week in days],
        "shifts": SHIFTS,
        "periods": PERIODS,
        "venues": VENUES,
        "rooms": rooms,
        "classes": classes,
        "children": children,
    }
    return tables, plan(placements=seats)


def _with_staff(
    tables: dict[str, list[Row]], limits: Counter[tuple[str, str]], more: dict[str, list[Row]]
) -> Scenario:
    """The season with as many sessions, days and shifts for everybody as the limits say; none: any number."""
    courses = [{"max_per_week": None, **row} for row in COURSES]
    staff = [
        {
            "id": name,
            "name": name,
            "kind": "volunteer" if "availability" in more else "teacher",
            "roles": ["specialist"],
            "courses": taught,
            "cleared_until": "2030-01-01",
            **{what: most for (who, what), most in limits.items() if who == name},
        }
        for name, taught in TEACHERS.items()
    ]
    return season({"season": "hidden"}, **{**tables, "courses": courses, "staff": staff, **more})


def _filled(dice: Random, scenario: Scenario, so_far: Plan) -> Plan:
    """Every class and period in turn gets some session that breaks no hard rule."""
    rules = Rulebook(scenario.settings).of_stage("timetable", hard=True)
    made = so_far
    for row in scenario.classes:
        for day in scenario.open_days:
            for period in scenario.periods:
                for course in dice.sample(scenario.courses, len(scenario.courses)):
                    able = [name for name, taught in TEACHERS.items() if course.id in taught]
                    teacher = dice.choice(able) if course.teacher else None
                    room = f"L{row.venue[1:]}" if course.room_feature else None
                    one = Session(
                        class_=row.id,
                        date=day,
                        period=period.id,
                        course=course.id,
                        teacher=teacher,
                        room=room,
                    )
                    tried = made.with_(sessions=(*made.sessions, one))
                    if not any(True for rule in rules for _ in rule.check(scenario, tried)):
                        made = tried
                        break
    return made


def _tightened(dice: Random, tables: dict[str, list[Row]], loose: Scenario, made: Plan) -> Scenario:
    """The season with no more of anything than the hidden timetable uses, and some of it locked."""
    given = [rows[0] for rows in meetings(loose, made.sessions)]
    courses = []
    for course in COURSES:
        mine = [row for row in given if row.course == course["id"]]
        weekly = Counter((row.class_, loose.week_of(row.date)) for row in mine)
        at_one_time = max((sum(at_once(loose, one, other) for other in mine) for one in mine), default=0)
        every = [weekly[row["id"], week] for row in tables["classes"] for week in loose.weeks]
        limits = {"max_per_week": max(every), "min_per_week": min(every), "kits": at_one_time or None}
        courses.append({**course, **(limits if mine else {})})
    most: Counter[tuple[str, str]] = Counter()
    offers: dict[tuple[str, date], set[str]] = defaultdict(set)
    for name in TEACHERS:
        mine = [row for row in given if row.teacher == name]
        for row in mine:
            offers[name, row.date].add(shift_of(loose, row))
        weeks = Counter(loose.week_of(row.date) for row in mine)
        days = {row.date for row in mine}
        most[name, "max_sessions_per_day"] = max(Counter(row.date for row in mine).values(), default=0)
        most[name, "max_sessions_per_week"] = max(weeks.values(), default=0)
        most[name, "max_days_per_week"] = max(Counter(loose.week_of(day) for day in days).values(), default=0)
        most[name, "max_days"] = len(days)
    at_most = Counter({key: number for key, number in most.items() if number})
    availability = [
        {
            "person": name,
            "from_": day.isoformat(),
            "to": day.isoformat(),
            "shifts": sorted(shifts),
            "status": "yes",
        }
        for (name, day), shifts in sorted(offers.items())
    ]
    more = {"courses": courses, "availability": availability, "locks": _locks(dice, loose, made)}
    return _with_staff(tables, at_most, more)


def _locks(dice: Random, scenario: Scenario, made: Plan) -> list[Row]:
    """A fifth of the sessions asked for as they are, and courses forbidden where they are not."""
    locks: list[Row] = []
    taken = {
        (row.class_, row.date, period.id): row
        for row in made.sessions
        for period in periods_of(scenario, row)
    }
    for number, ((class_, day, period), row) in enumerate(sorted(taken.items(), key=lambda item: item[0])):
        where = {"class_": class_, "date": day.isoformat(), "period": period}
        if dice.random() < 0.2 and row.period == period:
            locks.append({"id": f"l{number}", "kind": "session", "course": row.course, **where})
        elif dice.random() < 0.1:
            other = dice.choice([course.id for course in scenario.courses if course.id != row.course])
            locks.append({"id": f"n{number}", "kind": "no_session", "course": other, **where})
    return locks
