"""What explanations say would have been is true: tried again from the input, not in the explainer's way."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest

from scheduler.domain.claims import all_claims
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.units import units
from scheduler.explainer.court import Court, with_seats
from scheduler.explainer.extra_seats import ExtraSeats
from scheduler.explainer.ground import Ground
from scheduler.explainer.what_if import Change, by_family, by_standing
from tests.placement_seasons import random_season
from tests.random_seats import random_plan

SEEDS = range(70)


def fair(seed: int, weeks: int = 2) -> Scenario:
    return random_season(seed, weeks=weeks, children=5).ruled_by("fair")


def otherwise(season: Scenario, **tables: object) -> Scenario:
    """The season with whole tables replaced, written out once more."""
    return Scenario(**{**{name: getattr(season, name) for name in Scenario.model_fields}, **tables})


def claimed(season: Scenario, given: Plan, child: str) -> list[Mapping[str, str]]:
    """What a child would have by each claim of its unit."""
    found = (claims for unit, claims in all_claims(season, given) if child in unit.members)
    return [dict(claim.outcome[child]) for claims in found for claim in claims]


@pytest.mark.parametrize("weeks", [1, 3])
def test_a_court_of_some_venues_judges_as_the_whole_season(weeks: int) -> None:
    with_claims = 0
    for seed in SEEDS:
        season = fair(seed, weeks)
        given = random_plan(season, Random(seed))
        ground = Ground(season, given)
        whole = {unit: [c.outcome for c in found] for unit, found in all_claims(season, given)}
        for unit in units(season):
            court = ground.court(unit)
            assert court.claimed(unit, court.allowed(unit)) == whole.get(unit, [])
            with_claims += unit in whole
    assert with_claims > 50


def _changed(season: Scenario, child: str, change: Change) -> Scenario:
    """The whole season with what a change says done to it."""
    rows = {row.id: row for row in season.children}
    kin = [row for row in season.children if row.family and row.family == rows[child].family]
    unit = next(unit for unit in units(season) if child in unit.members)
    match change.about:
        case "stay":
            rows[child] = rows[child].model_copy(update={"stay": change.value})
        case "apart":
            rows |= {row.id: row.model_copy(update={"siblings": "prefer"}) for row in kin}
        case "rank":
            name = next(row.id for row in season.priorities if row.rank == change.value)
            rows[child] = rows[child].model_copy(update={"priority": name})
        case "named":
            for member in unit.members:
                choices = (*rows[member].choices, change.value)
                rows[member] = rows[member].model_copy(update={"choices": choices})
        case "points":
            points = [row for row in season.points if (row.child, row.venue) != (child, change.venue)]
            more = type(season.points[0])(
                child=child, venue=change.venue, points=float(str(change.value)) + 0.5
            )
            return otherwise(season, points=(*points, more))
    return otherwise(season, children=tuple(rows.values()))


def test_every_change_would_have_given_the_claim_it_tells() -> None:
    told: dict[str, int] = {}
    for seed in range(150):
        season = fair(seed)
        given = random_plan(season, Random(seed))
        ground = Ground(season, given)
        for child in season.child:
            for change in (
                *by_family(ground, season.child[child]),
                *by_standing(ground, season.child[child]),
            ):
                if claimed(season, given, child):
                    assert change.about == "named"  # all else would be told in vain
                    continue
                seats = {(week, row.class_) for row in change.seats for week in row.weeks}
                found = claimed(_changed(season, child, change), given, child)
                assert any(seats <= set(outcome.items()) for outcome in found), (seed, child, change)
                told[change.about] = told.get(change.about, 0) + 1
    assert min(told.get(about, 0) for about in ("stay", "rank", "named", "apart", "points")) > 2, told


def test_one_seat_more_in_a_season_of_one_week_is_found_exactly_where_it_helps() -> None:
    helped = turns = 0
    for seed in SEEDS:
        season = fair(seed, weeks=1)
        given = random_plan(season, Random(seed))
        ground = Ground(season, given)
        for unit in units(season):
            if len(unit.members) > 1 or claimed(season, given, unit.members[0]):
                continue
            child = unit.members[0]
            told = {
                key: relief for relief in ExtraSeats(ground, child).found() if relief.extra.kind == "seat"
                for key in relief.seats
            }  # fmt: skip
            for class_ in season.class_:
                more = _one_more(season, class_)
                helps = any(outcome.get("1") == class_ for outcome in claimed(more, given, child))
                assert helps == ((class_, "1") in told), (seed, child)
                if helps and (class_, "1") in told:
                    helped += 1
                    ahead = _ahead(more, given, child, class_)
                    assert told[class_, "1"].ahead == ahead, (seed, child, class_)
                    turns += ahead == 0
    assert helped > 15
    assert 0 < turns < helped


def test_seats_more_in_several_weeks_help_when_the_class_has_them_in_every_week() -> None:
    # the explainer tries them in the weeks it names alone; more seats never take a claim away
    together = 0
    for seed in SEEDS:
        season = fair(seed, weeks=3)
        given = random_plan(season, Random(seed))
        ground = Ground(season, given)
        for child in season.child:
            for relief in ExtraSeats(ground, child).found():
                assert not claimed(season, given, child)
                more = with_seats(season, relief.extra.n, classes=True, venues=True)
                assert claimed(more, given, child)
                together += not relief.each
    assert together > 5


def _one_more(season: Scenario, class_: str) -> Scenario:
    classes = tuple(
        row.model_copy(update={"capacity": row.capacity + 1}) if row.id == class_ else row
        for row in season.classes
    )
    return otherwise(season, classes=classes)


def _ahead(more: Scenario, given: Plan, child: str, class_: str) -> int:
    queue = [row for row in given.waitlist if row.class_ == class_]
    mine = next(row.position for row in queue if row.child == child)
    judge = Ground(more, given)
    return sum(judge.claims(row.child, class_, "1") for row in queue if row.position < mine)


def test_seats_are_raised_where_and_as_much_as_is_said() -> None:
    season = fair(4)
    more = with_seats(season, 2, classes=True, venues=False)
    assert [row.capacity + 2 for row in season.classes] == [row.capacity for row in more.classes]
    assert [row.capacity for row in season.venues] == [row.capacity for row in more.venues]


def test_nobody_gives_way_where_seats_come_first() -> None:
    claims = 0
    for seed in SEEDS:
        season = random_season(seed).ruled_by("seats")
        given = random_plan(season, Random(seed))
        court = Court(season, given, free_only=True)
        for unit in units(season):
            for outcome in court.claimed(unit, court.allowed(unit)):
                claims += 1
                for week in season.weeks:
                    way = {child: weeks[week] for child, weeks in outcome.items() if week in weeks}
                    assert court.is_free(unit, week, way)
    assert claims
