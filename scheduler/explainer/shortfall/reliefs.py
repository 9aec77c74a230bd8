"""What relaxing one limit of one person would give: tried, not guessed.

Somebody at a limit takes the unfilled posts one by one, every rule asked each time, so that what is told can
be done as told. Where nobody can step in directly, somebody freed of a limit may take over the post of a
colleague who then fills the gap: a chain of two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.domain.absence import is_away
from scheduler.domain.moments import Lack, Moment
from scheduler.domain.plan import Duty
from scheduler.domain.shortfall import Hurdle, Relief
from scheduler.domain.tables import Person
from scheduler.explainer.shortfall.hurdles import Hurdles
from scheduler.explainer.shortfall.limits import KINDS, OWN_LIMITS, Limit, limit_at, limit_in
from scheduler.explainer.trials import try_duty

MOMENTS_TRIED = 250
"""Most venues and shifts short of adults that are looked at."""
LIMITS_TRIED = 120
"""Most limits that are tried, those that promise most first."""
POSTS_TRIED = 40
"""Most posts that are tried of one limit: a background check may open a season."""
SAME_SHIFT = 2
"""Most posts of one shift that are tried of one limit."""
ASKED = 600
"""Most trials of people who did not offer a shift, over all posts; a few at each."""
CHAINS_TRIED = 300
"""Most chains of two that are tried."""
ALIKE = 3
"""Most reliefs told that would fill the same post."""


@dataclass(frozen=True)
class _Chance:
    """A person at one limit could take this duty and close something here."""

    moment: Moment
    duty: Duty


class Reliefs:
    """The limits of one plan's people, relaxed one at a time."""

    def __init__(
        self, hurdles: Hurdles, every: Sequence[Moment], people: frozenset[str] | None = None
    ) -> None:
        """Look at every moment that is short of adults, and at the limits of these people (None: of all)."""
        self._hurdles = hurdles
        self._ground = hurdles.ground
        self._scenario, self._plan = hurdles.ground.scenario, hurdles.ground.plan
        self._whose = people
        self._moment = {(row.venue, row.date, row.shift): row for row in every}
        self._short = [row for row in every if row.missing(self._scenario, self._plan)]
        self._chains_left = CHAINS_TRIED
        self.untried = 0
        """Limits that promise less, and were not tried."""

    def found(self) -> tuple[Relief, ...]:
        """What each limit relaxed would give, the most first; of many that fill the same post only some."""
        chances: dict[Limit, list[_Chance]] = defaultdict(list)
        chains: list[Relief] = []
        for moment in self._looked_at():
            direct = list(self._direct(moment))
            for limit, chance in direct:
                chances[limit].append(chance)
            if not any(limit.kind in OWN_LIMITS for limit, _ in direct):
                chains += self._chains(moment)
        chances = {limit: _worth_trying(rows) for limit, rows in chances.items()}
        promising = sorted(chances, key=lambda limit: (-self._promise(chances[limit]), limit.person))
        self.untried = max(0, len(promising) - LIMITS_TRIED)
        tried = (self._relief(limit, chances[limit]) for limit in promising[:LIMITS_TRIED])
        return _told([*(relief for relief in tried if relief), *chains])

    def _looked_at(self) -> list[Moment]:
        """The moments that are looked at: all, or those that lack musts first, then by date."""
        if len(self._short) <= MOMENTS_TRIED:
            return self._short

        def musts(moment: Moment) -> int:
            lacks = moment.lacks(self._scenario, self._plan)
            return -sum(lack.missing for lack in lacks if lack.ask.strength == "must")

        return sorted(self._short, key=musts)[:MOMENTS_TRIED]

    # ---- one person steps in ------------------------------------------------------------------------

    def _direct(self, moment: Moment) -> Iterator[tuple[Limit, _Chance]]:
        """Everybody whom one limit alone keeps from a post here."""
        seen: set[Duty] = set()
        for lack in moment.lacks(self._scenario, self._plan):
            to_ask = max(1, min(12, ASKED // max(1, len(self._short))))
            for row in self._people(lack):
                if to_ask <= 0 and not self._hurdles.comes(row, lack.post):
                    continue
                for duty in self._hurdles.duties(lack, row):
                    if duty in seen or not self._is_meant(duty):
                        continue
                    seen.add(duty)
                    hurdle = self._hurdles.first(duty)
                    limit = self._limit(duty, hurdle, to_ask)
                    if limit is not None:
                        to_ask -= limit.kind == "offer"
                        yield limit, _Chance(moment, duty)

    def _limit(self, duty: Duty, hurdle: Hurdle, to_ask: int) -> Limit | None:
        """The limit that alone keeps a person from a duty, if it is one."""
        if hurdle == "limit":
            return limit_in(self._scenario, duty, self._hurdles.against(duty))
        if hurdle == "offered" and not (to_ask and self._may_be_asked(duty)):
            return None
        if hurdle in ("reach", "cleared", "offered") and self._hurdles.alone(duty):
            return limit_at(self._scenario, duty, hurdle)
        return None

    def _promise(self, chances: list[_Chance]) -> int:
        """The most that a limit could give, were every post still to be had."""
        return len({(chance.duty.date, chance.duty.shift) for chance in chances[:POSTS_TRIED]})

    def _people(self, lack: Lack) -> list[Person]:
        """Who would count, those who know the class best first, then those who work least."""
        wanted = lack.ask.qualification
        people = {row.id: row for role in lack.ask.roles for row in self._hurdles.by_role.get(role, ())}
        fitting = [row for row in people.values() if not wanted or wanted in row.qualifications]

        def order(row: Person) -> tuple[int, int, str]:
            known = self._known[row.id, lack.post.class_]
            return (-known, len(self._plan.duties_of(row.id)), row.id)

        return sorted(fitting, key=order)

    @cached_property
    def _known(self) -> Counter[tuple[str, str | None]]:
        """How often people are on duty in each class."""
        return Counter((duty.person, duty.class_) for duty in self._plan.duties)

    def _is_meant(self, duty: Duty) -> bool:
        return self._whose is None or duty.person in self._whose

    def _may_be_asked(self, duty: Duty) -> bool:
        """Whether it is worth asking somebody who did not offer: there, cleared, of age and in reach."""
        scenario = self._scenario
        return (
            not is_away(self._plan, duty.person, duty.date)
            and scenario.is_cleared(duty.person, duty.date)
            and scenario.works_at(duty.person, duty.venue)
            and not scenario.is_minor(duty.person, duty.date)
        )

    def _relief(self, limit: Limit, chances: list[_Chance]) -> Relief | None:
        """The most that a person could close with one limit relaxed."""
        if limit.kind in ("days_per_week", "days"):  # one day more: whichever gives most
            by_day: dict[object, list[_Chance]] = defaultdict(list)
            for chance in chances:
                by_day[chance.duty.date].append(chance)
            tried = [self._taken(limit, rows) for rows in by_day.values()]
        else:
            tried = [self._taken(limit, chances)]
        closes, duties = max(tried, key=lambda pair: pair[0])
        return _relief(limit, closes, duties) if closes else None

    def _taken(self, limit: Limit, chances: list[_Chance]) -> tuple[int, tuple[Duty, ...]]:
        """Take one post after the other as long as nothing but the limit stands against it."""
        part, taken, closes = self._ground.part_of(limit.person), list[Duty](), 0
        for moment, duty in ((chance.moment, chance.duty) for chance in chances[:POSTS_TRIED]):
            beside = [row for row in taken if (row.date, row.shift) == (duty.date, duty.shift)]
            gain = moment.missing(self._scenario, self._plan, beside)
            gain -= moment.missing(self._scenario, self._plan, [*beside, duty])
            if gain <= 0:
                continue
            against = try_duty(self._ground, duty, part).blockers
            if against and limit_in(self._scenario, duty, against) != limit:
                continue
            if against and taken and limit.kind in OWN_LIMITS:
                continue
            taken.append(duty)
            closes += gain
            part = part.with_(duties=(*part.duties, duty))
        return closes, tuple(taken)

    # ---- one person takes over from another ---------------------------------------------------------

    def _chains(self, moment: Moment) -> Iterator[Relief]:
        """Somebody at a limit takes over the post of somebody who then fills one here."""
        for lack in moment.lacks(self._scenario, self._plan):
            for row in self._people(lack):
                for wanted in self._hurdles.duties(lack, row):
                    if self._chains_left > 0 and self._hurdles.first(wanted) == "busy":
                        yield from self._chain(moment, wanted)

    def _chain(self, moment: Moment, wanted: Duty) -> Iterator[Relief]:
        left = next(
            (
                row
                for row in self._plan.duties_of(wanted.person)
                if (row.date, row.shift) == (wanted.date, wanted.shift)
            ),
            None,
        )
        if left is None:
            return
        part = self._ground.part_of(wanted.person)
        part = part.with_(duties=tuple(row for row in part.duties if row != left))
        self._chains_left -= 1
        if try_duty(self._ground, wanted, part).blockers:
            return
        for row in self._hurdles.by_role.get(left.role, ()):
            takes_over = replace(left, person=row.id)
            if row.id == wanted.person or not self._is_meant(takes_over):
                continue
            if self._hurdles.first(takes_over) != "limit":
                continue
            limit = limit_in(self._scenario, takes_over, self._hurdles.against(takes_over))
            if limit is None or limit.kind not in OWN_LIMITS:
                continue
            closes = self._closed(moment, left, wanted, takes_over)
            if closes > 0:
                yield _relief(limit, closes, (takes_over,), (wanted,))

    def _closed(self, moment: Moment, left: Duty, wanted: Duty, takes_over: Duty) -> int:
        """Missing adults closed at both ends of a chain."""
        other = self._moment.get((left.venue, left.date, left.shift))
        here = moment.missing(self._scenario, self._plan)
        if other is None or other == moment:
            after = moment.without(left).missing(self._scenario, self._plan, (wanted, takes_over))
            return here - after
        there = other.missing(self._scenario, self._plan)
        after = other.without(left).missing(self._scenario, self._plan, (takes_over,))
        return here - moment.missing(self._scenario, self._plan, (wanted,)) + there - after


def _worth_trying(chances: list[_Chance]) -> list[_Chance]:
    """A few chances of each shift: nobody takes two."""
    at: Counter[tuple[object, str]] = Counter()
    kept = []
    for chance in chances:
        at[chance.duty.date, chance.duty.shift] += 1
        if at[chance.duty.date, chance.duty.shift] <= SAME_SHIFT:
            kept.append(chance)
    return kept


def _relief(limit: Limit, closes: int, duties: tuple[Duty, ...], moved: tuple[Duty, ...] = ()) -> Relief:
    # of one more day in all, the day it is taken on is told too
    day = duties[0].date if limit.kind in ("days_per_week", "days") else limit.date
    return Relief(
        person=limit.person,
        kind=limit.kind,
        week=limit.week,
        date=day,
        venue=limit.venue,
        now=limit.now,
        then=limit.then,
        closes=closes,
        duties=duties,
        moved=moved,
    )


def _told(reliefs: list[Relief]) -> tuple[Relief, ...]:
    """The reliefs that give most; of many that would fill the same posts the first few."""
    reliefs.sort(key=lambda row: (-row.closes, len(row.moved), KINDS.index(row.kind), row.person, row.date))
    filled: Counter[tuple[object, ...]] = Counter()
    kept = []
    for relief in reliefs:
        posts = [(row.class_, row.venue, row.date, row.shift) for row in (relief.moved or relief.duties)]
        if any(filled[post] < ALIKE for post in posts):
            kept.append(relief)
            filled.update(posts)
    return tuple(kept)
