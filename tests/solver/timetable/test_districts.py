"""Seasons too wide for one model, decided district after district."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from scheduler.domain.plan import Plan, Session
from scheduler.rules import Rulebook
from scheduler.solver.door import Answer, Clock, Limits, Request
from scheduler.solver.timetable import solve, stage
from scheduler.solver.timetable.build import build
from scheduler.solver.timetable.districts import (
    concerning,
    districts,
    exhausted,
    is_wide,
    sizes,
)
from scheduler.solver.timetable.pricing.apart import Apart
from scheduler.variables.offer import Offer
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


def offered(request: Request) -> Counter[str]:
    found = sizes(request)
    assert sum(found.values()) > 0
    return found


def test_a_season_is_wide_where_no_model_holds_it_or_there_is_no_time_to_state_it() -> None:
    assert not is_wide(50_000, 600)
    assert is_wide(70_000, 600)
    assert is_wide(50_000, 15)
    assert not is_wide(10_000, 1)


def test_as_many_decisions_are_counted_as_are_stated() -> None:
    stated = 0
    for seed in range(50100, 50130):
        tables, _ = tiny_season(seed)
        scenario = tables.scenario
        request = Request(scenario, Rulebook(scenario.settings), tables.placed, EXACT)
        x = build(request).x
        lessons = Counter((row.class_, row.date) for row in x.lessons)
        for class_, day in x.class_days:
            assert x.offer.number(class_, day) == lessons[class_, day], f"season {seed}"
        stated += lessons.total()
    assert stated > 100


def test_each_specialist_gives_what_is_offered_with_that_name() -> None:
    seen = 0
    for seed in range(50130, 50160):
        tables, _ = tiny_season(seed)
        offer = Offer(tables.scenario, tables.placed)
        for class_, day in offer.shifts:
            lessons = {row.key for row in offer.lessons(class_, day)}
            givers = [None, *(row.id for row in tables.scenario.staff if "specialist" in row.roles)]
            given = [row.key for giver in givers for row in offer.given_by(giver, class_, day)]
            assert sorted(given, key=repr) == sorted(lessons, key=repr), f"season {seed}"
            seen += len(given)
    assert seen > 100


@pytest.mark.usefixtures("divided")
def test_every_venue_is_in_one_district() -> None:
    request = asked()
    for turned in (False, True):
        found = districts(request, offered(request), turned=turned)
        assert sorted(sorted(part.venues) for part in found) == [["V1"], ["V2"]]


def opera(class_: str, *days: date) -> tuple[Session, ...]:
    return tuple(Session(class_=class_, date=day, period="P1", course="opera", teacher="s1") for day in days)


@pytest.mark.parametrize(
    ("limits", "given", "gone"),
    [
        ({}, DAYS[:2], []),
        ({"max_sessions_per_day": 1}, DAYS[:2], DAYS[:2]),
        ({"max_sessions_per_day": 2}, DAYS[:2], []),
        ({"max_sessions_per_week": 2}, DAYS[:2], DAYS),
        ({"max_days_per_week": 2}, DAYS[:2], DAYS[2:]),
        ({"max_days": 1}, DAYS[:1], DAYS[1:]),
    ],
)
def test_who_gives_all_elsewhere_is_not_to_be_had(
    limits: dict[str, int], given: list[date], gone: list[date]
) -> None:
    request = asked(staff=[{**row, **limits} for row in rows("staff") if row["id"] == "s1"])
    timetable = request.so_far.with_(sessions=opera("C1", *given))
    assert exhausted(request, timetable, {"V2"}) == {("s1", day) for day in gone}
    assert exhausted(request, timetable, {"V1"}) == frozenset()


def test_only_what_matters_at_a_venue_is_looked_at_there() -> None:
    request = asked()
    everything = (
        *opera("C1", DAYS[0]),  # of a specialist who may come to V2 too
        Session(class_="C1", date=DAYS[1], period="P1", course="ball"),  # matters to nobody else
        Session(class_="C2", date=DAYS[1], period="P1", course="ball"),
    )
    found = concerning(request, request.so_far.with_(sessions=everything), {"V2"})
    assert found.sessions == (everything[0], everything[2])
    assert found.placements == request.so_far.placements


@pytest.mark.usefixtures("divided")
def test_a_lock_is_kept_whatever_the_districts() -> None:
    lock = {"kind": "session", "class_": "C2", "course": "opera"}
    locks = [{"id": f"L{number}", "date": day.isoformat(), **lock} for number, day in enumerate(DAYS)]
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

    def counted(request: Request, first: Plan, clock: Clock, apart: Apart | None = None) -> Answer:
        whole.append(request)
        return as_a_whole(request, first, clock, apart)

    monkeypatch.setattr(stage, "_undivided", counted)
    for seed in range(50000, 50030):
        tables, listed = tiny_season(seed)
        scenario = tables.scenario
        request = Request(scenario, Rulebook(scenario.settings), tables.placed, EXACT)
        found = sizes(request)
        if found.total() and len(districts(request, found)) > 1:
            parts += 1
            assert faults(tables, listed, TIMED) == [], f"season {seed}"
    # locks and kits make some impossible beside what stands elsewhere; most are not
    assert 0 < len(whole) < parts / 2
