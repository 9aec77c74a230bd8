"""What one child's move does to claims: the quick answer of `no_envy` is that of the general form."""

from __future__ import annotations

from random import Random

from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule
from scheduler.rules.moves import Seat
from scheduler.rules.placement.no_envy import NoEnvy
from tests.placement_seasons import random_season
from tests.random_seats import random_plan


def moves(dice: Random, season: Scenario) -> list[Seat]:
    """Some moves, sensible or not."""
    children, classes = list(season.child), list(season.class_)
    return [Seat(dice.choice(children), dice.choice(season.weeks), dice.choice(classes)) for _ in range(6)]


def test_the_quick_answer_is_that_of_the_general_form() -> None:
    rule, broken = NoEnvy(), 0
    for seed in range(80):
        season, dice = random_season(seed), Random(seed)
        given = random_plan(season, dice)
        for move in moves(dice, season):
            general = list(Rule.blockers(rule, season, given, move))
            assert list(rule.blockers(season, given, move)) == general
            broken += bool(general)
    assert broken > 40  # many of these moves make somebody a claim


def test_a_move_that_takes_a_seat_from_nobody_makes_no_claim() -> None:
    season = random_season(0)
    given = random_plan(season, Random(0))
    seat = given.placements[0]
    assert not list(NoEnvy().blockers(season, given, Seat(seat.child, seat.week, seat.class_)))
