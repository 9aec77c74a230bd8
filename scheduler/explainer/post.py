"""Who is on a post, what it asks, and why nobody else is there."""

from __future__ import annotations

from collections import Counter
from math import inf

from scheduler.domain.demand import Ask, class_asks, venue_asks
from scheduler.domain.plan import Duty
from scheduler.domain.programme import runs_on, trip_of
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Explanation, Line, Lines, Thing, Word, things
from scheduler.explainer.refs import Ref
from scheduler.explainer.shortfall import vacancies_of
from scheduler.explainer.shortfall.telling import tell_reason
from scheduler.explainer.trials import Trial, try_duty

NEAREST_TOLD = 8
"""Most candidates whose reasons are told one by one."""
ABLE_TOLD = 20
"""Most candidates without an obstacle that are told."""


def explain_post(ground: Ground, ref: Ref) -> Explanation:
    """A post: who is there, what is asked and missing, who could be there, and what stops the others."""
    assert ref.date is not None
    lines = Lines()
    if ref.role == "specialist":
        _sessions(ground, ref, lines)
    else:
        _asked(ground, ref, lines)
        here = _here(ground, ref, lines)
        _why_unfilled(ground, ref, lines)
        if _runs(ground, ref):
            _candidates(ground, ref, here, lines)
        else:
            lines.say("post.not_running")
    kind = "class" if ref.id in ground.scenario.class_ else "venue"
    parameters = {
        "place": Thing(kind, ref.id),
        "date": ref.date,
        "shift": ref.shift,
        "role": Word("role", ref.role),
    }
    return Explanation(Line("post.title", parameters), lines.done())


def _venue(ground: Ground, ref: Ref) -> str:
    row = ground.scenario.class_.get(ref.id)
    return row.venue if row else ref.id


def _at_venue(ground: Ground, ref: Ref) -> bool:
    """Whether the post is one of the venue's, not of a class."""
    return ref.role == "site" or ref.id not in ground.scenario.class_


def _runs(ground: Ground, ref: Ref) -> bool:
    assert ref.date is not None
    if not _at_venue(ground, ref):
        return ref.shift in runs_on(ground.scenario, ground.plan, ref.id, ref.date)
    classes = ground.scenario.classes_at(_venue(ground, ref))
    return any(ref.shift in runs_on(ground.scenario, ground.plan, row.id, ref.date) for row in classes)


def _asks(ground: Ground, ref: Ref) -> tuple[Ask, ...]:
    assert ref.date is not None
    if not _runs(ground, ref):
        return ()
    if _at_venue(ground, ref):
        return venue_asks(ground.scenario, ground.plan, _venue(ground, ref), ref.date, ref.shift)
    return class_asks(ground.scenario, ground.plan, ref.id, ref.date, ref.shift)


def _asked(ground: Ground, ref: Ref, lines: Lines) -> None:
    assert ref.date is not None
    if not _at_venue(ground, ref):
        outing = trip_of(ground.scenario, ground.plan, ref.id, ref.date, ref.shift)
        if outing is not None:
            lines.say("post.trip", trip=Thing("trip", outing.trip))
        n = len(ground.plan.children_in(ref.id, ground.scenario.week_of(ref.date)))
        lines.say("post.children", n=n)
    asks = [ask for ask in _asks(ground, ref) if ref.role in ask.roles]
    for ask in asks:
        lines.say(
            "post.ask_qualified" if ask.qualification else "post.ask",
            need=ask.need,
            n=ask.number,
            roles=tuple(Word("role", role) for role in ask.roles),
            strength=Word("strength", ask.strength),
            **({"qualification": ask.qualification} if ask.qualification else {}),
        )
    if not asks and _runs(ground, ref):
        lines.say("post.no_ask")
    place = None if _at_venue(ground, ref) else ref.id
    for gap in ground.plan.gaps:
        where = (gap.class_, gap.venue, gap.date, gap.shift)
        if where == (place, _venue(ground, ref), ref.date, ref.shift):
            lines.say("post.gap", need=gap.need, n=gap.missing)


