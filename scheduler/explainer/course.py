"""Where a course is held, who teaches it, and what keeps it from being held more."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from scheduler.domain.plan import Session
from scheduler.domain.programme import TeachingOffers, ages_in, joined, joint_key, suits
from scheduler.domain.tables import Course
from scheduler.explainer.gains import tell_gains, upper_gains, wishes_for
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Explanation, Line, Lines, Span, Thing
from scheduler.explainer.post import tell_rules
from scheduler.explainer.trials import slots
from scheduler.rules.lessons import meetings
from scheduler.rules.shortage import Shortages

SHORT_TRIED = 3
"""Most class-weeks short of a course whose slots are tried one by one."""
WITHOUT_TOLD = 8
"""Most class-weeks with children who go without that are told, those with most of them first."""
SLOTS_TRIED = 40
"""Most slots of such a class-week."""


def explain_course(ground: Ground, course: str) -> Explanation:
    """A course's sessions by class and week, its teachers and kits, and what binds."""
    lines = Lines()
    row = ground.scenario.course[course]
    _about(row, lines)
    short = _classes(ground, row, lines)
    _wishes(ground, row, lines)
    _teachers(ground, row, lines)
    _kits(ground, row, lines)
    _rooms(ground, row, lines)
    _binds(ground, row, short, lines)
    asked = (*(("half_day",) if row.teacher else ()), *(("kit",) if row.kits is not None else ()))
    tell_gains(lines, upper_gains(ground, (row,), kit=row), asked)
    return Explanation(Line("course.title", {"course": Thing("course", course)}), lines.done())


def _about(row: Course, lines: Lines) -> None:
    limits = {"fewest": row.min_per_week, "most": row.max_per_week}
    if row.max_per_season is None:
        lines.say("course.limits", **limits)
    else:
        lines.say("course.limits_season", season=row.max_per_season, **limits)
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
    """Sessions by class and week, and when; gives the class-weeks that have too few."""
    scenario, short = ground.scenario, []
    mine = [session for session in ground.plan.sessions if session.course == row.id]
    held: dict[tuple[str, str], list[Session]] = defaultdict(list)
    for session in sorted(mine, key=lambda session: (session.date, session.period)):
        held[session.class_, scenario.week_of(session.date)].append(session)
    together = meetings(scenario, mine)
    lines.say("course.sessions", n=len(together))
    joint = sum(len(rows) > 1 for rows in together)
    if joint:
        lines.say("course.joints", n=joint)
    shortages = Shortages(scenario, ground.plan)
    for class_, week in ((c.id, w) for c in scenario.class_.values() for w in scenario.weeks):
        if (class_, week) not in ground.plan.running:
            continue
        rows, where = held[class_, week], {"class": Thing("class", class_), "week": week}
        n, ages = len(rows), ages_in(scenario, ground.plan, class_, week)
        if not suits(row, ages):
            lines.say("course.unfit", 1, span=Span(ages[0], ages[-1]), **where)
        elif n < row.min_per_week:
            lines.say("course.short", 1, n=n, short=row.min_per_week - n, **where)
            lines.say("course.why_short", 2, why=shortages.why(class_, week, row.id))
            short.append((class_, week))
        else:
            lines.say("course.held", 1, n=n, **where)
            if not n and row.max_per_week != 0:
                short.append((class_, week))
        if rows and row.teacher:
            lines.say("course.times", 2, times=tuple(_time(ground, session) for session in rows))
    return short


def _time(ground: Ground, session: Session) -> Line:
    start = f"{ground.scenario.period[session.period].start:%H:%M}"
    if session.teacher is None:
        return Line("course.time", {"date": session.date, "start": start})
    teacher = Thing("person", session.teacher)
    id = "course.time_joint" if joined(ground.scenario, ground.plan, session) else "course.time_with"
    return Line(id, {"date": session.date, "start": start, "teacher": teacher})


def _wishes(ground: Ground, row: Course, lines: Lines) -> None:
    """The placed children who wish for it, who of them get it, and where the others are."""
    wishing, without = wishes_for(ground, row.id)
    if not wishing:
        return
    lines.say("course.wishes", n=len(wishing), served=len(wishing) - len(without), without=len(without))
    where = Counter(
        (class_, week) for child in without for week, class_ in ground.plan.weeks_of(child).items()
    )
    order = sorted(where, key=lambda key: (-where[key], key))
    shortages = Shortages(ground.scenario, ground.plan)
    for class_, week in order[:WITHOUT_TOLD]:
        lines.say("course.without", 1, n=where[class_, week], week=week, class_=Thing("class", class_))
        lines.say("course.why_short", 2, why=shortages.why(class_, week, row.id))
    if len(order) > WITHOUT_TOLD:
        lines.say("more", 1, n=len(order) - WITHOUT_TOLD)


def _teachers(ground: Ground, row: Course, lines: Lines) -> None:
    if not row.teacher:
        lines.say("course.no_teacher")
        return
    people = [person for person in ground.scenario.person.values() if row.id in person.courses]
    if not people:
        lines.say("course.nobody")
    offers = TeachingOffers(ground.scenario, ground.plan)
    for person in people:
        mine = meetings(ground.scenario, ground.plan.sessions_by(person.id))
        n = sum(rows[0].course == row.id for rows in mine)
        offered = offers.of(person.id)
        who = Thing("person", person.id)
        lines.say("course.teacher_share", person=who, n=n, all=len(mine), offered=offered)


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


def _rooms(ground: Ground, row: Course, lines: Lines) -> None:
    """The rooms that offer what it needs."""
    if row.room_feature:
        fitting = tuple(
            room.name or room.id
            for room in ground.scenario.room.values()
            if row.room_feature in room.features
        )
        id = "course.rooms" if fitting else "course.no_rooms"
        lines.say(id, feature=row.room_feature, rooms=fitting)


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
