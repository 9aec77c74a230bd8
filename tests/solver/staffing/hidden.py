"""Seasons built around a hidden full roster: whoever is in it offers just that, so a gap is a failure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from scheduler.domain.demand import Ask, Post, missing, posts
from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables.staff import Role
from tests.seasons import plan, season

Row = dict[str, Any]

MONDAY = date(2024, 7, 8)
VENUES = 3
CLASSES = 5


@dataclass
class Hand:
    """Somebody of the hidden roster, and what they do in it."""

    id: str
    roles: set[Role] = field(default_factory=set)
    qualifications: set[str] = field(default_factory=set)
    duties: dict[tuple[date, str], Duty] = field(default_factory=dict)

    def days(self) -> set[date]:
        """The days worked."""
        return {day for day, _ in self.duties}


@dataclass(frozen=True)
class Hidden:
    """A season, its plan before staffing, and a roster without gaps."""

    scenario: Scenario
    so_far: Plan
    roster: tuple[Duty, ...]


def hidden(seed: int) -> Hidden:
    """Five classes at three venues, three shifts, one or two weeks; needs of every sort and a trip."""
    dice = Random(f"hidden {seed}")
    tables, so_far = _season(dice)
    bare = season({"season": "hidden"}, **tables)
    hands = _Hands(dice, bare)
    for post in sorted(posts(bare, so_far), key=lambda post: (post.date, post.shift, post.class_ is None)):
        for ask in sorted(post.asks, key=lambda ask: (ask.beyond, -len(ask.qualification), len(ask.roles))):
            hands.fill(post, ask, away=_is_away(bare, so_far, post))
    staff = [_person(dice, hand, bare, so_far) for hand in hands.all]
    availability = [row for hand in hands.all for row in _offers(dice, hand, bare)]
    roster = tuple(duty for hand in hands.all for duty in hand.duties.values())
    full = season({"season": "hidden"}, **tables, staff=staff, availability=availability)
    return Hidden(full, so_far, roster)


def _season(dice: Random) -> tuple[dict[str, list[Row]], Plan]:
    weeks = [str(number + 1) for number in range(dice.choice([1, 2]))]
    days = [
        (MONDAY + timedelta(days=7 * number + day), week)
        for number, week in enumerate(weeks)
        for day in range(4)
    ]
    classes = [
        {"id": f"C{n}", "name": f"C{n}", "venue": f"V{n % VENUES}", "capacity": 20} for n in range(CLASSES)
    ]
    children = [
        {
            "id": f"{row['id']}-{n}",
            "name": "K",
            "birth_date": dice.choice(["2018-01-01", "2014-01-01"]),
            "needs": ["aide"] if dice.random() < 0.03 else [],
        }
        for row in classes
        for n in range(dice.randint(3, 9))
    ]
    tables: dict[str, list[Row]] = {
        "days": [{"date": day.isoformat(), "week": week} for day, week in days],
        "shifts": [
            {"id": "AM", "start": "08:00", "end": "12:00"},
            {"id": "NOON", "start": "12:00", "end": "14:00"},
            {"id": "PM", "start": "14:00", "end": "17:00"},
        ],
        "periods": [{"id": "P1", "start": "08:30", "end": "09:30", "shift": "AM"}],
        "venues": [
            {"id": f"V{n}", "name": f"V{n}", "mode": "joint", "latitude": 39.9 + 0.04 * n, "longitude": 116.4}
            for n in range(VENUES)
        ],
        "classes": classes,
        "children": children,
        "needs": _needs(dice),
        "trips": [
            {
                "id": "museum",
                "name": "Museum",
                "dates": [days[1][0].isoformat()],
                "shifts": ["AM", "NOON"],
                "children_per_adult": 3,
            }
        ],
    }
    placements = [
        {"child": row["id"], "class": str(row["id"]).partition("-")[0], "week": week, "choice": 1}
        for row in children
        for week in weeks
    ]
    outing = {"trip": "museum", "date": days[1][0], "class": "C0"}
    return tables, plan(placements=placements, trips=[outing])


def _needs(dice: Random) -> list[Row]:
    return [
        {"id": "lead", "role": "homeroom", "per_class": 1, "shifts": ["AM", "PM"], "strength": "must"},
        {"id": "helper", "role": "volunteer", "per_class": 1, "strength": "must"},
        {"id": "pair", "role": "volunteer", "per_class": 2, "max_age": 8, "shifts": ["AM"]},
        {"id": "noon", "role": "life", "per_class": 1, "shifts": ["NOON"], "strength": "must"},
        {
            "id": "ratio",
            "children_per_adult": dice.choice([3, 4]),
            "counts": dice.choice([[], ["homeroom", "volunteer"]]),
        },
        {"id": "aid", "qualification": "first_aid", "setting": dice.choice(["class", "venue"])},
        {"id": "site", "role": "site", "per_class": 1, "strength": "must"},
        {"id": "nurse", "qualification": "nurse", "setting": "venue", "shifts": ["AM"]},
        {"id": "out", "role": "homeroom", "per_class": 1, "setting": "trip", "strength": "must"},
    ]


class _Hands:
    """The people of the roster; new ones join where nobody is free."""

    def __init__(self, dice: Random, scenario: Scenario) -> None:
        self._dice, self._scenario = dice, scenario
        self._at: dict[tuple[str, date, str], list[tuple[Hand, Duty, bool]]] = defaultdict(list)
        self.all: list[Hand] = []

    def fill(self, post: Post, ask: Ask, *, away: bool) -> None:
        """Put people on duty until the ask misses nobody. Of role `site` where a venue asks for anybody."""
        key = (post.venue, post.date, post.shift)

        def present() -> int:
            return sum(
                duty.role in ask.roles
                and (not ask.qualification or ask.qualification in hand.qualifications)
                and (duty.class_ == post.class_ if post.class_ else not gone)
                for hand, duty, gone in self._at[key]
            )

        while missing(ask, present()):
            role = self._dice.choice([r for r in ask.roles if (r == "site") == (post.class_ is None)])
            duty = Duty(
                person="", role=role, class_=post.class_, venue=post.venue, date=post.date, shift=post.shift
            )
            hand = self._free(duty, ask.qualification)
            duty = replace(duty, person=hand.id)
            hand.duties[post.date, post.shift] = duty
            self._at[key].append((hand, duty, away))

    def _free(self, duty: Duty, qualification: str) -> Hand:
        """One of the first who can, mostly; sometimes, and where nobody can, somebody new."""
        able = [hand for hand in self.all if self._can(hand, duty, qualification)]
        if able and self._dice.random() < 0.95:
            return self._dice.choice(able[:6])
        hand = Hand(f"p{len(self.all):03}", {duty.role})
        if qualification:
            hand.qualifications.add(qualification)
        self.all.append(hand)
        return hand

    def _can(self, hand: Hand, duty: Duty, qualification: str) -> bool:
        if duty.role not in hand.roles or (qualification and qualification not in hand.qualifications):
            return False
        if (duty.date, duty.shift) in hand.duties:
            return False
        order = list(self._scenario.shift)
        for other in hand.duties.values():
            if other.date == duty.date:
                first, second = sorted((other, duty), key=lambda row: order.index(row.shift))
                start, end = self._scenario.shift[first.shift], self._scenario.shift[second.shift]
                if self._scenario.too_close(start, first.venue, end, second.venue):
                    return False
        return True


def _is_away(scenario: Scenario, so_far: Plan, post: Post) -> bool:
    trips = so_far.outings_of(post.class_ or "", post.date)
    return any(post.shift in scenario.trip[row.trip].shifts for row in trips)


def _person(dice: Random, hand: Hand, scenario: Scenario, so_far: Plan) -> Row:
    """Limits, clearance, area and own child as tight as the roster lets them be."""
    days = hand.days()
    by_week: dict[str, int] = defaultdict(int)
    for day in days:
        by_week[scenario.week_of(day)] += 1
    served = {duty.class_ for duty in hand.duties.values()}
    others = [row.child for row in so_far.placements if row.class_ not in served]
    return {
        "id": hand.id,
        "name": "P",
        "kind": "volunteer",
        "roles": sorted(hand.roles),
        "qualifications": sorted(hand.qualifications),
        "cleared_until": max(days).isoformat(),
        "venues": sorted({duty.venue for duty in hand.duties.values()}),
        "max_shifts_per_day": max(sum(day == other for other, _ in hand.duties) for day in days),
        "max_days_per_week": max(by_week.values()),
        "max_days": len(days),
        "min_days": dice.choice([0, len(days)]),
        "own_children": [dice.choice(others)] if others and dice.random() < 0.3 else [],
        "volunteer_type": dice.choice(["student", "community", "employee", "model_worker"]),
    }


def _offers(dice: Random, hand: Hand, scenario: Scenario) -> list[Row]:
    """The hidden shifts, and now and then another."""
    found = []
    for day in scenario.open_days:
        for shift in scenario.shift:
            if (day, shift) in hand.duties or dice.random() < 0.15:
                status = dice.choice(["yes", "yes", "yes", "prefer", "avoid"])
                found.append(
                    {"person": hand.id, "from_": day, "to": day, "shifts": [shift], "status": status}
                )
    return found
