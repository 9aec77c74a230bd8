"""A wide season district by district: filled already, each is decided beside all others as they are."""

from __future__ import annotations

import gc
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from scheduler.domain.plan import Plan, Session
from scheduler.rules.timetable.timetable_locks import TimetableLocks
from scheduler.solver.door import Clock, NoPlanInTime, Part, Progress, Request
from scheduler.solver.timetable import decisions
from scheduler.solver.timetable.build import SOFT, build
from scheduler.solver.timetable.districts import PACE, District, concerning, districts, exhausted
from scheduler.solver.timetable.search import polished
from scheduler.solver.timetable.start import start

WORTH = 2.2
"""A district is decided in no less than so many times what stating it takes."""

CAUTION = 1.3
"""Something may take so much longer than it took before."""


class Divided:
    """A season's timetable, and what it costs; made better as long as there is time."""

    def __init__(self, request: Request, plan: Plan, offered: Mapping[str, int], clock: Clock) -> None:
        """Begin with a timetable of the whole season; so many decisions are `offered` at each venue."""
        self.plan = plan
        self._request, self._offered, self._clock = request, offered, clock
        begun = time.monotonic()
        self.cost = request.rulebook.cost(request.scenario, plan, "timetable")
        self._judging = 0.0 if request.limits.reproducible else CAUTION * (time.monotonic() - begun)
        self._pace = PACE
        request.limits.report(Progress("timetable", SOFT, self.cost, None))

    def improve(self) -> None:
        """Mend what locks ask for, then decide district after district anew, again with other borders;
        raises Infeasible where the rest of the season leaves no way to keep a lock."""
        broken, turned = self._broken(), False
        while True:
            before, parts = self.cost, districts(self._request, self._offered, turned=turned)
            parts.sort(key=lambda part: part.venues.isdisjoint(broken))
            self._round(parts, broken)
            if self._left <= 0 or self._request.limits.stop.requested or self.cost >= before:
                break
            broken, turned = set(), not turned
        self.cost = self._request.rulebook.cost(self._request.scenario, self.plan, "timetable")

    @property
    def _left(self) -> float:
        """Seconds left, but for judging the plan at the end."""
        return self._clock.left - self._judging

    def _broken(self) -> set[str]:
        """The venues where a lock is not kept."""
        scenario = self._request.scenario
        rule = self._request.rulebook.by_id[TimetableLocks.id()]
        refs = (ref for found in rule.check(scenario, self.plan) for ref in found.refs)
        names = {ref.removeprefix("class:") for ref in refs}
        return {row.venue for name, row in scenario.class_.items() if name in names}

    def _round(self, parts: Sequence[District], broken: set[str]) -> None:
        """Every district once, as far as there is time; those where something is broken in any case."""
        limits, size = self._request.limits, sum(part.size for part in parts)
        for part in parts:
            must = not part.venues.isdisjoint(broken)
            expected = self._pace * part.size
            if not must and (limits.stop.requested or self._left <= 0 or CAUTION * expected > self._left):
                size -= part.size
                continue
            share = self._left * part.size / size
            if not limits.reproducible:
                share = max(share, WORTH * expected)
                share = share if must else min(share, self._left)
            try:
                self._decide(part, share)
            except NoPlanInTime:
                if must:
                    raise
            size -= part.size
            if limits.reproducible:
                self._clock.spend(share)

    def _decide(self, part: District, seconds: float) -> None:
        """One district beside all others as they are."""
        request, begun = self._request, time.monotonic()
        limits = replace(request.limits, seconds=seconds, report=self._reported)
        clock = Clock(limits)
        own = replace(
            request,
            so_far=concerning(request, self.plan, part.venues),
            limits=limits,
            part=Part(part.venues, request.part.weeks, exhausted(request, self.plan, part.venues)),
        )
        built = build(own)
        (goal,) = built.goals(own)
        first = start(built, own.so_far)
        if not limits.reproducible:
            self._pace = (time.monotonic() - begun) / part.size
        found, less = polished(built, goal, limits, clock, first)
        self.cost -= less
        self.plan = self._with(own, decisions.sessions(own, built.x, found)).with_(
            trips=decisions.trips(own, built.x, found)
        )
        del built, first
        gc.collect()  # a district's model is large, and full of circles

    def _with(self, own: Request, decided: Sequence[Session]) -> Plan:
        """The timetable with the sessions that are decided in a district; all others stay."""

        def is_own(row: Session) -> bool:
            return own.is_free(own.scenario.class_[row.class_].venue, day=row.date)

        sessions = [row for row in self.plan.sessions if not is_own(row)]
        sessions += [row for row in decided if is_own(row)]
        sessions.sort(key=lambda row: (row.date, row.class_, row.period, row.course))
        return self.plan.with_(sessions=tuple(sessions))

    def _reported(self, progress: Progress) -> None:
        """What a district has gained, told of the season."""
        if progress.value is not None:
            value = round(self.cost - progress.value, 6)
            self._request.limits.report(replace(progress, value=value, bound=None))
