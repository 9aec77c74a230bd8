"""Why a child got what it got, for the coordinator."""

from __future__ import annotations

from scheduler.domain.tables import Child, Class
from scheduler.domain.units import Outcome, compare, worth
from scheduler.explainer import obstacles
from scheduler.explainer.changes import CLASSES_TOLD, changes
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Explanation, Line, Lines, Thing, Word, by_weeks, things
from scheduler.explainer.wishes import better_options, known_seats, of_free_seat, seats_at, waits

LOWER_TOLD = 5
"""Most of those who sit with lower standing that are named, the last ones."""


def explain_child(ground: Ground, child: str) -> Explanation:
    """What a child asked, what it got, why nothing better, and what would have changed it."""
    lines = Lines()
    row = ground.scenario.child[child]
    title = Line("child.title", {"child": Thing("child", child)})
    if row.status == "withdrawn":
        lines.say("child.withdrawn")
    elif not row.consent:
        lines.say("child.no_consent")
    else:
        _asked(ground, row, lines)
        _standing(ground, row, lines)
        _got(ground, row, lines)
        _stays(ground, row, lines)
        _envy(ground, row, lines)
        changes(ground, row, lines)
    return Explanation(title, lines.done())


# ---- what it asked --------------------------------------------------------------------------------


def _asked(ground: Ground, row: Child, lines: Lines) -> None:
    scenario = ground.scenario
    lines.say("child.asked")
    lines.say("child.weeks", 1, weeks=scenario.wanted_weeks(row.id))
    for number, choice in enumerate(row.choices, 1):
        kind = "venue" if choice in scenario.venue else "class"
        lines.say("child.choice", 1, n=number, choice=Thing(kind, choice))
        _unfit(ground, row, choice, lines)
    if not row.choices:
        km = scenario.settings.max_distance_km
        lines.say("child.any_class" if km is None else "child.any_class_near", 1, km=km)
    if not ground.options(row.id):
        lines.say("child.no_option", 1)
    if len(scenario.wanted_weeks(row.id)) > 1:
        lines.say("child.stay", 1, stay=Word("stay", row.stay))
    bound = [other for other in ground.unit_of(row.id).members if other != row.id]
    kin = [other.id for other in scenario.processed if row.family and other.family == row.family]
    if bound:
        lines.say("child.bound", 1, children=things("child", bound))
    elif len(kin) > 1:
        others = things("child", [other for other in kin if other != row.id])
        lines.say("child.siblings", 1, children=others, wish=Word("siblings", row.siblings))


def _unfit(ground: Ground, row: Child, choice: str, lines: Lines) -> None:
    """Say of a choice that no class of it is for this child, and why."""
    classes = [c for c in ground.scenario.class_.values() if choice in (c.id, c.venue)]
    open_to = {option.id for option, _ in ground.options(row.id)}
    if any(c.id in open_to for c in classes):
        return
    for class_ in classes:
        for found in obstacles.misfits(ground, row.id, class_):
            lines.say(f"why.{found.id}", 2, **{**found.parameters, "class": Thing("class", class_.id)})


def _standing(ground: Ground, row: Child, lines: Lines) -> None:
    scenario = ground.scenario
    if scenario.settings.policy == "seats":
        lines.say("child.policy_seats")
    venues = sorted({option.venue for option, _ in ground.options(row.id)})
    stands: dict[object, list[str]] = {}
    for venue in venues:
        stands.setdefault(ground.stand(row.id, venue), []).append(venue)
    for stand, where in stands.items():
        lines.say("child.standing", venues=things("venue", where), stand=stand)
    if scenario.settings.ties == "places" and not ground.seats_first:
        lines.say("child.equal")
    lines.say("child.draw", draw=scenario.draws[row.id])


# ---- what it got, and why not better ----------------------------------------------------------------


def _got(ground: Ground, row: Child, lines: Lines) -> None:
    lines.say("child.got")
    for weeks, told in by_weeks(ground.scenario.weeks, lambda week: _week(ground, row, week)):
        lines.add(told, weeks=weeks)
    _waits(ground, row, lines)


def _week(ground: Ground, row: Child, week: str) -> tuple[Line, ...]:
    """What a child got in a week, and why nothing better."""
    lines = Lines()
    class_ = ground.plan.class_of(row.id, week)
    wanted = week in ground.scenario.wanted_weeks(row.id)
    if class_ is not None:
        _seat(ground, row, week, class_, lines)
    elif wanted:
        lines.say("child.nothing", 1)
    if wanted and week in ground.past:
        lines.say("child.begun", 2)
    elif wanted:
        _why_not(ground, row, week, lines)
    return lines.done()


