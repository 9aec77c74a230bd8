"""Somebody is away: the posts left open, who could take them and why they, and what is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.domain.absence import Absence, Standins, last_day, locks_on, statements
from scheduler.domain.covering import Absentee, Candidate, OpenGroup, Openings, Statement
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.explainer.cover.outcome import proposal
from scheduler.explainer.cover.posts import Empty, Opened
from scheduler.explainer.cover.ranking import Ranking
from scheduler.explainer.cover.seekers import Offers, Seekers
from scheduler.explainer.cover.telling import explain_cover
from scheduler.explainer.cover.ways_out import WaysOut

LAST = 1000
"""The place of somebody who is no candidate of the group."""


@dataclass(frozen=True)
class Looked:
    """What an absence leaves open, and who could step in where."""

    openings: Openings
    standins: Standins


def posts_left(scenario: Scenario, plan: Plan, absence: Absence) -> Looked:
    """The posts an absence leaves open in a plan, the candidates of each ranked, and who could step in."""
    opened = Opened(scenario, plan, absence)
    seekers = Seekers(opened)
    offers = {one.post.number: seekers.of(one) for one in opened.empties}
    ranking = Ranking(opened, seekers)
    out = WaysOut(opened, ranking.costs)
    groups = tuple(_group(empties, offers, ranking, out) for empties in opened.groups().values())
    found = Openings(
        absence=Absentee.model_validate(
            {
                "person": absence.person,
                "from": absence.first,
                "to": absence.last,
                "until_end": absence.last == last_day(scenario),
            }
        ),
        also_away=tuple(
            row
            for row in plan.absences
            if row.person != absence.person and row.from_ <= absence.last and absence.first <= row.to
        ),
        posts=tuple(one.post for one in opened.empties),
        groups=groups,
        whole=_whole(opened, offers, ranking) if len(groups) > 1 else (),
        reliefs=out.reliefs([one for one in opened.empties if _is_open(one, offers)]),
        locks=tuple(row.id for row in locks_on(scenario, absence)),
        statements=tuple(
            Statement.model_validate({"person": row.person, "from": row.from_, "to": row.to})
            for row in statements(scenario, absence)
        ),
    )
    return Looked(found, _standins(opened, offers, groups))


def _group(empties: Sequence[Empty], offers: dict[int, Offers], ranking: Ranking, out: WaysOut) -> OpenGroup:
    post = empties[0].post
    nobody = [one for one in empties if _is_open(one, offers)]
    partly = frozenset(one.post.number for one in nobody if offers[one.post.number].steps)
    is_duty = post.kind == "duty"
    return OpenGroup.model_validate(
        {
            "kind": post.kind,
            "venue": post.venue,
            "class": post.classes[0] if is_duty and post.classes else None,
            "role": post.role,
            "course": post.course,
            "trip": post.trip,
            "posts": tuple(one.post.number for one in empties),
            "candidates": ranking.ranked(empties, offers),
            "uncovered": tuple(one.post.number for one in nobody),
            "why": out.why(nobody, partly),
            "against": offers[nobody[0].post.number].barred if nobody else (),
            "switches": out.switches(nobody),
            "other_times": out.other_times(nobody),
        }
    )


def _is_open(one: Empty, offers: dict[int, Offers]) -> bool:
    """Whether somebody is missed at a post whom nobody can replace: nobody can come at all, or whoever can
    leaves a `must` open."""
    steps = [step for own in offers[one.post.number].steps.values() for step in own]
    closed = max((step.must for step in steps), default=0)
    return one.post.needed and (not steps or closed < (one.post.must or 0))


def _whole(opened: Opened, offers: dict[int, Offers], ranking: Ranking) -> tuple[Candidate, ...]:
    """Who could take every post that needs somebody, the best first."""
    needed = [one for one in opened.empties if one.post.needed]
    if not needed:
        return ()
    everywhere = set.intersection(*(set(offers[one.post.number].steps) for one in needed))
    taken = {person: ranking.together(person, needed, offers) for person in sorted(everywhere)}
    found = [ranking.candidate(steps) for steps in taken.values() if len(steps) == len(needed)]
    return tuple(sorted(found, key=lambda row: (row.cost or 0.0, row.person)))


def _standins(opened: Opened, offers: dict[int, Offers], groups: Sequence[OpenGroup]) -> Standins:
    """Everybody who could step in, in the order of the candidates."""
    place = {
        (number, row.person): at
        for group in groups
        for at, row in enumerate(group.candidates)
        for number in group.posts
    }
    steps = [step for found in offers.values() for own in found.steps.values() for step in own]
    duties = {
        step.duty: place.get((step.number, step.person), LAST) for step in steps if step.duty is not None
    }
    teachers = {
        one.rows[0]: tuple(
            sorted(offers[one.post.number].steps, key=lambda name: place.get((one.post.number, name), LAST))
        )
        for one in opened.empties
        if one.rows
    }
    return Standins(duties, teachers)


__all__ = ["Looked", "explain_cover", "posts_left", "proposal"]
