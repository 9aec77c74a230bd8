"""Why a class holds whom it holds, week by week."""

from __future__ import annotations

from collections import Counter

from scheduler.domain.called_off import called_off
from scheduler.domain.demand import Ask, class_asks
from scheduler.domain.plan import Gap
from scheduler.domain.programme import ages_in, runs_on, suits
from scheduler.domain.tables import Class, Lock
from scheduler.explainer import obstacles
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Aside, Explanation, Line, Lines, Span, Thing, Word, by_weeks
from scheduler.rules.shortage import Shortages

QUEUE_TOLD = 15
"""Most places of a waiting list that are told."""

OF_RUNNING = ("duty", "session", "trip")
"""Kinds of locks that ask for something only where their class runs."""


def explain_class(ground: Ground, class_: str) -> Explanation:
    """A class's weeks: children by standing, seats, waiting list, adults, courses; or why it does not run."""
    lines = Lines()
    row = ground.scenario.class_[class_]
    _limits(ground, row, lines)
    for weeks, told in by_weeks(ground.scenario.weeks, lambda week: _week(ground, row, week)):
        lines.add(told, weeks=weeks)
    for weeks, told in by_weeks(ground.scenario.weeks, lambda week: _work(ground, row, week)):
        lines.say("class.work", weeks=weeks)
        lines.add(told)
    days = [
        day
        for class_week in ground.plan.running
        if class_week[0] == class_
        for day in ground.scenario.days_in(class_week[1])
    ]
    if days:
        lines.say("class.ask_day", id=class_, date=min(days))
    title = Line("class.title", {"class": Thing("class", class_), "venue": Thing("venue", row.venue)})
    return Explanation(title, lines.done())


def _limits(ground: Ground, row: Class, lines: Lines) -> None:
    lines.say("class.seats", seats=ground.scenario.seats(row.id), fewest=row.min_children)
    if row.min_age is not None or row.max_age is not None:
        lines.say("class.ages", span=Span(row.min_age, row.max_age))
    if row.min_grade is not None or row.max_grade is not None:
        lines.say("class.grades", span=Span(row.min_grade, row.max_grade))
    if row.optional:
        lines.say("class.optional")


def _week(ground: Ground, row: Class, week: str) -> tuple[Line, ...]:
    """Who sits in a class in a week, who waits; or why it does not run."""
    lines = Lines()
    if (row.id, week) in ground.plan.running:
        _seats(ground, row, week, lines)
    else:
        lines.say("class.not_run")
        for reason in obstacles.idleness(ground, row.id, week):
            lines.say(f"why.{reason.id}", 1, **{**reason.parameters, "class": Thing("class", row.id)})
        for lock in ground.scenario.lock.values():
            if lock.kind in OF_RUNNING and lock.class_ == row.id and _is_about(ground, lock, week):
                lines.say("class.idle_lock", 1, lock=lock.id, reason=Aside(lock.reason))
    _queue(ground, row, week, lines)
    return lines.done()


def _is_about(ground: Ground, lock: Lock, week: str) -> bool:
    """Whether a lock speaks of a week, by its week and day, or the days of its trip."""
    trip = ground.scenario.trip.get(lock.trip) if lock.trip else None
    dates = (lock.date,) if lock.date else trip.dates if trip else ground.scenario.days_in(week)
    in_week = (ground.scenario.week_of(day) == week for day in dates if day in ground.scenario.day)
    return lock.week in (None, week) and any(in_week)


def _seats(ground: Ground, row: Class, week: str, lines: Lines) -> None:
    seated, seats = ground.seated(row.id, week), ground.scenario.seats(row.id)
    lines.say("class.week", n=len(seated), seats=seats, free=max(0, seats - len(seated)))
    opened = ground.locks.opened.get((row.id, week), ())
    if opened:
        lines.say("class.locked_open", 1, lock=opened[0].id, reason=Aside(opened[0].reason))
    if len(seated) < row.min_children:
        lines.say("class.below", 1, short=row.min_children - len(seated), fewest=row.min_children)
    if seated:
        lines.say("class.children", 1)
    for child in seated:
        _child(ground, row, week, child, lines)
    full_venue = ground.fills_venue(row.id, week, 1)
    if full_venue is not None:
        most = ground.scenario.venue[row.venue].capacity
        lines.say("class.venue_full", 1, venue=Thing("venue", row.venue), n=full_venue, most=most)
    last = ground.cut_off(row.id, week)
    if last is not None and (len(seated) >= seats or full_venue is not None) and not ground.seats_first:
        lines.say("class.cut_off", 1, last=Thing("child", last), stand=ground.stand(last, row.venue))


