"""A season too wide for one model, decided anew: nobody loses a seat to a border."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.solver.door import Answer, Contradiction, Frozen
from scheduler.solver.placement import districts as dividing
from scheduler.solver.placement import solve
from scheduler.solver.placement.districts import alone, districts
from tests.solver.placement.test_divided import FOUR, asked, two_towns
from tests.tiny.judge import signed


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Districts of two children."""
    monkeypatch.setattr(dividing, "UNDIVIDED", 0)
    monkeypatch.setattr(dividing, "MOST", 2)


def replanned(
    scenario: Scenario, seats: list[tuple[str, str, str, int]], as_of: date | None = None
) -> Answer:
    """The answer where these seats were published."""
    rows = [
        {"child": child, "week": week, "class": class_, "choice": at} for child, week, class_, at in seats
    ]
    previous = Plan.model_validate({"policy": scenario.settings.policy, "placements": rows})
    return solve(replace(asked(scenario), previous=previous, frozen=Frozen(as_of)))


@pytest.mark.parametrize("policy", ["fair", "seats"])
def test_replanning_keeps_seats_on_both_sides_of_a_border(policy: str) -> None:
    # w goes where it likes each week; p and q are siblings who would be together, and are not
    children: list[dict[str, Any]] = [
        {"id": "w", "choices": ["N1", "S1"], "stay": "weeks"},
        {"id": "p", "choices": ["N2"], "family": "F"},
        {"id": "q", "choices": ["S2"], "family": "F"},
        *({"id": f"n{n}", "choices": ["N1"], "weeks": ["2"]} for n in range(2)),
        *({"id": f"s{n}", "choices": ["S1"], "weeks": ["1"]} for n in range(2)),
    ]
    seats = [("w", "1", "N1-1", 1), ("w", "2", "S1-1", 2)]
    seats += [(child, week, f"{at}-1", 1) for child, at in (("p", "N2"), ("q", "S2")) for week in ("1", "2")]
    seats += [
        (f"{at}{n}", week, f"{at.upper()}1-1", 1) for at, week in (("n", "2"), ("s", "1")) for n in (0, 1)
    ]
    answer = replanned(two_towns(children, policy), seats)
    assert {(row.child, row.week, row.class_, row.choice) for row in answer.plan.placements} == set(seats)
    assert not answer.plan.envy


def test_who_is_in_two_districts_is_in_each_for_its_own_weeks() -> None:
    # "of" the bound pair wants one week alone
    children: list[dict[str, Any]] = [
        {"id": "of", "choices": ["N1", "S1"], "stay": "weeks", "family": "F", "weeks": ["2"]},
        {"id": "by", "choices": ["N1", "S1"], "stay": "weeks", "family": "F", "siblings": "must"},
        {"id": "n", "choices": ["N2"]},
        {"id": "s", "choices": ["S2"]},
    ]
    seats = [("by", "1", "N1-1"), ("by", "2", "S1-1"), ("of", "2", "S1-1"), ("n", "1", "N2-1")]
    rows = [{"child": child, "week": week, "class": class_, "choice": 1} for child, week, class_ in seats]
    request = replace(asked(two_towns(children)), previous=Plan.model_validate({"placements": rows}))
    north, south = sorted(districts(request, {}), key=lambda part: min(part.venues))
    assert north.children == {"by", "n"}
    assert north.weeks == {"by": ("1",)}
    assert south.children == {"of", "by", "s"}
    assert south.weeks == {"by": ("2",), "of": ("2",)}
    own = alone(request, south)
    assert own.scenario.wanted_weeks("by") == ("2",)
    assert own.previous is not None
    assert {(row.child, row.week) for row in own.previous.placements} == {("by", "2"), ("of", "2")}
    whole = north.with_(south)
    assert set(whole.weeks["by"]) == {"1", "2"}
    assert whole.has("by", "1")
    assert not north.has("by", "2")


def test_history_that_wishes_no_longer_admit_is_told_and_counted_by_no_level() -> None:
    # a was at N1 in week 1, and names S1 alone since: nothing can be decided there, and no bound knows of it
    children = [{"id": "a", "choices": ["S1"], "stay": "weeks"}, *FOUR[1:]]
    seats = [("a", "1", "N1-1", 1), ("b", "1", "N2-1", 1), ("c", "1", "S1-1", 1)]
    answer = replanned(two_towns(children), seats, date(2024, 7, 10))
    assert ("a", "1", "N1-1") in {(row.child, row.week, row.class_) for row in answer.plan.placements}
    levels = {level.name: level for level in answer.stage.levels}
    assert levels["placed"].value == len(answer.plan.placements) - 1
    assert all(signed(level)[1] <= signed(level)[0] for level in answer.stage.levels)


def test_who_stays_and_was_there_in_a_week_past_is_not_placed_across_the_border() -> None:
    # each district would see half of it: a was in the north in week 1, and a lock says south in week 2
    locks = [{"id": "L", "kind": "place", "child": "a", "class_": "S1-1", "week": "2"}]
    with pytest.raises(Contradiction) as told:
        replanned(two_towns(FOUR, locks=locks), [("a", "1", "N1-1", 1)], date(2024, 7, 10))
    assert "L" in {row.id for row in told.value.rows}


def test_a_stay_asked_for_since_is_kept_where_the_first_week_was() -> None:
    # a had one week in the north and one in the south, the first is past, and a now stays at one venue
    seats = [("a", "1", "N1-1", 1), ("a", "2", "S1-1", 2), ("c", "2", "S1-1", 1)]
    found = replanned(two_towns(FOUR), seats, date(2024, 7, 10)).plan
    assert {row.class_ for row in found.placements if row.child == "a"} == {"N1-1"}
