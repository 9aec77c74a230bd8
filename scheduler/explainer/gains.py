"""What one more half-day of a specialist, or one more kit, could give at most: reckoned, not solved."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from scheduler.domain.programme import ages_in, joint_key, runs_on, suits
from scheduler.domain.tables import Course
from scheduler.domain.teaching_gain import Extra, TeachingGain
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Explanation, Lines, Thing, Word, things
from scheduler.explainer.refs import Ref
from scheduler.rules.shortage import Shortages


@dataclass(frozen=True)
class UpperGain:
    """At most so much: sessions, wishes met, sessions fewer short, cost saved.

    `kind` is `half_day` (at one venue, in one week) or `kit` (of one course, anywhere; `venue` and `week` are
    where it is wanted most).
    """

    kind: str
    courses: tuple[str, ...]
    sessions: int
    wishes: int
    short: int
    cost: float
    venue: str = ""
    week: str = ""

    @property
    def extra(self) -> Extra:
        """What would have to be added to try it."""
        kind: Literal["half_day", "kit"] = "kit" if self.kind == "kit" else "half_day"
        return Extra(kind, self.courses, self.venue, self.week)


@dataclass(frozen=True)
class _Worth:
    """What one more session of a course is worth to a class-week, at most."""

    cost: float
    wishes: int
    short: int
    course: str


def wishes_for(ground: Ground, course: str) -> tuple[frozenset[str], frozenset[str]]:
    """The placed children who wish for a course, and those of them who never get it."""
    taught = _taught(ground)
    wishing = {
        child
        for child in {row.child for row in ground.plan.placements}
        if course in ground.scenario.child[child].interests
    }
    without = {
        child
        for child in wishing
        if not any((class_, week, course) in taught for week, class_ in ground.plan.weeks_of(child).items())
    }
    return frozenset(wishing), frozenset(without)


def _taught(ground: Ground) -> frozenset[tuple[str, str, str]]:
    return frozenset(
        (row.class_, ground.scenario.week_of(row.date), row.course) for row in ground.plan.sessions
    )


def upper_gains(
    ground: Ground, courses: Iterable[Course], kit: Course | None = None
) -> tuple[UpperGain, ...]:
    """The best half-day of somebody who teaches these courses, and one more kit of one of them; none for
    courses that need no teacher, none for kits without a limit."""
    rows = [row for row in courses if row.teacher]
    worths = _worths(ground, [*rows, *([kit] if kit is not None and kit not in rows else [])])
    found = []
    if rows:
        found.append(_half_day(ground, rows, worths))
    if kit is not None and kit.kits is not None:
        found.append(_kit(ground, kit, worths))
    return tuple(gain for gain in found if gain is not None)


def _half_day(
    ground: Ground, rows: list[Course], worths: dict[tuple[str, str], list[_Worth]]
) -> UpperGain | None:
    """The half-day at the venue and in the week where it is worth most; each class has it once a day."""
    ids = {row.id for row in rows}
    room = _periods(ground) // min(row.length for row in rows)
    best: UpperGain | None = None
    for venue in ground.scenario.venue:
        classes = {row.id for row in ground.scenario.classes_at(venue)}
        for week in ground.scenario.weeks:
            each = [
                max((one for one in given if one.course in ids), key=lambda one: one.cost, default=None)
                for (class_, held), given in worths.items()
                if class_ in classes and held == week
            ]
            gain = _summed("half_day", rows, [one for one in each if one is not None], room, venue, week)
            if gain is not None and (best is None or gain.cost > best.cost):
                best = gain
    return best


def _kit(ground: Ground, row: Course, worths: dict[tuple[str, str], list[_Worth]]) -> UpperGain | None:
    """One more session wherever all kits are in use, of the class-weeks to which it is worth most."""
    in_use: dict[tuple[date, str], set[tuple[str, ...]]] = defaultdict(set)
    for session in ground.plan.sessions:
        if session.course == row.id:
            for period in ground.scenario.block(session.period, row.length) or ():
                in_use[session.date, period.id].add(joint_key(ground.scenario, session))
    used_up = sum(len(keys) >= (row.kits or 0) for keys in in_use.values())
    if row.kits == 0:
        used_up = sum(len(given) for given in worths.values())
    here = [
        (one, class_, week) for (class_, week), rows in worths.items() for one in rows if one.course == row.id
    ]
    if not here:
        return None
    _, class_, week = max(here, key=lambda item: item[0].cost)
    venue = ground.scenario.class_[class_].venue
    given = [one for one, _, _ in here]
    return _summed("kit", [row], given, -(-used_up // row.length), venue, week)


def _summed(
    kind: str, rows: list[Course], given: list[_Worth], most: int, venue: str = "", week: str = ""
) -> UpperGain | None:
    dearest = sorted(given, key=lambda one: -one.cost)[:most]
    if not any(one.wishes or one.short for one in dearest):
        return None
    return UpperGain(
        kind,
        tuple(row.id for row in rows),
        len(dearest),
        sum(one.wishes for one in dearest),
        sum(one.short for one in dearest),
        round(sum(one.cost for one in dearest), 2),
        venue,
        week,
    )


def _periods(ground: Ground) -> int:
    """Course periods of the longest shift."""
    held = Counter(row.shift for row in ground.scenario.periods if row.kind == "course")
    return max(held.values(), default=0)


def _worths(ground: Ground, rows: list[Course]) -> dict[tuple[str, str], list[_Worth]]:
    """For each running class-week what one more session of each course could be worth: open wishes (and
    children without any), sessions short, and an empty period filled; nothing that it costs is taken off."""
    weights = {rule.id(): ground.rulebook.weight(rule) for rule in ground.rulebook.rules if not rule.hard}
    nothing = {
        child
        for found in ground.rulebook.by_id["no_wish_served"].check(ground.scenario, ground.plan)
        for child in (str(found.parameters["child"]),)
    }
    held = Counter(
        (row.class_, ground.scenario.week_of(row.date), row.course) for row in ground.plan.sessions
    )
    found: dict[tuple[str, str], list[_Worth]] = defaultdict(list)
    shortages = Shortages(ground.scenario, ground.plan)
    for row in rows:
        _, without = wishes_for(ground, row.id)
        for class_, week in sorted(ground.plan.running):
            if not suits(row, ages_in(ground.scenario, ground.plan, class_, week)):
                continue
            ruled_out = shortages.ruled_out(class_, row)
            if ruled_out is not None and ruled_out.id not in ("shortage.nobody", "shortage.no_kit"):
                continue
            n = held[class_, week, row.id]
            if row.max_per_week is not None and n >= row.max_per_week:
                continue
            open_wishes = without & set(ground.plan.children_in(class_, week))
            short = int(n < row.min_per_week)
            cost = weights["interests"] * len(open_wishes)
            cost += weights["no_wish_served"] * len(open_wishes & nothing)
            cost += weights["minimum_sessions"] * short
            cost += weights["empty_periods"] * row.length * _has_empty(ground, class_, week)
            if open_wishes or short:
                found[class_, week].append(_Worth(cost, len(open_wishes), short, row.id))
    return found


def _has_empty(ground: Ground, class_: str, week: str) -> bool:
    """Whether a class has fewer periods in sessions than it has course periods."""
    scenario, plan = ground.scenario, ground.plan
    by_shift = Counter(row.shift for row in scenario.periods if row.kind == "course")
    for day in scenario.days_in(week):
        periods = sum(by_shift[shift] for shift in runs_on(scenario, plan, class_, day))
        sessions = plan.sessions_of(class_, day)
        if sum(scenario.course[row.course].length for row in sessions) < periods:
            return True
    return False


def tell_gains(lines: Lines, gains: tuple[UpperGain, ...], asked: tuple[str, ...]) -> None:
    """The estimates of the kinds asked for, and how to have them tried."""
    for kind in asked:
        if kind not in {gain.kind for gain in gains}:
            lines.say("gain.nothing_kit" if kind == "kit" else "gain.nothing")
    for gain in gains:
        told = {
            "courses": things("course", gain.courses),
            "sessions": gain.sessions,
            "wishes": gain.wishes,
            "short": gain.short,
            "cost": f"{gain.cost:g}",
        }
        if gain.kind == "kit":
            lines.say("gain.upper_kit", **told)
        else:
            lines.say("gain.upper", week=gain.week, venue=Thing("venue", gain.venue), **told)
    if gains:
        lines.say("gain.ask")


def extras_for(ground: Ground, meant: Ref) -> tuple[Extra, ...]:
    """What could be tried for a course or a specialist; nothing for anything else."""
    scenario = ground.scenario
    if meant.kind == "course":
        row = scenario.course[meant.id]
        return tuple(gain.extra for gain in upper_gains(ground, (row,), kit=row))
    if meant.kind == "person" and "specialist" in scenario.person[meant.id].roles:
        courses = [scenario.course[id] for id in scenario.person[meant.id].courses if id in scenario.course]
        return tuple(gain.extra for gain in upper_gains(ground, courses))
    return ()


def with_gains(found: Explanation, tried: tuple[TeachingGain | None, ...]) -> Explanation:
    """An explanation with what was tried, instead of how to ask for it."""
    lines = Lines()
    for gain in tried:
        if gain is None:
            lines.say("gain.no_time")
        else:
            _tried(gain, lines)
    kept = tuple(line for line in found.lines if not (tried and line.id == "gain.ask"))
    return Explanation(found.title, (*kept, *lines.done()))


def _tried(gain: TeachingGain, lines: Lines) -> None:
    told = {
        "courses": things("course", gain.extra.courses),
        "venue": Thing("venue", gain.extra.venue),
        "week": gain.extra.week,
        "cost": f"{gain.cost:g}",
        "proven": Word("proof", "proven" if gain.proven else "unproven"),
    }
    if gain.extra.kind == "kit":
        lines.say("gain.tried_kit", **told)
    else:
        lines.say("gain.tried_half_day", date=gain.day, shift=gain.shift, **told)
    for rule, change in sorted(gain.changes.items()):
        lines.say("gain.change", 1, rule=Word("rule", rule), n=f"{change:+d}", unit=Word("unit", rule))
