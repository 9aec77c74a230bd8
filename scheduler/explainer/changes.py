"""What would have given a child something better, each line tried against the plan as it is."""

from __future__ import annotations

from scheduler.domain.tables import Child
from scheduler.explainer import obstacles
from scheduler.explainer.extra_seats import ExtraSeats, Relief
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Line, Lines, Thing, Word, by_weeks, class_weeks
from scheduler.explainer.what_if import Change, by_family, by_standing
from scheduler.explainer.wishes import better_options

CLASSES_TOLD = 8
"""Most classes of one week that are told."""
OFFERS_TOLD = 5
"""Most other venues with free seats that are told."""


def changes(ground: Ground, row: Child, lines: Lines) -> None:
    """More seats, more children for a class that is too small, another standing, other wishes."""
    found = Lines()
    for relief in ExtraSeats(ground, row.id).found():
        _more_seats(relief, found)
    _more_children(ground, row, found)
    for change in by_standing(ground, row):
        _otherwise(change, found)
    for change in told(list(by_family(ground, row))):
        _otherwise(change, found)
    if found.done():
        lines.say("change.title_seats" if ground.seats_first else "change.title")
        lines.add(found.done())
    elif row.id in ground.locks.children:
        lines.say("change.locked")
    elif not ground.has_claim(row.id) and _wants_more(ground, row):
        lines.say("change.nothing")


def told(changes: list[Change]) -> list[Change]:
    """The changes with no more other venues than are told."""
    named = [change for change in changes if change.about == "named"]
    return [change for change in changes if change.about != "named"] + named[:OFFERS_TOLD]


def _wants_more(ground: Ground, row: Child) -> bool:
    return any(better_options(ground, row.id, week) for week in ground.scenario.wanted_weeks(row.id))


def _more_seats(relief: Relief, found: Lines) -> None:
    id = "change.each" if relief.each and len(relief.seats) > 1 else "change.all"
    if len(relief.seats) == 1:
        id = "change.one"
    found.say(id, 1, extra=relief.extra, seats=class_weeks(relief.seats))
    if relief.ahead == 0:
        found.say("change.its_turn", 2)
    elif relief.ahead:
        found.say("change.behind", 2, n=relief.ahead)


def _more_children(ground: Ground, row: Child, found: Lines) -> None:
    """Classes that stay closed for want of children."""

    def of_week(week: str) -> tuple[Line, ...]:
        lines = Lines()
        for option in better_options(ground, row.id, week)[:CLASSES_TOLD]:
            for reason in obstacles.to_seat(ground, row.id, option.id, week):
                if reason.id == "too_few":
                    short = reason.parameters["short"]
                    lines.say("change.children", 1, class_=Thing("class", option.id), short=short)
        return lines.done()

    for weeks, lines in by_weeks(ground.scenario.wanted_weeks(row.id), of_week):
        for line in lines:
            found.say(line.id, line.depth, weeks=weeks, **line.parameters)


def _otherwise(change: Change, found: Lines) -> None:
    how = Word("how", "free" if change.free else "lower")
    given: dict[str, object] = {"seats": change.seats, "how": how}
    if change.about == "stay":
        given["stay"] = Word("stay", str(change.value))
    elif change.about == "named":
        given["venue"] = Thing("venue", str(change.value))
    elif change.about == "rank":
        given["rank"] = change.value
    elif change.about == "points":
        given["points"], given["venue"] = change.value, Thing("venue", change.venue)
    found.say(f"change.{change.about}", 1, **given)
