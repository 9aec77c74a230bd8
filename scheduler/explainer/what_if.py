"""What a child could claim if its family's wishes, or its standing, were otherwise: the same plan, one row
changed.

Every answer is tried against the plan as it is: with this change the plan would owe the child these seats.
What a solver would do with the changed input is more than that, and is not told.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf, nextafter

from scheduler.domain.choices import fits_age, may_attend
from scheduler.domain.scenario import Scenario
from scheduler.domain.seating import is_open
from scheduler.domain.tables import Child
from scheduler.domain.tables.children import Stay
from scheduler.domain.units import Unit, families
from scheduler.explainer.court import Court, nearby, with_children, with_points
from scheduler.explainer.extra_seats import best_for, own_seats
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import ClassWeeks, class_weeks

LESS: Mapping[Stay, tuple[Stay, ...]] = {"whole": ("steady", "weeks"), "steady": ("weeks",), "weeks": ()}
"""The stays that ask for less than each, the nearest first."""
VENUES_TRIED = 12
"""Most venues a child did not name that are tried, the nearest first."""


@dataclass(frozen=True)
class Change:
    """Something otherwise, and the seats that the child would then have a claim to.

    `about` is `stay`, `apart`, `rank`, `points`, `in_time` or `named`; `value` the stay, the rank, the points
    to be passed, or the venue. `free`: in free seats alone; else some are held by lower standing.
    """

    about: str
    value: object
    seats: tuple[ClassWeeks, ...]
    free: bool
    venue: str = ""


def by_family(ground: Ground, row: Child) -> Iterator[Change]:
    """What the family itself can change: the stay, siblings at one venue, more venues."""
    if row.id in ground.locks.children:
        return
    if not ground.has_claim(row.id):
        yield from _another_stay(ground, row)
        yield from _apart(ground, row)
    yield from _elsewhere(ground, row)


def _another_stay(ground: Ground, row: Child) -> Iterator[Change]:
    """Every stay that asks for less."""
    if len(ground.scenario.wanted_weeks(row.id)) < 2:
        return
    unit = ground.unit_of(row.id)
    court = ground.court(unit)
    for stay in LESS[row.stay]:
        changed = with_children(court.scenario, {row.id: {"stay": stay}})
        judge = Court(changed, court.plan, free_only=court.free_only, before=court)
        yield from _tried(judge, unit, row.id, "stay", stay)


def _apart(ground: Ground, row: Child) -> Iterator[Change]:
    """Bound siblings who need not be together."""
    unit = ground.unit_of(row.id)
    if len(unit.members) > 1:
        court = ground.court(unit)
        kin = families(court.scenario)[row.family]
        changed = with_children(court.scenario, {other.id: {"siblings": "prefer"} for other in kin})
        yield from _tried_with(court, changed, Unit((row.id,)), row.id, "apart", None)


def by_standing(ground: Ground, row: Child) -> Iterator[Change]:
    """What another standing would have given: in time, a better rank, more points. The weakest change that
    helps is told. Under the policy `seats` none does."""
    if ground.seats_first or ground.has_claim(row.id) or row.id in ground.locks.children:
        return
    unit = ground.unit_of(row.id)
    court = ground.court(unit)
    if ground.standings.is_late(row.id):
        in_time = {row.id: {"submitted_at": ground.scenario.settings.deadline}}
        yield from _tried_with(court, with_children(court.scenario, in_time), unit, row.id, "in_time", None)
    yield from _better_rank(ground, row, court, unit)
    for venue in sorted({option.venue for option, _ in ground.options(row.id)}):
        yield from _more_points(row, court, unit, venue)


def _better_rank(ground: Ground, row: Child, court: Court, unit: Unit) -> Iterator[Change]:
    own = ground.standings.rank(row.id)
    better = {entry.rank: entry.id for entry in ground.scenario.priorities if entry.rank < own}
    for number, rank in enumerate(sorted(better, reverse=True)):
        if number == 0 and not any(_ranked(court, unit, row.id, better, min(better))):
            return  # not even the first rank would do
        found = list(_ranked(court, unit, row.id, better, rank))
        if found:
            yield from found
            return


def _ranked(court: Court, unit: Unit, child: str, better: Mapping[int, str], rank: int) -> Iterator[Change]:
    changed = with_children(court.scenario, {child: {"priority": better[rank]}})
    yield from _tried_with(court, changed, unit, child, "rank", rank)


def _more_points(row: Child, court: Court, unit: Unit, venue: str) -> Iterator[Change]:
    """The points of somebody at a venue that a child would have to pass: more points never lose a claim, so
    the fewest that do are found by halving."""
    there = {entry.child: entry.points for entry in court.scenario.points if entry.venue == venue}
    own = there.get(row.id, -inf)
    seated = {c for key in court.scenario.classes_at(venue) for w in court.scenario.weeks
              for c in court.plan.children_in(key.id, w)}  # fmt: skip
    marks = sorted({points for child, points in there.items() if points >= own and child in seated})

    def passing(mark: float) -> list[Change]:
        changed = with_points(court.scenario, row.id, venue, nextafter(mark, inf))
        return list(_tried_with(court, changed, unit, row.id, "points", mark, venue))

    first = bisect_left(range(len(marks)), True, key=lambda i: bool(passing(marks[i])))
    if first < len(marks):
        yield from passing(marks[first])


# ---- venues that were not named ---------------------------------------------------------------------


def _elsewhere(ground: Ground, row: Child) -> Iterator[Change]:
    """Venues with free seats that the child, and those bound to it, did not name: tried as their last
    choices."""
    unit = ground.unit_of(row.id)
    rows = [ground.scenario.child[child] for child in unit.members]
    if not all(member.choices for member in rows):
        return
    venues = _unnamed(ground, row)
    if not venues:
        return
    near = nearby(ground.scenario, ground.plan, unit, {*venues, *_named(ground, unit)})
    more = {member.id: {"choices": (*member.choices, *venues)} for member in rows}
    court = Court(with_children(near.scenario, more), near.plan, free_only=True)
    allowed = court.allowed(unit)
    for venue in venues:
        here = {key.id for key in court.scenario.classes_at(venue)}
        kept = {
            week: [way for way in ways if here.issuperset(way.values()) or way == _now(court, unit, week)]
            for week, ways in allowed.items()
        }
        outcome = best_for(court, row.id, court.claimed(unit, kept))
        if outcome is not None and here & set(outcome[row.id].values()):
            yield Change("named", venue, _gained(court, row.id, outcome[row.id]), True)


def _now(court: Court, unit: Unit, week: str) -> dict[str, str]:
    return {child: weeks[week] for child, weeks in court.present(unit).items() if week in weeks}


def _named(ground: Ground, unit: Unit) -> set[str]:
    """The venues where a unit's members are."""
    classes = {c for child in unit.members for c in ground.plan.weeks_of(child).values()}
    return {ground.scenario.class_[class_].venue for class_ in classes}


