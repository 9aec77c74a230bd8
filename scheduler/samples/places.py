"""Invented places: districts, employers, venues, rooms and classes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from scheduler.domain.tables import Class, Closure, Room, Venue
from scheduler.samples import season
from scheduler.samples.dice import Dice
from scheduler.samples.people import adult_name
from scheduler.samples.size import Size

CENTRE = (36.2, 117.1)
KM_PER_DEGREE = (111.2, 89.8)
"""North and east, at the latitude of the centre; good enough to invent homes and to compare distances."""

VENUES_PER_DISTRICT = 10
DISTRICT_KM = 14.0
"""Distance between the centres of neighbouring districts."""

YOUNGEST, OLDEST = 6, 12
BANDS = {
    1: ((6, 12),),
    2: ((6, 8), (9, 12)),
    3: ((6, 7), (8, 9), (10, 12)),
}
"""Age bands by number of classes at a venue; larger venues hold several classes of a band."""

_FIRST = "东西南北青清长平安泰新永兴龙凤金玉文明荣"
_SECOND = "山河湖城阳华源安平桥林泉溪岭丰陵"
_TRADES = ("机械厂", "纺织厂", "公交公司", "人民医院", "环卫中心", "快递公司", "供电公司", "酒店")
_STREETS = ("和平", "建设", "解放", "工人", "文化", "光明", "新华", "胜利", "朝阳", "幸福")
_MODES: tuple[Literal["community", "employer", "joint"], ...] = ("community", "employer", "joint")


@dataclass(frozen=True)
class District:
    """A district: its centre, its employers, and its venues with their classes."""

    number: int
    name: str
    latitude: float
    longitude: float
    venues: tuple[Venue, ...]
    classes: tuple[Class, ...]
    rooms: tuple[Room, ...]

    @cached_property
    def employers(self) -> tuple[str, ...]:
        """The employers whose workers live here."""
        return tuple(f"{self.name}{trade}" for trade in _TRADES)

    def classes_at(self, venue: str) -> list[Class]:
        """A venue's classes."""
        return [row for row in self.classes if row.venue == venue]


