"""Why an adult works as much as the plan says, or not at all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from scheduler.domain.calendar import minutes
from scheduler.domain.plan import Duty, Gap
from scheduler.domain.tables import Person
from scheduler.domain.tables.staff import DUTY_ROLES
from scheduler.domain.work import Offers, Stint, offered, stints
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Explanation, Line, Lines, Thing, Word
from scheduler.explainer.post import tell_rules
from scheduler.explainer.shortfall import reliefs_of
from scheduler.explainer.shortfall.telling import tell_reliefs
from scheduler.explainer.specialist import tell_teaching
from scheduler.explainer.trials import qualification_of, roles_of, try_duty

LIKE = (0.8, 1.25)
"""Who offered between so many times as much counts as having offered as much."""
GAPS_TRIED = 200
"""Most unfilled posts on which a person is tried."""
POSTS_TOLD = 10
"""Most posts a person could fill that are told."""


def explain_person(ground: Ground, person: str) -> Explanation:
    """An adult's work against limits and offers, against others, and what keeps them from more."""
    lines = Lines()
    row = ground.scenario.person[person]
    _who(ground, row, lines)
    work = _once(stints(ground.scenario, ground.plan, person))
    _work(ground, row, work, lines)
    _limits(ground, row, work, lines)
    _share(ground, row, lines)
    _costs(ground, row, lines)
    tell_teaching(ground, row, lines)
    able = _able_at_all(ground, row, lines)
    if able:
        _open_posts(ground, row, lines)
    _reliefs(ground, row, lines)
    return Explanation(Line("person.title", {"person": Thing("person", person)}), lines.done())


def _who(ground: Ground, row: Person, lines: Lines) -> None:
    roles = tuple(Word("role", role) for role in row.roles)
    lines.say("person.who", kind=Word("kind", row.kind), roles=roles)
    if row.cleared_until is not None:
        lines.say("person.cleared", date=row.cleared_until)
    if row.courses:
        lines.say("person.teaches", courses=tuple(Thing("course", course) for course in row.courses))
    if row.venues:
        lines.say("person.venues", venues=tuple(Thing("venue", venue) for venue in row.venues))
    elif row.max_distance_km is not None:
        lines.say("person.distance", km=row.max_distance_km)


def _once(work: tuple[Stint, ...]) -> tuple[Stint, ...]:
    """A joint session is one: of the stints alike in all but the class the first."""
    seen: dict[tuple[object, ...], Stint] = {}
    for row in work:
        seen.setdefault((row.date, row.venue, row.start.id, row.end.id, row.is_duty), row)
    return tuple(seen.values())


# ---- what the plan gives ----------------------------------------------------------------------------


def _work(ground: Ground, row: Person, work: tuple[Stint, ...], lines: Lines) -> None:
    days = {stint.date for stint in work}
    shifts = {(stint.date, stint.shift) for stint in work}
    duties = sum(stint.is_duty for stint in work)
    lines.say("person.offered", n=offered(ground.scenario, ground.plan, row.id))
    lines.say("person.work", days=len(days), shifts=len(shifts), duties=duties, sessions=len(work) - duties)
    if work:
        hours, minutes_left = divmod(_minutes(work), 60)
        lines.say("person.hours", hours=f"{hours}:{minutes_left:02d}")
    for week in ground.scenario.weeks:
        _week(ground, row, week, lines)


def _minutes(work: tuple[Stint, ...]) -> int:
    """Minutes of work, those of a lesson within a duty counted once."""
    return len(
        {
            (stint.date, minute)
            for stint in work
            for minute in range(minutes(stint.start.start), minutes(stint.end.end))
        }
    )


def _week(ground: Ground, row: Person, week: str, lines: Lines) -> None:
    """Duties by class and role, sessions by class and course."""
    in_week = ground.scenario.days_in(week)
    duties = Counter(
        (duty.class_, duty.venue, duty.role) for duty in ground.plan.duties_of(row.id) if duty.date in in_week
    )
    for (class_, venue, role), n in sorted(duties.items(), key=lambda pair: (pair[0][0] or "", pair[0][1:])):
        place = Thing("class", class_) if class_ else Thing("venue", venue)
        lines.say("person.duties", 1, week=week, place=place, role=Word("role", role), n=n)
    sessions = Counter(
        (session.class_, session.course)
        for session in ground.plan.sessions_by(row.id)
        if session.date in in_week
    )
    for (class_, course), n in sorted(sessions.items()):
        lines.say(
            "person.sessions",
            1,
            week=week,
            class_=Thing("class", class_),
            course=Thing("course", course),
            n=n,
        )


