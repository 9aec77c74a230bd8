"""What one more would give, in words: exact, between two numbers, at most, none, fewer."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.outlook import Fairness, Gain, Outlook, RankTally, Tally
from scheduler.explainer import Telling, explain, explain_outlook
from scheduler.locale import LANGUAGES, catalogue
from tests.explainer.told import ids
from tests.seasons import placed, plan, tiny


def gain(kind: str = "seat", **more: Any) -> Gain:  # noqa: ANN401 - the gain's own fields
    given = {
        "kind": kind,
        "venue": "V1",
        "class": "C1",
        "weeks": ["1"],
        "more": 1,
        "about": 2,
        "most": 3,
        **more,
    }
    return Gain.model_validate(given)


def outlook(*gains: Gain, **more: Any) -> Outlook:  # noqa: ANN401 - the outlook's own fields
    return Outlook(**{"wanted": 9, "placed": 5, "best": 5, "ceiling": 6, "gains": gains, **more})


def told(found: Outlook) -> str:
    explanation = explain_outlook(tiny(), found)
    telling = Telling(catalogue("en"), tiny())
    for language in LANGUAGES:  # every line can be worded in every language
        for line in explanation.lines:
            Telling(catalogue(language), tiny()).line(line)
    return "\n".join(telling.line(line) for line in explanation.lines)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"found": 3, "proven": True}, ": +3"),
        ({"found": 3}, ": +3"),  # as many as can be: nothing is left open
        ({"found": 2}, ": +2 found, at most +3"),
        ({}, ": about +2 (not tried; at most +3)"),
        ({"found": 0, "proven": True, "most": 0}, ": none more"),
        ({"found": -1, "proven": True, "most": -1}, ": 1 fewer (a new place draws"),
    ],
)
def test_a_gain_is_told_as_far_as_it_is_known(known: dict[str, Any], words: str) -> None:
    assert f"Room for 1 more in C1 (Ant) at V1 (North), every week{words}" in told(outlook(gain(**known)))


def test_a_new_class_says_for_whom_where_when_and_what_it_takes() -> None:
    ages, known = {"min_age": 6, "max_age": 8}, {"found": 3, "proven": True, "came": 3, "adults": 2}
    new = gain("class", **{"class": None}, **ages, **known, more=20, venue_needs=30)
    text = told(outlook(new))
    assert "One more class for ages 6 to 8 at V1 (North), places: 20, every week: +3" in text
    assert "The venue must hold 30 at once" in text
    assert "Children in its fullest week: 3. Adults asked for at once: 2." in text


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({}, "for any age"),
        ({"min_grade": 1, "max_grade": 3}, "for grades 1 to 3"),
        ({"min_age": 6, "max_grade": 3}, "for ages from 6, grades up to 3"),
    ],
)
def test_for_whom(limits: dict[str, int], words: str) -> None:
    assert f"One more class {words} at" in told(outlook(gain("class", **limits)))


def test_the_other_kinds() -> None:
    opened = gain("open", found=3, proven=True, came=8, missing=2)
    found = outlook(opened, gain("adults"), gain("venue_seat", **{"class": None}))
    text = told(found)
    assert "Opening C1 (Ant) at V1 (North) whatever its numbers" in text
    assert "missing: 2" in text
    assert "Adults for C1 (Ant) at V1 (North), withheld for want of them" in text
    assert "at V1 (North), whose classes have the places" in text


def test_a_plan_that_is_not_proven_best_says_how_far_it_may_be() -> None:
    assert "up to 2 may be had without any change" in told(outlook(gain(), best=7))
    assert "without any change" not in told(outlook(gain()))


def test_without_gains_and_without_time() -> None:
    assert "no single one more gives" in told(outlook())
    assert "no single one more gives" not in told(outlook(placed=9, best=9, ceiling=9))
    assert "no time" in told(outlook(reckoned=False))


def tally(policy: str, **more: Any) -> Tally:  # noqa: ANN401 - the tally's own fields
    ranks = (RankTally(rank=1, wanted=9, placed=more["placed"]),)
    return Tally.model_validate(
        {"policy": policy, "children": 4, "claims": 0, "ranks": ranks, "choices": {1: 4}, **more}
    )


def test_the_price_of_fairness() -> None:
    fair, seats = tally("fair", placed=5, most=5), tally("seats", placed=6, most=6, claims=2)
    text = told(outlook(fairness=Fairness(fair=fair, seats=seats)))
    assert "The price of fairness: 1 child-weeks." in text
    assert "fair 0, seats 2." in text
    # five to six against six to eight: nothing less than 0, nothing more than 3
    open_ = Fairness(fair=tally("fair", placed=5, most=6), seats=tally("seats", placed=6, most=8))
    assert "The price of fairness: 0 to 3 child-weeks." in told(outlook(fairness=open_))
    assert "at most 1 child-weeks (proven)" in told(outlook())


def test_the_whole_and_a_venue_tell_it_or_how_to_ask() -> None:
    season, made = tiny(), plan(placements=placed("a@C1"))
    for ref in ("all", "venue:V1"):
        assert ids(explain(season, made, ref))[-1] == "outlook.ask"
        assert "outlook.seat" in ids(explain(season, made, ref, outlook=outlook(gain())))
    assert "outlook.nothing_here" in ids(explain(season, made, "venue:V2", outlook=outlook(gain())))
    assert "outlook.ask" not in ids(explain(season, made, "child:a"))
    assert "outlook.ask" not in ids(explain(season, made, "child:a", "family"))
