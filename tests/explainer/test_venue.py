"""A venue's weeks: classes, children at once, waiting lists, gaps."""

from __future__ import annotations

from scheduler.explainer import explain
from scheduler.explainer.lines import Stand
from tests.explainer.told import ids, in_all_languages
from tests.seasons import placed, plan, rows, tiny


def test_children_at_once_are_those_of_the_same_shift() -> None:
    # C1 is held in the morning, C3 in the afternoon: two children, one at once
    classes = rows(
        "classes",
        C1={"shifts": ["AM"]},
        C3={"name": "Cat", "venue": "V1", "capacity": 2, "shifts": ["PM"]},
    )
    season = tiny(classes=classes, venues=rows("venues", V1={"capacity": 1}))
    given = plan(placements=placed("a@C1", "b@C3"))
    found = explain(season, given, "venue:V1")
    week = next(line for line in found.lines if line.id == "venue.week")
    assert (week.parameters["n"], week.parameters["at_once"]) == (2, 1)
    assert "venue.full" in ids(found)
    in_all_languages(season, given, "venue:V1")


def test_classes_waiting_lists_and_gaps() -> None:
    gap = {"need": "lead", "class": "C1", "venue": "V1", "date": "2024-07-15", "shift": "AM", "missing": 2}
    other = {**gap, "class": "C2", "venue": "V2"}
    queue = [{"class": "C1", "week": "1", "child": "b", "position": 1}]
    given = plan(placements=placed("a@C1"), waitlist=queue, gaps=[gap, other])
    found = explain(tiny(), given, "venue:V1")
    row = next(line for line in found.lines if line.id == "venue.class")
    assert (row.parameters["n"], row.parameters["seats"], row.parameters["waiting"]) == (1, 2, 1)
    assert [line.parameters["n"] for line in found.lines if line.id == "venue.gaps"] == [2]


def test_a_class_that_does_not_run_says_why() -> None:
    found = ids(explain(tiny(), plan(), "venue:V1"))
    assert found[found.index("venue.class_idle") + 1] == "why.idle"


def test_a_venue_without_classes() -> None:
    season = tiny(classes=rows("classes")[1:])
    assert "venue.no_class" in ids(explain(season, plan(), "venue:V1"))


def test_who_was_turned_away_by_standing() -> None:
    # b has points at V1, c none: c stands last there; b sits at its second choice, c nowhere
    season = tiny(
        {"season": "tiny", "points_missing": "last"},
        venues=rows("venues", V1={"capacity": 1}),
        points=[{"child": "b", "venue": "V1", "points": 7}, {"child": "a", "venue": "V1", "points": 9}],
    )
    queue = [
        {"class": "C1", "week": "1", "child": "b", "position": 1},
        {"class": "C1", "week": "1", "child": "c", "position": 2},
    ]
    given = plan(placements=placed("a@C1", "b@C2"), waitlist=queue)
    found = explain(season, given, "venue:V1")
    turned = next(line for line in found.lines if line.id == "venue.turned").parameters
    assert (turned["n"], turned["nothing"]) == (2, 1)
    points = next(line for line in found.lines if line.id == "venue.turned_points").parameters
    assert (points["n"], points["low"], points["high"]) == (1, 7, 7)
    rest = next(line for line in found.lines if line.id == "venue.turned_by").parameters
    assert (rest["stand"], rest["n"]) == (Stand("last", 0.0, 2, False, ""), 1)
    # one of two seats is taken, and the venue holds no more than one child: no free seat
    week = next(line for line in found.lines if line.id == "venue.week").parameters
    assert (week["seats"], week["free"]) == (1, 0)
    in_all_languages(season, given, "venue:V1")


def test_a_venue_that_is_not_full_says_how_many_more_it_has_room_for() -> None:
    season = tiny(venues=rows("venues", V1={"capacity": 5}))
    found = explain(season, plan(placements=placed("a@C1")), "venue:V1")
    assert next(line for line in found.lines if line.id == "venue.room").parameters["n"] == 4
