"""Tiny random seasons as tables of plain rows: rows can be taken out, and what is left can be printed."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random
from typing import Any

from scheduler.domain.scenario import Scenario
from tests.seasons import season

Row = dict[str, Any]

VENUES = ("V1", "V2", "V3")
ROOMY: tuple[list[str], ...] = (["V1"], ["V1"], ["V1"], ["V1", "V2"], ["C1", "V1"], [])
THEMES: dict[str, float] = {
    # how often a season has it
    "pool": 0.5,  # several equal classes at one venue
    "stays": 0.4,
    "families": 0.45,
    "apart": 0.35,
    "friends": 0.4,
    "optional": 0.35,
    "points": 0.3,
    "reserved": 0.25,
    "only_for": 0.15,
    "late": 0.25,
    "venue_capacity": 0.35,
    "shifts": 0.3,
    "some_weeks": 0.2,
    "ages": 0.2,
    "rooms": 0.15,
    "closures": 0.1,
    "distance": 0.2,
    "weights": 0.2,
    "withdrawn": 0.1,
    "locks": 0.35,
    "withheld": 0.12,
    "empty": 0.08,  # a class without seats
    "crossed": 0.15,  # a bound pair among orders that differ between venues: claims that cannot be helped
    "by_week": 0.12,  # nobody stays, several weeks
    "roomy": 0.2,  # seats for most in equal classes: the soft rules decide
    "opened": 0.08,  # classes locked open, which keeps children where others need them not to be
}
"""What a season may have, and how often."""


@dataclass
class Tables:
    """A season's tables by name, its settings, and the class-weeks that are withheld from it."""

    settings: Row
    rows: dict[str, list[Row]]
    withheld: list[tuple[str, str]] = field(default_factory=list)

    def copy(self) -> Tables:
        """The same once more, to be changed."""
        return deepcopy(self)

    @property
    def scenario(self) -> Scenario:
        """The scenario of these tables."""
        return season(self.settings, **deepcopy(self.rows))

    @property
    def kept_back(self) -> frozenset[tuple[str, str]]:
        """The withheld class-weeks that could be held at all."""
        return frozenset(self.withheld) & frozenset(self.scenario.class_weeks)

    def __str__(self) -> str:
        lines = [f"settings = {self.settings}"]
        for name, rows in self.rows.items():
            if rows:
                lines += [f"{name}:", *(f"    {row}" for row in rows)]
        if self.withheld:
            lines.append(f"withheld = {self.withheld}")
        return "\n".join(lines)


def drawn(seed: int, *, policy: str | None = None, **themes: bool) -> Tables:
    """The tiny season of this seed; `policy` and single themes can be set from outside."""
    dice = Random(seed)
    on = {name: dice.random() < often for name, often in THEMES.items()}
    on.update(themes)
    if on["crossed"]:
        on |= {
            "families": True,
            "points": True,
            "only_for": False,
            "apart": False,
            "ages": False,
            "empty": False,
        }
    if on["roomy"]:
        on |= {"pool": True, "friends": True, "empty": False, "only_for": False}
    numbers = [2, 2, 3] if on["by_week"] else [1] if on["roomy"] else [1, 1, 1, 2, 2, 3]
    weeks = [str(number + 1) for number in range(dice.choice(numbers))]
    classes = list(_classes(dice, on, weeks))
    children = list(_children(dice, on, weeks, [row["id"] for row in classes]))
    rows: dict[str, list[Row]] = {
        "days": [{"date": f"2024-07-{8 + 7 * i:02}", "week": week} for i, week in enumerate(weeks)],
        "shifts": [
            {"id": "AM", "start": "08:00", "end": "12:00"},
            {"id": "PM", "start": "14:00", "end": "17:00"},
        ],
        "venues": _venues(dice, on, classes),
        "rooms": [{"id": "R", "venue": classes[0]["venue"], "capacity": 1}] if on["rooms"] else [],
        "classes": classes,
        "priorities": [{"id": f"p{rank}", "name": f"P{rank}", "rank": rank} for rank in (1, 2, 3)],
        "children": children,
        "points": [],
        "closures": [],
        "locks": list(_locks(dice, children, classes, weeks)) if on["locks"] else [],
    }
    if on["opened"]:
        found = ((row["id"], week) for row in classes for week in row.get("weeks", weeks))
        rows["locks"] += [
            {"id": f"O{class_}{week}", "kind": "open", "class_": class_, "week": week}
            for class_, week in found
        ]
    settings = _settings(dice, on, seed)
    settings["policy"] = policy or settings["policy"]
    if on["points"]:
        rows["points"] = list(_points(dice, rows, settings["points_missing"], crossed=on["crossed"]))
    if on["closures"]:
        day = dice.choice(rows["days"])["date"]
        closed = dice.choice([{"class_": classes[-1]["id"]}, {"venue": classes[0]["venue"]}])
        rows["closures"].append({**closed, "from_": day, "to": day})
        if dice.random() < 0.3:
            rows["closures"][0]["shifts"] = ["PM"]
    held_back = [(row["id"], week) for row in classes for week in weeks if dice.random() < 0.25]
    return Tables(settings, rows, held_back if on["withheld"] else [])


