"""Why a class's day is as it is: what it does, why, and why nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.domain.called_off import called_off
from scheduler.domain.plan import Session
from scheduler.domain.programme import ages_in, joined, runs_on, suits, trip_of
from scheduler.domain.tables import Course, Period
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Aside, Explanation, Line, Lines, Span, Thing, Word, things
from scheduler.explainer.obstacles import idleness
from scheduler.explainer.swaps import Choice, Swap, choice
from scheduler.explainer.trials import Trial
from scheduler.rules.lessons import periods_of

RULES_TOLD = 3
"""Most rules that are told against a course, those that stop most of its slots first."""


def explain_day(ground: Ground, class_: str, day: date) -> Explanation:
    """A class's day, slot by slot, and every course it does not have then, with what stands against it."""
    lines = Lines()
    week = ground.scenario.week_of(day)
    if (class_, week) not in ground.plan.running:
        lines.say("day.not_run", week=week)
        for reason in idleness(ground, class_, week):
            lines.say(f"why.{reason.id}", 1, **{**reason.parameters, "class": Thing("class", class_)})
    elif not ground.scenario.day[day].open:
        lines.say("day.closed", reason=Aside(ground.scenario.day[day].note))
    else:
        _closed_shifts(ground, class_, day, lines)
        _trips(ground, class_, day, lines)
        _slots(ground, class_, day, lines)
        _others(ground, class_, day, lines)
    parameters = {"class": Thing("class", class_), "date": day, "week": week}
    return Explanation(Line("day.title", parameters), lines.done())


def _closed_shifts(ground: Ground, class_: str, day: date, lines: Lines) -> None:
    row = ground.scenario.class_[class_]
    for shift in ground.scenario.shifts_of(class_):
        closure = ground.scenario.closed(day, shift, venue=row.venue, room=row.room, class_=class_)
        if closure is not None:
            lines.say("day.shift_closed", shift=shift, reason=Aside(closure.reason))


def _trips(ground: Ground, class_: str, day: date, lines: Lines) -> None:
    """The trip the class is on, and those it would have gone on but for a closure or a lock."""
    for outing in ground.plan.outings_of(class_, day):
        seats = sum(seat.children + seat.adults for seat in outing.seating)
        buses = tuple(str(seat.bus) for seat in outing.seating)
        id = "day.trip_bus" if buses else "day.trip"
        lines.say(id, trip=Thing("trip", outing.trip), buses=buses, seats=seats)
    for row in called_off(ground.scenario, ground.plan, class_):
        if row.day == day:
            lines.say(
                "day.trip_off" if row.stays else "day.trip_off_closed",
                trip=Thing("trip", row.trip),
                cause=Word("cause", row.cause),
                reason=Aside(row.reason),
            )
            if row.instead:
                lines.say("day.trip_instead", 1, dates=row.instead)


# ---- what it does -----------------------------------------------------------------------------------


def _here(ground: Ground, class_: str, day: date) -> tuple[str, ...]:
    """The shifts in which the class is at its venue."""
    held = runs_on(ground.scenario, ground.plan, class_, day)
    return tuple(s for s in held if trip_of(ground.scenario, ground.plan, class_, day, s) is None)


def _slots(ground: Ground, class_: str, day: date, lines: Lines) -> None:
    shifts, sessions = _here(ground, class_, day), ground.plan.sessions_of(class_, day)
    covered: set[str] = set()
    begins = {row.period: row for row in sessions}
    for row in sessions:
        covered |= {period.id for period in periods_of(ground.scenario, row)}
    for period in ground.scenario.period.values():
        if period.shift not in shifts or period.kind != "course":
            continue
        if period.id in begins:
            _session(ground, begins[period.id], lines)
        elif period.id not in covered:
            lines.say("day.homeroom", **_time(period, period))


def _time(first: Period, last: Period) -> dict[str, object]:
    return {"period": first.id, "start": f"{first.start:%H:%M}", "end": f"{last.end:%H:%M}"}


