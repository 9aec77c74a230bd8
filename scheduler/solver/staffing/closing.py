"""The gaps of a season held as one model: pieces around posts that miss somebody, until a bound is met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from random import Random
from threading import Thread

from scheduler.domain.plan import Level
from scheduler.solver.door import Clock, Limits, Progress
from scheduler.solver.goals import gap
from scheduler.solver.relaxation import Relaxation
from scheduler.solver.rows import Row
from scheduler.solver.staffing.greedy import first_roster
from scheduler.solver.staffing.model.costing import MOMENT
from scheduler.solver.staffing.model.season import Season
from scheduler.solver.staffing.pooling.leaning import leanings, shares
from scheduler.solver.staffing.pooling.places import Places
from scheduler.solver.staffing.proving import Proof
from scheduler.solver.staffing.whole import Whole

PROVING = 0.4
"""Of the time then left for the gaps, for the pools' bound at most after the search for a first roster."""

BESIDE = 0.8
"""Of the time for the gaps, for the pools' bound beside that search."""

WAITING, ENDING = 0.5, 0.06
"""Of the time then left for the gaps, for branch and bound on the whole season before the soft rules; of
their time, what is left when its search beside them ends."""

BUNCH = 9_000
"""Decisions of a piece for the gaps: some twenty classes in a week."""

SWEEPING, RELAXING = 0.2, 0.25
"""Of the time for the soft rules, what is left at least; of that for the gaps, for a bound."""

BEFORE = 1000
"""How many of the next level's units one unit of a level outweighs within a piece."""

LEANING = BEFORE / 5
"""By how much a piece for the gaps may miss the best that leanings alone can be."""

MUST = 10
"""How much more often a place is tried again for a `must` gap than for a soft one."""

ROUNDS = 3
"""Pieces without success after which the gaps are left as they are, for each place that misses somebody."""


class _Proofs:
    """What pools prove of the gaps, once they have."""

    def __init__(self) -> None:
        self.found: Proof | None = None

    def raise_to(self, bounds: list[float], replanning: bool) -> None:
        """Raise bounds of the levels; the soft one speaks of rosters at the first bound."""
        if self.found is None:
            return
        if self.found.must > bounds[0]:
            bounds[:] = [self.found.must] + [0.0] * (len(bounds) - 1)
        if not replanning:
            bounds[1] = max(bounds[1], self.found.soft(bounds[0]))


