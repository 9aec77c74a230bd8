"""Invented adults: homeroom teachers, travelling specialists, volunteers, and when they can come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from scheduler.domain.tables import Availability, Child, Person
from scheduler.samples import season
from scheduler.samples.dice import Dice
from scheduler.samples.people import adult_name
from scheduler.samples.places import District, moved
from scheduler.samples.size import Size

VolunteerType = Literal["student", "model_worker", "community", "employee"]

TAUGHT = (
    ("opera", "dance"),
    ("painting", "paper"),
    ("models", "robots"),
    ("psychology", "safety"),
    ("robots",),
    ("dance",),
    ("painting",),
    ("first_aid", "safety"),
    ("opera",),
    ("paper", "models"),
)
"""The courses of one specialist after the other, so that every course has its share of teachers."""

TYPES: tuple[tuple[VolunteerType, float], ...] = (
    ("student", 0.4),
    ("community", 0.3),
    ("employee", 0.2),
    ("model_worker", 0.1),
)
STATUSES: tuple[tuple[Literal["yes", "prefer", "avoid"], float], ...] = (
    ("yes", 0.8),
    ("prefer", 0.13),
    ("avoid", 0.07),
)


def staff(
    found: tuple[District, ...], rows: tuple[Child, ...], size: Size, seed: int
) -> tuple[tuple[Person, ...], tuple[Availability, ...]]:
    """Every adult of a season, and what they say about their time."""
    parents = _parents(found, rows)
    people: list[Person] = []
    times: list[Availability] = []
    for district in found:
        dice = Dice(seed, f"staff|{district.number}")
        people += _homerooms(dice, district)
        people += _specialists(dice, district, size)
        for person, statements in _volunteers(dice, district, size, parents.get(district.number, [])):
            people.append(person)
            times += statements
    return tuple(people), tuple(times)


def _cleared(dice: Dice, size: Size) -> date | None:
    """The last day of the background check: for most well after the season; a few have none, or too short."""
    if dice.chance(0.015):
        return None
    if dice.chance(0.015):
        return season.FIRST_MONDAY + timedelta(days=7 * size.weeks // 2)
    return date(season.FIRST_MONDAY.year + 1, dice.whole(1, 12), 28)


def _homerooms(dice: Dice, district: District) -> Iterator[Person]:
    """One for each class, and a spare one for every five."""
    count = len(district.classes) + -(-len(district.classes) // 5)
    for number in range(count):
        class_ = district.classes[number % len(district.classes)]
        venue = next(row for row in district.venues if row.id == class_.venue)
        woman = dice.chance(0.75)
        spare = number >= len(district.classes)
        yield Person(
            id=f"T{district.number + 1:02}{number + 1:03}",
            name=adult_name(dice, woman),
            kind="teacher",
            roles=("homeroom", "life") if dice.chance(0.3) else ("homeroom",),
            gender="female" if woman else "male",
            provider="假期班教师团队",
            venues=() if spare else (venue.id,),
            district=district.name,
            latitude=venue.latitude,
            longitude=venue.longitude,
            max_distance_km=12,
            cleared_until=date(season.FIRST_MONDAY.year + 1, 8, 31),
            qualifications=("first_aid",) if dice.chance(0.4) else (),
            fee_per_shift=100,
        )


def _specialists(dice: Dice, district: District, size: Size) -> Iterator[Person]:
    """Four for every three classes; they travel within their district and a little beyond."""
    for number in range(max(6, -(-len(district.classes) * 4 // 3))):
        woman = dice.chance(0.6)
        latitude, longitude = moved(
            (district.latitude, district.longitude), dice.around(0, 4), dice.around(0, 4)
        )
        yield Person(
            id=f"S{district.number + 1:02}{number + 1:03}",
            name=adult_name(dice, woman),
            kind="teacher",
            roles=("specialist",),
            courses=TAUGHT[number % len(TAUGHT)],
            gender="female" if woman else "male",
            provider=dice.pick(("童乐社工中心", "小蜜蜂艺术团", "科学盒子", "阳光心理服务社")),
            district=district.name,
            latitude=latitude,
            longitude=longitude,
            max_distance_km=15,
            max_days_per_week=dice.whole(3, 5),
            max_sessions_per_day=4,
            max_sessions_per_week=dice.whole(8, 14),
            cleared_until=_cleared(dice, size)
            if number >= len(TAUGHT)
            else date(season.FIRST_MONDAY.year + 1, 8, 31),
            fee_per_session=dice.pick((150, 200, 260, 300)),
        )


def _volunteers(
    dice: Dice, district: District, size: Size, parents: list[Child]
) -> Iterator[tuple[Person, list[Availability]]]:
    """Six or seven for every class: students by the week, neighbours by the weekday, employees by the day."""
    for number in range(len(district.classes) * 13 // 2):
        kind = dice.weighted(TYPES)
        woman = dice.chance(0.65)
        venue = dice.pick(district.venues)
        home = moved((venue.latitude or 0, venue.longitude or 0), dice.around(0, 2.5), dice.around(0, 2.5))
        own = [parents.pop()] if parents and kind in ("community", "employee") and dice.chance(0.2) else []
        person = Person(
            id=f"W{district.number + 1:02}{number + 1:03}",
            name=adult_name(dice, woman, own[0].name[0] if own and not woman else None),
            kind="volunteer",
            roles=("volunteer",),
            birth_date=_birth(dice, kind),
            gender="female" if woman else "male",
            employer=venue.operator if kind == "employee" else "",
            venues=(venue.id,) if kind == "employee" else (),
            district=district.name,
            latitude=home[0],
            longitude=home[1],
            max_distance_km=dice.whole(4, 8),
            max_shifts_per_day=dice.weighted(((1, 0.15), (2, 0.55), (3, 0.3))),
            max_days_per_week=dice.whole(2, 5) if kind == "student" else dice.whole(1, 3),
            min_days=5 if kind == "student" and size.weeks > 1 and dice.chance(0.3) else 0,
            cleared_until=_cleared(dice, size),
            qualifications=("first_aid",) if dice.chance(0.2) else (),
            volunteer_type=kind,
            own_children=tuple(row.id for row in own),
        )
        yield person, _times(dice, person.id, kind, size)


def _times(dice: Dice, person: str, kind: VolunteerType, size: Size) -> list[Availability]:
    """When a volunteer can come; now and then a day off in between."""
    first, last = season.FIRST_MONDAY, season.last_day(size)
    weekdays: tuple[int, ...] = ()
    shifts: tuple[str, ...] = ()
    if kind == "student":
        week = dice.whole(0, size.weeks - 1)
        length = dice.whole(1, size.weeks - week)
        first = first + timedelta(days=7 * week)
        last = first + timedelta(days=7 * length - 3)
    else:
        number = {"community": dice.whole(2, 4), "employee": dice.whole(1, 2)}.get(kind, 1)
        weekdays = tuple(sorted(dice.some((1, 2, 3, 4, 5), number)))
        shifts = dice.pick(((), (), ("AM",), ("AM", "NOON"), ("PM",), ("NOON", "PM")))
    status = dice.weighted(STATUSES)
    said = [
        Availability(person=person, from_=first, to=last, weekdays=weekdays, shifts=shifts, status=status)
    ]
    if dice.chance(0.15):
        day = dice.pick([row.date for row in season.days(size) if first <= row.date <= last])
        said.append(Availability(person=person, from_=day, to=day, status="no"))
    return said


def _birth(dice: Dice, kind: VolunteerType) -> date | None:
    """Students are mostly 18 to 23; one in thirty is a minor, who may help but never counts."""
    year = season.FIRST_MONDAY.year
    if kind == "student":
        return date(
            year - (17 if dice.chance(0.03) else dice.whole(19, 23)), dice.whole(1, 6), dice.whole(1, 28)
        )
    return date(year - dice.whole(24, 66), dice.whole(1, 12), dice.whole(1, 28)) if dice.chance(0.7) else None


def _parents(found: tuple[District, ...], rows: tuple[Child, ...]) -> dict[int, list[Child]]:
    """Children whose parent may be a volunteer, by their district's number."""
    numbers = {district.name: district.number for district in found}
    parents: dict[int, list[Child]] = {}
    for row in rows:
        if row.status == "enrolled" and row.consent and not row.family:
            parents.setdefault(numbers[row.district], []).append(row)
    return parents
