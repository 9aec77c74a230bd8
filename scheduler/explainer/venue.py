"""How a venue is used, week by week."""

from __future__ import annotations

from collections import Counter

from scheduler.explainer import obstacles
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Explanation, Line, Lines, Thing, Word


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
    for week in ground.scenario.weeks:
        _week(ground, venue, week, lines)
    return Explanation(Line("venue.title", {"venue": Thing("venue", venue)}), lines.done())


def _week(ground: Ground, venue: str, week: str, lines: Lines) -> None:
    classes = ground.scenario.classes_at(venue)
    children = sum(len(ground.plan.children_in(row.id, week)) for row in classes)
    capacity = ground.scenario.venue[venue].capacity
    at_once = ground.at_once(venue, week)
    lines.say("venue.week", week=week, n=children, at_once=at_once)
    if capacity is not None and at_once >= capacity:
        lines.say("venue.full", 1, most=capacity)
    for row in classes:
        waiting = len(ground.queue(row.id, week))
        if (row.id, week) in ground.plan.running:
            taken = len(ground.plan.children_in(row.id, week))
            seats = ground.scenario.seats(row.id)
            lines.say("venue.class", 1, class_=Thing("class", row.id), n=taken, seats=seats, waiting=waiting)
        else:
            lines.say("venue.class_idle", 1, class_=Thing("class", row.id), waiting=waiting)
            for reason in obstacles.idleness(ground, row.id, week):
                lines.say(f"why.{reason.id}", 2, **{**reason.parameters, "class": Thing("class", row.id)})
    _gaps(ground, venue, week, lines)


def _gaps(ground: Ground, venue: str, week: str, lines: Lines) -> None:
    missing: Counter[str] = Counter()
    for gap in ground.plan.gaps:
        known = gap.date in ground.scenario.day and ground.scenario.week_of(gap.date) == week
        if known and gap.venue == venue:
            missing[gap.need] += gap.missing
    for need, n in sorted(missing.items()):
        lines.say("venue.gaps", 1, need=need, n=n)
