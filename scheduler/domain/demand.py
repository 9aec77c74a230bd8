"""How many adults a class, a trip or a venue asks for in a shift, and how many of them are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from math import ceil
from typing import Literal

from scheduler.domain.plan import Duty, Gap, Plan
from scheduler.domain.programme import ages_in, runs_on, trip_of
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Need, Trip
from scheduler.domain.tables.staff import DUTY_ROLES, Role

AIDE = "aide"
"""Id of the need of children who need an adult of their own."""


@dataclass(frozen=True)
class Ask:
    """Adults one need asks for at one post.

    Counted are the adults on duty whose role is in `roles` and who hold `qualification` (blank: any).
    `need` names it, and `strength` says how hard it is to miss. `beyond` of the adults counted are
    spoken for by other needs (the aide's case).
    """

    need: str
    number: int
    roles: tuple[Role, ...]
    qualification: str
    strength: Literal["must", "soft"]
    beyond: int = 0


@dataclass(frozen=True)
class Post:
    """A place and shift that asks for adults: a class, here or on a trip, or a venue (`class_` null)."""

    class_: str | None
    venue: str
    date: date
    shift: str
    asks: tuple[Ask, ...]


def posts(scenario: Scenario, plan: Plan) -> Iterator[Post]:
    """Every post of the season that asks for somebody, from the plan's placements and trips.

    At one post the largest ask of a role, of a set of counted roles, and of a qualification stands for
    the smaller ones: who meets it meets them.
    """
    for class_ in sorted({name for name, _ in plan.running}):
        for day in scenario.open_days:
            for shift in runs_on(scenario, plan, class_, day):
                asks = class_asks(scenario, plan, class_, day, shift)
                if asks:
                    yield Post(class_, scenario.class_[class_].venue, day, shift, asks)
    for venue in scenario.venue:
        for day in scenario.open_days:
            for shift in scenario.shift:
                asks = venue_asks(scenario, plan, venue, day, shift)
                if asks:
                    yield Post(None, venue, day, shift, asks)


def class_asks(scenario: Scenario, plan: Plan, class_: str, day: date, shift: str) -> tuple[Ask, ...]:
    """What a running class asks for on a day and shift; nothing with nobody placed in it."""
    outing = trip_of(scenario, plan, class_, day, shift)
    trip = scenario.trip[outing.trip] if outing else None
    return _class_asks(scenario, plan, class_, scenario.week_of(day), shift, trip)


def adults_away(scenario: Scenario, plan: Plan, class_: str, week: str, trip: Trip) -> int:
    """The adults that a class asks for on a trip that week, in the shift that asks for most.

    So many seats they have in its buses, whether or not they are found.
    """
    return max(adults_asked(_class_asks(scenario, plan, class_, week, shift, trip)) for shift in trip.shifts)


def _class_asks(
    scenario: Scenario, plan: Plan, class_: str, week: str, shift: str, trip: Trip | None
) -> tuple[Ask, ...]:
    """What a running class asks for in a shift of a week, here or away on a trip."""
    children = _children(scenario, plan, class_, week)
    if not children:
        return ()
    youngest = _youngest(scenario, plan, class_, week)
    asks = [
        ask
        for need in scenario.need.values()
        if setting_of(need) == ("trip" if trip else "class") and applies(need, shift, youngest)
        for ask in asks_of(need, len(children))
    ]
    if trip is not None and trip.children_per_adult:
        number = _heads(len(children), trip.children_per_adult)
        asks.append(Ask(f"trip:{trip.id}", number, DUTY_ROLES, "", "must"))
    largest = _largest(asks)
    aides = sum(AIDE in scenario.child[child].needs for child in children)
    if aides:
        largest.append(Ask(AIDE, aides, DUTY_ROLES, "", "must", beyond=adults_asked(largest)))
    return tuple(largest)


def venue_asks(scenario: Scenario, plan: Plan, venue: str, day: date, shift: str) -> tuple[Ask, ...]:
    """What a venue asks for on a day and shift in which one of its classes runs.

    A need applies if it does to one of these classes. Without a role it asks for people of role `site`; a
    qualification or a ratio asks it of everybody on duty at the venue (see `counts`).
    """
    needs = [need for need in scenario.need.values() if setting_of(need) == "venue"]
    if not needs:
        return ()
    week = scenario.week_of(day)
    classes = [
        row.id
        for row in scenario.classes_at(venue)
        if shift in runs_on(scenario, plan, row.id, day) and _children(scenario, plan, row.id, week)
    ]
    ages = [_youngest(scenario, plan, class_, week) for class_ in classes]
    children = sum(len(_children(scenario, plan, class_, week)) for class_ in classes)
    applying = [need for need in needs if any(applies(need, shift, age) for age in ages)]
    return tuple(_largest(ask for need in applying for ask in asks_of(need, children)))


def setting_of(need: Need) -> Literal["class", "trip", "venue"]:
    """Where a need asks; of people of role `site`, who belong to no class, the venue does."""
    return "venue" if need.role == "site" and need.setting == "class" else need.setting


def applies(need: Need, shift: str, youngest: int | None) -> bool:
    """Whether a need applies in a shift to a class whose youngest child has this age (None: unknown)."""
    if need.shifts and shift not in need.shifts:
        return False
    if need.min_age is None and need.max_age is None:
        return True
    if youngest is None:
        return False
    return (need.min_age is None or youngest >= need.min_age) and (
        need.max_age is None or youngest <= need.max_age
    )


def asks_of(need: Need, children: int) -> Iterator[Ask]:
    """The asks one need makes of a class (or venue) with so many children."""
    if need.per_class:
        anybody: tuple[Role, ...] = ("site",) if setting_of(need) == "venue" else DUTY_ROLES
        roles = (need.role,) if need.role else anybody
        yield Ask(need.id, need.per_class, roles, "", need.strength)
    if need.children_per_adult and children:
        counted = tuple(role for role in DUTY_ROLES if not need.counts or role in need.counts)
        yield Ask(need.id, _heads(children, need.children_per_adult), counted, "", need.strength)
    if need.qualification:
        yield Ask(need.id, 1, DUTY_ROLES, need.qualification, need.strength)


def missing(ask: Ask, present: int) -> int:
    """Adults missing for an ask when so many of those it counts are present."""
    return min(ask.number, max(0, ask.number + ask.beyond - present))


def counts(scenario: Scenario, plan: Plan, post: Post, ask: Ask, duty: Duty) -> bool:
    """Whether somebody on this duty is one of the adults an ask counts at its post.

    Minors never count. At a venue's post everybody on duty there counts, except with a class that is away
    on a trip.
    """
    person = scenario.person.get(duty.person)
    if person is None or (duty.date, duty.shift) != (post.date, post.shift):
        return False
    if post.class_ is not None:
        here = duty.class_ == post.class_
    else:
        away = duty.class_ is not None and trip_of(scenario, plan, duty.class_, duty.date, duty.shift)
        here = duty.venue == post.venue and not away
    fits = duty.role in ask.roles and (not ask.qualification or ask.qualification in person.qualifications)
    return here and fits and not scenario.is_minor(duty.person, duty.date)


class DutiesAt:
    """Duties by class and by venue, day and shift: of a city's thousands a post may count but a few."""

    def __init__(self, duties: Iterable[Duty]) -> None:
        """Sort some duties."""
        self._of_class: dict[tuple[str, date, str], list[Duty]] = {}
        self._of_venue: dict[tuple[str, date, str], list[Duty]] = {}
        for duty in duties:
            self._of_venue.setdefault((duty.venue, duty.date, duty.shift), []).append(duty)
            if duty.class_ is not None:
                self._of_class.setdefault((duty.class_, duty.date, duty.shift), []).append(duty)

    def of(self, post: Post) -> list[Duty]:
        """The duties among which are all that count at a post."""
        if post.class_ is not None:
            return self._of_class.get((post.class_, post.date, post.shift), [])
        return self._of_venue.get((post.venue, post.date, post.shift), [])


def gaps(scenario: Scenario, plan: Plan) -> tuple[Gap, ...]:
    """Every unfilled post of a plan, as `gaps` of the plan holds them."""
    on_duty = DutiesAt(plan.duties)
    found = []
    for post in posts(scenario, plan):
        duties = on_duty.of(post)
        for ask in post.asks:
            people = {duty.person for duty in duties if counts(scenario, plan, post, ask, duty)}
            short = missing(ask, len(people))
            if short:
                found.append(
                    Gap(
                        need=ask.need,
                        class_=post.class_,
                        venue=post.venue,
                        date=post.date,
                        shift=post.shift,
                        missing=short,
                    )
                )
    return tuple(found)


def adults_asked(asks: Iterable[Ask]) -> int:
    """Adults that these asks speak for together.

    One adult may stand for asks that share a role, but not for two that share none: so it is the most that
    asks of disjoint sets of roles come to.
    """
    most: dict[frozenset[Role], int] = {}
    for ask in asks:
        roles = frozenset(ask.roles)
        most[roles] = max(most.get(roles, 0), ask.number + ask.beyond)
    return max(
        (
            sum(most[roles] for roles in chosen)
            for size in range(1, min(len(most), len(DUTY_ROLES)) + 1)
            for chosen in combinations(most, size)
            if sum(len(roles) for roles in chosen) == len(frozenset[Role]().union(*chosen))
        ),
        default=0,
    )


def most_useful(asks: Iterable[Ask], role: Role) -> int:
    """The most people of a role that any of these asks has a use for."""
    return max((ask.number + ask.beyond for ask in asks if role in ask.roles), default=0)


def asks_around(scenario: Scenario, plan: Plan, class_: str, day: date, shift: str) -> tuple[Ask, ...]:
    """What a class's adults are asked for: by the class, and by its venue of more than `site` people."""
    venue = venue_asks(scenario, plan, scenario.class_[class_].venue, day, shift)
    wide = (ask for ask in venue if ask.roles != ("site",))
    return (*class_asks(scenario, plan, class_, day, shift), *wide)


def _children(scenario: Scenario, plan: Plan, class_: str, week: str) -> tuple[str, ...]:
    return tuple(child for child in plan.children_in(class_, week) if child in scenario.child)


def _youngest(scenario: Scenario, plan: Plan, class_: str, week: str) -> int | None:
    return next(iter(ages_in(scenario, plan, class_, week)), None)


def _heads(children: int, each: float) -> int:
    """Children divided by children per adult, rounded up; the tolerance forgives decimals like 0.1."""
    return ceil(children / each - 1e-9)


def _largest(asks: Iterable[Ask]) -> list[Ask]:
    """For each set of counted people the largest ask; of equal ones the first by id.

    Where a `must` ask is smaller than a soft one of the same people, the soft one asks for the rest, so
    that no missing adult is counted twice.
    """
    best: dict[tuple[tuple[Role, ...], str, str], Ask] = {}
    for ask in asks:
        key = (ask.roles, ask.qualification, ask.strength)
        if key not in best or (-ask.number, ask.need) < (-best[key].number, best[key].need):
            best[key] = ask
    kept = []
    for (roles, qualification, strength), ask in sorted(best.items()):
        must = best.get((roles, qualification, "must"))
        if strength == "must" or must is None:
            kept.append(ask)
        elif ask.number > must.number:
            kept.append(replace(ask, number=ask.number - must.number, beyond=must.number))
    return kept
