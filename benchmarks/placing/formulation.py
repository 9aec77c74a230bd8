"""The placement problem as one pooled programme, the same for every solver it is tried on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from benchmarks.placing.cutoffs import Cutoffs, crowding
from benchmarks.placing.pooled import Party, Pooled
from benchmarks.placing.program import Level, Program, ones
from benchmarks.placing.soft import soft_terms
from scheduler.rules import Rulebook


class Formulation:
    """Columns, seats, stays, claims; `levels` in the contract's order.

    One variable a party, week and venue with its pools; one stay a party and venue, no smaller than its
    columns of any week; claims by shared cutoffs. Left out, since a good modeller would leave them to a
    second look: claims of bound children who do not wish alike, a better class of the same venue for one
    that stays, foes within a pool of several classes (parted afterwards), and the balance of parallel
    classes.
    """

    def __init__(self, pooled: Pooled) -> None:
        """Write down the whole problem of a season."""
        self.pooled = pooled
        self.program = Program()
        self.xs = [self.program.boolean() for _ in pooled.columns]
        self.stays: dict[tuple[int, str], int] = {}
        self.claims: list[int] = []
        self._in_pool: dict[tuple[int, str], list[int]] = defaultdict(list)
        self._open: dict[tuple[int, str], int] = {}
        self._few: dict[tuple[int, str], int] = {}
        for column, x in zip(pooled.columns, self.xs, strict=True):
            for _, pool in column.pools:
                self._in_pool[pool, column.week].append(x)
        self._one_a_week()
        self._seats()
        self._foes()
        for party in pooled.parties:
            self._stay(party)
        if pooled.scenario.settings.policy == "fair":
            self._no_claims()
        self.levels = tuple(self._levels())

    # ---- hard rules -----------------------------------------------------------------------------

    def _one_a_week(self) -> None:
        for (party, week), numbers in self.pooled.columns_of.items():
            locks = self.pooled.locks
            locked = any(locks.classes_for(c, week) for c in self.pooled.parties[party].members)
            self.program.row(ones(self.xs[n] for n in numbers), low=int(locked), high=1)

    def _seats(self) -> None:
        for (pool_index, week), xs in self._in_pool.items():
            pool, held = self.pooled.pools[pool_index], ones(xs)
            if not pool.optional or pool.minimum < 2:
                must = any((class_, week) in self.pooled.locks.opened for class_ in pool.classes)
                self.program.row(held, low=1 if must else None, high=pool.seats)
                continue
            running = self.program.whole(len(pool.classes))
            self._open[pool_index, week] = running
            must = sum((class_, week) in self.pooled.locks.opened for class_ in pool.classes)
            self.program.row({running: 1}, low=must)
            self.program.row({**held, running: -pool.each}, high=0)
            self.program.row({**held, running: -pool.minimum}, low=0)
        by_venue: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for column, x in zip(self.pooled.columns, self.xs, strict=True):
            by_venue[column.venue, column.week] += [(pool, x) for _, pool in column.pools]
        for venue, groups in crowding(self.pooled).items():
            for week in self.pooled.scenario.weeks:
                for group, capacity in groups:
                    held = ones(x for pool, x in by_venue[venue, week] if pool in group)
                    self.program.row(held, high=capacity)

    def _foes(self) -> None:
        for child, foes in self.pooled.scenario.foes.items():
            for foe in (foe for foe in foes if foe > child):
                for week in self.pooled.scenario.weeks:
                    theirs = self.pooled.seats_of(foe, week)
                    for pool, mine in self.pooled.seats_of(child, week).items():
                        if len(self.pooled.pools[pool].classes) == 1 and pool in theirs:
                            both = {self.xs[n] for n in (*mine, *theirs[pool])}
                            self.program.row(ones(both), high=1)

    def _stay(self, party: Party) -> None:
        """At most one venue over the weeks; `whole`: there every week, or nowhere. Members who wish alike
        share their stays."""
        scenario = self.pooled.scenario
        wishes = {(scenario.child[c].stay, scenario.wanted_weeks(c)): c for c in reversed(party.members)}
        for (stay, weeks), child in wishes.items():
            at = {week: found for week in weeks if (found := self.at(child, week))}
            venues = sorted({venue for found in at.values() for venue in found})
            if stay == "weeks" or (len(venues) < 2 and stay == "steady"):
                continue
            stays = {venue: self.program.boolean() for venue in venues}
            self.program.row(ones(stays.values()), high=1)
            for venue, literal in stays.items():
                self.stays[party.index, venue] = literal
                for week in weeks:
                    there = ones(at.get(week, {}).get(venue, ()))
                    if there or stay == "whole":
                        low = 0 if stay == "whole" else None
                        self.program.row({**there, literal: -1}, low=low, high=0)

    def _by_venue(self, party: Party) -> dict[str, dict[str, list[int]]]:
        found: dict[str, dict[str, list[int]]] = {}
        for week in self.pooled.scenario.weeks:
            for number in self.pooled.columns_of.get((party.index, week), ()):
                venue = self.pooled.columns[number].venue
                found.setdefault(venue, {}).setdefault(week, []).append(number)
        return found

    # ---- claims ---------------------------------------------------------------------------------

    def _no_claims(self) -> None:
        cutoffs = Cutoffs(self.program, self.pooled, self.xs, self._open)
        for party in self.pooled.parties:
            if party.locked or not party.alike:
                continue
            claim = self.program.boolean()
            self.claims.append(claim)
            if party.stay == "weeks" or len(party.weeks) == 1:
                self._week_by_week(party, cutoffs, claim)
            else:
                self._over_weeks(party, cutoffs, claim)
        cutoffs.close()

    def _week_by_week(self, party: Party, cutoffs: Cutoffs, claim: int) -> None:
        """Placed as well, or barred, or kept where a class needs it."""
        columns = self.pooled.columns
        for week in party.weeks:
            numbers = self.pooled.columns_of.get((party.index, week), [])
            kept = [literal for n in numbers for literal in self._needed(n)]
            for number in numbers:
                good = [n for n in numbers if columns[n].positions <= columns[number].positions]
                bar = cutoffs.bar(party, [number])
                bars = [] if bar is None else [bar]
                self.program.row(ones([*(self.xs[n] for n in good), *bars, *kept, claim]), low=1)

    def _over_weeks(self, party: Party, cutoffs: Cutoffs, claim: int) -> None:
        """Where it stays, every week is its own or barred; elsewhere no more weeks are open than it has, and
        fewer where it would rather be. `whole`: elsewhere some week is barred."""
        by_venue = self._by_venue(party)
        worst = {
            venue: max(self.pooled.columns[n].positions for ns in by_week.values() for n in ns)
            for venue, by_week in by_venue.items()
        }
        all_xs = [self.xs[n] for by_week in by_venue.values() for ns in by_week.values() for n in ns]
        for venue, by_week in by_venue.items():
            bars = {week: cutoffs.bar(party, ns) for week, ns in by_week.items()}
            barred = [bar for bar in bars.values() if bar is not None]
            elsewhere = {v: w for v, w in by_venue.items() if v != venue}
            kept = [k for w in elsewhere.values() for ns in w.values() for n in ns for k in self._needed(n)]
            if party.stay == "whole":
                if len(by_week) == len(party.weeks):
                    good = [s for v in by_venue if worst[v] <= worst[venue] for s in self._stay_at(party, v)]
                    self.program.row(ones([*good, *barred, *kept, claim]), low=1)
                continue
            stay = self._stay_at(party, venue)
            for week, numbers in by_week.items():
                bar = [] if bars[week] is None else [bars[week]]
                terms = ones([*(self.xs[n] for n in numbers), *bar, claim])
                terms |= dict.fromkeys(stay, -1)
                self.program.row(terms, low=1 - len(stay))
            most = len(by_week)
            terms = ones([*all_xs, *barred])
            terms |= {claim: most} | dict.fromkeys(kept, most)
            terms |= {s: -1 for v in by_venue if worst[v] > worst[venue] for s in self._stay_at(party, v)}
            self.program.row(terms, low=most)

    def _stay_at(self, party: Party, venue: str) -> list[int]:
        stay = self.stays.get((party.index, venue))
        return [] if stay is None else [stay]

    def _needed(self, number: int) -> list[int]:
        """Whether the party is in a column that has no more children than an optional class must keep."""
        column = self.pooled.columns[number]
        found = []
        for pool_index in {pool for _, pool in column.pools}:
            key = (pool_index, column.week)
            if key not in self._open:
                continue
            if key not in self._few:
                pool, few = self.pooled.pools[pool_index], self.program.boolean()
                self._few[key] = few
                held = ones(self._in_pool[key])
                self.program.row({**held, self._open[key]: -pool.minimum, few: pool.seats}, high=pool.seats)
            needed = self.program.boolean()
            self.program.at_most(needed, [self.xs[number]])
            self.program.at_most(needed, [self._few[key]])
            found.append(needed)
        return found

    # ---- levels ---------------------------------------------------------------------------------

    def _levels(self) -> Iterable[Level]:
        scenario, standings = self.pooled.scenario, self.pooled.standings
        if scenario.settings.policy == "fair":
            yield Level("claims", ones(self.claims))
        yield self._most("placed", {row.id: 1 for row in scenario.processed})
        ranks = sorted({standings.rank(row.id) for row in scenario.processed})
        for rank in ranks:
            such = {row.id: 1 for row in scenario.processed if standings.rank(row.id) == rank}
            # all places less those of the ranks before
            yield self._most(f"rank_{rank}", such, implied=rank == ranks[-1])
        columns = zip(self.pooled.columns, self.xs, strict=True)
        yield Level("positions", {x: column.positions for column, x in columns if column.positions})
        scale, terms = soft_terms(self, Rulebook(scenario.settings))
        yield Level("soft", terms, scale=scale, loose=True)
        order = sorted((row.id for row in scenario.processed), key=lambda child: scenario.draws[child])
        yield Level("draw", self._counting({child: n for n, child in enumerate(order)}))

    def _most(self, name: str, worth: dict[str, int], implied: bool = False) -> Level:
        """Children's weeks; never more than each party's best in each week."""
        terms = self._counting(worth)
        known = sum(
            max(terms.get(self.xs[n], 0) for n in numbers) for numbers in self.pooled.columns_of.values()
        )
        return Level(name, terms, "most", implied=implied, known=known)

    def _counting(self, worth: dict[str, int]) -> dict[int, int]:
        found = {}
        for column, x in zip(self.pooled.columns, self.xs, strict=True):
            total = sum(worth.get(child, 0) for child, _ in column.pools)
            if total:
                found[x] = total
        return found

    def at(self, child: str, week: str) -> dict[str, list[int]]:
        """The variables that seat a child in a week, by venue."""
        found: dict[str, list[int]] = defaultdict(list)
        for pool, numbers in self.pooled.seats_of(child, week).items():
            found[self.pooled.pools[pool].venue] += [self.xs[n] for n in numbers]
        return found

    def held(self, pool: int, week: str) -> list[int]:
        """The variables that seat somebody in a pool, one each child."""
        return self._in_pool.get((pool, week), [])
