"""Seasons too wide for one model, decided district after district."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.rules import Rulebook
from scheduler.solver.door import Answer, Clock, Limits, Request
from scheduler.solver.timetable import solve, stage
from scheduler.solver.timetable.apart import least_of
from scheduler.solver.timetable.districts import District, districts
from tests.seasons import placed, plan, rows, season
from tests.solver.timetable.tiny.judge import DIVIDED, TIMED, faults, tiny_season

EXACT = Limits(seconds=20, workers=1, reproducible=True)
DAYS = [date(2024, 7, day) for day in (15, 16, 17, 18)]


@pytest.fixture
def divided(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every venue is a district."""
    for module, name, value in DIVIDED:
        monkeypatch.setattr(module, name, value)


def asked(limits: Limits = EXACT, **tables: object) -> Request:
    """Two venues with a class each, four days, one specialist for both; the venues lie 2 km apart."""
    given = {
        "days": [{"date": day.isoformat(), "week": "1"} for day in DAYS],
        **{name: rows(name) for name in ("shifts", "periods", "venues", "rooms", "classes")},
        "children": rows(
            "children",
            **{child: {"interests": ["opera"], "choices": [], "weeks": []} for child in "abc"},
        ),
        "courses": rows("courses", opera={"max_per_week": 4, "teacher": True}),
        "staff": [row for row in rows("staff") if row["id"] == "s1"],
        **tables,
    }
    scenario = season(**given)  # type: ignore[arg-type]
    seats = plan(placements=placed("a@C1/1", "c@C2/1"))
    return Request(scenario, Rulebook(scenario.settings), seats, limits)


def test_a_season_that_one_model_holds_is_not_divided() -> None:
    (one,) = districts(asked())
    assert one.away == frozenset()


@pytest.mark.usefixtures("divided")
def test_each_day_of_a_specialist_is_lent_to_one_district_in_turn() -> None:
    found = districts(asked())
    assert sorted(sorted(part.venues) for part in found) == [["V1"], ["V2"]]
    # both venues offer as much, so that the second gets every other day, and what the first has left
    first, second = (sorted(day for _, day in part.away) for part in found)
    assert first in (DAYS[::2], DAYS[1::2])
    assert second == []


@pytest.mark.usefixtures("divided")
def test_a_day_that_a_lock_asks_for_is_lent_where_the_lock_is() -> None:
    lock = {"kind": "session", "class_": "C2", "course": "opera"}
    locks = [{"id": f"L{number}", "date": day.isoformat(), **lock} for number, day in enumerate(DAYS)]
    found = {"".join(part.venues): part.away for part in districts(asked(locks=locks))}
    assert found["V2"] == frozenset()
    answer = solve(asked(locks=locks))
    assert {row.date for row in answer.plan.sessions if row.class_ == "C2"} == set(DAYS)


@pytest.mark.usefixtures("divided")
def test_all_districts_have_what_they_ask_for() -> None:
    answer = solve(asked())
    taught = {row.class_: row.date for row in answer.plan.sessions if row.teacher == "s1"}
    assert set(taught) == {"C1", "C2"}
    (level,) = answer.stage.levels
    assert answer.stage.status == "feasible"
    assert 0 <= level.bound <= level.value


@pytest.mark.usefixtures("divided")
def test_divided_answers_are_sound_and_what_is_impossible_in_turn_is_decided_as_a_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    as_a_whole, parts = stage._undivided, 0
    whole: list[Request] = []

    def counted(request: Request, clock: Clock) -> Answer:
        whole.append(request)
        return as_a_whole(request, clock)

    monkeypatch.setattr(stage, "_undivided", counted)
    for seed in range(50000, 50030):
        tables, listed = tiny_season(seed)
        scenario = tables.scenario
        request = Request(scenario, Rulebook(scenario.settings), tables.placed, EXACT)
        if len(districts(request)) > 1:
            parts += 1
            assert faults(tables, listed, TIMED) == [], f"season {seed}"
    # locks and kits make some impossible once the first district is settled; most are not
    assert 0 < len(whole) < parts / 2


def test_districts_apart_cost_no_more_than_the_best() -> None:
    told = 0
    for seed in range(52000, 52020):
        tables, listed = tiny_season(seed)
        if listed.best is None:
            continue  # no plan keeps the hard rules
        scenario = tables.scenario
        request = Request(scenario, Rulebook(scenario.settings), tables.placed, EXACT)
        parts = [District(frozenset({row.id}), 1, frozenset()) for row in scenario.venues]
        least = sum(least_of(request, part, EXACT) for part in parts)
        assert least <= listed.best + 1e-6, f"season {seed}"
        told += len(parts) > 1 and least > 0
    assert told > 2
