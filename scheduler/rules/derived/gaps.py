"""The gaps a plan tells of are those it has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from scheduler.domain.demand import Ask, Post, posts
from scheduler.domain.plan import Plan
from scheduler.domain.programme import trip_of
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation

Key = tuple[str, str | None, str, date, str]


class Gaps(Rule):
    """`gaps` holds every unfilled post with the adults missing there, and nothing else."""

    stage: ClassVar[StageName] = "derived"
    unit: ClassVar[str] = "adults"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every gap whose rows are not the true ones; amount: the difference, or 1 where
        the same number is told in other rows."""
        true = self._true(scenario, plan)
        told: dict[Key, list[int]] = {}
        for row in plan.gaps:
            told.setdefault((row.need, row.class_, row.venue, row.date, row.shift), []).append(row.missing)
        for key in sorted(true.keys() | told.keys(), key=lambda key: (key[3], *map(str, key))):
            is_, said = sorted(true.get(key, ())), sorted(told.get(key, ()))
            if is_ == said:
                continue
            need, class_, venue, day, shift = key
            where = class_ or venue
            difference = abs(sum(is_) - sum(said))
            yield self.broken(
                difference or 1,
                "false" if difference else "rows",
                (f"post:{where}/{day.isoformat()}/{shift}",),
                need=need,
                class_=where,
                date=day.isoformat(),
                shift=shift,
                told=sum(said),
                true=sum(is_),
            )

    def _true(self, scenario: Scenario, plan: Plan) -> dict[Key, list[int]]:
        """What is missing, a number for every ask, counted from the duties."""
        on_duty = _OnDuty(scenario, plan)
        missing: dict[Key, list[int]] = {}
        for post in posts(scenario, plan):
            here = on_duty.at(post)
            for ask in post.asks:
                short = ask.number + ask.beyond - len(self._counted(scenario, ask, here))
                if short > 0:
                    key = (ask.need, post.class_, post.venue, post.date, post.shift)
                    missing.setdefault(key, []).append(min(short, ask.number))
        return missing

    def _counted(self, scenario: Scenario, ask: Ask, here: set[tuple[str, str]]) -> set[str]:
        return {
            person
            for person, role in here
            if role in ask.roles
            and (not ask.qualification or ask.qualification in scenario.person[person].qualifications)
        }


class _OnDuty:
    """Who of the grown-ups is on duty where, as (person, role), by date, shift and class, or venue alone."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        self._found: dict[tuple[date, str, str | None, str], set[tuple[str, str]]] = {}
        for row in plan.duties:
            if row.person not in scenario.person or scenario.is_minor(row.person, row.date):
                continue
            where: list[tuple[str | None, str]] = [(row.class_, "" if row.class_ else row.venue)]
            if row.class_ and trip_of(scenario, plan, row.class_, row.date, row.shift) is None:
                where.append((None, row.venue))
            for class_, venue in where:
                here = self._found.setdefault((row.date, row.shift, class_, venue), set())
                here.add((row.person, row.role))

    def at(self, post: Post) -> set[tuple[str, str]]:
        """Those of a class, or all who are at a venue and not away on a trip."""
        venue = "" if post.class_ else post.venue
        return self._found.get((post.date, post.shift, post.class_, venue), set())
