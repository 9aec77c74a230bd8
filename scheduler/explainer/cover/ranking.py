"""The candidates of a group of posts in their order, with what speaks for and against each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import inf

from scheduler.domain.covering import Candidate
from scheduler.domain.plan import Duty, Session
from scheduler.domain.programme import TeachingOffers
from scheduler.domain.work import Offers as Offered
from scheduler.domain.work import stints
from scheduler.explainer.cover.costs import Costs
from scheduler.explainer.cover.posts import Empty, Opened
from scheduler.explainer.cover.seekers import Offers, Seekers, Step
from scheduler.rules import Rulebook
from scheduler.rules.lessons import meetings

PRICED = 40
"""Most candidates of a group whose cost is reckoned: who can take most of it first, then who knows it."""


class Ranking:
    """Ranks people on posts of one plan with somebody away."""

    def __init__(self, opened: Opened, seekers: Seekers) -> None:
        """Rank for these posts."""
        self._opened, self._seekers = opened, seekers
        self._scenario, self._plan = opened.given, opened.ground.plan
        self._empty = {one.post.number: one for one in opened.empties}
        self.costs = Costs(self._scenario, Rulebook(self._scenario.settings), self._plan)

    def ranked(self, empties: Sequence[Empty], offers: Mapping[int, Offers]) -> tuple[Candidate, ...]:
        """Everybody who can take any of these posts: who closes most first, then the least cost by the soft
        rules, then who knows the classes, would rather come, lives near and works little."""
        people = dict.fromkeys(
            person for one in empties for person in offers[one.post.number].steps if one.post.needed
        )
        taken = {person: self.together(person, empties, offers) for person in people}
        taken = {person: steps for person, steps in taken.items() if steps}
        order = sorted(
            taken, key=lambda person: (*_most(taken[person]), -sum(self._known(taken[person])), person)
        )
        found = [self.candidate(taken[person], priced=number < PRICED) for number, person in enumerate(order)]
        best, rest = found[:PRICED], found[PRICED:]
        return (*sorted(best, key=_order), *rest)

    def together(
        self, person: str, empties: Sequence[Empty], offers: Mapping[int, Offers]
    ) -> tuple[Step, ...]:
        """The posts somebody can take one after the other, the rules asked each time."""
        steps: list[Step] = []
        part = self._seekers.part(person, empties)
        for one in empties:
            for step in offers[one.post.number].steps.get(person, ()):
                against, then = self._seekers.taking(step, part)
                if not against:
                    steps.append(step)
                    part = then
                    break
        return tuple(steps)

    def candidate(self, steps: tuple[Step, ...], *, priced: bool = True) -> Candidate:
        """Somebody on some posts, in figures."""
        person = steps[0].person
        here = [self._empty[step.number] for step in steps]
        costs = self._costs(steps) if priced else {}
        in_week, at_all = self._known(steps)
        statuses = Counter(
            self._scenario.availability_of(person, one.post.date, one.post.shift) for one in here
        )
        teaches = here[0].duty is None
        taken, offered = self._taught(person) if teaches else self._worked(person)
        return Candidate(
            person=person,
            takes=tuple(step.number for step in steps),
            roles=tuple(step.duty.role if step.duty is not None else "specialist" for step in steps),
            closes=sum(step.closes for step in steps),
            must=sum(step.must for step in steps),
            cost=round(sum(costs.values()), 3) + 0.0 if priced else None,
            costs=costs,
            known=at_all,
            known_in_week=in_week,
            km=self._km(person, here),
            prefers=statuses["prefer"],
            avoids=statuses["avoid"],
            taken=taken,
            offered=offered,
        )

    # ---- figures --------------------------------------------------------------------------------------

    def _costs(self, steps: Iterable[Step]) -> dict[str, float]:
        """The soft rules' difference between these steps and the absent person on the same posts."""
        gone: list[Duty] = []
        come: list[Duty] = []
        given_up: list[Session] = []
        taken_up: list[Session] = []
        for step in steps:
            empty = self._empty[step.number]
            if step.duty is not None and empty.duty is not None:
                gone.append(empty.duty)
                come.append(step.duty)
            given_up += empty.rows
            taken_up += step.rows
        return self.costs.between(gone, come, given_up, taken_up)

    def _known(self, steps: Iterable[Step]) -> tuple[int, int]:
        """How often the person is on duty, or teaches, in these classes: in the posts' weeks, and at all."""
        posts = [self._empty[step.number].post for step in steps]
        person = next(step.person for step in steps)
        classes = {class_ for post in posts for class_ in post.classes}
        weeks = {self._scenario.week_of(post.date) for post in posts}
        days = [row.date for row in self._plan.duties_of(person) if row.class_ in classes]
        days += [row.date for row in self._plan.sessions_by(person) if row.class_ in classes]
        return sum(self._scenario.week_of(day) in weeks for day in days), len(days)

    def _km(self, person: str, here: Sequence[Empty]) -> float | None:
        """The longest way to any of the venues, as the crow flies."""
        row, venues = self._scenario.person[person], {one.post.venue for one in here}
        ways = [self._scenario.distance_km(row, self._scenario.venue[venue]) for venue in sorted(venues)]
        known = [way for way in ways if way is not None]
        return round(max(known), 1) if known else None

    def _worked(self, person: str) -> tuple[int, int]:
        """Shifts worked, of those offered."""
        work = {(row.date, row.shift) for row in stints(self._scenario, self._plan, person)}
        return len(work), len(self._offered.of(person))

    def _taught(self, person: str) -> tuple[int, int]:
        """Sessions given, of those offered."""
        given = meetings(self._scenario, self._plan.sessions_by(person))
        return len(given), self._offered_sessions.of(person)

    @cached_property
    def _offered(self) -> Offered:
        return Offered(self._scenario, self._plan)

    @cached_property
    def _offered_sessions(self) -> TeachingOffers:
        return TeachingOffers(self._scenario, self._plan)


def _most(steps: Sequence[Step]) -> tuple[int, int, int]:
    """Who closes most first: of what must be closed, of all, and posts."""
    return -sum(step.must for step in steps), -sum(step.closes for step in steps), -len(steps)


def _order(row: Candidate) -> tuple[object, ...]:
    load = row.taken / row.offered if row.offered else inf
    km = inf if row.km is None else row.km
    known = (-row.known_in_week, -row.known)
    return (
        -row.must,
        -row.closes,
        -len(row.takes),
        row.cost,
        *known,
        row.avoids - row.prefers,
        km,
        load,
        row.person,
    )