class Gaps:
    """The search for the fewest gaps (and changes), and its bounds."""

    def __init__(self, season: Season, places: Places, limits: Limits, clock: Clock) -> None:
        self._season, self._places, self._limits, self._clock = season, places, limits, clock
        self._dice = Random(limits.seed)  # noqa: S311 - which piece comes next is no secret
        goals = season.goals
        self._terms = {
            one: factor * BEFORE ** (len(goals) - place)
            for place, goal in enumerate(goals)
            for one, factor in goal.cost[1]
        }
        self._terms.update(leanings(season))
        self._relaxed = [0.0] * len(goals)
        self._proofs, self._whole = _Proofs(), Whole(season, limits, clock)

    def fewest(self, until: float, filled: bool) -> None:
        """Decide anew until the bounds are reached or no more than `until` of the time is left; every week
        once, unless pools were filled. What is not proven then is searched for on, beside what follows."""
        season, clock = self._season, self._clock
        self._relaxed, point = self._bounds(Relaxation(season.built.model, season.rows), until)
        proving = Thread(target=self._pooled, args=(until,), daemon=True)
        if not self._limits.reproducible:
            proving.start()
        # every place comes before any soft rule, so the sweep may take of their time
        whole = filled or self._sweep(SWEEPING * until, [] if point is None else shares(season, point))
        if self._limits.reproducible:
            self._pooled(until)
        else:
            proving.join(max(MOMENT, PROVING * (clock.left - until)))
        if whole:
            self._mend(until, self.bounds)
        else:
            self._by_hand()
        if not self._is_met(self.bounds):
            self._whole.begin(ENDING * until)
            self._whole.wait(until + (1 - WAITING) * (clock.left - until))
            self._whole.take()

    @property
    def bounds(self) -> list[float]:
        """What is proven by now of each goal, where those before are at their bounds."""
        bounds = list(self._relaxed)
        self._whole.raise_to(bounds)
        self._proofs.raise_to(bounds, self._season.task.request.previous is not None)
        return bounds

    def levels(self) -> list[Level]:
        """The gaps (and changes) as they are, and what is proven of them by now."""
        found: list[Level] = []
        for goal, bound in zip(self._season.goals, self.bounds, strict=True):
            value = self._season.value(goal)
            # what is said of a goal holds those before to their bounds
            least = min(bound, value) if all(level.gap == 0 for level in found) else 0.0
            found.append(Level(name=goal.name, value=value, bound=least, gap=gap(value, least)))
        return found

    def _is_met(self, bounds: Sequence[float]) -> bool:
        values = map(self._season.value, self._season.goals)
        return all(value <= bound for value, bound in zip(values, bounds, strict=True))

    def _bounds(self, relaxation: Relaxation, until: float) -> tuple[list[float], Sequence[float] | None]:
        """The bound of each level where those before are at theirs, and the point of the last."""
        bounds: list[float] = []
        point: Sequence[float] | None = None
        for goal in self._season.goals:
            constant, terms = goal.cost
            seconds = max(1.0, RELAXING * (self._clock.left - until))
            found = relaxation.least(terms, self._limits, seconds)
            self._clock.spend(seconds)
            relaxation.hold(terms, round(found.bound))
            bounds.append(found.bound + constant)
            point = found.point
        return bounds, point

    def _pooled(self, until: float) -> None:
        """Better bounds of the gaps, by pools: beside the search unless reproducible."""
        limits, clock = self._limits, self._clock
        share = PROVING if limits.reproducible else BESIDE
        proof = Proof(self._places, limits, clock, workers=1)
        proof.prove(until + (1 - share) * (clock.left - until))
        self._proofs.found = proof

    def _by_hand(self) -> None:
        """Where time was too short for every week: what a simple hand would do, if that misses fewer."""
        season, task = self._season, self._season.task
        simple = task.known | frozenset(first_roster(season.built.x, task.posts))
        found = season.roster
        if task.levels(simple) < task.levels(found) and not season.begin(simple):
            season.begin(found)

    def _sweep(self, until: float, shares: Sequence[Row]) -> bool:
        """Every week once, in bunches of near venues; whether there was time for all."""
        season = self._season
        weeks = [week for week in season.task.scenario.weeks if any(week == w for _, w in season.cells)]
        bunches = [cells for week in weeks for cells in self._bunches(week)]
        for number, cells in enumerate(bunches):
            left = self._clock.left - until
            if left <= MOMENT or self._limits.stop.requested:
                return False
            self._anew(season.of(cells), 3 * left / (len(bunches) - number + 2), shares)
        return True

    def _bunches(self, week: str) -> Iterator[list[tuple[str, str]]]:
        season = self._season
        left = {venue: None for venue, name in sorted(season.cells) if name == week}
        while left:
            cells: list[tuple[str, str]] = []
            size = 0
            for venue in season.around(next(iter(left))):
                if venue not in left:
                    continue
                size += len(season.cells[venue, week])
                if cells and size > BUNCH:
                    break
                cells.append((venue, week))
                del left[venue]
            yield cells

    def _mend(self, until: float, bounds: Sequence[float]) -> None:
        """Pieces around the places that miss somebody."""
        season, failed = self._season, 0
        while not self._limits.stop.requested:
            # a must gap comes before any soft rule: it may take of their time, too
            end = SWEEPING * until if season.value(season.goals[0]) > bounds[0] else until
            places = self._missing()
            if not places or self._clock.left <= end + MOMENT:
                return
            if self._is_met(bounds):
                return
            if failed >= ROUNDS * max(1, len(places)):
                return
            ((venue, week),) = self._dice.choices(sorted(places), [places[key] for key in sorted(places)])
            weeks: Sequence[str] = [week]
            if failed > len(places):
                weeks = list(dict.fromkeys(w for _, w in sorted(season.cells)))
            piece = season.of(season.bunch(venue, weeks, BUNCH))
            better = self._anew(piece, min(20.0, self._clock.left - end))
            failed = 0 if better else failed + 1

    def _missing(self) -> dict[tuple[str, str], int]:
        """Adults missing, by cell, those of `must` needs counting most."""
        season, found = self._season, defaultdict[tuple[str, str], int](int)
        for row in season.built.missing:
            amount = row.amount if isinstance(row.amount, int) else season.values[row.amount.index]
            cell = (row.post.venue, season.task.scenario.week_of(row.post.date))
            if amount and cell in season.cells:
                found[cell] += amount * (MUST if row.ask.strength == "must" else 1)
        return dict(found)

    def _anew(self, piece: Sequence[int], seconds: float, extra: Sequence[Row] = ()) -> bool:
        terms, limits = self._terms, self._limits
        gained = self._season.anew(
            piece, terms, (), limits, self._clock, seconds, extra=extra, within=LEANING
        )
        better = gained >= BEFORE
        first = self._season.goals[0]
        report = self._season.task.request.limits.report
        report(Progress("staffing", first.name, self._season.value(first), None))
        return better
