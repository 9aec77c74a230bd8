"""Why a child got what it got, in words fit for a letter: nothing of any other child enters here.

Reasons that lie with other people (who may not be in one class, locks, bound children) are all told by one
neutral sentence, so that nobody can be read out of them; numbers of other children are never told.
"""

from __future__ import annotations

from dataclasses import replace

from scheduler.domain.tables import Child, Class
from scheduler.explainer import obstacles
from scheduler.explainer.changes import CLASSES_TOLD, told
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Explanation, Line, Lines, Stand, Thing, Word, by_weeks, things
from scheduler.explainer.what_if import Change, by_family
from scheduler.explainer.wishes import better_options, of_free_seat, waits

LISTS_TOLD = 10
"""Most places in waiting lists that a letter tells."""

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
    "idle": "not_run",
    "nobody_fits": "not_run",
    "idle_wanted": "not_run",
    "withheld": "not_run",
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
        _result(ground, row, lines)
        _waiting(ground, row, lines)
        _order(ground, row, lines)
        _help(ground, row, lines)
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


def _result(ground: Ground, row: Child, lines: Lines) -> None:
    """What the child got, week by week, and in a few words why nothing better."""
    lines.say("family.got")
    for weeks, alike in by_weeks(ground.scenario.weeks, lambda week: _week(ground, row, week)):
        lines.add(alike, weeks=weeks)
    if any(claim.child in ground.unit_of(row.id).members for claim in ground.plan.envy):
        lines.say("family.claim")
    if row.id in ground.locks.children:
        lines.say("family.by_hand")


def _week(ground: Ground, row: Child, week: str) -> tuple[Line, ...]:
    lines = Lines()
    class_ = ground.plan.class_of(row.id, week)
    wanted = week in ground.scenario.wanted_weeks(row.id)
    if class_ is not None:
        place = ground.position_in(row.id, week)
        id = "family.seat" if place else "family.seat_any"
        lines.say(id, 1, class_=Thing("class", class_), **({"n": place} if place else {}))
    elif wanted:
        lines.say("family.nothing", 1)
    if wanted and week in ground.past:
        lines.say("family.begun", 2)
    elif wanted:
        _why_not(ground, row, week, lines)
    return lines.done()


def _why_not(ground: Ground, row: Child, week: str, lines: Lines) -> None:
    if not ground.options(row.id):
        lines.say("family.no_option", 2)
    by_reason: dict[str, list[str]] = {}
    for option in better_options(ground, row.id, week):
        by_reason.setdefault(_reason(ground, row, option, week), []).append(option.id)
    for reason, classes in by_reason.items():
        lines.say(f"family.why.{reason}", 2, classes=things("class", classes[:CLASSES_TOLD]))
        if len(classes) > CLASSES_TOLD:
            lines.say("family.more_classes", 2, n=len(classes) - CLASSES_TOLD)


def _reason(ground: Ground, row: Child, option: Class, week: str) -> str:
    """The one reason told of a class: that of the first obstacle the family may hear."""
    found = obstacles.to_seat(ground, row.id, option.id, week)
    found = found or tuple(of_free_seat(ground, row, option, week))
    return next((PLAIN[reason.id] for reason in found if reason.id in PLAIN), "rules")


# ---- the order, the lists, and what can be done -------------------------------------------------------


def _order(ground: Ground, row: Child, lines: Lines) -> None:
    """How places were given, the child's own standing, and its draw where draws decide.

    Children bound together stand by the best of them: whose standing that is, is not told.
    """
    settings = ground.scenario.settings
    lines.say("family.order_seats" if ground.seats_first else "family.order_fair")
    if not ground.seats_first:
        _standing(ground, row, lines)
        if settings.ties == "places":
            lines.say("family.equals", 1)
        if _wants_better(ground, row) and _nobody_behind(ground, row):
            lines.say("family.assured", 1)
    if settings.ties == "draw":
        recipe = f"{settings.lottery_seed}|{settings.season}|{row.id}"
        lines.say("family.draw", 1, draw=ground.scenario.draws[row.id], recipe=recipe)


def _standing(ground: Ground, row: Child, lines: Lines) -> None:
    if len(ground.unit_of(row.id).members) > 1:
        lines.say("family.stand_together", 1)
        return
    stands: dict[Stand, list[str]] = {}
    for venue in dict.fromkeys(option.venue for option, _ in ground.options(row.id)):
        stands.setdefault(replace(ground.stand(row.id, venue), draw=""), []).append(venue)
    if len(stands) == 1:
        lines.say("family.stand", 1, stand=next(iter(stands)))
    else:
        for stand, venues in stands.items():
            lines.say("family.stand_at", 1, venues=things("venue", venues[:CLASSES_TOLD]), stand=stand)
    if stands:
        lines.say("family.stand_means", 1)


def _wants_better(ground: Ground, row: Child) -> bool:
    return any(better_options(ground, row.id, week) for week in ground.scenario.wanted_weeks(row.id))


def _nobody_behind(ground: Ground, row: Child) -> bool:
    """Whether in no class that the child would rather be in anybody stands behind it: it may be told so."""
    return not any(
        ground.below(row.id, option.id, week)
        for week in ground.scenario.wanted_weeks(row.id)
        for option in better_options(ground, row.id, week)
    )


def _waiting(ground: Ground, row: Child, lines: Lines) -> None:
    found = waits(ground, row.id, ("class", "n"))
    if not found:
        return
    lines.say("family.waiting")
    for weeks, line in found[:LISTS_TOLD]:
        lines.say("family.waits", 1, weeks=weeks, **line.parameters)
    if len(found) > LISTS_TOLD:
        lines.say("family.more_lists", 1, n=len(found) - LISTS_TOLD)
    lines.say("family.waiting_means", 1)


def _help(ground: Ground, row: Child, lines: Lines) -> None:
    """What the family can do now: take or return the place, wish otherwise where seats are free, and whom to
    ask. Seats that somebody else holds are never offered."""
    lines.say("family.now")
    if ground.plan.weeks_of(row.id):
        lines.say("family.accept", 1)
    for change in told([change for change in by_family(ground, row) if change.free]):
        lines.say(f"family.change.{change.about}", 1, **_filled(change))
    lines.say("family.close", 1)
    for venue in _contacts(ground, row):
        lines.say("family.contact", 2, venue=Thing("venue", venue), contact=_reach(ground, venue))


def _filled(change: Change) -> dict[str, object]:
    found: dict[str, object] = {"seats": change.seats}
    if change.about == "stay":
        found["stay"] = Word("stay", str(change.value))
    return found


def _contacts(ground: Ground, row: Child) -> list[str]:
    """The venues where the child is, else that of its first choice; those that name somebody."""
    scenario = ground.scenario
    placed = [scenario.class_[class_].venue for class_ in ground.plan.weeks_of(row.id).values()]
    wished = [option.venue for option, _ in ground.options(row.id)][:1]
    return [venue for venue in dict.fromkeys(placed or wished) if _reach(ground, venue)]


def _reach(ground: Ground, venue: str) -> tuple[str, ...]:
    found = ground.scenario.venue[venue]
    return tuple(part for part in (found.contact, found.phone) if part)
