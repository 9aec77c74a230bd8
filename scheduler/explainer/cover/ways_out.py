"""Posts nobody can take as things are: why, and what would have to move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from scheduler.domain.covering import OtherTime, Switch
from scheduler.domain.moments import Lack
from scheduler.domain.plan import Duty
from scheduler.domain.shortfall import HURDLES, Relief, Vacancy
from scheduler.domain.tables.staff import DUTY_ROLES
from scheduler.explainer.cover.costs import Costs
from scheduler.explainer.cover.posts import Empty, Opened
from scheduler.explainer.ground import Ground
from scheduler.explainer.shortfall.reliefs import Reliefs
from scheduler.explainer.shortfall.vacancies import Vacancies
from scheduler.explainer.swaps import choice
from scheduler.explainer.trials import try_duty

SWITCHES_PRICED = 12
"""Most switches of one post that are priced; the cheapest is told."""
MOMENTS_TRIED = 30
"""Most posts at which one limit relaxed is tried."""
TIMES_TRIED = 4
"""Most sessions for which another time of the day is looked for."""
SESSIONS_MOVED = 3000
"""Sessions of a season up to which that is done: each try asks the rules about all sessions of the course."""


class WaysOut:
    """What would have to move for posts that nobody can take."""

    def __init__(self, opened: Opened, costs: Costs) -> None:
        """Look at one plan with somebody away."""
        self._opened, self._ground, self._hurdles = opened, opened.ground, opened.hurdles
        self._costs = costs
        self._vacancies = Vacancies(opened.hurdles)
        self._times_left = TIMES_TRIED if len(opened.plan.sessions) <= SESSIONS_MOVED else 0

    def why(self, empties: Sequence[Empty], partly: Set[int] = frozenset()) -> tuple[Vacancy, ...]:
        """The asks that the absent person met at these posts, each with the reason that nobody else can; of
        posts that somebody can fill in part, those of the musts."""
        found: list[Vacancy] = []
        for one in empties:
            if one.duty is None or one.moment is None:
                continue
            lacks = self._lacks(one, one.duty)
            if one.post.number not in partly:
                found += self._vacancies.at(one.moment, lacks)
                continue
            musts = self._vacancies.at(one.moment, (row for row in lacks if row.ask.strength == "must"))
            found += (row for row in musts if row.reason != "able")  # who is able is a candidate
        return tuple(self._of_others(row) for row in found)

    def _of_others(self, row: Vacancy) -> Vacancy:
        """The reason as far as it lies with others: that the absent person cannot come is known."""
        away = self._opened.absence.person
        tally = dict(row.tally)
        if set(self._ground.scenario.person[away].roles) & set(row.roles) and tally.get("offered"):
            tally["offered"] -= 1
        tally = {hurdle: n for hurdle, n in tally.items() if n}
        near = tuple(one for one in row.near if one.person != away)
        reason = max(tally, key=HURDLES.index, default="role")
        return row.model_copy(update={"tally": tally, "near": near, "reason": reason})

    def _lacks(self, one: Empty, duty: Duty) -> Iterator[Lack]:
        """What lacks at a post only because the person is away."""
        assert one.moment is not None
        scenario, plan = self._ground.scenario, self._ground.plan
        before = {
            (lack.post.class_, lack.ask): lack.missing for lack in one.moment.lacks(scenario, plan, (duty,))
        }
        for lack in one.moment.lacks(scenario, plan):
            more = lack.missing - before.get((lack.post.class_, lack.ask), 0)
            if more > 0:
                yield replace(lack, missing=more)

    def reliefs(self, empties: Sequence[Empty]) -> tuple[Relief, ...]:
        """What one limit of one person, relaxed, would give at these posts; of a bounded number of them."""
        moments = [one.moment for one in empties if one.moment is not None][:MOMENTS_TRIED]
        if not moments:
            return ()
        others = frozenset(self._ground.scenario.person) - {self._opened.absence.person}
        return Reliefs(self._hurdles, moments, others).found()

    # ---- somebody comes over, somebody else takes their place -----------------------------------------

    def switches(self, empties: Sequence[Empty]) -> tuple[Switch, ...]:
        """For each post the cheapest way in which somebody comes over and another takes their place."""
        found = []
        for one in empties:
            priced = [
                self._priced(one, *three)
                for three, _ in zip(self._possible(one), range(SWITCHES_PRICED), strict=False)
            ]
            best = min(priced, key=lambda row: (row.cost, row.comes.person, row.instead.person), default=None)
            if best is not None:
                found.append(best)
        return tuple(found)

    def _possible(self, one: Empty) -> Iterator[tuple[Duty, Duty, Duty]]:
        """Who could come over, what they leave, and who could take that."""
        duty = one.duty
        if duty is None:
            return
        people = self._ground.scenario.person.values()
        for row in people:
            for role in DUTY_ROLES:
                if role not in row.roles or (role == "site") != (duty.class_ is None):
                    continue
                comes = replace(duty, person=row.id, role=role)
                closes, _ = self._opened.closed(one.moment, comes)
                if closes > 0 and self._hurdles.first(comes) == "busy":
                    yield from self._replaced(comes)

    def _replaced(self, comes: Duty) -> Iterator[tuple[Duty, Duty, Duty]]:
        own = self._ground.plan.duties_of(comes.person)
        leaves = next((row for row in own if (row.date, row.shift) == (comes.date, comes.shift)), None)
        if leaves is None or (leaves.class_, leaves.venue) == (comes.class_, comes.venue):
            return
        part = self._ground.part_of(comes.person)
        part = part.with_(duties=tuple(row for row in part.duties if row != leaves))
        if try_duty(self._ground, comes, part).blockers:
            return
        for row in self._hurdles.by_role.get(leaves.role, ()):
            instead = replace(leaves, person=row.id)
            if row.id != comes.person and self._fills(leaves, instead):
                yield comes, leaves, instead

    def _fills(self, leaves: Duty, instead: Duty) -> bool:
        """Whether somebody can take a post and is worth as much there."""
        qualifications = self._ground.scenario.person
        needed = set(qualifications[leaves.person].qualifications)
        has = set(qualifications[instead.person].qualifications)
        return needed <= has and self._hurdles.first(instead) == "able"

    def _priced(self, one: Empty, comes: Duty, leaves: Duty, instead: Duty) -> Switch:
        assert one.duty is not None
        costs = self._costs.between([one.duty, leaves], [comes, instead])
        cost = round(sum(costs.values()), 3) + 0.0
        return Switch(post=one.post.number, comes=comes, leaves=leaves, instead=instead, cost=cost)

    # ---- another time of the day ----------------------------------------------------------------------

    def other_times(self, empties: Sequence[Empty]) -> tuple[OtherTime, ...]:
        """For sessions of one class: the cheapest other time of the day, if that is better than none; looked
        for of the first few sessions alone."""
        found = []
        for one in (one for one in empties if len(one.rows) == 1):
            if self._times_left <= 0:
                break
            self._times_left -= 1
            row = one.rows[0]
            course = self._ground.scenario.course[row.course]
            best = choice(self._around(one), row.class_, row.date, course).best
            if best is not None and best.cost < 0:
                found.append(
                    OtherTime(
                        post=one.post.number,
                        session=best.session,
                        instead_of=best.instead_of,
                        cost=best.cost,
                    )
                )
        return tuple(found)

    def _around(self, one: Empty) -> Ground:
        """The season without those specialists of the course who cannot come to the venue that day: nobody
        need ask about them hour by hour."""
        scenario, post = self._ground.scenario, one.post
        staff = tuple(
            row
            for row in scenario.staff
            if post.course not in row.courses
            or (
                scenario.works_at(row.id, post.venue)
                and scenario.is_cleared(row.id, post.date)
                and any(
                    scenario.availability_of(row.id, post.date, shift) != "no" for shift in scenario.shift
                )
            )
        )
        return Ground(scenario.with_(staff=staff), self._ground.plan)
