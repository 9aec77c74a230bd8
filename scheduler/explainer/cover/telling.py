"""An absence told: what it leaves open, who could come, and what is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scheduler.domain.covering import Candidate, Filled, OpenGroup, Openings, OpenPost, Proposal
from scheduler.domain.plan import Duty, Session
from scheduler.domain.scenario import Scenario
from scheduler.explainer.cover.whens import lessons, shifts
from scheduler.explainer.lines import Explanation, Line, Lines, Thing, Word, things
from scheduler.explainer.shortfall.telling import tell_reason, tell_reliefs

CANDIDATES_TOLD = 5
"""Most candidates of a group that are told, the best first."""
WHOLE_TOLD = 3
"""Most people told who could take everything."""
REASONS_TOLD = 3
"""Most reasons told why nobody can take posts of a group."""
PEOPLE_TOLD = 6
"""Most people named whom one rule keeps away."""
RELIEFS_TOLD = 4
"""Most limits told that would help where nobody can come."""
PARTS_TOLD = 4
"""Most soft rules told of a difference, those that weigh most."""


def explain_cover(scenario: Scenario, found: Openings, proposal: Proposal) -> Explanation:
    """The whole answer: posts and candidates, the proposal, and the rows to add."""
    away, lines = found.absence, Lines()
    told = {"person": Thing("person", away.person), "first": away.from_, "last": away.to}
    title = Line("cover.title_end" if away.until_end else "cover.title", told)
    if not found.posts:
        lines.say("cover.nothing")
        _rows(found, lines)
        return Explanation(title, lines.done())
    duties = sum(post.kind == "duty" for post in found.posts)
    lines.say("cover.left", duties=duties, sessions=len(found.posts) - duties)
    for row in found.also_away:
        lines.say("cover.also_away", person=Thing("person", row.person), first=row.from_, last=row.to)
    for lock in found.locks:
        lines.say("cover.lock", lock=lock)
    if any(group.candidates for group in found.groups):
        lines.say("cover.order")
    by_number = {post.number: post for post in found.posts}
    for number, group in enumerate(found.groups, 1):
        _group(scenario, number, group, [by_number[one] for one in group.posts], lines)
    _whole(found, lines)
    tell_reliefs(lines, found.reliefs[:RELIEFS_TOLD])
    _proposal(scenario, found, proposal, lines)
    _rows(found, lines)
    return Explanation(title, lines.done())


# ---- a group of posts -----------------------------------------------------------------------------------


def _group(
    scenario: Scenario, number: int, group: OpenGroup, posts: Sequence[OpenPost], lines: Lines
) -> None:
    lines.say(
        "cover.duties" if group.kind == "duty" else "cover.sessions",
        number=number,
        n=len(posts),
        what=_what(group),
    )
    _when(scenario, posts, lines, 1)
    needless = [post for post in posts if not post.needed]
    if len(needless) == len(posts):
        lines.say("cover.needless", 1)
        return
    if needless:
        lines.say("cover.needless_some", 1, times=_times(scenario, needless))
    needed = [post for post in posts if post.needed]
    for rank, row in enumerate(group.candidates[:CANDIDATES_TOLD], 1):
        lines.say(
            "cover.candidate",
            1,
            rank=rank,
            person=Thing("person", row.person),
            facts=tuple(_facts(row, group, len(needed))),
        )
        if len(row.takes) < len(needed):
            lines.say("cover.part", 2, times=_times(scenario, [p for p in needed if p.number in row.takes]))
    if len(group.candidates) > CANDIDATES_TOLD:
        lines.say("cover.more", 1, n=len(group.candidates) - CANDIDATES_TOLD)
    _nobody(scenario, group, [post for post in posts if post.number in group.uncovered], lines)


def _what(group: OpenGroup) -> Line:
    """The posts of a group in words: a role at a place, or a course at a venue."""
    if group.kind == "session":
        told = {"course": Thing("course", group.course or ""), "venue": Thing("venue", group.venue)}
        return Line("cover.what.course", told)
    place = Thing("class", group.class_) if group.class_ else Thing("venue", group.venue)
    parameters: dict[str, object] = {"role": Word("role", group.role), "place": place}
    if group.trip:
        return Line("cover.what.trip", {**parameters, "trip": Thing("trip", group.trip)})
    return Line("cover.what.role", parameters)


def _facts(row: Candidate, group: OpenGroup, of: int) -> Iterable[Line]:
    """What speaks for and against somebody, in short words."""
    if of > 1:
        id = "all" if len(row.takes) == of else "some"
        yield Line(f"cover.fact.{id}", {"n": len(row.takes), "of": of})
    roles = tuple(dict.fromkeys(role for role in row.roles if role != group.role))
    if roles:
        yield Line("cover.fact.role", {"roles": tuple(Word("role", role) for role in roles)})
    known = "week" if row.known_in_week else "known" if row.known else "new"
    yield Line(f"cover.fact.{known}", {"n": row.known})
    if row.km is not None:
        yield Line("cover.fact.km", {"km": row.km})
    load = "sessions" if group.kind == "session" else "shifts"
    yield Line(f"cover.fact.{load}", {"n": row.taken, "of": row.offered})
    for id, n in (("prefers", row.prefers), ("avoids", row.avoids)):
        if n:
            yield Line(f"cover.fact.{id}" if n < len(row.takes) else f"cover.fact.{id}_all", {"n": n})
    if row.cost is not None:
        yield Line("cover.fact.cost", {"cost": f"{row.cost:+g}"})


def _nobody(scenario: Scenario, group: OpenGroup, posts: Sequence[OpenPost], lines: Lines) -> None:
    """Posts nobody can take: why, and what would have to move."""
    if not posts:
        return
    could = {number for row in group.candidates for number in row.takes}
    if any(post.number in could for post in posts):
        lines.say("cover.nobody_as", 1, role=Word("role", group.role), times=_times(scenario, posts))
    elif group.uncovered == group.posts:
        lines.say("cover.nobody", 1)
    else:
        lines.say("cover.nobody_then", 1, times=_times(scenario, posts))
    seen: set[str] = set()
    for vacancy in sorted(group.why, key=lambda row: not row.must):
        if vacancy.reason not in seen and len(seen) < REASONS_TOLD:
            seen.add(vacancy.reason)
            if vacancy.reason == "role":
                lines.say("cover.nobody_else", 2)
            else:
                tell_reason(lines, vacancy, 2)
    for barred in group.against:
        people: tuple[object, ...] = things("person", list(barred.people[:PEOPLE_TOLD]))
        if len(barred.people) > PEOPLE_TOLD:
            people = (*people, Line("cover.people_more", {"n": len(barred.people) - PEOPLE_TOLD}))
        lines.say("cover.barred", 2, people=people, rule=Word("rule", barred.rule))
    if group.kind == "session" and not group.against:
        lines.say("cover.no_specialist", 2)
    _moves(scenario, group, lines)


def _moves(scenario: Scenario, group: OpenGroup, lines: Lines) -> None:
    """What would have to move for posts nobody can take."""
    for row in group.switches[:REASONS_TOLD]:
        lines.say(
            "cover.switch",
            2,
            comes=Thing("person", row.comes.person),
            there=_place(row.leaves),
            instead=Thing("person", row.instead.person),
            times=_duty_times(row.comes),
            cost=f"{row.cost:+g}",
        )
    for other in group.other_times:
        lines.say(
            "cover.other_time" if other.instead_of else "cover.other_time_free",
            2,
            class_=Thing("class", other.session.class_),
            date=other.session.date,
            start=f"{scenario.period[other.session.period].start:%H:%M}",
            teacher=Thing("person", other.session.teacher) if other.session.teacher else None,
            displaced=things("course", [row.course for row in other.instead_of]),
        )


def _whole(found: Openings, lines: Lines) -> None:
    """Who could take everything, so that nobody else need be asked."""
    if len(found.groups) < 2 or not any(post.needed for post in found.posts):
        return
    if not found.whole:
        lines.say("cover.whole_nobody")
    for row in found.whole[:WHOLE_TOLD]:
        lines.say("cover.whole", person=Thing("person", row.person), cost=f"{row.cost or 0:+g}")


# ---- the proposal -----------------------------------------------------------------------------------------


def _proposal(scenario: Scenario, found: Openings, proposal: Proposal, lines: Lines) -> None:
    lines.say("cover.proposal")
    posts = {post.number: post for post in found.posts}
    group_of = {number: i for i, group in enumerate(found.groups, 1) for number in group.posts}
    sizes = {i: len(group.posts) for i, group in enumerate(found.groups, 1)}
    could = {number for group in found.groups for row in group.candidates for number in row.takes}
    alike: dict[tuple[object, ...], list[tuple[OpenPost, Filled]]] = {}
    for row in proposal.filled:
        post = posts[row.post]
        needed_elsewhere = row.outcome in ("gap", "dropped") and row.post in could
        key = (row.outcome, row.person, row.role, group_of[row.post], needed_elsewhere, row.missing > 0)
        alike.setdefault(key, []).append((post, row))
    order = ("taken", "gap", "dropped", "not_needed")
    for same in sorted(alike.values(), key=lambda rows: order.index(rows[0][1].outcome)):
        number = group_of[same[0][0].number]
        all_of = number if len(same) == sizes[number] > 1 else None
        _tell_filled(scenario, [post for post, _ in same], same[0][1], all_of, lines)
        if same[0][1].outcome == "taken" and same[0][1].missing:
            n, must = sum(row.missing for _, row in same), sum(row.must for _, row in same)
            lines.say("cover.still_missing", 2, n=n, must=must)
        if same[0][1].outcome in ("gap", "dropped") and same[0][0].number in could:
            lines.say("cover.elsewhere", 2)
    _others(scenario, found, proposal, lines)
    _figures(proposal, lines)


def _others(scenario: Scenario, found: Openings, proposal: Proposal, lines: Lines) -> None:
    """The sessions of others that change too, and locks that name nobody, but ask for what stays open."""
    for row in proposal.dropped:
        lines.say("cover.dropped_too", 1, **_lesson(row))
    for row in proposal.moved:
        room = row.room or scenario.class_[row.class_].room
        lines.say("cover.moved", 1, **_lesson(row), room=room)
    for lock in proposal.broken_locks:
        if lock not in found.locks:
            lines.say("cover.lock_open", 1, lock=lock)


def _lesson(row: Session) -> dict[str, object]:
    course, class_ = Thing("course", row.course), Thing("class", row.class_)
    return {"course": course, "class_": class_, "date": row.date}


def _tell_filled(
    scenario: Scenario, posts: Sequence[OpenPost], row: Filled, all_of: int | None, lines: Lines
) -> None:
    """Posts with the same outcome; all of a group by its number, for its times stand above."""
    first = posts[0]
    place = Thing("class", first.classes[0]) if first.classes else Thing("venue", first.venue)
    what = Line("cover.what.role", {"role": Word("role", row.role or first.role), "place": place})
    if first.kind == "session":
        course, venue = Thing("course", first.course or ""), Thing("venue", first.venue)
        what = Line("cover.what.course", {"course": course, "venue": venue})
    who = Thing("person", row.person) if row.person else None
    all_times = (Line("cover.all_of", {"number": all_of, "n": len(posts)}),)
    times = _times(scenario, posts) if all_of is None else all_times
    lines.say(f"cover.{row.outcome}", 1, person=who, what=what, times=times)


def _figures(proposal: Proposal, lines: Lines) -> None:
    lines.say(
        "cover.missing",
        1,
        before=proposal.gaps_before,
        after=proposal.gaps,
        must_before=proposal.must_before,
        must=proposal.must,
    )
    dearest = sorted(proposal.costs, key=lambda rule: -abs(proposal.costs[rule]))[:PARTS_TOLD]
    parts = tuple(
        Line("cover.cost_part", {"cost": f"{proposal.costs[rule]:+g}", "rule": Word("rule", rule)})
        for rule in dearest
    )
    lines.say("cover.cost" if parts else "cover.cost_none", 1, cost=f"{proposal.cost:+g}")
    for part in parts:
        lines.say(part.id, 2, **part.parameters)
    lines.say("cover.proven" if proposal.proven else "cover.unproven", 1)
    if any(row.outcome in ("gap", "dropped") or row.missing for row in proposal.filled):
        lines.say("cover.solve", 1)


def _rows(found: Openings, lines: Lines) -> None:
    """The rows that keep it so in later solves."""
    lines.say("cover.rows" if found.posts else "cover.rows_alone")
    for row in found.statements:
        lines.say("cover.row", 1, person=row.person, first=row.from_, last=row.to)


# ---- times ------------------------------------------------------------------------------------------------


def _when(scenario: Scenario, posts: Sequence[OpenPost], lines: Lines, depth: int) -> None:
    lines.say("cover.when", depth, times=_times(scenario, posts))


def _times(scenario: Scenario, posts: Sequence[OpenPost]) -> tuple[Line, ...]:
    if posts and posts[0].kind == "session":
        return lessons(scenario, posts)
    return shifts(scenario, [(post.date, post.shift) for post in posts])


def _duty_times(row: Duty) -> Line:
    weekday = Word("weekday", str(row.date.isoweekday()))
    return Line("cover.day", {"date": row.date, "weekday": weekday, "shifts": (row.shift,)})


def _place(row: Duty) -> Thing:
    return Thing("class", row.class_) if row.class_ else Thing("venue", row.venue)
