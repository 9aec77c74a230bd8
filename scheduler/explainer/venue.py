"""How a venue is used, week by week."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from scheduler.explainer import obstacles
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Explanation, Line, Lines, Thing, Word, by_weeks
from scheduler.explainer.shortfall import without_reliefs
from scheduler.explainer.shortfall.telling import tell_offers
from scheduler.explainer.use import seats_at, waiting_at


def explain_venue(ground: Ground, venue: str) -> Explanation:
    """A venue's classes, its children at once, its waiting lists and its unfilled posts."""
    lines = Lines()
    row = ground.scenario.venue[venue]
    lines.say("venue.mode", mode=Word("mode", row.mode))
    if row.capacity is not None:
        lines.say("venue.capacity", most=row.capacity)
    if row.only_for:
        lines.say("venue.only_for", employers=row.only_for)
    if row.reserved_for:
        lines.say("venue.reserved_for", employers=row.reserved_for)
    if not ground.scenario.classes_at(venue):
        lines.say("venue.no_class")
    for weeks, told in by_weeks(ground.scenario.weeks, lambda week: _week(ground, venue, week)):
        lines.add(told, weeks=weeks)
    if any(gap.venue == venue for gap in ground.plan.gaps):
        tell_offers(lines, ground.scenario, without_reliefs(ground).at(venue))
    return Explanation(Line("venue.title", {"venue": Thing("venue", venue)}), lines.done())


def _week(ground: Ground, venue: str, week: str) -> tuple[Line, ...]:
    """A venue's week: children at once against its room, its classes, who was turned away, adults missing."""
    lines = Lines()
    classes = ground.scenario.classes_at(venue)
    children = sum(len(ground.plan.children_in(row.id, week)) for row in classes)
    capacity = ground.scenario.venue[venue].capacity
    at_once = ground.at_once(venue, week)
    seats = seats_at(ground, venue, week)
    lines.say("venue.week", n=children, seats=seats, free=max(0, seats - children), at_once=at_once)
    if capacity is not None and at_once >= capacity:
        lines.say("venue.full", 1, most=capacity)
    elif capacity is not None:
        lines.say("venue.room", 1, most=capacity, n=capacity - at_once)
    for row in classes:
        waiting = len(ground.queue(row.id, week))
        if (row.id, week) in ground.plan.running:
            taken = len(ground.plan.children_in(row.id, week))
            own = ground.scenario.seats(row.id)
            free = max(0, own - taken)
            thing = Thing("class", row.id)
            lines.say("venue.class", 1, class_=thing, n=taken, seats=own, free=free, waiting=waiting)
        else:
            lines.say("venue.class_idle", 1, class_=Thing("class", row.id), waiting=waiting)
            for reason in obstacles.idleness(ground, row.id, week):
                lines.say(f"why.{reason.id}", 2, **{**reason.parameters, "class": Thing("class", row.id)})
    _turned_away(ground, venue, week, lines)
    _gaps(ground, venue, week, lines)
    return lines.done()


def _turned_away(ground: Ground, venue: str, week: str, lines: Lines) -> None:
    """The children who would rather be here, by their standing; those ordered by points together."""
    waiting = waiting_at(ground, venue, week)
    if not waiting:
        return
    nothing = sum(ground.plan.class_of(child, week) is None for child in waiting)
    lines.say("venue.turned", 1, n=len(waiting), nothing=nothing)
    by_standing = sorted(waiting, key=lambda child: ground.standing(child, venue))
    stands = [ground.stand(child, venue) for child in by_standing]
    points = [stand.points for stand in stands if stand.form == "points"]
    if points:
        lines.say("venue.turned_points", 2, n=len(points), low=min(points), high=max(points))
    others = (replace(stand, draw="") for stand in stands if stand.form != "points")
    for stand, n in Counter(others).items():
        lines.say("venue.turned_by", 2, stand=stand, n=n)


def _gaps(ground: Ground, venue: str, week: str, lines: Lines) -> None:
    missing: Counter[str] = Counter()
    for gap in ground.plan.gaps:
        known = gap.date in ground.scenario.day and ground.scenario.week_of(gap.date) == week
        if known and gap.venue == venue:
            missing[gap.need] += gap.missing
    for need, n in sorted(missing.items()):
        lines.say("venue.gaps", 1, need=need, n=n)