def _session(ground: Ground, row: Session, lines: Lines) -> None:
    """A session with teacher, room and who joins, and what speaks for it."""
    block = periods_of(ground.scenario, row)
    who = Thing("person", row.teacher) if row.teacher else None
    id = "day.session" if who else "day.session_alone"
    lines.say(id, course=Thing("course", row.course), teacher=who, **_time(block[0], block[-1]))
    if row.room is not None:
        lines.say("day.room", 1, room=row.room)
    others = joined(ground.scenario, ground.plan, row)
    if others:
        lines.say("day.joint", 1, classes=things("class", others))
    _reasons(ground, row, lines)


def _reasons(ground: Ground, row: Session, lines: Lines) -> None:
    scenario, plan, course = ground.scenario, ground.plan, ground.scenario.course[row.course]
    week = scenario.week_of(row.date)
    children = [child for child in plan.children_in(row.class_, week) if child in scenario.child]
    wishing = [child for child in children if row.course in scenario.child[child].interests]
    if wishing:
        lines.say("day.wished", 1, n=len(wishing), all=len(children))
    had = sum(
        other.course == row.course
        for day in scenario.days_in(week)
        for other in plan.sessions_of(row.class_, day)
    )
    if course.min_per_week:
        lines.say("day.minimum", 1, n=had, least=course.min_per_week)
    for lock in scenario.lock.values():
        meant = lock.kind == "session" and lock.class_ in (None, row.class_) and lock.course == row.course
        if meant and lock.date in (None, row.date) and lock.period in (None, row.period):
            lines.say("day.locked", 1, lock=lock.id, reason=Aside(lock.reason))


# ---- why nothing else -------------------------------------------------------------------------------


def _others(ground: Ground, class_: str, day: date, lines: Lines) -> None:
    """Every course the class does not have that day: the cheapest way to have it, or what bars it."""
    week = ground.scenario.week_of(day)
    ages = ages_in(ground.scenario, ground.plan, class_, week)
    had = {row.course for row in ground.plan.sessions_of(class_, day)}
    absent = [course for course in ground.scenario.course.values() if course.id not in had]
    if not absent or not _here(ground, class_, day):
        return
    lines.say("day.others")
    for course in absent:
        if not suits(course, ages):
            span = Span(ages[0], ages[-1])
            lines.say("day.unfit", 1, course=Thing("course", course.id), span=span)
        else:
            _absent(ground, course, choice(ground, class_, day, course), lines)


def _absent(ground: Ground, course: Course, found: Choice, lines: Lines) -> None:
    thing = Thing("course", course.id)
    if found.best is not None:
        _could(ground, found.best, lines)
    elif not found.barred:
        lines.say("day.no_block", 1, course=thing, n=course.length)
    else:
        lines.say("day.barred", 1, course=thing, n=len(found.barred))
        for trial, n in _by_rule(found.barred):
            lines.say("day.barred_by", 2, n=n, violation=trial.blockers[0])


def _by_rule(barred: tuple[Trial, ...]) -> Iterator[tuple[Trial, int]]:
    """For each first obstacle one slot with it, and in how many slots it is the first."""
    firsts: dict[str, list[Trial]] = {}
    for trial in barred:
        firsts.setdefault(trial.blockers[0].rule, []).append(trial)
    for _, trials in sorted(firsts.items(), key=lambda item: (-len(item[1]), item[0]))[:RULES_TOLD]:
        yield trials[0], len(trials)


def _could(ground: Ground, swap: Swap, lines: Lines) -> None:
    """A session that could be held: what it would displace, and what it would cost."""
    block = periods_of(ground.scenario, swap.session)
    displaced = tuple(Thing("course", row.course) for row in swap.instead_of)
    told = {
        "course": Thing("course", swap.session.course),
        "displaced": displaced,
        "cost": f"{abs(swap.cost):g}",
        "parts": swap.parts(ground),
        **_time(block[0], block[-1]),
    }
    kind = "dearer" if swap.cost > 0 else "cheaper" if swap.cost < 0 else "equal"
    lines.say(f"day.could_{kind}" if displaced else f"day.could_fill_{kind}", 1, **told)
