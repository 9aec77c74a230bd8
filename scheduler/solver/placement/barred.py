"""Who is barred from where, said in as few constraints as can bound a season without claims.

Who has no claim is barred from whatever it would rather have. Said party by party, of whole weeks at a venue
and of nothing finer, this is half of what the rule says; all of it holds of every placement without claims,
and what it leaves out (a better class of the same venue for who stays there, foes, many standings, bound
children who do not wish alike) makes a bound weaker, never wrong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

from scheduler.domain.units import Unit
from scheduler.solver.placement.bars import Bars, Classes
from scheduler.variables.placement import ClassWeek, PlacementVariables
from scheduler.variables.worths import Entry, entries, seat_value


class Party(NamedTuple):
    """Children who are placed together and wish alike, as one: what counts together of the first, how many
    they are, how many of them could be in which classes, by venue and week, where that can be claimed; and
    what the worst and the best of a venue's classes are worth."""

    entry: Entry
    size: int
    claimable: Mapping[str, Mapping[str, Mapping[Classes, int]]]
    worth: Mapping[str, tuple[int, int]]

    @property
    def child(self) -> str:
        """The first child."""
        return self.entry.child


def barred(x: PlacementVariables, first: int, above: Set[ClassWeek]) -> Bars:
    """The constraints of all whose claims can be stated so, over the model's variables and own ones numbered
    from `first` on; `above` are class-weeks sure to have more children than they must keep."""
    bars = Bars(x, first, above)
    if not any(x.is_settled(week) for week in x.scenario.weeks):
        stated = _Stated(x, bars)
        for unit in x.units:
            for party in stated.parties(unit):
                stated.state(party)
    return bars


class _Stated:
    """What holds of one party after the other."""

    def __init__(self, x: PlacementVariables, bars: Bars) -> None:
        self._x, self._bars = x, bars

    def parties(self, unit: Unit) -> Iterable[Party]:
        """What counts on its own for a unit; nothing where more would have to be looked at."""
        x, scenario = self._x, self._x.scenario
        rows = [scenario.child[child] for child in unit.members]
        if x.has_lock(unit) or any(scenario.foes.get(child) for child in unit.members):
            return
        if len({(row.stay, scenario.wanted_weeks(row.id), row.choices) for row in rows}) > 1:
            return
        seats = [
            (c, w, seat) for row in rows for w in scenario.weeks for c, seat in x.seats(row.id, w).items()
        ]
        if any(isinstance(seat, int) for _, _, seat in seats):
            return
        if len(rows) > 1 and any(self._bars.least(class_, week) for class_, week, _ in seats):
            return
        for entry in entries(x, unit.members[0]):
            party = self._party(unit, entry)
            if len(rows) == 1 or all(worst == best for worst, best in party.worth.values()):
                yield party

    def _party(self, unit: Unit, entry: Entry) -> Party:
        x = self._x
        claimable: dict[str, dict[str, Mapping[Classes, int]]] = defaultdict(dict)
        worth: dict[str, tuple[int, int]] = {}
        for week in entry.weeks:
            for venue in x.venues(entry.child, week):
                there = {child: self._there(child, week, venue) for child in unit.members}
                values = {seat_value(x, entry, one) for classes in there.values() for one in classes}
                values.update(worth.get(venue, ()))
                worth[venue] = min(values), max(values)
                groups = Counter(
                    tuple(one for one in classes if not x.locks.bars(child, week, one))
                    for child, classes in there.items()
                )
                named = [one for group in groups for one in group]
                if all(groups) and len(set(named)) == len(named):
                    claimable[venue][week] = groups
        return Party(entry, len(unit.members), claimable, worth)

    def _there(self, child: str, week: str, venue: str) -> Classes:
        """The classes of a venue that a child could be in."""
        seats = self._x.seats(child, week)
        return tuple(sorted(one for one in seats if self._x.scenario.class_[one].venue == venue))

    def state(self, party: Party) -> None:
        """One or several weeks, alone or together."""
        if len(party.entry.weeks) == 1:
            self._one_week(party, party.entry.weeks[0])
        elif self._x.scenario.child[party.child].stay == "whole":
            self._all_weeks(party)
        else:
            self._several_weeks(party)

    def _one_week(self, party: Party, week: str) -> None:
        """At every venue: barred, or as well off as in its worst class."""
        x = self._x
        for venue, weeks in party.claimable.items():
            bar = self._bars.of(party.child, party.size, venue, week, weeks[week])
            if bar is None:
                continue
            worst, seats = party.worth[venue][0], x.seats(party.child, week).items()
            good = [seat.index for class_, seat in seats if seat_value(x, party.entry, class_) >= worst]
            self._bars.add([*good, *bar, *self._keeping(party, venue)], least=1)

    def _all_weeks(self, party: Party) -> None:
        """At every venue: barred in some week, or as well off as by its worst classes."""
        for venue, weeks in party.claimable.items():
            bars = self._by_week(party, venue)
            if len(bars) < len(party.entry.weeks):
                continue
            worst = party.worth[venue][0]
            good = [self._stay(party, other) for other, (_, best) in party.worth.items() if best >= worst]
            any_week = [one for week in weeks for one in bars[week]]
            self._bars.add([*good, *any_week, *self._keeping(party, venue)], least=1)

    def _several_weeks(self, party: Party) -> None:
        """Where it stays every week is its own or barred; elsewhere no more weeks are open than it has, and
        fewer where it would rather be."""
        x = self._x
        had = [seat.index for week in party.entry.weeks for seat in x.seats(party.child, week).values()]
        for venue in party.claimable:
            bars, stay = self._by_week(party, venue), self._stay(party, venue)
            for week, bar in bars.items():
                here = [
                    x.placed(party.child, week, one).index for one in self._there(party.child, week, venue)
                ]
                self._bars.add([*here, *bar], less=[stay])
            worst = party.worth[venue][0]
            worse = [self._stay(party, other) for other, (_, best) in party.worth.items() if best < worst]
            any_week = [one for bar in bars.values() for one in bar]
            kept = (len(bars) + bool(worse)) * self._keeping(party, venue)
            if bars:
                self._bars.add([*had, *any_week, *kept], least=len(bars), less=worse)

    def _by_week(self, party: Party, venue: str) -> Mapping[str, Iterable[int]]:
        """What bars a party from a venue, in the weeks of which that can be said."""
        weeks = party.claimable[venue].items()
        found = {w: self._bars.of(party.child, party.size, venue, w, groups) for w, groups in weeks}
        return {week: bar for week, bar in found.items() if bar is not None}

    def _stay(self, party: Party, venue: str) -> int:
        index: int = self._x.stay(party.child, venue).index
        return index

    def _keeping(self, party: Party, venue: str) -> list[int]:
        """Whether a party may not leave where it is, since a class has no more than it must keep: one of
        another venue, in any of its weeks; where only one week counts, any class."""
        x, found = self._x, []
        for week in party.entry.weeks:
            for class_ in x.seats(party.child, week):
                is_there = len(party.entry.weeks) > 1 and x.scenario.class_[class_].venue == venue
                if self._bars.least(class_, week) and not is_there:
                    found.append(self._bars.need(party.child, (class_, week)))
        return found
