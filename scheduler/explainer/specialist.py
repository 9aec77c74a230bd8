"""A specialist: the route day by day, the share against others, and why no more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from scheduler.domain.plan import Session
from scheduler.domain.programme import TeachingOffers
from scheduler.domain.tables import Person
from scheduler.explainer.gains import tell_gains, upper_gains
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Line, Lines, Thing, things
from scheduler.rules.lessons import meetings, periods_of, shift_of


def tell_teaching(ground: Ground, row: Person, lines: Lines) -> None:
    """What a specialist gives of what was offered, beside others, where, and what keeps them from more."""
    if "specialist" not in row.roles or not row.courses:
        return
    given = meetings(ground.scenario, ground.plan.sessions_by(row.id))
    offers = TeachingOffers(ground.scenario, ground.plan)
    offered = offers.of(row.id)
    lines.say("specialist.offered", n=offered, given=len(given), share=_percent(len(given), offered))
    _peers(ground, row, offers, lines)
    _route(ground, given, lines)
    _why_no_more(ground, row, given, offers, lines)
    courses = [ground.scenario.course[id] for id in row.courses if id in ground.scenario.course]
    tell_gains(lines, upper_gains(ground, courses), ("half_day",))


def _percent(given: int, offered: int) -> str:
    return f"{given / offered:.0%}" if offered else "–"


def _peers(ground: Ground, row: Person, offers: TeachingOffers, lines: Lines) -> None:
    """The shares of those who teach any of the same courses."""
    shares = []
    for other in ground.scenario.person.values():
        if other.id != row.id and "specialist" in other.roles and set(other.courses) & set(row.courses):
            offered = offers.of(other.id)
            if offered:
                n = len(meetings(ground.scenario, ground.plan.sessions_by(other.id)))
                shares.append(n / offered)
    if not shares:
        lines.say("specialist.no_peers")
        return
    lines.say(
        "specialist.peers",
        peers=len(shares),
        mean=f"{sum(shares) / len(shares):.0%}",
        least=f"{min(shares):.0%}",
        most=f"{max(shares):.0%}",
    )


# ---- the route --------------------------------------------------------------------------------------


def _route(ground: Ground, given: tuple[tuple[Session, ...], ...], lines: Lines) -> None:
    """Day by day the sessions in order, with the ways between venues."""
    by_day: dict[date, list[tuple[Session, ...]]] = defaultdict(list)
    for rows in given:
        by_day[rows[0].date].append(rows)
    ways = 0
    told = []
    for day in sorted(by_day):
        stops = tuple(_stops(ground, by_day[day]))
        ways += sum(stop.id == "specialist.stop_way" for stop in stops)
        told.append((day, stops))
    if told:
        lines.say("specialist.visits", visits=len(told) + ways, ways=ways)
        lines.say("specialist.route")
    for day, stops in told:
        lines.say("specialist.day", 1, date=day, stops=stops)


def _stops(ground: Ground, today: list[tuple[Session, ...]]) -> Iterator[Line]:
    before: str | None = None
    for rows in sorted(today, key=lambda rows: ground.scenario.period[rows[0].period].start):
        one = rows[0]
        venue = ground.scenario.class_[one.class_].venue
        told = {
            "start": f"{ground.scenario.period[one.period].start:%H:%M}",
            "course": Thing("course", one.course),
            "venue": Thing("venue", venue),
            "classes": things("class", tuple(sorted(row.class_ for row in rows))),
        }
        if before in (None, venue):
            yield Line("specialist.stop", told)
        else:
            way = round(ground.scenario.travel_minutes(before, venue))
            yield Line("specialist.stop_way", {"minutes": way, **told})
        before = venue


# ---- why no more ------------------------------------------------------------------------------------


def _why_no_more(
    ground: Ground,
    row: Person,
    given: tuple[tuple[Session, ...], ...],
    offers: TeachingOffers,
    lines: Lines,
) -> None:
    """The season's days by what keeps the specialist from one more session."""
    sessions = [rows[0] for rows in given]
    found = Counter(_bar(ground, row, sessions, offers, day) for day in ground.scenario.open_days)
    lines.say("specialist.why")
    for id in ("off", "limit", "full", "left"):
        if found[id]:
            lines.say(f"specialist.day_{id}", 1, n=found[id])


def _bar(ground: Ground, row: Person, sessions: list[Session], offers: TeachingOffers, day: date) -> str:
    scenario = ground.scenario
    shifts = offers.shifts_of(row.id, day)
    if not shifts:
        return "off"
    today = [session for session in sessions if session.date == day]
    week = [s for s in sessions if scenario.week_of(s.date) == scenario.week_of(day)]
    days, in_week = {s.date for s in sessions}, {s.date for s in week}
    counts = (
        (len(today), row.max_sessions_per_day),
        (len(week), row.max_sessions_per_week),
        (len(in_week - {day}), row.max_days_per_week),
        (len(days - {day}), row.max_days),
    )
    if any(most is not None and n >= most for n, most in counts):
        return "limit"
    held = {shift_of(scenario, session) for session in today}
    if row.max_shifts_per_day is not None and len(held) >= row.max_shifts_per_day:
        shifts = tuple(shift for shift in shifts if shift in held)
    busy = {period.id for session in today for period in periods_of(scenario, session)}
    free = [period for period in scenario.periods if period.kind == "course" and period.shift in shifts]
    return "left" if any(period.id not in busy for period in free) else "full"
