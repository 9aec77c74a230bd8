"""Why a child got what it got, in words fit for a letter: nothing of any other child enters here.

Reasons that lie with other people (who may not be in one class, locks, bound children) are all told by one
neutral sentence, so that nobody can be read out of them; numbers of other children are never told.
"""

from __future__ import annotations

from scheduler.domain.tables import Child, Class
from scheduler.explainer import obstacles
from scheduler.explainer.changes import OFFERS_TOLD
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Explanation, Line, Lines, Thing, Word, things
from scheduler.explainer.wishes import better_options, elsewhere, of_free_seat

PLAIN = {
    "age": "age",
    "grade": "age",
    "employer": "employer",
    "far": "far",
    "not_offered": "not_offered",
    "closed": "not_offered",
    "locked_shut": "not_run",
    "too_few": "not_run",
    "not_opened": "not_run",
    "not_carried": "not_run",
    "idle": "not_run",
    "full": "full",
    "venue_full": "full",
    "siblings_full": "siblings",
    "sibling_unfit": "siblings",
    "stay": "stay",
    "whole": "stay",
}
"""The reasons a family may hear, by obstacle; every other is told as `rules`."""


def explain_family(ground: Ground, child: str) -> Explanation:
    """A child's explanation for its own family."""
    lines = Lines()
    row = ground.scenario.child[child]
    title = Line("family.title", {"child": Thing("child", child)})
    if row.status == "withdrawn":
        lines.say("family.withdrawn")
    elif not row.consent:
        lines.say("family.no_consent")
    else:
        _asked(ground, row, lines)
        _weeks(ground, row, lines)
        _order(ground, row, lines)
        _help(ground, row, lines)
        lines.say("family.close")
    return Explanation(title, lines.done())


def _asked(ground: Ground, row: Child, lines: Lines) -> None:
    lines.say("family.asked")
    lines.say("family.weeks", 1, weeks=ground.scenario.wanted_weeks(row.id))
    for number, choice in enumerate(row.choices, 1):
        kind = "venue" if choice in ground.scenario.venue else "class"
        lines.say("family.choice", 1, n=number, choice=Thing(kind, choice))
    if not row.choices:
        lines.say("family.any_class", 1)
    if len(ground.scenario.wanted_weeks(row.id)) > 1:
        lines.say("family.stay", 1, stay=Word("stay", row.stay))


def _weeks(ground: Ground, row: Child, lines: Lines) -> None:
    lines.say("family.got")
    for week in ground.scenario.weeks:
        class_ = ground.plan.class_of(row.id, week)
        wanted = week in ground.scenario.wanted_weeks(row.id)
        if class_ is not None:
            place = ground.position_in(row.id, week)
            id = "family.seat" if place else "family.seat_any"
            lines.say(id, 1, week=week, class_=Thing("class", class_), **({"n": place} if place else {}))
        elif wanted:
            lines.say("family.nothing", 1, week=week)
        if wanted:
            _why_not(ground, row, week, lines)
            _waits(ground, row, week, lines)


def _why_not(ground: Ground, row: Child, week: str, lines: Lines) -> None:
    if not ground.options(row.id):
        lines.say("family.no_option", 2)
    by_reason: dict[str, list[str]] = {}
    for option in better_options(ground, row.id, week):
        by_reason.setdefault(_reason(ground, row, option, week), []).append(option.id)
    for reason, classes in by_reason.items():
        lines.say(f"family.why.{reason}", 2, classes=things("class", classes))


def _reason(ground: Ground, row: Child, option: Class, week: str) -> str:
    """The one reason told of a class: that of the first obstacle the family may hear."""
    found = obstacles.to_seat(ground, row.id, option.id, week)
    found = found or tuple(of_free_seat(ground, row, option, week))
    return next((PLAIN[reason.id] for reason in found if reason.id in PLAIN), "rules")


def _waits(ground: Ground, row: Child, week: str, lines: Lines) -> None:
    for class_ in ground.scenario.class_:
        position = ground.waits_at(row.id, class_, week)
        if position is not None:
            lines.say("family.waits", 2, class_=Thing("class", class_), n=position)


def _order(ground: Ground, row: Child, lines: Lines) -> None:
    """How places were given, and the child's own draw where draws decide."""
    settings = ground.scenario.settings
    lines.say("family.order_seats" if settings.policy == "seats" else "family.order_fair")
    if settings.ties == "draw":
        recipe = f"{settings.lottery_seed}|{settings.season}|{row.id}"
        lines.say("family.draw", 1, draw=ground.scenario.draws[row.id], recipe=recipe)


def _help(ground: Ground, row: Child, lines: Lines) -> None:
    for week in ground.scenario.wanted_weeks(row.id):
        if ground.plan.class_of(row.id, week) is None:
            offers = elsewhere(ground, row, week)[:OFFERS_TOLD]
            if offers:
                lines.say("family.elsewhere", week=week, classes=things("class", offers))
