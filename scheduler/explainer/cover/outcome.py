"""What a plan with an absence covered does about each post, beside the plan as it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from scheduler.domain.absence import Absence
from scheduler.domain.covering import Filled, Openings, OpenPost, Proposal
from scheduler.domain.moments import missing_by_strength, moments
from scheduler.domain.plan import Plan, Session
from scheduler.domain.scenario import Scenario
from scheduler.explainer.cover.posts import lacking
from scheduler.rules import Rulebook

LOCKS = ("timetable_locks", "staffing_locks")


def proposal(
    scenario: Scenario, openings: Openings, old: Plan, new: Plan, absence: Absence, *, proven: bool = True
) -> Proposal:
    """The posts with who takes them, and what is better or worse than before."""
    ruled = scenario.ruled_by(old.policy)
    rulebook = Rulebook(ruled.settings)
    before, after = missing_by_strength(ruled, old), missing_by_strength(ruled, new)
    # what a plan tells of its score is `verify`'s business; one that tells of all rules is taken at its word
    was = old.score if new.score.keys() <= old.score.keys() else rulebook.score(ruled, old)
    costs = {
        rule: round(new.score[rule].cost - was[rule].cost, 6)
        for rule in new.score
        if abs(new.score[rule].cost - was[rule].cost) > 1e-9
    }
    return Proposal(
        filled=tuple(_filled(ruled, openings, old, new)),
        gaps=sum(after.values()),
        must=after["must"],
        gaps_before=sum(before.values()),
        must_before=before["must"],
        dropped=_dropped(old, new, absence),
        moved=_moved(old, new, absence),
        cost=round(sum(costs.values()), 3) + 0.0,
        costs=costs,
        broken_locks=_broken(ruled, rulebook, old, new),
        proven=proven,
    )


def _filled(scenario: Scenario, openings: Openings, old: Plan, new: Plan) -> list[Filled]:
    duties = set(old.duties)
    taken = {(row.class_, row.venue, row.date, row.shift): row for row in new.duties if row not in duties}
    given = {(row.class_, row.date, row.period, row.course): row for row in new.sessions}
    lacking = _Lacking(scenario, openings, old, new)
    found = []
    for post in openings.posts:
        class_ = post.classes[0] if post.classes else None
        if post.kind == "session":
            row = given.get((class_ or "", post.date, post.period or "", post.course or ""))
            found.append(_taught(post, row))
            continue
        duty = taken.get((class_, post.venue, post.date, post.shift))
        missing, must = lacking.at(post)
        outcome = "taken" if duty is not None else "gap" if post.needed else "not_needed"
        told = {"person": duty.person, "role": duty.role} if duty is not None else {}
        row_ = {"post": post.number, "outcome": outcome, "missing": missing, "must": must, **told}
        found.append(Filled.model_validate(row_))
    return found


class _Lacking:
    """The adults missing around posts, beyond those missing before."""

    def __init__(self, scenario: Scenario, openings: Openings, old: Plan, new: Plan) -> None:
        """Look at the venues and shifts of the duties left open."""
        wanted = {(post.venue, post.date, post.shift) for post in openings.posts if post.kind == "duty"}
        self._counts: list[dict[tuple[str, date, str], tuple[int, int]]] = []
        for plan in (old, new):
            counts = {}
            for row in moments(scenario, plan) if wanted else ():
                if (row.venue, row.date, row.shift) in wanted:
                    counts[row.venue, row.date, row.shift] = lacking(row.lacks(scenario, plan))
            self._counts.append(counts)

    def at(self, post: OpenPost) -> tuple[int, int]:
        """How many more are missing there than before: in all, and musts."""
        key = (post.venue, post.date, post.shift)
        (was, was_must), (is_, is_must) = (counts.get(key, (0, 0)) for counts in self._counts)
        return max(0, is_ - was), max(0, is_must - was_must)


def _taught(post: OpenPost, row: Session | None) -> Filled:
    if row is None:
        return Filled(post=post.number, outcome="dropped")
    return Filled(post=post.number, outcome="taken", person=row.teacher, role="specialist")


def _dropped(old: Plan, new: Plan, absence: Absence) -> tuple[Session, ...]:
    """Sessions of others that are not held any more."""
    kept = {(row.class_, row.date, row.period) for row in new.sessions}
    return tuple(
        row
        for row in old.sessions
        if (row.class_, row.date, row.period) not in kept
        and not (row.teacher == absence.person and absence.covers(row.date))
    )


def _moved(old: Plan, new: Plan, absence: Absence) -> tuple[Session, ...]:
    """Sessions of others that are held in another room."""
    was = {(row.class_, row.date, row.period): row for row in old.sessions}
    found = []
    for row in new.sessions:
        before = was[row.class_, row.date, row.period]
        if row != before and not (before.teacher == absence.person and absence.covers(before.date)):
            found.append(row)
    return tuple(found)


def _broken(scenario: Scenario, rulebook: Rulebook, old: Plan, new: Plan) -> tuple[str, ...]:
    """The locks that the new plan does not keep, and the old one did."""
    return tuple(sorted(_unkept(scenario, rulebook, new).keys() - _unkept(scenario, rulebook, old).keys()))


def _unkept(scenario: Scenario, rulebook: Rulebook, plan: Plan) -> Mapping[str, None]:
    found: dict[str, None] = {}
    for rule in LOCKS:
        for row in rulebook.by_id[rule].check(scenario, plan):
            found[str(row.parameters["lock"])] = None
    return found
