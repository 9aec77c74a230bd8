"""Where a course is held, who teaches it, and what keeps it from being held more."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from scheduler.domain.programme import ages_in, joint_key, suits
from scheduler.domain.tables import Course
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Explanation, Line, Lines, Span, Thing
from scheduler.explainer.post import tell_rules
from scheduler.explainer.trials import slots

SHORT_TRIED = 3
"""Most class-weeks short of a course whose slots are tried one by one."""
SLOTS_TRIED = 40
"""Most slots of such a class-week."""


def explain_course(ground: Ground, course: str) -> Explanation:
    """A course's sessions by class and week, its teachers and kits, and what binds."""
    lines = Lines()
    row = ground.scenario.course[course]
    _about(row, lines)
    short = _classes(ground, row, lines)
    _teachers(ground, row, lines)
    _kits(ground, row, lines)
    _binds(ground, row, short, lines)
    return Explanation(Line("course.title", {"course": Thing("course", course)}), lines.done())


def _about(row: Course, lines: Lines) -> None:
    lines.say("course.limits", fewest=row.min_per_week, most=row.max_per_week, season=row.max_per_season)
    if row.min_age is not None or row.max_age is not None:
        lines.say("course.ages", span=Span(row.min_age, row.max_age))
    if row.length > 1:
        lines.say("course.length", n=row.length)
    if row.room_feature:
        lines.say("course.room", feature=row.room_feature)
    if row.after is not None:
        lines.say("course.after", course=Thing("course", row.after))
    if row.joint is not None:
        lines.say("course.joint", n=row.joint)


def _classes(ground: Ground, row: Course, lines: Lines) -> list[tuple[str, str]]:
    """Sessions by class and week; gives the class-weeks that have too few."""
    scenario, short = ground.scenario, []
    held = Counter(
        (session.class_, scenario.week_of(session.date))
        for session in ground.plan.sessions
        if session.course == row.id and session.date in scenario.day
    )
    lines.say("course.sessions", n=held.total())
    for class_, week in ((c.id, w) for c in scenario.class_.values() for w in scenario.weeks):
        if (class_, week) not in ground.plan.running:
            continue
        n, where = held[class_, week], {"class": Thing("class", class_), "week": week}
        if not suits(row, ages_in(scenario, ground.plan, class_, week)):
            ages = ages_in(scenario, ground.plan, class_, week)
            lines.say("course.unfit", 1, span=Span(ages[0], ages[-1]), **where)
        elif n < row.min_per_week:
            lines.say("course.short", 1, n=n, short=row.min_per_week - n, **where)
            short.append((class_, week))
        else:
            lines.say("course.held", 1, n=n, **where)
            if not n and row.max_per_week != 0:
                short.append((class_, week))
    return short


def _teachers(ground: Ground, row: Course, lines: Lines) -> None:
    if not row.teacher:
        lines.say("course.no_teacher")
        return
    people = [person for person in ground.scenario.person.values() if row.id in person.courses]
    if not people:
        lines.say("course.nobody")
    for person in people:
        mine = ground.plan.sessions_by(person.id)
        n = sum(session.course == row.id for session in mine)
        lines.say("course.teacher", person=Thing("person", person.id), n=n, all=len(mine))


def _kits(ground: Ground, row: Course, lines: Lines) -> None:
    """How many kits are in use at once at most; a joint session takes one."""
    if row.kits is None:
        return
    at_once: dict[tuple[date, str], set[tuple[str, ...]]] = defaultdict(set)
    for session in ground.plan.sessions:
        if session.course == row.id and session.period in ground.scenario.period:
            block = ground.scenario.block(session.period, row.length) or ()
            for period in block:
                at_once[session.date, period.id].add(joint_key(ground.scenario, session))
    most = max((len(keys) for keys in at_once.values()), default=0)
    lines.say("course.kits_used_up" if most >= row.kits else "course.kits", kits=row.kits, n=most)


def _binds(ground: Ground, row: Course, short: list[tuple[str, str]], lines: Lines) -> None:
    """For class-weeks that lack the course: what stands against each slot."""
    for class_, week in short[:SHORT_TRIED]:
        trials = list(slots(ground, row, class_, week, SLOTS_TRIED))
        free = sum(not trial.blockers for trial in trials)
        where = {"class": Thing("class", class_), "week": week}
        lines.say("course.slots", n=len(trials), free=free, **where)
        tell_rules([trial for trial in trials if trial.blockers], lines)
    if len(short) > SHORT_TRIED:
        lines.say("more", n=len(short) - SHORT_TRIED)