def _settings(dice: Random, on: dict[str, bool], seed: int) -> Row:
    found: Row = {
        "season": f"t{seed}",
        "policy": dice.choice(["fair", "fair", "fair", "seats"]),
        "ties": dice.choice(["places", "draw"]),
        "points_missing": dice.choice(["rank", "last", "refuse"]),
    }
    if on["late"]:
        found["deadline"] = "2024-06-10T12:00"
    if on["distance"]:
        found["max_distance_km"] = dice.choice([4, 8])
    if on["weights"]:
        soft = ("siblings_together", "friends_together", "same_venue", "balanced_classes", "short_way")
        found["weights"] = {name: dice.choice([0, 0.5, 1, 7]) for name in dice.sample(soft, 3)}
    return found


def _venues(dice: Random, on: dict[str, bool], classes: list[Row]) -> list[Row]:
    found = []
    for number, id in enumerate(sorted({row["venue"] for row in classes})):
        row: Row = {"id": id, "name": id, "mode": "community"}
        if on["venue_capacity"] and dice.random() < 0.7:
            row["capacity"] = dice.choice([1, 1, 2, 3])
        if on["reserved"] and dice.random() < 0.6:
            row["reserved_for"] = ["museum"]
        if on["only_for"] and dice.random() < 0.5:
            row["only_for"] = ["museum", "rail"]
        if on["distance"]:
            row |= {"latitude": 39.9 + 0.05 * number, "longitude": 116.4}
        found.append(row)
    return found


def _classes(dice: Random, on: dict[str, bool], weeks: list[str]) -> Iterator[Row]:
    """Two to four classes; with `pool` the first two or three are equal in all but their ids."""
    if on["crossed"]:
        yield {"id": "C1", "name": "Class 1", "venue": "V1", "capacity": 2}
        yield {"id": "C2", "name": "Class 2", "venue": "V2", "capacity": 1}
        return
    number = dice.choice([2, 3, 3, 4])
    pooled = min(number, dice.choice([2, 2, 3])) if on["pool"] else 1
    first = _class(dice, on, weeks, "V1")
    for place in range(number):
        row = dict(first) if place < pooled else _class(dice, on, weeks, dice.choice(VENUES))
        if on["rooms"] and place == 0:
            row["room"] = "R"
        yield {"id": f"C{place + 1}", "name": f"Class {place + 1}", **row}


def _class(dice: Random, on: dict[str, bool], weeks: list[str], venue: str) -> Row:
    row: Row = {"venue": venue, "capacity": dice.choice([2, 2, 3] if on["roomy"] else [1, 1, 1, 2, 2])}
    if on["optional"] and dice.random() < 0.6:
        seats = dice.choice([1, 2, 2, 3])
        row |= {"optional": True, "capacity": seats, "min_children": dice.choice([0, seats, min(seats, 2)])}
    elif dice.random() < 0.25:
        row["min_children"] = row["capacity"]
    if on["empty"] and dice.random() < 0.4:
        row |= {"capacity": 0, "min_children": 0}
    if on["shifts"] and dice.random() < 0.6:
        row["shifts"] = [dice.choice(["AM", "PM"])]
    if on["some_weeks"] and len(weeks) > 1 and dice.random() < 0.5:
        row["weeks"] = [dice.choice(weeks)]
    if on["ages"] and dice.random() < 0.6:
        row |= dice.choice([{"min_age": 8}, {"max_age": 7}, {"max_grade": 2}])
    return row


