"""What would have given a child something better."""

from __future__ import annotations

from scheduler.domain.choices import position
from scheduler.domain.tables import Child, Class
from scheduler.explainer import obstacles
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import ClassWeek, Lines, Thing, things
from scheduler.explainer.wishes import better_options, elsewhere, known_seats, of_free_seat, stays

CLASSES_TOLD = 8
"""Most classes of one week that are told."""
OFFERS_TOLD = 5
"""Most other classes with a free seat that are told."""

FULL = {"full", "venue_full"}


def changes(ground: Ground, row: Child, lines: Lines) -> None:
    """More seats, more children for a class that is too small, other choices, another stay."""
    found = Lines()
    for week in ground.scenario.wanted_weeks(row.id):
        for option in better_options(ground, row.id, week)[:CLASSES_TOLD]:
            _of_seat(ground, row, option, week, found)
        if ground.plan.class_of(row.id, week) is None:
            offers = elsewhere(ground, row, week)[:OFFERS_TOLD]
            if offers:
                found.say("change.elsewhere", 1, week=week, classes=things("class", offers))
    if stays(ground, row):
        for venue in dict.fromkeys(option.venue for option, _ in ground.options(row.id)):
            _of_stay(ground, row, venue, found)
    if found.done():
        lines.say("change.title")
        for line in found.done():
            lines.say(line.id, line.depth, **line.parameters)


def _of_seat(ground: Ground, row: Child, option: Class, week: str, found: Lines) -> None:
    reasons = obstacles.to_seat(ground, row.id, option.id, week)
    ids = {reason.id for reason in reasons}
    where = {"class": Thing("class", option.id), "week": week}
    n = ground.waits_at(row.id, option.id, week) or 1
    if not ids:
        if any(reason.id == "stay" for reason in of_free_seat(ground, row, option, week)):
            found.say("change.by_week", 1, **where)
    elif ids == {"too_few"}:
        found.say("change.children", 1, short=reasons[0].parameters["short"], **where)
    elif not ids <= FULL or _elsewhere_bound(ground, row, option):
        return
    elif ids == {"full"}:
        found.say("change.seats", 1, n=n, **where)
    elif ids == {"venue_full"}:
        found.say("change.venue", 1, n=n, venue=Thing("venue", option.venue), week=week)
    else:
        found.say("change.seats_and_venue", 1, n=n, venue=Thing("venue", option.venue), **where)


def _elsewhere_bound(ground: Ground, row: Child, option: Class) -> bool:
    """Whether one seat of a week does not help, since the child stays at one venue for several weeks."""
    if not stays(ground, row):
        return False
    here = {ground.scenario.class_[class_].venue for class_ in known_seats(ground, row.id).values()}
    return bool(here - {option.venue}) or row.stay == "whole"


def _of_stay(ground: Ground, row: Child, venue: str, found: Lines) -> None:
    """The seats a whole stay at another venue would have needed."""
    scenario, present = ground.scenario, known_seats(ground, row.id)
    if venue in {scenario.class_[class_].venue for class_ in present.values()}:
        return
    if not present and row.stay == "steady":
        return
    seats: list[ClassWeek] = []
    free = 0
    for week in scenario.wanted_weeks(row.id):
        best = _reachable(ground, row, venue, week)
        if best is not None and best[1]:
            seats.append(ClassWeek(best[0], week))
        free += best is not None and not best[1]
    short = _weeks_asked(ground, row, venue) - free
    if 0 < short <= len(seats):
        found.say("change.stay", 1, venue=Thing("venue", venue), seats=tuple(seats[:short]))


def _reachable(ground: Ground, row: Child, venue: str, week: str) -> tuple[str, bool] | None:
    """A class of a venue that is free in a week, or that only lacks a seat (then true)."""
    lacking = None
    for option, _ in ground.options(row.id):
        if option.venue != venue:
            continue
        ids = {reason.id for reason in obstacles.to_seat(ground, row.id, option.id, week)}
        if not ids:
            return option.id, False
        if ids <= FULL and lacking is None:
            lacking = option.id
    return None if lacking is None else (lacking, True)


def _weeks_asked(ground: Ground, row: Child, venue: str) -> int:
    """How many weeks at a venue would be better than what the child has."""
    scenario, present = ground.scenario, known_seats(ground, row.id)
    if row.stay == "whole" or not present:
        return len(scenario.wanted_weeks(row.id))
    there = min(place for option, place in ground.options(row.id) if option.venue == venue)
    now = min(position(row, scenario.class_[class_]) or 0 for class_ in present.values())
    return len(present) + (there >= now)
