"""Whoever is away: the plan that covers them is sound, and nothing that is not theirs differs from before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import cycle

import pytest

from scheduler import checker, workflow
from scheduler.domain.absence import Absence, left_by
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.readers import read_scenario
from scheduler.samples.examples import example_path
from scheduler.solver import Options
from scheduler.workflow import Cover
from tests.test_cover import covered, outcomes

SAME = ("placements", "trips", "open_classes", "waitlist", "envy", "withheld")


def people_of(given: Plan) -> list[str]:
    teachers = {row.teacher for row in given.sessions if row.teacher}
    return sorted({row.person for row in given.duties} | teachers)


def stretches(season: Scenario) -> Iterable[tuple[date, date]]:
    """The whole season, and some days in the middle of it."""
    days = sorted(season.day)
    yield days[0], days[-1]
    yield days[len(days) // 2], min(days[-1], days[len(days) // 2] + timedelta(days=2))


def holds(season: Scenario, before: Plan, absence: Absence) -> Cover:
    """The new plan verifies clean, the person has nothing then, and what is not theirs is the same."""
    found = covered(season, before, absence)
    after, left = found.plan, left_by(season, before, absence)
    assert checker.verify(season, after).broken == ()
    assert not left_by(season, after, absence).duties
    assert not left_by(season, after, absence).meetings
    assert all(getattr(after, name) == getattr(before, name) for name in SAME)
    assert set(before.duties) - set(left.duties) <= set(after.duties)
    slots = {(row.class_, row.venue, row.date, row.shift) for row in left.duties}
    new = set(after.duties) - set(before.duties)
    assert {(row.class_, row.venue, row.date, row.shift) for row in new} <= slots
    assert len({(row.class_, row.venue, row.date, row.shift) for row in new}) == len(new)
    told = {*found.proposal.dropped, *found.proposal.moved}
    moved = {(row.class_, row.date, row.period) for row in told}
    others = {row for row in before.sessions if (row.class_, row.date, row.period) not in moved}
    assert others - set(left.sessions) <= set(after.sessions)
    if found.openings.posts:
        assert (after.revision, after.previous_sha256) == (before.revision + 1, before.sha256)
        assert all(row.reason in ("absent", "stands_in", "rearranged") for row in after.changes)
        assert found.proposal.gaps == sum(row.missing for row in after.gaps)
    return found


def solved(season: Scenario) -> Plan:
    before = workflow.solve(season, Options(seconds=5, workers=2))
    assert checker.verify(season, before).broken == ()
    return before


def everybody_covered(season: Scenario) -> set[str]:
    """The outcomes met over everybody who works in a plan of the season, away for either stretch."""
    before = solved(season)
    return {
        outcome
        for person in people_of(before)
        for first, last in stretches(season)
        for outcome, _ in outcomes(holds(season, before, Absence(person, first, last)))
    }


def everybody_covered_once(season: Scenario) -> set[str]:
    """The same with every second person away all season long, the others for some days: half the time."""
    before = solved(season)
    return {
        outcome
        for person, (first, last) in zip(people_of(before), cycle(stretches(season)), strict=False)
        for outcome, _ in outcomes(holds(season, before, Absence(person, first, last)))
    }


def test_whoever_of_the_tiny_example_is_away_the_plan_stays_sound() -> None:
    season = read_scenario(example_path("tiny")).scenario
    assert season is not None
    # everybody twice over: so there is somebody to step in
    twins = [row.model_copy(update={"id": f"{row.id}b", "name": f"{row.name} b"}) for row in season.staff]
    rows_ = [row.model_copy(update={"person": f"{row.person}b"}) for row in season.availability]
    doubled = season.with_(staff=(*season.staff, *twins), availability=(*season.availability, *rows_))
    assert everybody_covered(season) >= {"gap", "dropped"}
    assert "taken" in everybody_covered(doubled)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["beijing-2016", "luoyang-2024"])
def test_whoever_of_a_real_season_is_away_the_plan_stays_sound(name: str) -> None:
    season = read_scenario(example_path(name)).scenario
    assert season is not None
    # locks put somebody on a post: what cannot be kept is told, and is not this law's business
    free = season.with_(locks=tuple(row for row in season.locks if row.kind not in ("duty", "session")))
    assert everybody_covered_once(free) & {"taken", "gap"}