def _why_unfilled(ground: Ground, ref: Ref, lines: Lines) -> None:
    """For each ask of this role that is not met: the reason that nobody is there."""
    place = None if _at_venue(ground, ref) else ref.id
    for row in vacancies_of(ground, (place, _venue(ground, ref)), (ref.date, ref.shift)):
        if ref.role in row.roles:
            lines.say("post.unfilled", need=row.need, n=row.missing)
            tell_reason(lines, row, 1)


def _here(ground: Ground, ref: Ref, lines: Lines) -> frozenset[str]:
    """Tell who is on duty, and give those of the role asked about."""
    found = []
    for duty in ground.plan.duties:
        same = (duty.date, duty.shift, duty.venue) == (ref.date, ref.shift, _venue(ground, ref))
        if same and duty.class_ == (None if _at_venue(ground, ref) else ref.id):
            found.append(duty)
    for duty in sorted(found, key=lambda duty: (duty.role != ref.role, duty.role, duty.person)):
        lines.say("post.on_duty", person=Thing("person", duty.person), role=Word("role", duty.role))
    if not found:
        lines.say("post.nobody")
    return frozenset(duty.person for duty in found)


def _candidates(ground: Ground, ref: Ref, here: frozenset[str], lines: Lines) -> None:
    trials = trials_for(ground, ref, here)
    able = [trial for trial in trials if not trial.blockers]
    barred = [trial for trial in trials if trial.blockers]
    lines.say("post.candidates", n=len(trials), able=len(able))
    if able:
        told = [trial.who for trial in able[:ABLE_TOLD]]
        lines.say("post.able", 1, people=things("person", told))
    if len(able) > ABLE_TOLD:
        lines.say("more", 1, n=len(able) - ABLE_TOLD)
    if not barred:
        return
    tell_rules(barred, lines)
    lines.say("post.nearest")
    for trial in barred[:NEAREST_TOLD]:
        who = Thing("person", trial.who)
        if trial.km is None:
            lines.say("post.candidate", 1, person=who)
        else:
            lines.say("post.candidate_km", 1, person=who, km=trial.km)
        for found in trial.blockers:
            lines.say("why.rule", 2, violation=found)


def trials_for(ground: Ground, ref: Ref, here: frozenset[str] = frozenset()) -> list[Trial]:
    """Everybody with the role who is not there, those with the fewest rules against them first."""
    assert ref.date is not None
    trials = []
    for row in ground.scenario.person.values():
        if ref.role in row.roles and row.id not in here:
            duty = Duty(
                person=row.id,
                role=ref.role,
                class_=None if _at_venue(ground, ref) else ref.id,
                venue=_venue(ground, ref),
                date=ref.date,
                shift=ref.shift,
            )
            trials.append(try_duty(ground, duty))
    return sorted(trials, key=_nearness)


def _nearness(trial: Trial) -> tuple[int, float, str]:
    """Fewest rules first, then the shortest way; an unknown way is the longest."""
    return (len(trial.rules), inf if trial.km is None else trial.km, trial.who)


def tell_rules(trials: list[Trial], lines: Lines) -> None:
    """How many of those that cannot be are stopped by each rule; one may be stopped by several."""
    if trials:
        lines.say("barred")
    counts = Counter(rule for trial in trials for rule in trial.rules)
    for rule, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        lines.say("by_rule", 1, n=n, rule=Word("rule", rule))


def _sessions(ground: Ground, ref: Ref, lines: Lines) -> None:
    """Specialists are no duty: they come for sessions."""
    assert ref.date is not None
    lines.say("post.specialists")
    for row in ground.plan.sessions_of(ref.id, ref.date):
        period = ground.scenario.period.get(row.period)
        if period is not None and period.shift == ref.shift:
            teacher = Thing("person", row.teacher) if row.teacher else None
            lines.say(
                "post.session", 1, course=Thing("course", row.course), period=row.period, teacher=teacher
            )
