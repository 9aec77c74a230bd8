"""What could be added to a season: the candidates, and what each could give at most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from math import inf

from scheduler.domain.outlook import GainKind
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.seating import shifts_in
from scheduler.domain.tables import Class
from scheduler.solver.outlook.hopes import Hopes
from scheduler.solver.outlook.kinds import Kind, new_classes
from scheduler.solver.outlook.program import ClassWeek, Program, Relief, Worth


@dataclass(frozen=True)
class Candidate:
    """A change worth a thought, and the relief it means. `row` is the class it is about; a new one has no
    place in the season yet."""

    kind: GainKind
    venue: str
    row: Class | None
    weeks: tuple[str, ...]
    more: int
    room_needs: int | None = None
    venue_needs: int | None = None
    relief: Relief = field(default=Relief(), compare=False)
    guess: float = 0.0
    """Child-weeks it promises, by the prices and by who is left out."""
    bound: float = inf
    """Child-weeks that the relaxation cannot gain more than, by the prices."""


class Possibilities:
    """What could be added to a season as a plan leaves it."""

    _hopes: Hopes
    _weeks: tuple[str, ...]

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        """Think up the classes that could be new."""
        self._given = scenario
        self._plan = plan
        self.new = new_classes(scenario)
        self.new_ids = frozenset(row.id for row in self.new)
        self.scenario = scenario.with_(classes=(*scenario.classes, *self.new))

    @cached_property
    def unoffered(self) -> frozenset[ClassWeek]:
        """The class-weeks of the classes that do not exist yet."""
        return frozenset(key for key in self.scenario.class_weeks if key[0] in self.new_ids)

    def candidates(self, program: Program, worth: Worth) -> list[Candidate]:
        """Everything that promises something, the most promising first.

        By the prices; and where claims keep out children for whom the relaxation has a seat, prices are
        blind, so that the children left out who could attend speak too.
        """
        self._hopes, self._weeks = Hopes(self._given, self._plan, program, worth), program.weeks
        found = [
            *self._classes(),
            *self._opened(program),
            *self._staffed(),
            *self._seats(),
            *self._venue_seats(),
        ]
        return sorted(
            found, key=lambda it: (-it.guess, it.more, it.venue, it.row.id if it.row else "", it.weeks)
        )

    def narrowed(self, candidate: Candidate) -> Candidate | None:
        """A new class in those weeks alone in which somebody is left out; None where it is so already."""
        weeks = tuple(week for week in candidate.weeks if week in self._hopes.short_weeks)
        if candidate.kind != "class" or candidate.row is None or weeks in ((), candidate.weeks):
            return None
        row = candidate.row.model_copy(update={"weeks": weeks})
        relief = self._relief(row, weeks, candidate.more, candidate.venue_needs)
        return replace(candidate, row=row, weeks=weeks, relief=relief)

    def left_out(self, candidate: Candidate) -> int:
        """Child-weeks a class could give to those left out, where the prices are blind for them."""
        if candidate.row is None:
            return 0
        return sum(self._hopes.of_left_out(candidate.row, week, candidate.more) for week in candidate.weeks)

    # ---- new classes ----------------------------------------------------------------------------

    def _classes(self) -> Iterator[Candidate]:
        """The best new class of each venue, and others there for other ages."""
        found: dict[str, list[Candidate]] = defaultdict(list)
        for row in self.new:
            needs = self._venue_needs(row, row.capacity)
            promises = self._hopes.by_week(row, row.capacity, needs)
            weeks = tuple(promises)
            if weeks:
                kept = row.model_copy(update={"weeks": weeks})
                relief = self._relief(kept, weeks, row.capacity, needs)
                guess, bound = sum(promises.values()), self._hopes.bound(row, weeks, row.capacity, needs)
                found[row.venue].append(
                    Candidate(
                        "class", row.venue, kept, weeks, row.capacity, None, needs, relief, guess, bound
                    )
                )
        for candidates in found.values():
            chosen: list[Candidate] = []
            for candidate in sorted(candidates, key=lambda it: (-it.guess, it.row.id if it.row else "")):
                if not any(_alike(candidate, other) for other in chosen):
                    chosen.append(candidate)
            yield from chosen

    # ---- classes that are there -----------------------------------------------------------------

    def _opened(self, program: Program) -> Iterator[Candidate]:
        """Optional classes that stayed closed though somebody could come."""
        wanted = {
            (class_, pool.week): pool for pool in program.pools if pool.least for class_ in pool.classes
        }
        closed = sorted(key for key in wanted if key not in self._plan.running | self._plan.kept_back)
        for class_, group in groupby(closed, key=lambda key: key[0]):
            row = self._given.class_[class_]
            weeks = self._in_order(week for _, week in group)
            relief = Relief(any_number=frozenset((class_, week) for week in weeks))
            guess = sum(min(len(wanted[class_, week].children), self._given.seats(class_)) for week in weeks)
            yield Candidate("open", row.venue, row, weeks, 0, relief=relief, guess=guess)

    def _staffed(self) -> Iterator[Candidate]:
        """Class-weeks withheld because the adults cannot carry them."""
        withheld = sorted(key for key in self._plan.kept_back if key[0] in self._given.class_)
        for class_, group in groupby(withheld, key=lambda key: key[0]):
            row, seats = self._given.class_[class_], self._given.seats(class_)
            mine = {week for _, week in group}
            promises = {
                week: promise
                for week, promise in self._hopes.by_week(row, seats, None).items()
                if week in mine
            }
            if promises:
                relief = Relief(seats={(class_, week): seats for week in promises})
                guess, bound = sum(promises.values()), self._hopes.bound(row, promises, seats, None)
                yield Candidate(
                    "adults", row.venue, row, tuple(promises), seats, relief=relief, guess=guess, bound=bound
                )

    def _seats(self) -> Iterator[Candidate]:
        """More seats in a class: as many as its room still holds, else one. Of parallel classes, one."""
        known: set[tuple[str, tuple[str, ...], Kind]] = set()
        for row in sorted(self._given.class_.values(), key=lambda row: (-self._spare(row), row.id)):
            more = max(1, self._spare(row))
            needs = self._venue_needs(row, more)
            promises = {
                week: promise
                for week, promise in self._hopes.by_week(row, more, needs).items()
                if (row.id, week) in self._plan.running and self._is_full(row, week)
            }
            weeks = tuple(promises)
            key = (row.venue, weeks, Kind.of(row))
            if not weeks or key in known:
                continue
            known.add(key)
            room = self._given.room.get(row.room or "")
            seats = self._given.seats(row.id) + more
            tight = room is not None and room.capacity is not None and room.capacity < seats
            yield Candidate(
                "seat",
                row.venue,
                row,
                weeks,
                more,
                seats if tight else None,
                needs,
                self._relief(row, self._weeks, more, needs),  # a class is as large in every week
                sum(promises.values()),
                self._hopes.bound(row, self._weeks, more, needs),
            )

    def _is_full(self, row: Class, week: str) -> bool:
        return len(self._plan.children_in(row.id, week)) >= self._given.seats(row.id)

    def _venue_seats(self) -> Iterator[Candidate]:
        """A venue whose classes have seats that it may not fill."""
        for venue in self._given.venue.values():
            if venue.capacity is None:
                continue
            at_once = {week: self._seats_at_once(venue.id, week) - venue.capacity for week in self._weeks}
            promises = {
                week: max(
                    self._hopes.at_venue(venue.id, week) * more,
                    *(
                        float(self._hopes.of_left_out(row, week, more))
                        for row in self._given.classes_at(venue.id)
                        if not self._is_full(row, week)
                    ),
                    0.0,
                )
                for week, more in at_once.items()
                if more > 0
            }
            weeks = tuple(week for week, promise in promises.items() if promise > 0)
            if weeks:
                more = max(at_once[week] for week in weeks)
                yield Candidate(
                    "venue_seat",
                    venue.id,
                    None,
                    weeks,
                    more,
                    venue_needs=venue.capacity + more,
                    relief=Relief(venues={venue.id: more}),
                    guess=sum(promises.values()),
                    bound=sum(self._hopes.at_venue(venue.id, week) for week in self._weeks) * more,
                )

    # ---- limits ---------------------------------------------------------------------------------

    def _relief(self, row: Class, weeks: Iterable[str], more: int, venue_needs: int | None) -> Relief:
        venues = {}
        if venue_needs is not None:
            venues[row.venue] = venue_needs - (self._given.venue[row.venue].capacity or 0)
        return Relief(seats={(row.id, week): more for week in weeks}, venues=venues)

    def _spare(self, row: Class) -> int:
        """Seats that a class's room still holds."""
        room = self._given.room.get(row.room or "")
        return max(0, room.capacity - row.capacity) if room and room.capacity is not None else 0

    def _venue_needs(self, row: Class, more: int) -> int | None:
        """What the venue must hold if a class there gets more seats; None where it holds as much today."""
        capacity = self._given.venue[row.venue].capacity
        if capacity is None:
            return None
        weeks = row.weeks or self._given.weeks
        seats = max((self._seats_at_once(row.venue, week, row.shifts) for week in weeks), default=0) + more
        return min(seats, capacity + more) if seats > capacity else None

    def _seats_at_once(self, venue: str, week: str, shifts: tuple[str, ...] = ()) -> int:
        """Most seats of a venue's classes in any of these shifts of a week."""
        given = self._given
        return max(
            (
                sum(
                    given.seats(row.id)
                    for row in given.classes_at(venue)
                    if shift in shifts_in(given, row.id, week)
                )
                for shift in shifts or given.shift
            ),
            default=0,
        )

    def _in_order(self, weeks: Iterable[str]) -> tuple[str, ...]:
        found = set(weeks)
        return tuple(week for week in self._given.weeks if week in found)


def _alike(one: Candidate, other: Candidate) -> bool:
    assert one.row is not None
    assert other.row is not None
    return Kind.of(one.row).shares_ages_with(Kind.of(other.row))
