"""An adult's work against limits, offers and others; why none, and what keeps from more."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.explainer import explain
from scheduler.explainer.lines import Word
from tests.explainer.told import ids, in_all_languages, text
from tests.seasons import placed, plan, rows, tiny


def duty(person: str, class_: str, day: str = "2024-07-15", shift: str = "AM") -> dict[str, Any]:
    venue = {"C1": "V1", "C2": "V2"}[class_]
    return {
        "person": person,
        "role": "homeroom",
        "class": class_,
        "venue": venue,
        "date": day,
        "shift": shift,
    }


def gap(class_: str, day: str = "2024-07-15", shift: str = "AM") -> dict[str, Any]:
    venue = {"C1": "V1", "C2": "V2"}[class_]
    return {"need": "lead", "class": class_, "venue": venue, "date": day, "shift": shift, "missing": 1}


BOTH = {"placements": placed("a@C1", "b@C2")}


def test_days_and_shifts_against_offers_and_limits() -> None:
    season = tiny(staff=rows("staff", t1={"max_days_per_week": 1, "max_shifts_per_day": 2}))
    given = plan(**BOTH, duties=[duty("t1", "C1"), duty("t1", "C1", shift="PM")])
    found = explain(season, given, "person:t1")
    work = next(line for line in found.lines if line.id == "person.work").parameters
    assert (work["days"], work["shifts"], work["duties"], work["sessions"]) == (1, 2, 2, 0)
    # two days of two shifts, with both classes in reach
    assert next(line for line in found.lines if line.id == "person.offered").parameters["n"] == 4
    reached = {line.parameters["limit"] for line in found.lines if line.id == "person.limit_reached"}
    assert reached == {Word("limit", "days_per_week"), Word("limit", "shifts_per_day")}
    in_all_languages(season, given, "person:t1")


def test_the_share_is_told_beside_others_who_offered_as_much() -> None:
    given = plan(**BOTH, duties=[duty("t1", "C1"), duty("t1", "C1", shift="PM"), duty("t2", "C2")])
    share = next(line for line in explain(tiny(), given, "person:t1").lines if line.id == "person.share")
    # t2 alone is of the same kind and role; s1 is a specialist
    assert share.parameters == {"peers": 1, "n": 2, "mean": 1.0, "fewest": 1, "most": 1}


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"cleared_until": None}, "person.never_cleared"),
        ({"cleared_until": "2024-07-01"}, "person.expired"),
        ({"birth_date": "2010-01-01"}, "person.minor"),
        ({"kind": "volunteer"}, "person.no_offer"),  # a volunteer without a row of availability
        ({"venues": ["V2"]}, "person.no_class"),  # only C1 at V1 runs
    ],
)
def test_why_somebody_works_not_at_all(change: dict[str, Any], line: str) -> None:
    season = tiny(staff=rows("staff", t1=change))
    given = plan(placements=placed("a@C1"), gaps=[gap("C1")])
    found = ids(explain(season, given, "person:t1"))
    assert line in found
    assert "person.gaps" not in found  # trying posts would only repeat it
    in_all_languages(season, given, "person:t1")


def test_unfilled_posts_are_tried_and_rules_counted() -> None:
    # t1 is at C1 on Monday morning and could fill C2 on Tuesday, not on Monday morning
    given = plan(**BOTH, duties=[duty("t1", "C1")], gaps=[gap("C2"), gap("C2", "2024-07-16")])
    found = explain(tiny(), given, "person:t1")
    gaps = next(line for line in found.lines if line.id == "person.gaps").parameters
    assert (gaps["n"], gaps["able"]) == (2, 1)
    rules = {line.parameters["rule"]: line.parameters["n"] for line in found.lines if line.id == "by_rule"}
    assert rules == {Word("rule", "one_post_per_shift"): 1}
    could = next(line for line in found.lines if line.id == "person.could").parameters
    assert could["date"].isoformat() == "2024-07-16"  # type: ignore[attr-defined]


def test_a_filled_season_has_no_post_left() -> None:
    assert "person.no_gap" in ids(explain(tiny(), plan(**BOTH), "person:t1"))


def test_sessions_are_told_by_class_and_course() -> None:
    session = {"class": "C1", "date": "2024-07-15", "period": "P1", "course": "opera", "teacher": "s1"}
    told = text(tiny(), plan(**BOTH, sessions=[session]), "person:s1")
    assert "week 1: 1 × opera (Opera) in C1 (Ant)." in told