def _children(dice: Random, on: dict[str, bool], weeks: list[str], classes: list[str]) -> Iterator[Row]:
    number = 6 if on["roomy"] else dice.choice([3, 4, 4, 5, 5, 6] if len(weeks) < 3 else [2, 3, 4])
    names = "abcdef"[:number]
    for number, id in enumerate(names):
        row: Row = {
            "id": id,
            "name": id.upper(),
            "choices": dice.choice(ROOMY) if on["roomy"] else _wishes(dice, classes),
            "priority": dice.choice(["p1", "p2", None]),
            "weeks": [week for week in weeks if dice.random() < 0.75] or [dice.choice(weeks)],
            "stay": dice.choice(["steady", "whole", "weeks"]) if on["stays"] else "steady",
            "gender": dice.choice(["girl", "boy", None]),
            "birth_date": f"{2014 + number % 3}-03-01",
            "employer": dice.choice([[], ["museum"], ["rail"]]),
            "needs": ["aide"] if dice.random() < 0.25 else [],
        }
        row |= _ties(dice, on, number, names)
        if on["by_week"]:
            row |= {"stay": "weeks", "weeks": weeks}
        if on["ages"]:
            row |= {"birth_date": dice.choice(["2014-03-01", "2017-08-01"]), "grade": dice.choice([1, 3])}
        if on["late"] and dice.random() < 0.4:
            row["submitted_at"] = "2024-06-11T09:00"
        if on["distance"]:
            row |= {"latitude": dice.choice([39.88, 39.93, 39.99]), "longitude": 116.4}
        if on["withdrawn"] and dice.random() < 0.3:
            row |= dice.choice([{"status": "withdrawn"}, {"consent": False}])
        yield row


def _ties(dice: Random, on: dict[str, bool], number: int, names: str) -> Row:
    """What ties a child to others: a family, friends, foes."""
    row: Row = {"choices": dice.sample(VENUES[:2], 2)} if on["crossed"] else {}
    others = [other for other in names if other != names[number]]
    if on["families"] and (number < 2 or (dice.random() < 0.4 and not on["crossed"])):
        row["family"] = "F" if number < 3 else "G"
        row["siblings"] = dice.choice(["must", "prefer", "indifferent"])
        if on["crossed"]:
            row["siblings"] = "must"
            row["choices"] = dice.choice([["V1"], ["V1"], ["V1", "V2"]])
    if on["friends"]:
        row["friends"] = [other for other in others if dice.random() < 0.6]
    if on["apart"] and dice.random() < 0.5:
        row["apart"] = dice.sample(others, min(len(others), dice.choice([1, 1, 2])))
    return row


def _wishes(dice: Random, classes: list[str]) -> list[str]:
    """Venues and classes, mixed; or none at all, which means any."""
    if dice.random() < 0.15:
        return []
    known = [*VENUES[:2], *VENUES[:2], dice.choice(VENUES), dice.choice(classes), dice.choice(classes)]
    return list(dict.fromkeys(dice.sample(known, dice.choice([2, 3, 3, 4]))))


def _points(dice: Random, rows: dict[str, list[Row]], missing: str, *, crossed: bool) -> Iterator[Row]:
    for venue in rows["venues"]:
        if crossed or dice.random() < 0.7:
            for child in rows["children"]:
                if crossed or missing == "refuse" or dice.random() < 0.7:
                    number = dice.randint(1, 20 if crossed else 4)
                    yield {"child": child["id"], "venue": venue["id"], "points": number}


def _locks(dice: Random, children: list[Row], classes: list[Row], weeks: list[str]) -> Iterator[Row]:
    """One or two, mostly such that can hold."""
    for number in range(dice.choice([1, 1, 2])):
        child, class_ = dice.choice(children), dice.choice(classes)
        week = dice.choice([*child["weeks"], None])
        kind = dice.choice(["place", "place", "keep_out", "open", "close"])
        row: Row = {"id": f"L{number}", "kind": kind, "class_": class_["id"], "week": week}
        if kind == "place":
            row["child"] = child["id"]
        elif kind == "keep_out":
            row["child"] = dice.choice([child["id"], None])
            row["class_"] = dice.choice([class_["id"], None]) if row["child"] else class_["id"]
        else:
            row["class_"] = (
                dice.choice([class_["id"], class_["id"], None]) if kind == "open" else class_["id"]
            )
        yield row
