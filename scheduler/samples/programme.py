"""What a synthetic season offers: courses, trips, and the adults its classes ask for."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil

from scheduler.domain.tables import Course, Need, Trip
from scheduler.samples import season
from scheduler.samples.size import Size


def courses(size: Size) -> tuple[Course, ...]:
    """Twelve courses; every one-and-only thing a course can ask for is asked for by one of them."""
    kits = max(2, ceil(size.classes / 8))
    return (
        Course(id="reading", name="阅读", teacher=False, energy="quiet", min_per_week=2, max_per_week=4),
        Course(id="games", name="户外游戏", teacher=False, energy="active", min_per_week=1, max_per_week=4),
        Course(id="homework", name="作业辅导", teacher=False, energy="quiet", min_per_week=1, max_per_week=5),
        Course(id="opera", name="戏曲", energy="active", max_per_week=2, room_feature="舞台"),
        Course(id="painting", name="国画", energy="quiet", max_per_week=2),
        Course(id="paper", name="剪纸", energy="quiet", max_per_week=2, kits=kits),
        Course(id="models", name="建筑模型", energy="quiet", length=2, kits=kits, min_age=6),
        Course(id="robots", name="机器人", energy="quiet", kits=kits, max_per_week=2, min_age=9),
        Course(id="psychology", name="儿童心理", energy="quiet", max_per_season=4),
        Course(id="dance", name="舞蹈", energy="active", max_per_week=2),
        Course(id="safety", name="安全自护", energy="quiet", joint=60, max_per_season=3),
        Course(id="first_aid", name="急救常识", energy="active", after="safety", max_per_season=2),
    )


def trips(size: Size) -> tuple[Trip, ...]:
    """A museum in the mornings and, in longer seasons, a farm for whole days."""
    share = min(30_000, max(35, ceil(size.children * 0.35)))
    buses = min(1000, max(2, ceil(share / 35)))
    found = [
        Trip(
            id="museum",
            name="科技馆",
            destination="科技馆",
            dates=_weekdays(size, 2),
            shifts=("AM",),
            children_per_day=share,
            buses=buses,
            seats_per_bus=45,
            children_per_adult=8,
        )
    ]
    if size.weeks > 1:
        found.append(
            Trip(
                id="farm",
                name="农业园",
                destination="农业园",
                dates=_weekdays(size, 4),
                shifts=("AM", "NOON", "PM"),
                children_per_day=share,
                buses=buses,
                seats_per_bus=45,
                min_age=7,
                children_per_adult=8,
            )
        )
    return tuple(found)


def needs() -> tuple[Need, ...]:
    """The norms: a homeroom teacher and a second adult, one adult for 15, trips with more."""
    return (
        Need(id="lead", role="homeroom", per_class=1, strength="must"),
        Need(id="second", role="volunteer", per_class=1, strength="must"),
        Need(id="ratio", children_per_adult=15, strength="soft"),
        Need(id="young", max_age=7, shifts=("AM", "PM"), children_per_adult=10, strength="soft"),
        Need(id="trip_lead", role="homeroom", setting="trip", per_class=1, strength="must"),
        Need(id="trip_first_aid", setting="trip", qualification="first_aid", strength="soft"),
    )


def _weekdays(size: Size, isoweekday: int) -> tuple[date, ...]:
    """One weekday of every week."""
    first = season.FIRST_MONDAY + timedelta(days=isoweekday - 1)
    return tuple(first + timedelta(days=7 * week) for week in range(size.weeks))
