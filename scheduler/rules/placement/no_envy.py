"""Nobody has a claim that is not declared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from scheduler.domain.claims import all_claims, claims, gain
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.units import Unit
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.rules.claimants import concerned
from scheduler.rules.moves import Move, Seat
from scheduler.variables.cutoffs import Cutoffs
from scheduler.variables.model import Model, Variable
from scheduler.variables.placement import ClassWeek, PlacementVariables
from scheduler.variables.shut import Shut
from scheduler.variables.worths import Entry, entries, present_value, seat_value


class NoEnvy(Rule):
    """Under `fair` no unit could have, in seats that are free or held by lower standing, what it prefers to
    its own, unless `envy` declares it."""

    stage: ClassVar[StageName] = "placement"
    unit: ClassVar[str] = "units"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Units with a claim of which no member is named in `envy`."""
        if scenario.settings.policy != "fair":
            return
        declared = {row.child for row in plan.envy}
        for claim in claims(scenario, plan):
            if declared.isdisjoint(claim.unit.members):
                child, week, class_ = gain(scenario, plan, claim)
                refs = (f"child:{claim.unit.members[0]}",)
                yield self.broken(refs=refs, child=child, class_=class_, week=week)

    def blockers(self, scenario: Scenario, plan: Plan, move: Move) -> Iterator[Violation]:
        """The same answer as the general form, looking only at the units a move of one child can concern: its
        own, and those that may be, or are, at the venue it leaves or the one it enters that week."""
        if scenario.settings.policy != "fair" or not isinstance(move, Seat):
            return
        after = move.applied_to(plan)
        declared = {row.child for row in plan.envy}
        units = [unit for unit in concerned(scenario, plan, move) if declared.isdisjoint(unit.members)]
        before = {unit: gain(scenario, plan, found[0]) for unit, found in all_claims(scenario, plan, units)}
        for unit, found in all_claims(scenario, after, units):
            now = gain(scenario, after, found[0])
            if now != before.get(unit):
                child, week, class_ = now
                refs = (f"child:{unit.members[0]}",)
                yield self.broken(refs=refs, child=child, class_=class_, week=week)

    def formulate(self, model: Model, x: PlacementVariables) -> None:
        """What a child that is a unit by itself has is worth at least the best that is open to it.

        Open is what nothing bars: at every venue the sum over the weeks of the best open class is a lower
        bound of its worth, unless its claim is declared. This never forbids a plan without claims; what it
        lets pass (foes who must stay for a minimum, units of several children) `rules.exclusion` excludes
        one by one when it turns up.
        """
        cutoffs = Cutoffs(x)
        shut = Shut(x, cutoffs)
        needed: dict[ClassWeek, list[Variable]] = {}
        for unit in x.units:
            if len(unit.members) == 1 and not x.has_lock(unit):
                _OneChild(model, x, cutoffs, shut, unit, needed).formulate()
        for key, children in sorted(needed.items()):
            # no more than a class must keep are kept by it: implied, but tighter for a relaxation
            model.require(model.total(children) <= cutoffs.least(*key) * cutoffs.few(*key))


