"""Who stands before whom at a venue: points, reservations, rank, punctuality, the draw."""

from __future__ import annotations

from typing import Any

from scheduler.domain.standing import Standings
from tests.seasons import Rows, rows, tiny


def order(venue: str = "V1", settings: dict[str, Any] | None = None, **tables: Rows) -> list[set[str]]:
    """The children by standing at a venue, equals together."""
    season = tiny({"season": "tiny", **(settings or {})}, **tables)
    standings = Standings(season)
    by_standing: dict[Any, set[str]] = {}
    for child in season.child:
        by_standing.setdefault(standings.of(child, venue), set()).add(child)
    return [by_standing[key] for key in sorted(by_standing)]


def test_rank_orders_and_equals_are_equal() -> None:
    assert order() == [{"a"}, {"b", "c"}]


def test_a_blank_priority_is_the_last_rank() -> None:
    assert order(children=rows("children", b={"priority": None})) == [{"a"}, {"b", "c"}]


def test_reserved_children_stand_first_at_that_venue_only() -> None:
    tables: dict[str, Any] = {
        "venues": rows("venues", V1={"reserved_for": ["museum"]}),
        "children": rows("children", c={"employer": ["museum"]}),
    }
    assert order("V1", **tables) == [{"c"}, {"a"}, {"b"}]
    assert order("V2", **tables) == [{"a"}, {"b", "c"}]


def test_late_children_stand_last_in_their_rank() -> None:
    children = rows(
        "children", b={"submitted_at": "2024-06-02T08:00"}, c={"submitted_at": "2024-05-30T08:00"}
    )
    assert order(settings={"deadline": "2024-06-01T00:00"}, children=children) == [{"a"}, {"c"}, {"b"}]


def test_points_replace_the_rank_more_is_better() -> None:
    points = [{"child": child, "venue": "V1", "points": n} for child, n in (("a", 1), ("b", 3), ("c", 2))]
    assert order(points=points) == [{"b"}, {"c"}, {"a"}]
    assert order("V2", points=points) == [{"a"}, {"b", "c"}]


def test_points_for_some_only() -> None:
    # b and c have none: by rank behind those with points, or all last alike
    points = [{"child": "c", "venue": "V1", "points": 0.5}]
    assert order(settings={"points_missing": "rank"}, points=points) == [{"c"}, {"a"}, {"b"}]
    assert order(settings={"points_missing": "last"}, points=points) == [{"c"}, {"a", "b"}]


def test_seats_ignores_points_and_reservations() -> None:
    points = [{"child": "c", "venue": "V1", "points": 9}]
    venues = rows("venues", V1={"reserved_for": ["museum"]})
    children = rows("children", b={"employer": ["museum"]})
    assert order(settings={"policy": "seats"}, points=points, venues=venues, children=children) == [
        {"a"},
        {"b", "c"},
    ]


def test_the_draw_makes_every_standing_strict() -> None:
    season = tiny({"season": "tiny", "ties": "draw"})
    standings = Standings(season)
    strict = sorted(season.child, key=lambda child: standings.of(child, "V1"))
    assert strict == ["a", *sorted("bc", key=lambda child: season.draws[child])]


def test_a_unit_stands_where_its_best_member_does() -> None:
    standings = Standings(tiny())
    assert standings.of_unit(("b", "a"), "V1") == standings.of("a", "V1")
