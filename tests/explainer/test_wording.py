"""The sentences of explanations: both languages have the same, filled alike."""

from __future__ import annotations

from string import Formatter

import pytest

from scheduler.explainer import Line, Telling
from scheduler.explainer.lines import Aside, ClassWeeks, Extra, Span, Stand, Word
from scheduler.locale import catalogue
from tests.seasons import tiny


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_say_the_same_things() -> None:
    zh, en = catalogue("zh"), catalogue("en")
    mine = {id for id in en.ids() if id.startswith("explain.")}
    assert mine == {id for id in zh.ids() if id.startswith("explain.")}
    for id in mine:
        assert _placeholders(zh(id)) == _placeholders(en(id)), id


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (Span(6, None), "from 6"),
        (Span(None, 8), "up to 8"),
        (Span(6, 8), "6 to 8"),
        (Span(7, 7), "7"),
        (Span(None, None), "any"),
        (Aside(""), ""),
        (Aside("paint"), " (paint)"),
        (Word("role", "homeroom"), "homeroom teacher"),
        (Word("role", "cook"), "cook"),  # a word that nobody has is shown as it is
        (Stand("rank", 0.0, 2, True, "0123456789abcdef"), "rank 2, submitted late, draw 01234567…"),
        (Stand("reserved", 0.0, 2, False, ""), "places reserved for the employer, rank 2"),
        (None, "–"),
        ((), "–"),
        (("a", "b"), "a, b"),
        (2.0, "2"),
        (0.5, "0.5"),
    ],
)
def test_values_in_words(value: object, told: str) -> None:
    telling = Telling(catalogue("en"), tiny())
    assert telling.line(Line("class.ages", {"span": value})) == f"Ages: {told}."


@pytest.mark.parametrize(("week", "told"), [("1", "Wanted: week 1."), ("W1", "Wanted: W1.")])
def test_a_week_that_is_a_number_says_that_it_is_a_week(week: str, told: str) -> None:
    assert Telling(catalogue("en"), tiny()).line(Line("child.weeks", {"weeks": (week,)})) == told


@pytest.mark.parametrize(
    ("weeks", "told"),
    [
        (("1", "2", "3"), "weeks 1 to 3"),
        (("1", "3"), "weeks 1, 3"),
        (("1", "2"), "weeks 1, 2"),
        (("W1", "W2"), "W1, W2"),
    ],
)
def test_several_weeks_are_told_together(weeks: tuple[str, ...], told: str) -> None:
    telling = Telling(catalogue("en"), tiny())
    assert telling.line(Line("child.weeks", {"weeks": weeks})) == f"Wanted: {told}."
    seats = telling.line(
        Line("change.one", {"seats": (ClassWeeks("C1", weeks),), "extra": Extra("seat", 1, "V1")})
    )
    assert seats == f"C1 (Ant) in {told}: with one seat more it would have a claim to it."
