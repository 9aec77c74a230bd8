"""Seasons of one week and single children, and deferred acceptance as an oracle that shares no code."""

from __future__ import annotations

from hashlib import sha256
from random import Random

from tests.tiny.seasons import Row, Tables

Order = dict[str, list[str]]
"""The children a place would have, the first first."""


VENUES = ("V1", "V2", "V3", "V4")


def school(seed: int, *, children: int, by_class: bool, ties: str = "draw", **more: bool) -> Tables:
    """One week, single children who name venues (or classes, a class being a place of its own then)."""
    dice = Random(seed)
    classes: list[Row] = [
        {"id": f"C{n}", "name": f"C{n}", "venue": VENUES[n % 4], "capacity": dice.choice([1, 2, 3, 4, 6])}
        for n in range(6)
    ]
    places = [row["id"] for row in classes] if by_class else list(VENUES)
    kids: list[Row] = [
        {
            "id": f"k{n:02}",
            "name": "K",
            "choices": dice.sample(places, dice.choice([1, 2, 3, 4])),
            "priority": dice.choice(["p1", "p2", None]),
            "employer": dice.choice([[], ["museum"], ["rail"]]),
        }
        for n in range(children)
    ]
    venues: list[Row] = [{"id": id, "name": id, "mode": "community"} for id in VENUES]
    points: list[Row] = []
    settings: Row = {
        "season": f"school {seed}",
        "ties": ties,
        "points_missing": dice.choice(["rank", "last"]),
    }
    if more.get("late"):
        settings["deadline"] = "2024-06-10T12:00"
        for kid in kids:
            if dice.random() < 0.3:
                kid["submitted_at"] = "2024-06-11T09:00"
    if more.get("reserved"):
        venues[0]["reserved_for"], venues[1]["reserved_for"] = ["museum"], ["rail"]
    if more.get("points"):
        points = [
            {"child": kid["id"], "venue": venue, "points": dice.randint(1, 9)}
            for venue in VENUES[1:]
            for kid in kids
            if dice.random() < 0.6
        ]
    rows = {
        "days": [{"date": "2024-07-15", "week": "1"}],
        "shifts": [{"id": "AM", "start": "08:00", "end": "12:00"}],
        "venues": venues,
        "classes": classes,
        "priorities": [{"id": f"p{rank}", "name": f"P{rank}", "rank": rank} for rank in (1, 2)],
        "children": kids,
        "points": points,
        "locks": [],
    }
    return Tables(settings, rows)


def standings(tables: Tables) -> Order:
    """The children at each venue in the order they stand there, by the tables alone: points there, else
    children of `reserved_for` employers before others, rank, punctuality; equals by the draw."""
    found: Order = {}
    ranks = {row["id"]: row["rank"] for row in tables.rows["priorities"]}
    for venue in tables.rows["venues"]:
        points = {r["child"]: r["points"] for r in tables.rows["points"] if r["venue"] == venue["id"]}
        order = []
        for child in tables.rows["children"]:
            rank = ranks.get(child.get("priority"), max(ranks.values(), default=1))
            late = child.get("submitted_at", "") > tables.settings.get("deadline", "9")
            reserved = bool(set(venue.get("reserved_for", ())) & set(child.get("employer", ())))
            if child["id"] in points:
                key: tuple[object, ...] = (0, -points[child["id"]])
            elif points and tables.settings["points_missing"] == "last":
                key = (2,)
            else:
                key = (1, not reserved, rank, late)
            order.append((*key, _draw(tables, child["id"]), child["id"]))
        found[venue["id"]] = [row[-1] for row in sorted(order, key=_padded)]
    return found


def _padded(key: tuple[object, ...]) -> tuple[object, ...]:
    return (*key[:-2], *(0 for _ in range(6 - len(key))), *key[-2:])


def _draw(tables: Tables, child: str) -> str:
    seed, season = tables.settings.get("lottery_seed", "0"), tables.settings["season"]
    return sha256(f"{seed}|{season}|{child}".encode()).hexdigest()


def accepted(wishes: dict[str, list[str]], seats: dict[str, int], order: Order) -> dict[str, str]:
    """Each child's place: children propose to places, best first; a place keeps the best it has seats for
    (Gale and Shapley 1962, section 4)."""
    left = {child: list(places) for child, places in wishes.items()}
    held: dict[str, list[str]] = {place: [] for place in seats}
    free = list(left)
    while free:
        child = free.pop(0)
        if left[child]:
            place = left[child].pop(0)
            held[place] = sorted([*held[place], child], key=order[place].index)
            free.extend(held[place][seats[place] :])
            del held[place][seats[place] :]
    return {child: place for place, children in held.items() for child in children}
