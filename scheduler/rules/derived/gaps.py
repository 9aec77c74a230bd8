"""The gaps a plan tells of are those it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import ClassVar

from scheduler.domain.demand import Ask, DutiesAt, Post, posts
from scheduler.domain.plan import Duty, Plan
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
        people = DutiesAt(
            row
            for row in plan.duties
            if row.person in scenario.person and not scenario.is_minor(row.person, row.date)
        )
        missing: dict[Key, list[int]] = {}
        for post in posts(scenario, plan):
            here = [row for row in people.of(post) if self._is_here(scenario, plan, post, row)]
            for ask in post.asks:
                short = ask.number + ask.beyond - len(self._counted(scenario, ask, here))
                if short > 0:
                    key = (ask.need, post.class_, post.venue, post.date, post.shift)
                    missing.setdefault(key, []).append(min(short, ask.number))
        return missing

    def _is_here(self, scenario: Scenario, plan: Plan, post: Post, row: Duty) -> bool:
        """Whether somebody on duty at a venue is there, not away on a trip."""
        if post.class_ is not None or row.class_ is None:
            return True
        return trip_of(scenario, plan, row.class_, post.date, post.shift) is None

    def _counted(self, scenario: Scenario, ask: Ask, here: Iterable[Duty]) -> set[str]:
        return {
            row.person
            for row in here
            if row.role in ask.roles
            and (not ask.qualification or ask.qualification in scenario.person[row.person].qualifications)
        }