def _limits(ground: Ground, row: Person, work: tuple[Stint, ...], lines: Lines) -> None:
    """Every limit beside the most that is used of it."""
    days: dict[date, set[str]] = defaultdict(set)
    sessions_a_day: Counter[date] = Counter()
    for stint in work:
        days[stint.date].add(stint.shift)
        sessions_a_day[stint.date] += not stint.is_duty
    days_a_week = Counter(ground.scenario.week_of(day) for day in days)
    sessions_a_week: Counter[str] = Counter()
    for day, n in sessions_a_day.items():
        sessions_a_week[ground.scenario.week_of(day)] += n
    used: tuple[tuple[str, int | None, int], ...] = (
        ("shifts_per_day", row.max_shifts_per_day, max((len(s) for s in days.values()), default=0)),
        ("days_per_week", row.max_days_per_week, max(days_a_week.values(), default=0)),
        ("days", row.max_days, len(days)),
        ("sessions_per_day", row.max_sessions_per_day, max(sessions_a_day.values(), default=0)),
        ("sessions_per_week", row.max_sessions_per_week, max(sessions_a_week.values(), default=0)),
    )
    for name, limit, most in used:
        if limit is not None:
            id = "person.limit_reached" if most >= limit else "person.limit"
            lines.say(id, limit=Word("limit", name), most=limit, n=most)
    if row.min_days:
        short = max(0, row.min_days - len(days))
        lines.say("person.min_days", fewest=row.min_days, n=len(days), short=short)


def _share(ground: Ground, row: Person, lines: Lines) -> None:
    """Shifts worked beside those of others of the same kind and role who offered about as much."""
    mine = offered(ground.scenario, ground.plan, row.id)
    if not mine:
        return
    worked, offers = {}, Offers(ground.scenario, ground.plan)
    for other in ground.scenario.person.values():
        if other.id == row.id or other.kind != row.kind or not set(other.roles) & set(row.roles):
            continue
        if LIKE[0] * mine <= len(offers.of(other.id)) <= LIKE[1] * mine:
            worked[other.id] = _shifts(ground, other.id)
    if not worked:
        lines.say("person.no_peers")
        return
    numbers = sorted(worked.values())
    lines.say(
        "person.share",
        peers=len(numbers),
        n=_shifts(ground, row.id),
        mean=round(sum(numbers) / len(numbers), 1),
        fewest=numbers[0],
        most=numbers[-1],
    )


def _costs(ground: Ground, row: Person, lines: Lines) -> None:
    """What the soft rules count of this person's work: shifts to avoid, long ways, lacking days and so on."""
    mine = f"person:{row.id}"
    amounts = {
        rule.id(): sum(
            found.amount for found in rule.check(ground.scenario, ground.plan) if mine in found.refs
        )
        for rule in ground.rulebook.of_stage("staffing", hard=False)
    }
    if any(amounts.values()):
        lines.say("person.costs")
    for rule, amount in amounts.items():
        if amount:
            lines.say("person.cost", 1, rule=Word("rule", rule), amount=amount, unit=Word("unit", rule))


def _shifts(ground: Ground, person: str) -> int:
    found = stints(ground.scenario, ground.plan, person)
    return len({(stint.date, stint.shift) for stint in found})


# ---- why none, why not more -------------------------------------------------------------------------


def _able_at_all(ground: Ground, row: Person, lines: Lines) -> bool:
    """Say what keeps a person from any work at all; true if nothing does."""
    scenario, days = ground.scenario, ground.scenario.open_days
    in_area = {
        class_
        for class_, _ in ground.plan.running
        if class_ in scenario.class_ and scenario.works_at(row.id, scenario.class_[class_].venue)
    }
    reasons = (
        ("person.never_cleared", row.cleared_until is None),
        ("person.expired", bool(days) and row.cleared_until is not None and row.cleared_until < days[0]),
        ("person.minor", bool(days) and all(scenario.is_minor(row.id, day) for day in days)),
        (
            "person.no_offer",
            not any(
                scenario.availability_of(row.id, day, shift) != "no"
                for day in days
                for shift in scenario.shift
            ),
        ),
        ("person.no_class", not in_area),
    )
    for id, holds in reasons:
        if holds:
            lines.say(id)
    return not any(holds for _, holds in reasons)


def _duties_for(ground: Ground, row: Person, gap: Gap) -> Iterator[Duty]:
    """The duty with which a person would fill a gap, if one of their roles does."""
    roles = [role for role in roles_of(ground, gap) if role in row.roles and role in DUTY_ROLES]
    wanted = qualification_of(ground, gap)
    if roles and (not wanted or wanted in row.qualifications):
        yield Duty(
            person=row.id, role=roles[0], class_=gap.class_, venue=gap.venue, date=gap.date, shift=gap.shift
        )


def _open_posts(ground: Ground, row: Person, lines: Lines) -> None:
    """The unfilled posts of the person's roles, and what keeps the person from them."""
    posts = dict.fromkeys(duty for gap in ground.plan.gaps for duty in _duties_for(ground, row, gap))
    trials = [(duty, try_duty(ground, duty)) for duty in list(posts)[:GAPS_TRIED]]
    could = [duty for duty, trial in trials if not trial.blockers]
    if not trials:
        if set(row.roles) & set(DUTY_ROLES):
            lines.say("person.no_gap")
        return
    lines.say("person.gaps", n=len(trials), able=len(could))
    for duty in could[:POSTS_TOLD]:
        place = Thing("class", duty.class_) if duty.class_ else Thing("venue", duty.venue)
        lines.say(
            "person.could", 1, place=place, date=duty.date, shift=duty.shift, role=Word("role", duty.role)
        )
    tell_rules([trial for _, trial in trials if trial.blockers], lines)


def _reliefs(ground: Ground, row: Person, lines: Lines) -> None:
    """What relaxing one of the person's limits would give."""
    if ground.plan.gaps and set(row.roles) & set(DUTY_ROLES):
        tell_reliefs(lines, reliefs_of(ground, row.id))
