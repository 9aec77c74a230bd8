"""What stands between a child and a seat, and why a class-week does not run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from scheduler.domain.choices import fits_age, in_reach, may_attend, position
from scheduler.domain.seating import is_open
from scheduler.domain.tables import Class
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Aside, Span, Thing, things
from scheduler.rules import Violation
from scheduler.rules.moves import Seat

TOLD_BY_FACTS = frozenset(
    {
        "one_class_per_week",
        "wanted_weeks",
        "class_runs",
        "age_range",
        "class_capacity",
        "venue_capacity",
        "listed_choices",
        "employer_only",
        "kept_apart",
        "siblings_must",
        "stay_kept",
        "consent",
        "no_envy",
    }
)
"""Placement rules whose reasons are told in more detail than their violations would."""


@dataclass(frozen=True)
class Obstacle:
    """One reason: the id of its line and what fills it."""

    id: str
    parameters: Mapping[str, object] = field(default_factory=dict, hash=False)


def to_seat(ground: Ground, child: str, class_: str, week: str) -> tuple[Obstacle, ...]:
    """Everything that keeps a child out of a class in a week; nothing where it could sit there."""
    key = (child, class_, week)
    if key not in ground.tried:
        ground.tried[key] = _to_seat(ground, child, class_, week)
    return ground.tried[key]


def _to_seat(ground: Ground, child: str, class_: str, week: str) -> tuple[Obstacle, ...]:
    row = ground.scenario.class_[class_]
    for found in (
        tuple(misfits(ground, child, row)),
        tuple(_unoffered(ground, row, week)),
        tuple(_kept_out(ground, child, class_, week)),
        tuple(_not_open(ground, class_, week)),
        tuple(_crowded(ground, child, class_, week)),
        tuple(_other_rules(ground, child, class_, week)),
    ):
        if found:
            return found
    return ()


def misfits(ground: Ground, child: str, row: Class) -> Iterator[Obstacle]:
    """Why a class is not for this child in any week."""
    scenario, kid = ground.scenario, ground.scenario.child[child]
    if not fits_age(scenario, kid, row):
        asks_age = row.min_age is not None or row.max_age is not None
        asks_grade = row.min_grade is not None or row.max_grade is not None
        if asks_age:
            yield Obstacle("age", {"age": scenario.age(child), "span": Span(row.min_age, row.max_age)})
        if asks_grade:
            yield Obstacle("grade", {"grade": kid.grade, "span": Span(row.min_grade, row.max_grade)})
    if not may_attend(scenario, kid, row):
        yield Obstacle("employer", {"employers": scenario.venue[row.venue].only_for})
    if not in_reach(scenario, kid, row):
        distance = scenario.distance_km(kid, scenario.venue[row.venue]) or 0.0
        limit = scenario.settings.max_distance_km
        yield Obstacle("far", {"km": round(distance, 1), "limit": limit})


def idleness(ground: Ground, class_: str, week: str) -> tuple[Obstacle, ...]:
    """Why a class does not run in a week, whether it could be held or not; nothing if it runs."""
    row = ground.scenario.class_[class_]
    return tuple(_unoffered(ground, row, week)) or tuple(idle(ground, class_, week))


def _unoffered(ground: Ground, row: Class, week: str) -> Iterator[Obstacle]:
    if row.weeks and week not in row.weeks:
        yield Obstacle("not_offered")
    elif (row.id, week) not in ground.scenario.class_weeks:
        yield Obstacle("closed", {"reason": Aside(_closure_reason(ground, row, week))})


def _closure_reason(ground: Ground, row: Class, week: str) -> str:
    for day in ground.scenario.days_in(week):
        for shift in ground.scenario.shifts_of(row.id):
            found = ground.scenario.closed(day, shift, venue=row.venue, room=row.room, class_=row.id)
            if found is not None and found.reason:
                return found.reason
    return ""


def _kept_out(ground: Ground, child: str, class_: str, week: str) -> Iterator[Obstacle]:
    for lock in ground.locks.keeping_out(child, week, class_):
        yield Obstacle("kept_out", {"lock": lock.id, "reason": Aside(lock.reason)})
    elsewhere = [c for c in ground.locks.classes_for(child, week) if c != class_]
    if elsewhere and class_ not in ground.locks.classes_for(child, week):
        yield Obstacle("locked_elsewhere", {"class_locked": Thing("class", elsewhere[0])})


def idle(ground: Ground, class_: str, week: str) -> Iterator[Obstacle]:
    """Why a class that could be held does not run in a week; nothing if it runs."""
    if (class_, week) in ground.plan.running:
        return
    row = ground.scenario.class_[class_]
    closing = ground.locks.closed.get((class_, week), ())
    waiting = len(ground.queue(class_, week))
    if closing:
        yield Obstacle("locked_shut", {"lock": closing[0].id, "reason": Aside(closing[0].reason)})
    elif (class_, week) in ground.plan.kept_back:
        yield Obstacle("withheld", {"coming": waiting})
    elif row.optional and waiting < row.min_children:
        short = row.min_children - waiting
        yield Obstacle("too_few", {"fewest": row.min_children, "coming": waiting, "short": short})
    elif row.optional:
        yield Obstacle("not_opened", {"fewest": row.min_children, "coming": waiting})
    elif waiting:
        yield Obstacle("idle_wanted", {"coming": waiting})
    elif all(any(misfits(ground, child.id, row)) for child in ground.scenario.processed):
        yield Obstacle("nobody_fits")
    else:
        yield Obstacle("idle")


def _not_open(ground: Ground, class_: str, week: str) -> Iterator[Obstacle]:
    """Why a class that does not run offers no seat; one that is idle for want of children alone does."""
    if not is_open(ground.scenario, ground.plan, ground.locks, class_, week):
        yield from idle(ground, class_, week)


def _crowded(ground: Ground, child: str, class_: str, week: str) -> Iterator[Obstacle]:
    """Nobody's mistake: the seats are taken, the venue is full, a foe sits there, siblings need seats too."""
    row = ground.scenario.class_[class_]
    taken, seats = len(ground.plan.children_in(class_, week)), ground.scenario.seats(class_)
    if taken >= seats:
        yield Obstacle("full", {"taken": taken, "seats": seats})
    entering = _entering(ground, child, row.venue, week)
    present = ground.fills_venue(class_, week, len(entering))
    if present is not None:
        capacity = ground.scenario.venue[row.venue].capacity
        yield Obstacle("venue_full", {"venue": Thing("venue", row.venue), "n": present, "most": capacity})
    foes = ground.scenario.foes.get(child, frozenset()) & set(ground.plan.children_in(class_, week))
    if foes:
        yield Obstacle("apart", {"children": things("child", sorted(foes))})
    yield from _siblings(ground, child, row, week, [other for other in entering if other != child])


