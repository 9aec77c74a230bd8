"""A whole plan: choices, ranks, child-weeks, claims, gaps, costs, stages."""

from __future__ import annotations

from typing import Any

from scheduler.explainer import explain
from scheduler.explainer.lines import Thing, Word
from tests.explainer.told import ids, in_all_languages, text
from tests.seasons import placed, plan, rows, tiny

STAGE: dict[str, Any] = {
    "name": "placement",
    "status": "optimal",
    "seconds": 1.0,
    "levels": [
        {"name": "placed", "value": 2, "bound": 2, "gap": 0},
        {"name": "rank_1", "value": 1, "bound": 1, "gap": 0},
    ],
}


def test_children_by_choice_and_child_weeks_by_rank() -> None:
    # a has its first choice, b its second, c nothing; d is withdrawn
    season = tiny(children=rows("children", d={"name": "Dan", "status": "withdrawn"}))
    found = explain(season, plan(placements=placed("a@C1", "b@C2")), "all")
    choices = {line.parameters["k"]: line.parameters["n"] for line in found.lines if line.id == "all.choice"}
    assert choices == {1: 1, 2: 1}
    assert next(line for line in found.lines if line.id == "all.nothing").parameters["n"] == 1
    weeks = next(line for line in found.lines if line.id == "all.weeks").parameters
    assert (weeks["wanted"], weeks["placed"]) == (3, 2)
    ranks = [
        (line.parameters["rank"], line.parameters["placed"], line.parameters["wanted"])
        for line in found.lines
        if line.id == "all.rank"
    ]
    assert ranks == [(1, 1, 1), (2, 1, 2)]
    assert next(line for line in found.lines if line.id == "all.children").parameters["left_out"] == 1


def test_claims_gaps_costs_and_stages() -> None:
    gap = {"need": "lead", "class": "C1", "venue": "V1", "date": "2024-07-15", "shift": "AM", "missing": 1}
    envy = [{"child": "c", "week": "1", "class": "C1", "reason": "stays_differ"}]
    given = plan(placements=placed("a@C1"), gaps=[gap], envy=envy, stages=[STAGE])
    found = explain(tiny(), given, "all")
    assert "all.claim" in ids(found)
    assert [line.parameters["strength"] for line in found.lines if line.id == "all.gap"] == [
        Word("strength", "must")
    ]
    assert ids(found).count("all.level") == 2
    told = text(tiny(), given, "all")
    assert "child-weeks placed of rank 1: 1, bound 1, gap 0.00%." in told
    in_all_languages(tiny(), given, "all")


def test_the_dearest_soft_rule_comes_first() -> None:
    # a running class without a session leaves all its course periods empty
    found = explain(tiny(), plan(placements=placed("a@C1")), "all")
    costs = [line.parameters["cost"] for line in found.lines if line.id == "all.cost"]
    assert costs
    assert costs == sorted(costs, reverse=True)  # type: ignore[type-var]
    total = next(line for line in found.lines if line.id == "all.costs").parameters["cost"]
    assert total == sum(costs)  # type: ignore[arg-type]


def test_an_empty_plan_is_explained_too() -> None:
    in_all_languages(tiny(), plan(), "all")
    for ref in ("child:a", "class:C1", "venue:V1", "person:t1", "course:opera"):
        in_all_languages(tiny(), plan(), ref)


def test_a_plan_that_names_what_is_not_there_is_explained_too() -> None:
    nonsense = plan(
        placements=placed("ghost@C1", "a@C9", "b@C1/9"),
        waitlist=[{"class": "C1", "week": "1", "child": "ghost", "position": 1}],
        duties=[{"person": "ghost", "role": "homeroom", "class": "C9", "venue": "V9", "date": "2030-01-01",
                 "shift": "NIGHT"}],
        sessions=[{"class": "C9", "date": "2030-01-01", "period": "P9", "course": "nothing"}],
        gaps=[{"need": "x", "class": "C1", "venue": "V1", "date": "2030-01-01", "shift": "AM", "missing": 1}],
    )  # fmt: skip
    for ref in ("child:a", "child:b", "class:C1", "venue:V1", "person:t1", "course:opera", "all"):
        in_all_languages(tiny(), nonsense, ref)
    in_all_languages(tiny(), nonsense, "post:C1/2024-07-15/AM/homeroom")


def test_demand_against_seats_by_venue_and_why_classes_stay_closed() -> None:
    # C1 (two seats) holds a; b and c wait for it; C2 is withheld though b would come
    queue = [
        {"class": "C1", "week": "1", "child": "b", "position": 1},
        {"class": "C1", "week": "1", "child": "c", "position": 2},
        {"class": "C2", "week": "1", "child": "b", "position": 1},
    ]
    given = plan(placements=placed("a@C1"), waitlist=queue, withheld=[{"class": "C2", "week": "1"}])
    found = explain(tiny(), given, "all")
    rows = [line.parameters for line in found.lines if line.id == "all.venue"]
    # all three have V1, or a class of it, as their first choice; nobody has V2
    assert [tuple(row[key] for key in ("venue", "seats", "taken", "wanted", "waiting")) for row in rows] == [
        (Thing("venue", "V1"), 2, 1, 3, 2),
        (Thing("venue", "V2"), 0, 0, 0, 1),
    ]
    closed = [
        (line.parameters["reason"], line.parameters["n"])
        for line in found.lines
        if line.id == "all.closed_by"
    ]
    assert closed == [(Word("closed", "withheld"), 1)]
    in_all_languages(tiny(), given, "all")


def test_first_choices_by_rank_and_child_weeks_by_choice() -> None:
    found = explain(tiny(), plan(placements=placed("a@C1", "b@C2")), "all")
    assert [line.parameters["first"] for line in found.lines if line.id == "all.rank"] == [1, 0]
    assert [line.parameters["weeks_placed"] for line in found.lines if line.id == "all.choice"] == [1, 1]
