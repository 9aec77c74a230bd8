"""A connected city: families choose by distance, with noise, over all of it; no district stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import sqrt
from random import Random
from typing import Literal

from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Child, Class, Day, Period, Points, Priority, Settings, Shift, Venue
from scheduler.domain.tables.children import Siblings, Stay
from scheduler.domain.tables.settings import Policy
from scheduler.samples import sample

Kind = Literal["ranks", "points", "draw", "districts"]
KINDS: tuple[Kind, ...] = ("ranks", "points", "draw", "districts")

CLASSES_AT_A_VENUE = 4
BANDS = ((6, 8), (9, 12), (6, 8), (9, 12))
SEATS_WANTED = 1.06
"""Child-weeks wanted for each seat-week."""

CHILD_WEEKS = 0.87
KM_PER_DEGREE = (111.2, 89.8)
CENTRE = (36.2, 117.1)
MONDAY = date(2024, 7, 8)
DEADLINE = datetime(2024, 6, 14, 18)
EMPLOYERS = tuple(f"E{number}" for number in range(1, 13))
RANKS = ((1, 0.1), (2, 0.2), (3, 0.4), (4, 0.3))
STAYS: tuple[tuple[Stay, float], ...] = (("steady", 0.85), ("whole", 0.05), ("weeks", 0.1))
WISHES: tuple[tuple[Siblings, float], ...] = (("prefer", 0.6), ("must", 0.3), ("indifferent", 0.1))
TWINS, FRIENDS, NO_CHOICES, LATE = 0.13, 0.2, 0.05, 0.04
"""Shares: of families with two children, of children with a friend, without choices, after the deadline."""

Place = tuple[float, float]
"""Kilometres north and east of the centre."""


def season(kind: Kind, children: int, policy: Policy, seed: int = 0) -> Scenario:
    """A season of 4 weeks: `districts` as `sample` has it, the other kinds in a connected city.

    `ranks`: four ranks, equals are equal; `points`: besides, individual points at a third of the venues and
    seats reserved at a fifth; `draw`: four ranks and reservations, equals ordered by the draw.
    """
    if kind == "districts":
        return sample(children, None, 4, seed).ruled_by(policy)
    return _City(kind, children, seed).season(policy)


class _City:
    def __init__(self, kind: Kind, children: int, seed: int) -> None:
        self._dice = Random(f"{kind}|{children}|{seed}")
        self._kind = kind
        self._children = children
        self._classes = max(4, round(children / 35))
        self._venues = max(2, round(self._classes / CLASSES_AT_A_VENUE))
        self._radius = 1.3 * sqrt(self._venues)
        self._places = {f"V{n + 1:03}": self._place() for n in range(self._venues)}

    def season(self, policy: Policy) -> Scenario:
        classes = self._classrooms()
        venues = [self._venue(n, id, classes) for n, id in enumerate(self._places)]
        children = self._befriended(self._enrolled())
        return Scenario(
            settings=Settings(
                season=f"city-{self._kind}-{self._children}",
                policy=policy,
                ties="draw" if self._kind == "draw" else "places",
                deadline=DEADLINE,
                max_distance_km=4.0,
                points_missing="rank",
            ),
            days=tuple(Day(date=MONDAY + timedelta(days=7 * n), week=str(n + 1)) for n in range(4)),
            shifts=(Shift.model_validate({"id": "AM", "start": "08:00", "end": "12:00"}),),
            periods=(Period.model_validate({"id": "P1", "start": "09:00", "end": "10:00", "shift": "AM"}),),
            venues=tuple(venues),
            classes=tuple(classes),
            children=tuple(children),
            priorities=tuple(Priority(id=f"R{rank}", name=f"R{rank}", rank=rank) for rank, _ in RANKS),
            points=tuple(self._points(venues, children)) if self._kind == "points" else (),
        )

    def _place(self) -> Place:
        while True:
            north, east = self._dice.uniform(-1, 1), self._dice.uniform(-1, 1)
            if north * north + east * east <= 1:
                return north * self._radius, east * self._radius

    def _classrooms(self) -> list[Class]:
        mean = self._children * CHILD_WEEKS / SEATS_WANTED / self._classes
        found = []
        for number in range(self._classes):
            venue, index = f"V{number % self._venues + 1:03}", number // self._venues
            low, high = BANDS[index % len(BANDS)]
            found.append(
                Class(
                    id=f"{venue}-{index + 1}",
                    name=f"{venue}-{index + 1}",
                    venue=venue,
                    min_age=low,
                    max_age=high,
                    min_children=round(mean / 3),
                    capacity=round(mean) + self._dice.randint(-2, 2),
                    # never the only class of an age at a venue
                    optional=index >= 2 and self._dice.random() < 0.2,
                )
            )
        return found

    def _venue(self, number: int, id: str, classes: Sequence[Class]) -> Venue:
        seats = sum(row.capacity for row in classes if row.venue == id)
        latitude, longitude = on_earth(self._places[id])
        return Venue(
            id=id,
            name=id,
            mode="joint",
            latitude=latitude,
            longitude=longitude,
            capacity=seats - self._dice.randint(1, 3) if self._dice.random() < 0.2 else None,
            reserved_for=(EMPLOYERS[number % len(EMPLOYERS)],) if self._reserves(number) else (),
        )

    def _reserves(self, number: int) -> bool:
        return self._kind in ("points", "draw") and number % 5 == 1

    def _enrolled(self) -> list[Child]:
        found: list[Child] = []
        while len(found) < self._children:
            twins = self._dice.random() < TWINS and len(found) + 1 < self._children
            found += self._family(len(found), 2 if twins else 1)
        return found

    def _family(self, first: int, members: int) -> list[Child]:
        home = self._place()
        latitude, longitude = on_earth(home)
        shared = {
            "employer": (self._dice.choice(EMPLOYERS),),
            "priority": f"R{self._weighted(RANKS)}",
            "weeks": self._weeks(),
            "choices": () if self._dice.random() < NO_CHOICES else self._choices(home),
            "stay": self._weighted(STAYS),
            "siblings": self._weighted(WISHES) if members > 1 else "prefer",
            "family": f"F{first + 1:05}" if members > 1 else "",
            "latitude": latitude,
            "longitude": longitude,
            "submitted_at": DEADLINE + timedelta(days=1 if self._dice.random() < LATE else -1),
            "consent": True,
        }
        return [
            Child(
                id=f"K{number + 1:05}",
                name=f"K{number + 1:05}",
                gender=self._dice.choice(("girl", "boy")),
                birth_date=date(MONDAY.year - self._dice.randint(6, 12), 1, 1),
                needs=("aide",) if self._dice.random() < 0.005 else (),
                **shared,
            )
            for number in range(first, first + members)
        ]

    def _choices(self, home: Place) -> tuple[str, ...]:
        """Two to five venues: the way to each is judged with noise, so that some lie across the city."""
        pull = {
            id: _km(home, place) * self._dice.lognormvariate(0, 0.5) for id, place in self._places.items()
        }
        return tuple(sorted(pull, key=pull.__getitem__)[: self._dice.randint(2, 5)])

    def _weeks(self) -> tuple[str, ...]:
        if self._dice.random() < 0.75:
            return ()
        first = self._dice.randint(1, 4)
        return tuple(str(week) for week in range(first, self._dice.randint(first, 4) + 1))

    def _befriended(self, rows: list[Child]) -> list[Child]:
        """Children of one year who like the same venue find each other."""
        by_taste: dict[tuple[object, ...], list[int]] = {}
        for n, row in enumerate(rows):
            if row.choices and self._dice.random() < FRIENDS:
                by_taste.setdefault((row.choices[0], row.birth_date), []).append(n)
        for group in by_taste.values():
            for a, b in zip(group[::2], group[1::2], strict=False):
                rows[a] = rows[a].model_copy(update={"friends": (rows[b].id,)})
                rows[b] = rows[b].model_copy(update={"friends": (rows[a].id,)})
        return rows

    def _points(self, venues: Sequence[Venue], children: Sequence[Child]) -> list[Points]:
        """At every third venue each child that names it has points of its own, better ones by rank."""
        own = {row.id for row in venues[::3]}
        return [
            Points(
                child=row.id,
                venue=venue,
                points=self._dice.randint(0, 999) - 200 * int((row.priority or "R4")[1:]),
            )
            for row in children
            for venue in row.choices
            if venue in own
        ]

    def _weighted(self, things: Sequence[tuple[object, float]]) -> object:
        return self._dice.choices([thing for thing, _ in things], [share for _, share in things])[0]


def on_earth(place: Place) -> Place:
    """Latitude and longitude of a place."""
    north, east = place
    return round(CENTRE[0] + north / KM_PER_DEGREE[0], 5), round(CENTRE[1] + east / KM_PER_DEGREE[1], 5)


def _km(a: Place, b: Place) -> float:
    return sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)
