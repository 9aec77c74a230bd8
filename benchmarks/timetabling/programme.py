"""What the city offers: courses, who teaches which together, how well they are liked, trips."""

from __future__ import annotations

from datetime import date
from math import ceil

from scheduler.domain.tables import Course, Trip

TAUGHT = (
    ("painting", "paper"),
    ("martial", "dance"),
    ("opera", "dance"),
    ("models", "science"),
    ("psychology", "safety"),
    ("painting", "snuff"),
    ("robots", "science"),
    ("martial", "first_aid"),
    ("painting", "paper", "snuff"),
    ("first_aid", "safety", "psychology"),
    ("opera", "martial"),
    ("models", "robots"),
)
"""The courses of one specialist after the other."""

POPULAR = (
    ("robots", 0.17),
    ("martial", 0.13),
    ("models", 0.12),
    ("science", 0.12),
    ("dance", 0.1),
    ("painting", 0.1),
    ("opera", 0.07),
    ("snuff", 0.05),
    ("paper", 0.04),
    ("first_aid", 0.03),
    ("games", 0.03),
    ("psychology", 0.02),
    ("reading", 0.02),
)
"""The courses children vote for, with the share of votes."""


def courses(classes: int) -> tuple[Course, ...]:
    """Fifteen courses; three are led by who is on duty, and fill eleven periods of a week's 25."""
    few, some = max(1, ceil(classes / 25)), max(1, ceil(classes / 12))
    return (
        Course(id="reading", name="reading", teacher=False, energy="quiet", min_per_week=2, max_per_week=4),
        Course(id="games", name="games", teacher=False, energy="active", min_per_week=1, max_per_week=3),
        Course(id="homework", name="homework", teacher=False, energy="quiet", min_per_week=1, max_per_week=4),
        Course(id="painting", name="painting", energy="quiet", min_per_week=1, max_per_week=2),
        Course(id="martial", name="martial arts", energy="active", min_per_week=1, max_per_week=2),
        Course(id="dance", name="dance", energy="active", max_per_week=2),
        Course(id="opera", name="opera", energy="active", room_feature="stage"),
        Course(id="paper", name="paper-cutting", energy="quiet", kits=some),
        Course(id="models", name="building models", energy="quiet", length=2, kits=some),
        Course(id="science", name="science", energy="quiet", length=2, room_feature="lab"),
        Course(id="robots", name="robots", energy="quiet", room_feature="lab", kits=some, min_age=9),
        Course(id="psychology", name="psychology", energy="quiet", max_per_season=3),
        Course(id="safety", name="safety", energy="quiet", joint=70, max_per_season=2),
        Course(id="first_aid", name="first aid", energy="active", after="safety", max_per_season=2),
        Course(
            id="snuff", name="snuff bottles", energy="quiet", after="painting", kits=few, max_per_season=2
        ),
    )


def trips(classes: int, days: tuple[date, ...]) -> tuple[Trip, ...]:
    """A museum in the morning, a farm for whole days (older children), a theatre in the afternoon.

    One weekday a week each, and about as many buses as there are classes to go.
    """
    tuesdays, wednesdays, thursdays = (days[weekday::5] for weekday in (1, 2, 3))
    # a bus holds a class of 35 and its five adults, so the buses of all days are so many classes
    quarter = ceil(classes / 4)
    return (
        Trip(
            id="museum",
            name="museum",
            dates=tuesdays,
            shifts=("AM",),
            buses=quarter,
            seats_per_bus=45,
            children_per_day=35 * quarter,
            children_per_adult=8,
        ),
        Trip(
            id="farm",
            name="farm",
            dates=thursdays[1:],
            shifts=("AM", "NOON", "PM"),
            buses=max(1, classes // 6),
            seats_per_bus=45,
            min_age=9,
            children_per_adult=8,
        ),
        Trip(
            id="theatre",
            name="theatre",
            dates=wednesdays[:3],
            shifts=("PM",),
            # a bus takes two classes of a venue, so that those who share have the better chance
            buses=ceil(classes / 6),
            seats_per_bus=90,
            children_per_adult=10,
        ),
    )
