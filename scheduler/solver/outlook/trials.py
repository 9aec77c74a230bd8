"""Placing the children again: with a change made, or under the other policy."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from scheduler.domain.history import begun
from scheduler.domain.plan import Level, Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.seating import shifts_in
from scheduler.domain.tables import Class, Room, Venue
from scheduler.rules import Rulebook
from scheduler.solver.door import Answer, Contradiction, Limits, NoPlanInTime, Part, Progress, Request, Stop
from scheduler.solver.outlook.candidates import Candidate
from scheduler.solver.outlook.season import placed_from_now
from scheduler.solver.placement import solve

DECIDING = ("claims", "placed")
"""The levels that say how many child-weeks are placed; those after them change no number."""


@dataclass(frozen=True)
class Trial:
    """A plan that was made to see what it gives: child-weeks `placed` in weeks that have not begun.

    Proven: no plan of its kind places more than `most`, and with `fewest_claims` none has fewer claims.
    """

    scenario: Scenario
    plan: Plan
    placed: int
    most: int
    fewest_claims: bool

    def is_best(self, bound: int) -> bool:
        """Whether no plan of its kind can be better, where none places more than `bound`."""
        return self.fewest_claims and self.placed >= min(self.most, bound)


def with_change(scenario: Scenario, candidate: Candidate) -> Scenario:
    """The season with a candidate's change made."""
    row = candidate.row
    venues = tuple(_enlarged(venue, candidate) for venue in scenario.venues)
    if row is None:
        return scenario.with_(venues=venues)
    if candidate.kind == "class":
        return scenario.with_(venues=venues, classes=(*scenario.classes, row))
    if candidate.kind == "open":
        row = row.model_copy(update={"optional": False})
    elif candidate.kind == "seat":
        row = row.model_copy(update={"capacity": scenario.seats(row.id) + candidate.more})
    rooms = tuple(_wider(room, row, candidate) for room in scenario.rooms)
    classes = tuple(
        row if other.id == row.id else _as_before(scenario, other, row) for other in scenario.classes
    )
    return scenario.with_(venues=venues, rooms=rooms, classes=classes)


def withheld_after(plan: Plan, candidate: Candidate) -> frozenset[tuple[str, str]]:
    """The class-weeks that stay withheld."""
    if candidate.kind != "adults" or candidate.row is None:
        return plan.kept_back
    return plan.kept_back - {(candidate.row.id, week) for week in candidate.weeks}


def as_used(given: Scenario, trial: Trial, candidate: Candidate) -> Candidate:
    """A candidate for more seats with only those that the trial filled; the trial then shows the same gain.

    With fewer seats left free there are no more claims, and nobody sat in them.
    """
    before, weeks = given.venue[candidate.venue].capacity, given.weeks
    held = None
    if before is not None:
        held = max((_at_once(trial, candidate.venue, week) for week in weeks), default=0) - before
    if candidate.kind == "venue_seat" and before is not None and held is not None:
        more = min(candidate.more, held)
        return replace(candidate, more=more, venue_needs=before + more) if more > 0 else candidate
    row = candidate.row
    if candidate.kind != "seat" or row is None:
        return candidate
    seats = given.seats(row.id)
    more = max(len(trial.plan.children_in(row.id, week)) for week in weeks) - seats
    if not 0 < more < candidate.more:
        return candidate
    needs = candidate.venue_needs
    if needs is not None and before is not None and held is not None:
        needs = before + held if held > 0 else None
    room = given.room.get(row.room or "")
    tight = room is not None and room.capacity is not None and room.capacity < seats + more
    return replace(candidate, more=more, room_needs=seats + more if tight else None, venue_needs=needs)


def place(
    scenario: Scenario,
    plan: Plan,
    withheld: frozenset[tuple[str, str]],
    limits: Limits,
    decides: Callable[[str], bool] = lambda level: level in DECIDING,
) -> Trial | None:
    """Place the children of a season as if `plan` had not been made, but for the weeks that have begun; only
    the levels that decide. None where there was no time for a plan, or there is none."""
    request = _request(scenario, plan, limits)
    with _OwnStop(limits) as stop:
        hurried = replace(limits, stop=stop, report=_until(decides, stop))
        try:
            answer = solve(replace(request, limits=hurried), withheld=withheld)
        except (Contradiction, NoPlanInTime):
            return None
    levels = {level.name: level for level in answer.stage.levels}
    placed = placed_from_now(scenario, answer.plan)
    return Trial(scenario, answer.plan, placed, placed + slack(levels.get("placed")), _has_fewest(answer))


def _at_once(trial: Trial, venue: str, week: str) -> int:
    """Most children at a venue in any shift of a week."""
    scenario = trial.scenario
    return max(
        sum(
            len(trial.plan.children_in(row.id, week))
            for row in scenario.classes_at(venue)
            if shift in shifts_in(scenario, row.id, week)
        )
        for shift in scenario.shift
    )


def slack(level: Level | None) -> int:
    """Child-weeks by which the bound of a level of places lies above its value."""
    return 0 if level is None else max(0, int(level.bound - level.value + 1e-6))


def _request(scenario: Scenario, plan: Plan, limits: Limits) -> Request:
    opening = Plan(
        season=plan.season,
        policy=plan.policy,
        ties=plan.ties,
        lottery_seed=plan.lottery_seed,
        as_of=plan.as_of,
    )
    rulebook, past = Rulebook(scenario.settings), begun(scenario, plan)
    if not past:
        return Request(scenario, rulebook, opening, limits)
    history = tuple(row for row in plan.placements if row.week in past)
    rest = frozenset(scenario.weeks) - past
    return Request(scenario, rulebook, opening.with_(placements=history), limits, part=Part(weeks=rest))


def _has_fewest(answer: Answer) -> bool:
    """Whether no plan has fewer claims; under `seats` they do not count."""
    if answer.plan.policy == "seats" or not answer.plan.envy:
        return True
    return any(level.gap == 0 for level in answer.stage.levels if level.name == "claims")


def _until(decides: Callable[[str], bool], stop: Stop) -> Callable[[Progress], None]:
    """End a search as soon as it has gone beyond the levels that decide."""

    def heard(progress: Progress) -> None:
        if not decides(progress.level) and not stop.requested:
            stop.request()

    return heard


class _OwnStop:
    """A wish to end of its own for one search, which also hears the wish to end everything, and the clock: a
    search that has found nothing yet would go on."""

    def __init__(self, limits: Limits) -> None:
        self._outer = limits.stop
        self._inner = Stop()
        self._timer = threading.Timer(limits.seconds, self._inner.request)
        self._timer.daemon = True
        self._timed = not limits.reproducible

    def __enter__(self) -> Stop:
        self._outer.call(self._inner.request)
        if self._timed:
            self._timer.start()
        return self._inner

    def __exit__(self, *error: object) -> None:
        self._timer.cancel()
        self._outer.forget(self._inner.request)


def _enlarged(venue: Venue, candidate: Candidate) -> Venue:
    if venue.id != candidate.venue or candidate.venue_needs is None:
        return venue
    return venue.model_copy(update={"capacity": candidate.venue_needs})


def _wider(room: Room, row: Class, candidate: Candidate) -> Room:
    if room.id != row.room or candidate.room_needs is None:
        return room
    return room.model_copy(update={"capacity": candidate.room_needs})


def _as_before(scenario: Scenario, other: Class, row: Class) -> Class:
    """Another class, which gets no seat more though its room may be wider now."""
    if other.room is None or other.room != row.room:
        return other
    return other.model_copy(update={"capacity": scenario.seats(other.id)})