def districts(size: Size, seed: int) -> tuple[District, ...]:
    """All districts of a season, on a grid from the centre outwards."""
    dice = Dice(seed, "places")
    number = -(-size.venues // VENUES_PER_DISTRICT)
    side = side_of(number)
    found = []
    venue = 0
    for index in range(number):
        row, column = divmod(index, side)
        centre = moved(CENTRE, DISTRICT_KM * (row - side / 2), DISTRICT_KM * (column - side / 2))
        here = range(venue, min(size.venues, venue + VENUES_PER_DISTRICT))
        venue += VENUES_PER_DISTRICT
        found.append(_district(dice, size, index, centre, here))
    return tuple(found)


def neighbours(found: tuple[District, ...], district: District) -> tuple[District, ...]:
    """The districts north, east, south and west of one."""
    side = side_of(len(found))
    row, column = divmod(district.number, side)
    beside = [(row + 1, column), (row, column + 1), (row - 1, column), (row, column - 1)]
    numbers = [r * side + c for r, c in beside if r >= 0 and 0 <= c < side]
    return tuple(found[number] for number in numbers if number < len(found))


def side_of(number: int) -> int:
    """How many districts a row of the grid has."""
    return next(side for side in range(1, 1000) if side * side >= number)


def moved(place: tuple[float, float], north_km: float, east_km: float) -> tuple[float, float]:
    """A place so many km north and east of another, to about a metre."""
    return (
        round(place[0] + north_km / KM_PER_DEGREE[0], 5),
        round(place[1] + east_km / KM_PER_DEGREE[1], 5),
    )


def squared_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The square of the distance between two places near each other; only to compare."""
    north, east = (a[0] - b[0]) * KM_PER_DEGREE[0], (a[1] - b[1]) * KM_PER_DEGREE[1]
    return north * north + east * east


def closures(found: tuple[District, ...], size: Size, seed: int) -> Iterator[Closure]:
    """An afternoon here and there on which a venue is closed."""
    dice = Dice(seed, "closures")
    open_days = season.days(size)
    for district in found:
        venue, day = dice.pick(district.venues), dice.pick(open_days).date
        yield Closure(venue=venue.id, from_=day, to=day, shifts=("PM",), reason="设备检修")


def _district(dice: Dice, size: Size, index: int, centre: tuple[float, float], numbers: range) -> District:
    first, second = _FIRST[index % len(_FIRST)], _SECOND[index // len(_FIRST) % len(_SECOND)]
    again = index // (len(_FIRST) * len(_SECOND))
    name = f"{first}{second if second != first else '州'}{again + 1 if again else ''}"
    venues: list[Venue] = []
    classes: list[Class] = []
    rooms: list[Room] = []
    for number in numbers:
        venue, held = _venue(dice, size, number, name, centre)
        venues.append(venue)
        classes += held
        rooms += _rooms(dice, venue, held)
    return District(index, name, *centre, tuple(venues), tuple(classes), tuple(rooms))


def _venue(
    dice: Dice, size: Size, number: int, district: str, centre: tuple[float, float]
) -> tuple[Venue, list[Class]]:
    mode = _MODES[number % 3]
    street = _STREETS[number % len(_STREETS)]
    employer = f"{district}{_TRADES[number % len(_TRADES)]}"
    latitude, longitude = moved(centre, dice.around(0, 5), dice.around(0, 5))
    id = f"V{number + 1:02}"
    held = _classes(dice, size, number, id)
    seats = sum(row.capacity for row in held)
    venue = Venue(
        id=id,
        name=f"{street}街道职工服务站" if mode == "community" else f"{employer}假期班",
        mode=mode,
        operator=f"{street}街道总工会" if mode == "community" else employer,
        district=district,
        address=f"{district}区{street}路{dice.whole(1, 200)}号",
        latitude=latitude,
        longitude=longitude,
        # a venue seldom holds quite as many as its classes together
        capacity=seats - dice.whole(1, 2) if len(held) > 1 and dice.chance(0.3) else seats,
        contact=adult_name(dice, woman=dice.chance(0.6)),
        phone=f"0538-{8000000 + number:07}",
        reserved_for=(employer,) if mode == "joint" else (),
        # every other employer takes in its own workers' children only
        only_for=(employer,) if mode == "employer" and number % 2 else (),
    )
    return venue, held


def _classes(dice: Dice, size: Size, number: int, venue: str) -> list[Class]:
    """A venue's share of all classes, banded by age, their seats a share of all seats."""
    first, last = (size.classes * n // size.venues for n in (number, number + 1))
    count = last - first
    bands = sorted(BANDS[min(3, count)][n % min(3, count)] for n in range(count))
    held = []
    for index, (low, high) in enumerate(bands, 1):
        seats = (
            size.seats * (first + index) // size.classes - size.seats * (first + index - 1) // size.classes
        )
        held.append(
            Class(
                id=f"{venue}-{index}",
                name=f"{'启明星' if high <= 8 else '远航' if low >= 9 else '向阳花'}{index}班",
                venue=venue,
                room=f"{venue}-R{index}",
                min_age=low,
                max_age=high,
                min_children=min(10, seats // 2),
                capacity=min(35, max(1, seats + dice.whole(-2, 2))),
                optional=count > 1 and dice.chance(0.2),
            )
        )
    return held


def _rooms(dice: Dice, venue: Venue, held: list[Class]) -> Iterator[Room]:
    """A home room for each class, and at larger venues a hall with a stage."""
    for index, row in enumerate(held, 1):
        yield Room(id=row.room or "", venue=venue.id, name=f"{index}0{index}室", capacity=row.capacity + 3)
    if len(held) > 1 or dice.chance(0.3):
        yield Room(
            id=f"{venue.id}-H", venue=venue.id, name="多功能厅", capacity=80, features=("舞台", "运动")
        )
