"""Unfilled posts, each with the reason that nobody is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from scheduler.domain.demand import counts
from scheduler.domain.moments import Lack, Moment
from scheduler.domain.programme import trip_of
from scheduler.domain.shortfall import HURDLES, Hurdle, Near, Vacancy
from scheduler.domain.tables import Person
from scheduler.explainer.shortfall.hurdles import Hurdles

NEAR_TOLD = 3
"""Most people told who come closest to a post."""
WORTH_ASKING: frozenset[Hurdle] = frozenset({"offered", "cleared", "reach", "locked", "limit", "busy"})
"""Hurdles that a word with the person, a paper, or the coordinator may clear."""


def vacancies_at(hurdles: Hurdles, moment: Moment, lacks: Iterable[Lack]) -> Iterator[Vacancy]:
    """The unfilled posts of a venue in a shift, with their reasons."""
    for lack in lacks:
        post, ask = lack.post, lack.ask
        met = {row.id: hurdle for row, hurdle in _met(hurdles, moment, lack)}
        tally = Counter(met.values())
        able = tuple(sorted(person for person, hurdle in met.items() if hurdle == "able"))
        reason = max(tally, key=HURDLES.index, default="role")
        outing = None
        if post.class_ is not None:
            outing = trip_of(hurdles.ground.scenario, hurdles.ground.plan, post.class_, post.date, post.shift)
        yield Vacancy.model_validate(
            {
                "need": ask.need,
                "class": post.class_,
                "venue": post.venue,
                "date": post.date,
                "shift": post.shift,
                "missing": lack.missing,
                "must": ask.strength == "must",
                "trip": outing.trip if outing else None,
                "roles": ask.roles,
                "qualification": ask.qualification,
                "reason": reason,
                "tally": {hurdle: tally[hurdle] for hurdle in HURDLES if tally[hurdle]},
                "able": able,
                "near": _near(met),
            }
        )


def _met(hurdles: Hurdles, moment: Moment, lack: Lack) -> Iterator[tuple[Person, Hurdle]]:
    """Everybody with a role that counts, and the first hurdle in their way; the lowest over their roles."""
    scenario, plan = hurdles.ground.scenario, hurdles.ground.plan
    here = {row.person for row in moment.duties if counts(scenario, plan, lack.post, lack.ask, row)}
    people = {row.id: row for role in lack.ask.roles for row in hurdles.by_role.get(role, ())}
    for row in people.values():
        if lack.post.class_ is not None and not set(row.roles) & set(lack.ask.roles) - {"site"}:
            continue
        if row.id in here:
            yield row, "here"
        elif lack.ask.qualification and lack.ask.qualification not in row.qualifications:
            yield row, "qualification"
        elif not hurdles.comes(row, lack.post):
            yield row, "offered"
        else:
            reached = (hurdles.first(duty) for duty in hurdles.duties(lack, row))
            yield row, max(reached, key=HURDLES.index, default="other")


def _near(met: dict[str, Hurdle]) -> tuple[Near, ...]:
    """Who comes closest among those whom it is worth asking."""
    worth = sorted(
        (-HURDLES.index(hurdle), person, hurdle) for person, hurdle in met.items() if hurdle in WORTH_ASKING
    )
    return tuple(Near(person=person, hurdle=hurdle) for _, person, hurdle in worth[:NEAR_TOLD])
