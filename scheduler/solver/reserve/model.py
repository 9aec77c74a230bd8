"""Which class-weeks can be carried, as a mixed-integer programme over flows of adults."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ortools.linear_solver.python import model_builder as mb

from scheduler.domain.reserve import ClassWeek, Slot
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables.staff import Role
from scheduler.solver.reserve.demand import Block, Demand
from scheduler.solver.reserve.supply import Kind

Variable = Any
Post = tuple[str, Slot, tuple[Role, ...]]
"""A venue, a slot, and roles any of which will do."""


class Flow:
    """People flow to posts, posts cover class-weeks, and a covered class-week may be carried.

    People may be split and their ways within a day are ignored, so that adults are never under-estimated;
    only whether a class-week is carried is whole. Of the blocks that are alike the adults are shared out
    evenly: they serve the group as one.
    """

    def __init__(self, scenario: Scenario, demand: Demand, kinds: Mapping[Kind, int], share: float) -> None:
        """State it."""
        self.model: mb.Model = mb.Model()  # type: ignore[no-untyped-call]
        self.demand = demand
        self.carried: dict[ClassWeek, Variable] = {}
        self.short: list[Variable] = []
        self._scenario = scenario
        self._share = share
        self._sent: dict[Post, list[Variable]] = defaultdict(list)
        for kind, people in kinds.items():
            self._send(kind, people)
        self._use: dict[Post, list[Variable]] = defaultdict(list)
        for block in demand.blocks.values():
            self.carried[block.key] = self._number(1, whole=True, low=int(block.promised))
        for group in demand.alike():
            self._cover(group)
        self._cover_sites()
        for post, used in self._use.items():
            self.model.add(_sum(used) <= _sum(self._sent.get(post, ())))
        self.seats = self._seats()

    # ---- adults ---------------------------------------------------------------------------------

    def _send(self, kind: Kind, people: int) -> None:
        """People of a kind go to posts in their area within their limits."""
        by_stretch: dict[date, list[list[Variable]]] = defaultdict(list)
        for slot, days in kind.offers:
            sent = []
            for venue in kind.venues:
                for roles in sorted(self.demand.posts[venue].get(slot, ())):
                    if kind.roles & set(roles):
                        sent.append(self._number(days * people))
                        self._sent[venue, slot, roles].append(sent[-1])
            if len(sent) > 1:
                self.model.add(_sum(sent) <= days * people)
            if sent:
                by_stretch[slot[0]].append(sent)
        self._limit(kind, people, by_stretch)

    def _limit(self, kind: Kind, people: int, by_stretch: Mapping[date, list[list[Variable]]]) -> None:
        """Shifts a day, days a week, days a season; what cannot bind is not stated."""
        offered = dict(kind.present)
        weeks: dict[str, list[date]] = defaultdict(list)
        for start in by_stretch:
            weeks[self._scenario.week_of(start)].append(start)
        tight = [week for week, starts in weeks.items() if _over(kind.days_a_week, offered, starts)]
        seasonal = _over(kind.days, offered, by_stretch)
        worked: dict[date, Variable] = {}
        for start, shifts in by_stretch.items():
            most = len(shifts) if kind.shifts_a_day is None else min(len(shifts), kind.shifts_a_day)
            everything = _sum(variable for sent in shifts for variable in sent)
            if seasonal or self._scenario.week_of(start) in tight:
                worked[start] = self._number(offered[start] * people)
                self.model.add(everything <= most * worked[start])
                for sent in shifts:
                    self.model.add(_sum(sent) <= worked[start])
            elif most < len(shifts):
                self.model.add(everything <= most * offered[start] * people)
        for week in tight:
            self.model.add(_sum(worked[start] for start in weeks[week]) <= (kind.days_a_week or 0) * people)
        if seasonal:
            self.model.add(_sum(worked.values()) <= (kind.days or 0) * people)

    # ---- class-weeks ----------------------------------------------------------------------------

    def _cover(self, group: tuple[Block, ...]) -> None:
        """Enough of what a group's carried class-weeks ask for is covered, nothing beyond it."""
        first = group[0]
        needed = first.needed(self._share)
        if not needed:
            return
        carried = _sum(self.carried[block.key] for block in group)
        covered = []
        for slot, asks in first.asks.items():
            for roles, number in asks:
                covered.append(self._number(number * len(group)))
                self.model.add(covered[-1] <= number * carried)
                self._use[first.venue, slot, roles].append(covered[-1])
        missing = self._slack([block for block in group if block.promised], needed)
        self.model.add(_sum([*covered, *missing]) >= needed * carried)

    def _cover_sites(self) -> None:
        """The same for what venues ask, which the classes there share."""
        covered: dict[Post, Variable] = {}
        for block in self.demand.blocks.values():
            needed = block.site_needed(self._share)
            if not needed:
                continue
            posts = [
                ((block.venue, slot, roles), number)
                for slot, asks in block.site_asks.items()
                for roles, number in asks
            ]
            for post, number in posts:
                if post not in covered:
                    covered[post] = self._number(number)
                    self._use[post].append(covered[post])
            missing = self._slack([block] if block.promised else [], needed)
            present = _sum([*(covered[post] for post, _ in posts), *missing])
            self.model.add(present >= needed * self.carried[block.key])

    def _slack(self, promised: list[Block], needed: float) -> list[Variable]:
        """What may be missing to class-weeks that run in any case."""
        found = [self._number(needed) for _ in promised]
        self.short.extend(found)
        return found

    # ---- worth ----------------------------------------------------------------------------------

    def _seats(self) -> dict[ClassWeek, Variable]:
        """Seats that children could fill, in each class-week that is carried."""
        pooled: dict[ClassWeek, Variable] = {}
        for pool in self.demand.pools():
            for key in pool.members:
                seats = self.demand.blocks[key].seats
                pooled[key] = self._number(seats)
                self.model.add(pooled[key] <= seats * self.carried[key])
            self.model.add(_sum(pooled[key] for key in pool.members) <= pool.children)
        alone = {
            key: block.seats * self.carried[key]
            for key, block in self.demand.blocks.items()
            if key not in pooled
        }
        return {**alone, **pooled}

    def whole(self) -> list[Any]:
        """For each class, its seats if it is carried in all its weeks."""
        weeks: dict[str, list[ClassWeek]] = defaultdict(list)
        for key in self.demand.blocks:
            weeks[key[0]].append(key)
        found = []
        for keys in weeks.values():
            if len(keys) > 1:
                all_ = self._number(1)
                for key in keys:
                    self.model.add(all_ <= self.carried[key])
                found.append(max(self.demand.blocks[key].seats for key in keys) * all_)
        return found

    def _number(self, most: float, *, whole: bool = False, low: float = 0) -> Variable:
        return self.model.new_int_var(low, most, "") if whole else self.model.new_num_var(low, most, "")


def _sum(terms: Iterable[Any]) -> Any:  # noqa: ANN401 - a linear expression, or 0
    return mb.LinearExpr.sum(list(terms))


def _over(limit: int | None, offered: Mapping[date, int], starts: Iterable[date]) -> bool:
    """Whether more days are offered than a limit allows."""
    return limit is not None and sum(offered[start] for start in starts) > limit
