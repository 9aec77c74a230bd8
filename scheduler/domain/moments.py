"""A venue in a shift, with its posts and who is there: what is missing, and what more adults would close."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.domain.demand import Ask, Post, counts, missing, posts
from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario


@dataclass(frozen=True)
class Lack:
    """An ask of a post that is not met: `missing` adults, and `short` before it is met.

    `short` is larger where adults who are missing too are spoken for by other asks (the aide's case).
    """

    post: Post
    ask: Ask
    missing: int
    short: int


@dataclass(frozen=True)
class Moment:
    """A venue in a shift: the posts of its classes and its own, and the duties there."""

    venue: str
    date: date
    shift: str
    posts: tuple[Post, ...]
    duties: tuple[Duty, ...]

    def lacks(self, scenario: Scenario, plan: Plan, more: Iterable[Duty] = ()) -> tuple[Lack, ...]:
        """The asks that are not met, with these duties taken besides."""
        duties = (*self.duties, *more)
        found = []
        for post in self.posts:
            for ask in post.asks:
                here = {duty.person for duty in duties if counts(scenario, plan, post, ask, duty)}
                short = missing(ask, len(here))
                if short:
                    found.append(Lack(post, ask, short, ask.number + ask.beyond - len(here)))
        return tuple(found)

    def missing(self, scenario: Scenario, plan: Plan, more: Iterable[Duty] = ()) -> int:
        """Adults missing here in all, with these duties taken besides."""
        return sum(lack.missing for lack in self.lacks(scenario, plan, more))

    def without(self, duty: Duty) -> Moment:
        """The same moment once somebody has left a duty."""
        kept = tuple(row for row in self.duties if row != duty)
        return Moment(self.venue, self.date, self.shift, self.posts, kept)


def moments(scenario: Scenario, plan: Plan) -> Iterator[Moment]:
    """Every venue and shift of the season that asks for anybody, by date, shift and venue."""
    found: dict[tuple[date, str, str], list[Post]] = defaultdict(list)
    for post in posts(scenario, plan):
        found[post.date, post.shift, post.venue].append(post)
    duties: dict[tuple[date, str, str], list[Duty]] = defaultdict(list)
    for duty in plan.duties:
        duties[duty.date, duty.shift, duty.venue].append(duty)
    order = {shift: number for number, shift in enumerate(scenario.shift)}
    for key in sorted(found, key=lambda key: (key[0], order[key[1]], key[2])):
        day, shift, venue = key
        yield Moment(venue, day, shift, tuple(found[key]), tuple(duties.get(key, ())))


def missing_by_strength(scenario: Scenario, plan: Plan) -> dict[str, int]:
    """Adults a plan is short of in all, for `must` asks and for `soft` ones."""
    found = {"must": 0, "soft": 0}
    for moment in moments(scenario, plan):
        for lack in moment.lacks(scenario, plan):
            found[lack.ask.strength] += lack.missing
    return found
