"""One more half-day of a specialist, or one more kit: a venue's week solved again with it and without."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from scheduler.domain.plan import Plan, Stage
from scheduler.domain.programme import TeachingOffers, runs_on
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Availability, Person
from scheduler.domain.teaching_gain import Extra, TeachingGain
from scheduler.rules import Rulebook
from scheduler.solver.door import Limits, NoPlanInTime, Part, Request
from scheduler.solver.timetable import solve

GUEST = "_guest"
"""The id of the specialist who comes for the half-day."""


def gain(scenario: Scenario, plan: Plan, extra: Extra, limits: Limits) -> TeachingGain | None:
    """What something more gives at its venue in its week; None where there was no time to tell.

    Both solves begin from the plan and may change nothing outside the venue's week, so the gain is what can
    surely be had; more might be had by changing the rest too.
    """
    half = replace(limits, seconds=limits.seconds / 2)
    without = _solved(scenario, plan, extra, half)
    if without is None:
        return None
    when = _when(scenario, plan, extra) if extra.kind == "half_day" else None
    if extra.kind == "half_day" and when is None:
        return TeachingGain(extra, 0.0)
    more = _with_kit(scenario, extra) if when is None else _with_guest(scenario, extra, *when)
    found = _solved(more, plan, extra, half)
    if found is None:
        return None
    before, after = _amounts(scenario, without[0]), _amounts(more, found[0])
    changes = {rule: after[rule] - before[rule] for rule in after if after[rule] != before[rule]}
    cost = _cost(without[1]) - _cost(found[1])
    proven = not any(level.gap for stage in (without[1], found[1]) for level in stage.levels)
    day, shift = when if when is not None else (None, "")
    return TeachingGain(extra, round(max(0.0, cost), 3), changes if cost > 0 else {}, proven, day, shift)


def _solved(scenario: Scenario, plan: Plan, extra: Extra, limits: Limits) -> tuple[Plan, Stage] | None:
    request = Request(
        scenario=scenario,
        rulebook=Rulebook(scenario.settings),
        so_far=plan,
        limits=limits,
        part=Part(venues=frozenset({extra.venue}), weeks=frozenset({extra.week})),
    )
    try:
        answer = solve(request)
    except NoPlanInTime:
        return None
    return answer.plan, answer.stage


def _cost(stage: Stage) -> float:
    return stage.levels[-1].value


def _amounts(scenario: Scenario, plan: Plan) -> Mapping[str, int]:
    rules = Rulebook(scenario.settings).of_stage("timetable", hard=False)
    return {rule.id(): sum(found.amount for found in rule.check(scenario, plan)) for rule in rules}


def _when(scenario: Scenario, plan: Plan, extra: Extra) -> tuple[date, str] | None:
    """The half-day on which fewest of those who teach these courses could come, and most classes are on."""
    offers = TeachingOffers(scenario, plan)
    teachers = [
        row.id
        for row in scenario.person.values()
        if "specialist" in row.roles and set(row.courses) & set(extra.courses)
    ]
    periods = {row.shift for row in scenario.periods if row.kind == "course"}
    best: tuple[tuple[int, int], date, str] | None = None
    for day in scenario.days_in(extra.week):
        for shift in scenario.shift:
            on = sum(
                shift in runs_on(scenario, plan, row.id, day) for row in scenario.classes_at(extra.venue)
            )
            if not on or shift not in periods:
                continue
            there = sum(shift in offers.shifts_of(person, day) for person in teachers)
            if best is None or (-on, there) < best[0]:
                best = ((-on, there), day, shift)
    return None if best is None else best[1:]


def _with_guest(scenario: Scenario, extra: Extra, day: date, shift: str) -> Scenario:
    """The season with somebody more, who is there for one half-day and paid what others cost at most."""
    fees = [
        row.fee_per_session or 0.0
        for row in scenario.person.values()
        if "specialist" in row.roles and set(row.courses) & set(extra.courses)
    ]
    guest = Person(
        id=GUEST,
        name=GUEST,
        kind="volunteer",  # who is there only where a row says so
        roles=("specialist",),
        courses=extra.courses,
        venues=(extra.venue,),
        cleared_until=day,
        fee_per_session=max(fees, default=0.0),
    )
    there = Availability(person=GUEST, from_=day, to=day, shifts=(shift,), status="yes")
    return scenario.with_(staff=(*scenario.staff, guest), availability=(*scenario.availability, there))


def _with_kit(scenario: Scenario, extra: Extra) -> Scenario:
    courses = tuple(
        row.model_copy(update={"kits": row.kits + 1})
        if row.id in extra.courses and row.kits is not None
        else row
        for row in scenario.courses
    )
    return scenario.with_(courses=courses)