class _OneChild:
    """The constraints of one child."""

    def __init__(
        self,
        model: Model,
        x: PlacementVariables,
        cutoffs: Cutoffs,
        shut: Shut,
        unit: Unit,
        needed: dict[ClassWeek, list[Variable]],
    ) -> None:
        self._model = model
        self._x = x
        self._cutoffs = cutoffs
        self._shut = shut
        self._unit = unit
        self._child = unit.members[0]
        self._all_needed = needed
        self._needed: dict[tuple[str, str], Variable] = {}
        self._keepers: dict[str, list[str]] = {}

    def formulate(self) -> None:
        """One or several weeks, alone or together."""
        for entry in entries(self._x, self._child):
            if len(entry.weeks) == 1:
                self._single(entry, entry.weeks[0])
            else:
                self._together(entry)

    def _single(self, entry: Entry, week: str) -> None:
        """For every class: in it or in one as good, or barred from it."""
        x = self._x
        seats = x.seats(self._child, week)
        for class_ in self._claimable(week):
            value = seat_value(x, entry, class_)
            as_good = [lit for other, lit in seats.items() if seat_value(x, entry, other) >= value]
            bars = [*self._bars(class_, week), *self._kept_in(week, class_)]
            self._model.any_of([*as_good, *bars, x.claim(self._unit)])

    def _together(self, entry: Entry) -> None:
        """For every venue: worth at least the best open class of each week there, for `whole` if every week
        has one."""
        x, model = self._x, self._model
        declared = model.negated(x.claim(self._unit))
        whole = x.scenario.child[self._child].stay == "whole"
        now = present_value(x, entry)
        by_week = {week: self._venues(week) for week in entry.weeks}
        bound = [venues for week, venues in by_week.items() if self._is_given(week)]
        for venue in sorted(set().union(*by_week.values()).intersection(*bound)):
            weeks = [week for week in entry.weeks if venue in by_week[week]]
            if whole and len(weeks) < len(entry.weeks):
                continue
            ladders = [self._ladder(entry, venue, week) for week in weeks]
            self._tighten(entry, venue, weeks, ladders)
            best = model.total(step * rung for ladder in ladders for step, rung in ladder)
            # more weeks come first: that is implied by what is worth more, but tighter for the solver
            had = model.total(x.anywhere(self._child, week) for week in entry.weeks)
            if whole:
                all_open = model.boolean(f"open {self._child}@{venue}")
                model.any_of([all_open, *(model.negated(ladder[-1][1]) for ladder in ladders)])
                model.require(now >= best, when=[declared, all_open])
                model.require(had >= len(entry.weeks) * all_open, when=[declared])
            else:
                model.require(now >= best, when=[declared])
                model.require(had >= model.total(ladder[-1][1] for ladder in ladders), when=[declared])

    def _tighten(
        self, entry: Entry, venue: str, weeks: Sequence[str], ladders: Sequence[list[tuple[int, Variable]]]
    ) -> None:
        """What follows from the worths, said venue by venue: far tighter for a linear relaxation.

        Who stays here is here in every week that is open. Who stays where every class is a worse choice has
        more weeks there than are open here; for `whole`, nobody stays there if all weeks are open here.
        """
        x, model = self._x, self._model
        declared = model.negated(x.claim(self._unit))
        last = [ladder[-1][1] for ladder in ladders]
        worst = max(self._best_and_worst(entry, venue)[1], 0)
        worse = [
            x.stay(self._child, other)
            for other in {v for week in entry.weeks for v in self._venues(week)} - {venue}
            if self._best_and_worst(entry, other)[0] > worst
        ]
        if x.scenario.child[self._child].stay == "whole":
            for stay in worse:
                model.any_of([model.negated(stay), *(model.negated(rung) for rung in last)], when=[declared])
            return
        stay = x.stay(self._child, venue)
        for week, rung in zip(weeks, last, strict=True):
            model.require(x.at(self._child, week, venue) + 1 >= stay + rung, when=[declared])
        if worse:
            had = model.total(x.anywhere(self._child, week) for week in entry.weeks)
            model.require(had >= model.total([*last, *worse]), when=[declared])

    def _best_and_worst(self, entry: Entry, venue: str) -> tuple[int, int]:
        """The best and the worst position that a class of a venue has among the child's choices."""
        x = self._x
        places = [
            x.choice(self._child, week, class_)
            for week in entry.weeks
            for class_ in x.seats(self._child, week)
            if x.scenario.class_[class_].venue == venue
        ]
        return min(places), max(places)

    def _ladder(self, entry: Entry, venue: str, week: str) -> list[tuple[int, Variable]]:
        """(value added, whether a class as good is open) from the best classes of a venue to the worst."""
        x, model = self._x, self._model
        classes = [c for c in self._claimable(week) if x.scenario.class_[c].venue == venue]
        values = sorted({seat_value(x, entry, class_) for class_ in classes}, reverse=True)
        rungs: list[tuple[int, Variable]] = []
        if len(values) == 1 and self._is_alone(entry, venue, week):
            (class_,) = classes
            bars = [*self._bars(class_, week), *self._kept_elsewhere(entry, venue, week, class_)]
            if len(bars) == 1:  # who is there has it: nothing else is to be claimed there that week
                return [(values[0], model.negated(bars[0]))]
        for i, value in enumerate(values):
            rung = model.boolean(f"open {self._child}@{venue}/{week}")
            if rungs:
                model.implies(rungs[-1][1], rung)
            for class_ in classes:
                if seat_value(x, entry, class_) == value:
                    bars = [*self._bars(class_, week), *self._kept_elsewhere(entry, venue, week, class_)]
                    model.any_of([rung, *bars])
                    model.implies(x.placed(self._child, week, class_), rung)
            rungs.append((value - (values[i + 1] if i + 1 < len(values) else 0), rung))
        return rungs

    def _claimable(self, week: str) -> list[str]:
        """The classes the child could be in that week, but for those a lock keeps it out of."""
        seats = self._x.seats(self._child, week)
        return [class_ for class_ in seats if not self._x.locks.bars(self._child, week, class_)]

    def _is_alone(self, entry: Entry, venue: str, week: str) -> bool:
        """Whether a child could be in one class of the venue only that week, and nothing is given."""
        x = self._x
        seats = [class_ for class_ in x.seats(self._child, week) if x.scenario.class_[class_].venue == venue]
        return len(seats) == 1 and not any(self._is_given(other) for other in entry.weeks)

    def _is_given(self, week: str) -> bool:
        """Whether the child has a seat that week that is no longer to be decided."""
        return any(isinstance(literal, int) for literal in self._x.seats(self._child, week).values())

    def _venues(self, week: str) -> set[str]:
        return {self._x.scenario.class_[class_].venue for class_ in self._claimable(week)}

    def _bars(self, class_: str, week: str) -> list[Variable]:
        """What bars the child from a class that it is not in."""
        x, model, venue = self._x, self._model, self._x.scenario.class_[class_].venue
        standing = self._cutoffs.standing(self._child, venue)
        foes = set(x.scenario.foes.get(self._child, ())) & set(x.holders(class_, week))
        there = [other for other in x.seats(self._child, week) if x.scenario.class_[other].venue == venue]
        if not foes and there == [class_]:
            return [self._shut(class_, week, standing)]
        bars = self._cutoffs.blocks(self._unit, self._child, class_, week)
        if len(foes) > 1 and self._cutoffs.least(class_, week):
            bars.append(model.boolean(f"foes needed {self._child}@{class_}/{week}"))
        if x.scenario.venue[venue].capacity is None:
            return bars
        seen: set[tuple[str, ...]] = set()
        for shift in x.scenario.shift:
            classes = x.held_in(venue, week, shift)
            if class_ not in classes or classes in seen:
                continue
            seen.add(classes)
            present = [x.placed(self._child, week, other) for other in classes]
            for crowded in self._cutoffs.crowded(venue, week, shift, standing):
                bars.append(self._if_away(crowded, present))
        return bars

    def _if_away(self, crowded: Variable, present: Sequence[Variable]) -> Variable:
        """A crowded venue bars only those who are not there already: their own place counts as free."""
        model = self._model
        literal = model.boolean(f"crowded out {self._child}")
        model.implies(literal, crowded)
        for there in present:
            model.implies(literal, model.negated(there))
        return literal

    def _kept_in(self, week: str, class_: str) -> list[Variable]:
        """The child may not leave a class for another, because that class has no more than it must keep."""
        return [self._need(other, week) for other in self._keeping(week) if other != class_]

    def _kept_elsewhere(self, entry: Entry, venue: str, week: str, class_: str) -> list[Variable]:
        """The same for one that stays: a class of another venue that needs it in any week keeps it there."""
        x = self._x
        found = self._kept_in(week, class_)
        for other_week in entry.weeks:
            if other_week != week:
                for other in self._keeping(other_week):
                    if x.scenario.class_[other].venue != venue:
                        found.append(self._need(other, other_week))
        return found

    def _keeping(self, week: str) -> list[str]:
        """The classes the child could be in that week that must keep some children."""
        if week not in self._keepers:
            seats = self._x.seats(self._child, week)
            self._keepers[week] = [class_ for class_ in seats if self._cutoffs.least(class_, week)]
        return self._keepers[week]

    def _need(self, class_: str, week: str) -> Variable:
        key = (class_, week)
        if key not in self._needed:
            model, x = self._model, self._x
            self._needed[key] = model.both(
                [x.placed(self._child, week, class_), self._cutoffs.few(class_, week)],
                f"needed {self._child}@{class_}/{week}",
            )
            self._all_needed.setdefault((class_, week), []).append(self._needed[key])
        return self._needed[key]
