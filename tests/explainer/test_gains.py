"""What one more half-day or kit could give at most, and how what was tried is told."""

from __future__ import annotations

from datetime import date

from scheduler.domain.teaching_gain import Extra, TeachingGain
from scheduler.explainer import Telling, explain, extras, with_gains
from scheduler.explainer.gains import upper_gains
from scheduler.explainer.ground import Ground
from scheduler.locale import LANGUAGES, catalogue
from tests.explainer.told import ids, in_all_languages
from tests.rules.timetable_halves import day_plan
from tests.seasons import rows, tiny

WISHING = tiny(
    children=rows("children", a={"interests": ["opera"]}, b={"interests": ["opera"]}),
    courses=rows("courses", opera={"min_per_week": 1, "kits": 1}),
)


def test_a_half_day_is_worth_what_it_could_serve() -> None:
    # C1 has two children with no wish met: 2 + 10 each; one session short: 20; an empty period: 3
    (half_day,) = upper_gains(Ground(WISHING, day_plan()), (WISHING.course["opera"],))
    assert (half_day.venue, half_day.sessions, half_day.wishes, half_day.short) == ("V1", 1, 2, 1)
    assert half_day.cost == 2 * 12 + 20 + 3


def test_a_kit_is_worth_something_only_where_all_are_in_use() -> None:
    opera = WISHING.course["opera"]
    assert [gain.kind for gain in upper_gains(Ground(WISHING, day_plan()), (opera,), kit=opera)] == [
        "half_day"
    ]
    taken = Ground(WISHING, day_plan("C2 15 P1 opera s1"))
    _, kit = upper_gains(taken, (opera,), kit=opera)
    assert (kit.kind, kit.sessions, kit.wishes) == ("kit", 1, 2)
    assert kit.extra == Extra("kit", ("opera",), "V1", "1")


def test_what_a_room_rules_out_no_half_day_helps() -> None:
    season = tiny(courses=rows("courses", opera={"min_per_week": 1, "room_feature": "pool"}))
    assert upper_gains(Ground(season, day_plan()), (season.course["opera"],)) == ()
    assert "gain.nothing" in ids(explain(season, day_plan(), "course:opera"))


def test_extras_are_tried_for_courses_and_specialists_alone() -> None:
    assert [extra.kind for extra in extras(WISHING, day_plan(), "course:opera")] == ["half_day"]
    assert [extra.kind for extra in extras(WISHING, day_plan(), "person:s1")] == ["half_day"]
    assert extras(WISHING, day_plan(), "person:t1") == ()
    assert extras(WISHING, day_plan(), "class:C1") == ()


def test_what_was_tried_is_told_instead_of_how_to_ask() -> None:
    found = explain(WISHING, day_plan(), "course:opera")
    assert "gain.ask" in ids(found)
    half_day = Extra("half_day", ("opera",), "V1", "1")
    tried = (
        TeachingGain(half_day, 24.5, {"interests": -2}, True, date(2024, 7, 15), "AM"),
        TeachingGain(Extra("kit", ("opera",), "V1", "1"), 0.0),
        None,
    )
    told = with_gains(found, tried)
    assert ids(told)[-4:] == ["gain.tried_half_day", "gain.change", "gain.tried_kit", "gain.no_time"]
    assert "gain.ask" not in ids(told)
    for language in LANGUAGES:
        assert all(Telling(catalogue(language), WISHING).line(line) for line in told.lines)


def test_estimates_are_worded() -> None:
    in_all_languages(WISHING, day_plan("C2 15 P1 opera s1"), "course:opera")
    in_all_languages(WISHING, day_plan(), "person:s1")
