"""One absence after another: who is away by the plan itself is no substitute, until they are back."""

from __future__ import annotations

from scheduler import workflow
from scheduler.domain.absence import Absence
from scheduler.explainer import explain_cover
from tests.explainer.test_cover import (
    ILL,
    LESSON,
    MONDAY,
    ROSTER,
    TUESDAY,
    given,
    names,
    only,
    specialist,
    teacher,
)
from tests.seasons import rows, tiny
from tests.test_cover import QUICK, broken, covered, outcomes

NEXT = Absence("t2", TUESDAY, TUESDAY)


def test_who_was_covered_first_does_not_stand_in_for_the_second() -> None:
    # Tang (t1) is ill on Tuesday, and t3 takes the ants; then Tian (t2) too. Tang would be free now, and
    # only the plan knows why: t4 is asked, though Tang has the smaller id
    season = tiny(staff=rows("staff", t3=teacher(), t4=teacher()))
    first = covered(season, given(*ROSTER))
    assert outcomes(first) == [("taken", "t3")] * 2
    second = covered(season, first.plan, NEXT)
    assert outcomes(second) == [("taken", "t4")] * 2
    assert names(only(second.openings)) == ["t4"]
    told = [(row.person, row.from_, row.to) for row in second.plan.absences]
    assert told == [("t1", TUESDAY, TUESDAY), ("t2", TUESDAY, TUESDAY)]
    assert broken(season, second.plan, "gaps", "score", "one_post_per_shift") == []


def test_it_is_told_who_is_away_besides() -> None:
    season = tiny(staff=rows("staff", t3=teacher()))
    first = covered(season, given(*ROSTER))
    found = covered(season, first.plan, NEXT)
    assert outcomes(found) == [("gap", None)] * 2
    lines = explain_cover(season, found.openings, found.proposal).lines
    (line,) = [line for line in lines if line.id == "cover.also_away"]
    assert (line.parameters["first"], line.parameters["last"]) == (TUESDAY, TUESDAY)
    # who was away at another time is of no account
    other = covered(season, first.plan, Absence("t2", MONDAY, MONDAY))
    assert other.openings.also_away == ()


def test_who_is_back_stands_in_again() -> None:
    season = tiny(staff=rows("staff", t3=teacher()))
    first = covered(season, given(*ROSTER), Absence("t1", MONDAY, TUESDAY))
    assert outcomes(first) == [("taken", "t3")] * 4
    again = workflow.cover(season, first.plan, NEXT, QUICK, ("t1",))
    assert outcomes(again) == [("taken", "t1")] * 2
    # away on Monday they were all the same
    told = [(row.person, row.from_, row.to) for row in again.plan.absences]
    assert told == [("t1", MONDAY, MONDAY), ("t2", TUESDAY, TUESDAY)]
    assert again.plan.previous_sha256 == first.plan.sha256


def test_a_specialist_without_a_post_who_is_away_is_no_substitute_either() -> None:
    # s2 has nothing to do these days and calls in sick first: known from the plan, since no post tells it
    season = tiny(staff=rows("staff", s2=specialist()))
    noted = covered(season, given(*ROSTER, sessions=[LESSON]), Absence("s2", MONDAY, TUESDAY)).plan
    assert outcomes(covered(season, noted, Absence("s1", MONDAY, TUESDAY))) == [("dropped", None)]


def test_a_gap_is_not_said_to_be_anybodys_who_is_away() -> None:
    # nobody takes Tang's posts; that Tang "could come at once" would be the old lists' word, not the plan's
    season = tiny()
    after = covered(season, given(*ROSTER)).plan
    found = workflow.shortfall(season, after)
    assert [(row.reason, row.able) for row in found.vacancies] == [("busy", ())] * 2
    assert not any(relief.person == "t1" for relief in found.reliefs)
    forgotten = workflow.shortfall(season, after.with_(absences=()))
    assert [row.able for row in forgotten.vacancies] == [("t1",)] * 2


def test_a_longer_absence_is_told_as_one() -> None:
    season = tiny(staff=rows("staff", t3=teacher()))
    monday = covered(season, given(*ROSTER), Absence("t1", MONDAY, MONDAY))
    tuesday = covered(season, monday.plan, ILL)
    assert [(row.person, row.from_, row.to) for row in tuesday.plan.absences] == [("t1", MONDAY, TUESDAY)]