def _entering(ground: Ground, child: str, venue: str, week: str) -> tuple[str, ...]:
    """The members of the child's unit that want a week and would come to a venue anew."""
    here = {row.id for row in ground.scenario.classes_at(venue)}
    return tuple(
        member
        for member in ground.unit_of(child).members
        if week in ground.scenario.wanted_weeks(member) and ground.plan.class_of(member, week) not in here
    )


def _siblings(ground: Ground, child: str, row: Class, week: str, others: list[str]) -> Iterator[Obstacle]:
    """Children bound to this one must find seats at the venue as well, beside the one it takes."""
    classes: dict[str, list[str]] = {}
    for other in others:
        options = [option.id for option, _ in ground.options(other) if option.venue == row.venue]
        classes[other] = [option for option in options if not any(_not_open(ground, option, week))]
        if not options:
            yield Obstacle("sibling_unfit", {"child": Thing("child", other)})
            return
    free = {
        option.id: ground.scenario.seats(option.id) - len(ground.plan.children_in(option.id, week))
        for option in ground.scenario.classes_at(row.venue)
    }
    free[row.id] -= ground.plan.class_of(child, week) != row.id
    if others and not _seatable(list(classes.values()), free):
        yield Obstacle("siblings_full", {"children": things("child", others), "k": len(others) + 1})


def _seatable(wishes: list[list[str]], free: dict[str, int]) -> bool:
    """Whether each can have a free seat in one of its classes."""
    if not wishes:
        return True
    return any(
        free[class_] > 0 and _seatable(wishes[1:], {**free, class_: free[class_] - 1}) for class_ in wishes[0]
    )


def _other_rules(ground: Ground, child: str, class_: str, week: str) -> Iterator[Obstacle]:
    """What the rulebook says beyond the facts above: locks, the fewest children of the class left, ..."""
    for found in seat_blockers(ground, child, class_, week):
        if found.rule not in TOLD_BY_FACTS:
            yield Obstacle("rule", {"violation": found})


def seat_blockers(ground: Ground, child: str, class_: str, week: str) -> Iterator[Violation]:
    """What the hard placement rules have against a child taking a seat."""
    place = position(ground.scenario.child[child], ground.scenario.class_[class_])
    move = Seat(child, week, class_, place or 0)
    scenario, part = ground.near(ground.unit_of(child)).scenario, ground.part_for_seat(child, class_, week)
    for rule in ground.rulebook.of_stage("placement", hard=True):
        if rule.id() not in TOLD_BY_FACTS:
            yield from rule.blockers(scenario, part, move)