def _work(ground: Ground, row: Class, week: str) -> tuple[Line, ...]:
    """The adults and courses of a class that runs."""
    lines = Lines()
    if (row.id, week) in ground.plan.running:
        _adults(ground, row, week, lines)
        _courses(ground, row, week, lines)
    return lines.done()


def _child(ground: Ground, row: Class, week: str, child: str, lines: Lines) -> None:
    stand = ground.stand(child, row.venue)
    locked = row.id in ground.locks.classes_for(child, week)
    id = "class.child_locked" if locked else "class.child"
    lines.say(id, 2, child=Thing("child", child), stand=stand, n=ground.position_in(child, week) or 0)


def _queue(ground: Ground, row: Class, week: str, lines: Lines) -> None:
    queue = ground.queue(row.id, week)
    if not queue:
        return
    lines.say("class.queue", 1, n=len(queue))
    for waiting in queue[:QUEUE_TOLD]:
        if waiting.child in ground.scenario.child:
            stand = ground.stand(waiting.child, row.venue)
            lines.say("class.waits", 2, n=waiting.position, child=Thing("child", waiting.child), stand=stand)
    if len(queue) > QUEUE_TOLD:
        lines.say("more", 2, n=len(queue) - QUEUE_TOLD)


def _adults(ground: Ground, row: Class, week: str, lines: Lines) -> None:
    """What the class asks for in its shifts of the week, and which posts are unfilled."""
    asked: Counter[tuple[Ask, str]] = Counter()
    for day in ground.scenario.days_in(week):
        for shift in runs_on(ground.scenario, ground.plan, row.id, day):
            for ask in class_asks(ground.scenario, ground.plan, row.id, day, shift):
                asked[ask, shift] += 1
    if asked:
        lines.say("class.needs", 1)
    order = {shift: number for number, shift in enumerate(ground.scenario.shift)}
    for (ask, shift), days in sorted(
        asked.items(), key=lambda pair: (order[pair[0][1]], pair[0][0].need, pair[0][0].number)
    ):
        lines.say(
            "class.ask",
            2,
            need=ask.need,
            n=ask.number,
            roles=tuple(Word("role", role) for role in ask.roles),
            strength=Word("strength", ask.strength),
            shift=shift,
            days=days,
        )
    gaps = ground.gaps_of(row.id, week)
    if gaps:
        lines.say("class.gaps", 1, n=sum(gap.missing for gap in gaps))
    elif asked:
        lines.say("class.no_gaps", 1)
    tell_gaps(gaps, lines, 2)


def tell_gaps(gaps: tuple[Gap, ...], lines: Lines, depth: int, told: int = 20) -> None:
    """Unfilled posts, one a line."""
    for gap in gaps[:told]:
        lines.say("gap", depth, need=gap.need, n=gap.missing, date=gap.date, shift=gap.shift)
    if len(gaps) > told:
        lines.say("more", depth, n=len(gaps) - told)


def _courses(ground: Ground, row: Class, week: str, lines: Lines) -> None:
    scenario, plan = ground.scenario, ground.plan
    days = scenario.days_in(week)
    held = Counter(session.course for day in days for session in plan.sessions_of(row.id, day))
    ages = ages_in(scenario, plan, row.id, week)
    known = {course: n for course, n in sorted(held.items()) if course in scenario.course}
    if known:
        lines.say("class.courses", 1)
    for name, n in known.items():
        lines.say("class.course", 2, course=Thing("course", name), n=n)
    shortages = Shortages(scenario, plan)
    for course in scenario.course.values():
        short = course.min_per_week - held[course.id]
        if short > 0 and suits(course, ages):
            lines.say("class.course_short", 2, course=Thing("course", course.id), short=short)
            lines.say("course.why_short", 3, why=shortages.why(row.id, week, course.id))
    for day in days:
        for outing in plan.outings_of(row.id, day):
            lines.say("class.trip", 2, trip=Thing("trip", outing.trip), date=day)
    for off in called_off(scenario, plan, row.id):
        if off.day in scenario.day and scenario.week_of(off.day) == week:
            cause, reason = Word("cause", off.cause), Aside(off.reason)
            lines.say(
                "class.trip_off", 2, trip=Thing("trip", off.trip), date=off.day, cause=cause, reason=reason
            )