def _seat(ground: Ground, row: Child, week: str, class_: str, lines: Lines) -> None:
    place = ground.position_in(row.id, week)
    if ground.locks.classes_for(row.id, week):
        lines.say("child.seat_locked", 1, class_=Thing("class", class_))
    elif place:
        lines.say("child.seat", 1, class_=Thing("class", class_), n=place)
    else:
        lines.say("child.seat_any", 1, class_=Thing("class", class_))


def _why_not(ground: Ground, row: Child, week: str, lines: Lines) -> None:
    better = better_options(ground, row.id, week)
    for option in better[:CLASSES_TOLD]:
        reasons = obstacles.to_seat(ground, row.id, option.id, week)
        for reason in reasons or of_free_seat(ground, row, option, week):
            lines.say(f"why.{reason.id}", 2, **{**reason.parameters, "class": Thing("class", option.id)})
            if reason.id == "full":
                _cut_off(ground, row, option, week, lines)
            if reason.id == "venue_full":
                _cut_off_of_venue(ground, row, option, week, lines)
    if len(better) > CLASSES_TOLD:
        lines.say("child.more_classes", 2, n=len(better) - CLASSES_TOLD)


def _cut_off(ground: Ground, row: Child, option: Class, week: str, lines: Lines) -> None:
    """Who stands last among those seated, how many stand higher, equal or lower, and why the lower may."""
    if ground.seats_first:
        return
    lower, equal = ground.below(row.id, option.id, week), ground.equals(row.id, option.id, week)
    higher = len(ground.seated(option.id, week)) - len(lower) - equal
    lines.say("why.seated", 3, higher=higher, equal=equal, lower=len(lower))
    last = ground.cut_off(option.id, week)
    if last is not None:
        mine, theirs = ground.stand(row.id, option.venue), ground.stand(last, option.venue)
        lines.say("why.cut_off", 3, last=Thing("child", last), stand=theirs, mine=mine)
    locked = tuple(child for child in lower if child in ground.locks.children)
    others = tuple(child for child in lower if child not in ground.locks.children)
    if locked:
        lines.say("why.lower_locked", 3, children=things("child", locked))
    if others:
        lines.say("why.lower", 3, children=things("child", others[-LOWER_TOLD:]))
        if not ground.claims(row.id, option.id, week):
            lines.say("why.no_claim", 3)
        else:
            lines.say("why.claim_declared" if ground.declares(row.id) else "why.claim", 3)


def _cut_off_of_venue(ground: Ground, row: Child, option: Class, week: str, lines: Lines) -> None:
    """In a full venue a claim may take a seat of any of its classes: who stands last at all of them."""
    last = ground.last_at(option.venue, week)
    alone = ground.scenario.classes_at(option.venue) == (option,)
    if last is not None and not ground.seats_first and not alone:
        mine, theirs = ground.stand(row.id, option.venue), ground.stand(last, option.venue)
        lines.say("why.cut_off_venue", 3, last=Thing("child", last), stand=theirs, mine=mine)


def _waits(ground: Ground, row: Child, lines: Lines) -> None:
    """The child's places in waiting lists, class by class, weeks alike together."""
    found = waits(ground, row.id, ("class", "n", "of"))
    if found:
        lines.say("child.waiting")
    for weeks, line in found:
        lines.say("child.waits", 1, weeks=weeks, **line.parameters)


# ---- stays of several weeks -------------------------------------------------------------------------


def _stays(ground: Ground, row: Child, lines: Lines) -> None:
    """Of stays at one venue: how many weeks each other venue could have given."""
    if row.stay == "weeks" or len(ground.scenario.wanted_weeks(row.id)) < 2:
        return
    present: Outcome = known_seats(ground, row.id)
    now = {ground.scenario.class_[class_].venue for class_ in present.values()}
    for venue in dict.fromkeys(option.venue for option, _ in ground.options(row.id)):
        outcome = seats_at(ground, row, venue)
        if venue in now or not outcome:
            continue
        wanted, has = len(ground.scenario.wanted_weeks(row.id)), len(present)
        numbers = {"venue": Thing("venue", venue), "n": len(outcome), "has": has, "wanted": wanted}
        if row.stay == "whole" and len(outcome) < wanted:
            lines.say("child.stay_whole", **numbers)
        elif compare(worth(ground.scenario, row.id, present), worth(ground.scenario, row.id, outcome)) != 1:
            lines.say("child.stay_steady", **numbers)
        else:
            lines.say("child.stay_better", **numbers)


def _envy(ground: Ground, row: Child, lines: Lines) -> None:
    members = ground.unit_of(row.id).members
    for claim in ground.plan.envy:
        if claim.child in members:
            place = Thing("class", claim.class_)
            lines.say("child.claim", class_=place, week=claim.week, reason=Word("envy", claim.reason))
