"""What a placement keeps to while its cutoffs stand: who may be where, and who must be.

Which classes and venues are full, and up to which standing, decides who has a claim to what. Read from a
placement and held, each child by itself needs only a few constraints to be left without a claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from scheduler.domain.standing import Standing
from scheduler.solver.placement.build import Built
from scheduler.solver.placement.settling import Seats
from scheduler.solver.rows import ENDLESS, Row, ends
from scheduler.variables.cutoffs import FIRST
from scheduler.variables.placement import ClassWeek, PlacementVariables
from scheduler.variables.worths import Entry, entries, seat_value


class Seat(NamedTuple):
    """A seat that is to be decided: its variable, whose and where it is, how the child's unit stands there,
    whether the child could claim it if the cutoffs let it, and what it is worth to it."""

    variable: int
    child: str
    key: ClassWeek
    venue: str
    standing: Standing
    claimable: bool
    value: int

    @property
    def week(self) -> str:
        """Its week."""
        return self.key[1]


class Asked(NamedTuple):
    """What must be worth how much: a child's seats that count together, and those of the siblings who are
    bound to it and wish alike."""

    entry: Entry
    seats: list[Seat]
    others: list[list[Seat]]


class Wishes:
    """The seats of every child, and who is asked what they must be worth."""

    def __init__(self, x: PlacementVariables) -> None:
        """Look at everybody once. Not asked is who has a lock, or anything given; `kept` are the seats of
        bound siblings who do not wish alike."""
        self.seats: list[Seat] = []
        self.asked: list[Asked] = []
        self.kept: list[Seat] = []
        for unit in x.units:
            members = [[(one, list(_seats(x, one))) for one in entries(x, child)] for child in unit.members]
            every = [seat for member in members for _, found in member for seat in found]
            self.seats += every
            number = sum(len(x.seats(c, w)) for c in unit.members for w in x.scenario.wanted_weeks(c))
            if x.has_lock(unit) or len(every) < number:
                continue
            rows = [x.scenario.child[child] for child in unit.members]
            if len({(row.stay, x.scenario.wanted_weeks(row.id), row.choices) for row in rows}) > 1:
                self.kept += every
                continue
            for alike in zip(*members, strict=True):
                (entry, found), *others = alike
                self.asked.append(Asked(entry, found, [seats for _, seats in others]))


def _seats(x: PlacementVariables, entry: Entry) -> Iterable[Seat]:
    child, foes = entry.child, x.scenario.foes.get(entry.child, frozenset())
    members, standings = x.unit_of[child].members, dict[str, Standing]()
    for week in entry.weeks:
        for class_, literal in x.seats(child, week).items():
            if isinstance(literal, int):
                continue
            venue = x.scenario.class_[class_].venue
            if venue not in standings:
                locked = child in x.locks.children
                standings[venue] = FIRST if locked else x.standings.of_unit(members, venue)
            claimable = (
                (class_, week) in x.offered
                and not x.locks.bars(child, week, class_)
                and (not foes or foes.isdisjoint(x.holders(class_, week)))
            )
            value = seat_value(x, entry, class_)
            where = (class_, week), venue, standings[venue]
            yield Seat(literal.index, child, *where, claimable, value)


class Filling:
    """The cutoffs of seats: `low` and `high` are each variable's ends with them, `rows` what else is to hold,
    and `wanted` the seats that bound units claim, to be given if they can."""

    def __init__(self, built: Built, wishes: Wishes, seats: Seats) -> None:
        """Read the cutoffs off these seats."""
        self._x = built.x
        self.low, self.high = ends(built.model.cp.proto.variables)
        self.rows: list[Row] = []
        self.wanted: set[int] = set()
        self._full: dict[ClassWeek, Standing] = {}
        self._closed: set[ClassWeek] = set()
        self._read(wishes, seats)
        for seat in wishes.seats:
            if seat.key in self._closed or not self._within(seat):
                self.high[seat.variable] = 0
        self._had = {
            seat.variable for seat in wishes.seats if seats.get((seat.child, seat.week)) == seat.key[0]
        }
        for asked in wishes.asked:
            self._ask(asked)
        self._keep(wishes.kept)

    def give(self, outcome: Mapping[str, Mapping[str, str]]) -> None:
        """Children want these seats, class by child and week."""
        for child, weeks in outcome.items():
            placed = (self._x.placed(child, week, class_) for week, class_ in weeks.items())
            self.wanted.update(one.index for one in placed if not isinstance(one, int))

    # ---- cutoffs --------------------------------------------------------------------------------

    def _read(self, wishes: Wishes, seats: Seats) -> None:
        held: Mapping[ClassWeek, list[str]] = defaultdict(list)
        for (child, week), class_ in seats.items():
            held[class_, week].append(child)
        x = self._x
        standing = {(seat.child, seat.venue): seat.standing for seat in wishes.seats}
        for class_, week in x.class_weeks:
            if x.scenario.class_[class_].optional and not held[class_, week]:
                self._closed.add((class_, week))
            self._fill((class_,), week, x.scenario.seats(class_), held, standing)
        for venue in x.scenario.venue.values():
            for week in x.scenario.weeks if venue.capacity is not None else ():
                for classes in sorted({x.held_in(venue.id, week, shift) for shift in x.scenario.shift}):
                    self._fill(classes, week, venue.capacity or 0, held, standing)

    def _fill(
        self,
        classes: Sequence[str],
        week: str,
        seats: int,
        held: Mapping[ClassWeek, list[str]],
        standing: Mapping[tuple[str, str], Standing],
    ) -> None:
        """Where all seats are taken they stay so, by nobody who stands lower than the last does now."""
        x = self._x
        there = [(child, x.scenario.class_[one].venue) for one in classes for child in held[one, week]]
        if len(there) < seats:
            return
        if not there:
            self._closed.update((one, week) for one in classes)
            return
        last = max(standing.get(key, FIRST) for key in there)
        for one in classes:
            self._full[one, week] = min(last, self._full.get((one, week), last))
        literals = [literal for one in classes for literal in x.holders(one, week).values()]
        given = sum(literal for literal in literals if isinstance(literal, int))
        places = [one.index for one in literals if not isinstance(one, int)]
        self.rows.append(_at_least(seats - given, places))

    def _within(self, seat: Seat) -> bool:
        """Whether not all seats there are held by those who stand higher."""
        return seat.key not in self._full or seat.standing <= self._full[seat.key]

    def _is_open(self, seat: Seat) -> bool:
        """Whether the child could claim the seat."""
        is_free = seat.key not in self._full or seat.standing < self._full[seat.key]
        return is_free and seat.claimable and seat.key not in self._closed

    # ---- children -------------------------------------------------------------------------------

    def _ask(self, asked: Asked) -> None:
        """A child has what is worth at least what it could claim. Where it now has less it has no claim for
        another reason: bound siblings, who need as many seats, then stay where they are."""
        claimed = _best_by_venue(seat for seat in asked.seats if self._is_open_to_all(seat, asked.others))
        if not claimed:
            return
        stays = {}
        if len(asked.entry.weeks) > 1:
            found = {seat.venue: seat for seat in asked.seats}
            stays = {venue: self._x.stay(seat.child, venue).index for venue, seat in found.items()}
            rows = list(self._stay(asked, claimed, stays))
        else:
            best = max(value for weeks in claimed.values() for value in weeks.values())
            rows = [_at_least(1, [seat.variable for seat in asked.seats if seat.value >= best])]
        at = {seat.venue for seat in asked.seats if seat.variable in self._had}
        had = self._had | {stay for venue, stay in stays.items() if venue in at}
        if all(_holds(row, had) for row in rows):
            self.rows += [row for row in rows if row.high > 0]
            for row in rows:
                if row.high == 0:  # as an end it is seen to before the search
                    self.high[row.terms[0][0]] = 0
        elif asked.others:
            self._keep([seat for seats in (asked.seats, *asked.others) for seat in seats])

    def _is_open_to_all(self, seat: Seat, others: Sequence[Sequence[Seat]]) -> bool:
        """Whether the child could claim the seat, and those bound to it one there."""
        return self._is_open(seat) and all(
            any(
                other.venue == seat.venue and other.week == seat.week and self._is_open(other)
                for other in found
            )
            for found in others
        )

    def _keep(self, seats: Iterable[Seat]) -> None:
        """Who has such a seat keeps it, and gets no other."""
        for seat in seats:
            self.low[seat.variable] = self.high[seat.variable] = int(seat.variable in self._had)

    def _stay(
        self, asked: Asked, claimed: Mapping[str, Mapping[str, int]], stays: Mapping[str, int]
    ) -> Iterable[Row]:
        """A child that stays is at a venue that can be worth enough, in each week that is open there, and in
        as many as that takes; `whole`, in all."""
        entry, seats = asked.entry, asked.seats
        fewest = len(entry.weeks) if self._x.scenario.child[entry.child].stay == "whole" else 1
        could = _best_by_venue(seat for seat in seats if self.high[seat.variable])
        best = max((sum(row.values()) for row in claimed.values() if len(row) >= fewest), default=0)
        good = {v for v, row in could.items() if len(row) >= fewest and sum(row.values()) >= best}
        if not best:
            return
        for venue, stay in stays.items():
            here = [seat for seat in seats if seat.venue == venue]
            if venue not in good:
                yield Row((), ((stay, 1),), -ENDLESS, 0)
                continue
            yield _no_less({seat.variable: 1 for seat in here}, -(-best // max(could[venue].values())), stay)
            for week, value in claimed.get(venue, {}).items():
                as_good = [seat for seat in here if seat.week == week and seat.value >= value]
                yield _no_less({seat.variable: 1 for seat in as_good}, 1, stay)
            if len({seat.value for seat in here}) > 1:
                yield _no_less({seat.variable: seat.value for seat in here}, best, stay)
        yield _at_least(1, [stays[venue] for venue in sorted(good)])


def _no_less(terms: Mapping[int, int], number: int, stay: int) -> Row:
    """The sum is at least so much for a child that stays there."""
    return Row((), (*terms.items(), (stay, -number)), 0, ENDLESS)


def _at_least(number: int, literals: Sequence[int]) -> Row:
    return Row((), tuple((index, 1) for index in literals), number, ENDLESS)


def _holds(row: Row, had: Set[int]) -> bool:
    return row.low <= sum(factor for index, factor in row.terms if index in had) <= row.high


def _best_by_venue(seats: Iterable[Seat]) -> Mapping[str, Mapping[str, int]]:
    """The most that a seat is worth, by venue and week."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for seat in seats:
        weeks = found[seat.venue]
        weeks[seat.week] = max(seat.value, weeks.get(seat.week, seat.value))
    return found
