"""Unfilled posts, each with the reason that nobody is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from scheduler.domain.demand import counts
from scheduler.domain.moments import Lack, Moment
from scheduler.domain.programme import trip_of
from scheduler.domain.shortfall import HURDLES, Hurdle, Near, Vacancy
from scheduler.domain.tables import Person
from scheduler.explainer.shortfall.crowds import Crowd, Crowds
from scheduler.explainer.shortfall.hurdles import Hurdles

NEAR_TOLD = 3
"""Most people told who come closest to a post."""
WORTH_ASKING: frozenset[Hurdle] = frozenset({"offered", "cleared", "reach", "locked", "limit", "busy"})
"""Hurdles that a word with the person, a paper, or the coordinator may clear."""


_Question = Callable[[Person, Lack], Hurdle]
_Crowds = tuple[Crowd, ...]


class Vacancies:
    """The unfilled posts of one plan; what many have in common is found once."""

    def __init__(self, hurdles: Hurdles) -> None:
        """Ask these hurdles."""
        self._hurdles = hurdles
        self._crowds = Crowds(hurdles)

    def at(self, moment: Moment, lacks: Iterable[Lack]) -> Iterator[Vacancy]:
        """The unfilled posts of a venue in a shift, with their reasons."""
        scenario, plan = self._hurdles.ground.scenario, self._hurdles.ground.plan
        for lack in lacks:
            post, ask = lack.post, lack.ask
            outing = None
            if post.class_ is not None:
                outing = trip_of(scenario, plan, post.class_, post.date, post.shift)
            ask_each = self._hurdles.lowest if outing or post.class_ is None else self._hurdles.usual
            met, crowds = self._met(moment, lack, ask_each)
            tally = _tally(met, crowds)
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
                    "reason": max(tally, key=HURDLES.index, default="role"),
                    "tally": tally,
                    "able": tuple(sorted(person for person, hurdle in met.items() if hurdle == "able")),
                    "near": _near(met, crowds),
                }
            )

    def _met(self, moment: Moment, lack: Lack, ask_each: _Question) -> tuple[dict[str, Hurdle], _Crowds]:
        """Everybody with a role that counts: the first hurdle of those asked about this very post, the lowest
        over their roles; and the crowds in which the others failed (who is there already is in both)."""
        hurdles, scenario, plan = self._hurdles, self._hurdles.ground.scenario, self._hurdles.ground.plan
        here = {row.person for row in moment.duties if counts(scenario, plan, lack.post, lack.ask, row)}
        if not hurdles.is_met_anywhere(lack):
            people = {row.id: row for role in lack.ask.roles for row in hurdles.by_role.get(role, ())}
            return {id: "here" if id in here else self._alone(row, lack) for id, row in people.items()}, ()
        crowds = self._crowds.before(lack)
        met = {row.id: ask_each(row, lack) for row in crowds[-1].left if row.id not in here}
        return {**met, **dict.fromkeys(here, "here")}, crowds

    def _alone(self, row: Person, lack: Lack) -> Hurdle:
        if lack.ask.qualification and lack.ask.qualification not in row.qualifications:
            return "qualification"
        return self._hurdles.lowest(row, lack) if self._hurdles.comes(row, lack.post) else "offered"


def _tally(met: Mapping[str, Hurdle], crowds: Iterable[Crowd]) -> dict[Hurdle, int]:
    """How many people fail at each hurdle, in the hurdles' order."""
    found = Counter(met.values())
    for crowd in crowds:
        found.update({hurdle: len(people) for hurdle, people in crowd.by_hurdle.items()})
        found.subtract(crowd.failed[person] for person in met if person in crowd.failed)
    return {hurdle: found[hurdle] for hurdle in HURDLES if found[hurdle]}


def _near(met: Mapping[str, Hurdle], crowds: Iterable[Crowd]) -> tuple[Near, ...]:
    """Who comes closest among those whom it is worth asking."""
    asked = [(person, hurdle) for person, hurdle in met.items() if hurdle in WORTH_ASKING]
    for crowd in crowds:
        for hurdle in WORTH_ASKING & set(crowd.by_hurdle):
            others = (person for person in crowd.by_hurdle[hurdle] if person not in met)
            asked += [(person, hurdle) for person in islice(others, NEAR_TOLD)]
    asked.sort(key=lambda pair: (-HURDLES.index(pair[1]), pair[0]))
    return tuple(Near(person=person, hurdle=hurdle) for person, hurdle in asked[:NEAR_TOLD])