def _unnamed(ground: Ground, row: Child) -> list[str]:
    """Venues that a child did not name, with a class for it and a free seat in a week it wants; nearest
    first."""
    scenario = ground.scenario
    tried = {option.venue for option, _ in ground.options(row.id)}
    found = []
    for venue in scenario.venue.values():
        if venue.id not in tried and any(
            fits_age(scenario, row, class_)
            and may_attend(scenario, row, class_)
            and any(_has_seat(ground, class_.id, week) for week in scenario.wanted_weeks(row.id))
            for class_ in scenario.classes_at(venue.id)
        ):
            km = scenario.distance_km(row, venue)
            found.append((km is None, km or 0.0, venue.id))
    return [venue for _, _, venue in sorted(found)[:VENUES_TRIED]]


def _has_seat(ground: Ground, class_: str, week: str) -> bool:
    key = (class_, week)
    if key not in ground.offered or not is_open(ground.scenario, ground.plan, ground.locks, class_, week):
        return False
    return len(ground.plan.children_in(class_, week)) < ground.scenario.seats(class_)


# ---- trying -----------------------------------------------------------------------------------------


def _tried_with(
    court: Court, changed: Scenario, unit: Unit, child: str, about: str, value: object, venue: str = ""
) -> Iterator[Change]:
    """A change that moves standings: everything is read anew."""
    yield from _tried(Court(changed, court.plan, free_only=court.free_only), unit, child, about, value, venue)


def _tried(
    court: Court, unit: Unit, child: str, about: str, value: object, venue: str = ""
) -> Iterator[Change]:
    outcome = best_for(court, child, court.claimed(unit, court.allowed(unit)))
    if outcome is None:
        return
    free = all(
        court.is_free(unit, week, {c: weeks[week] for c, weeks in outcome.items() if week in weeks})
        for week in court.weeks(unit)
    )
    yield Change(about, value, _gained(court, child, outcome[child]), free, venue)


def _gained(court: Court, child: str, seats: Mapping[str, str]) -> tuple[ClassWeeks, ...]:
    """The seats that the child has not got now."""
    now = own_seats(court, child)
    return class_weeks((class_, week) for week, class_ in sorted(seats.items()) if now.get(week) != class_)
