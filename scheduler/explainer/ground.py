"""What every explanation looks up: standings, seats, waiting lists and gaps of one plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from scheduler.domain.absence import away, known_absences
from scheduler.domain.choices import options, position
from scheduler.domain.history import begun
from scheduler.domain.outcomes import WeekSeats
from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.plan import Gap, OpenClass, Placement, Plan, Waiting
from scheduler.domain.scenario import Scenario
from scheduler.domain.seating import shifts_in
from scheduler.domain.standing import Standing, Standings
from scheduler.domain.tables import Class
from scheduler.domain.units import Unit, units
from scheduler.explainer.court import Court, Nearby, nearby
from scheduler.explainer.lines import Stand
from scheduler.explainer.sense import sensible
from scheduler.rules import Rulebook

NOT_DECIDED: Mapping[str, object] = {"waitlist": (), "envy": (), "gaps": (), "changes": (), "stages": ()}
"""The parts of a plan that follow from its decisions; rules about decisions do not look at them."""


class Ground:
    """A plan and its season under the plan's policy, with the questions explanations ask. Who is away by the
    plan itself offers nothing then."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        """Look at a plan."""
        ruled = scenario.ruled_by(plan.policy)
        self.scenario = away(ruled, *known_absences(ruled, plan))
        self.plan = sensible(self.scenario, plan)
        self.rulebook = Rulebook(self.scenario.settings)
        self.standings = Standings(self.scenario)
        self.locks = PlacementLocks(self.scenario)
        self.past = begun(self.scenario, self.plan)
        self._options: dict[str, tuple[tuple[Class, int], ...]] = {}
        self._near: dict[Unit, Nearby] = {}
        self._courts: dict[Unit, Court] = {}
        self._allowed: dict[Unit, Mapping[str, Sequence[WeekSeats]]] = {}
        self._parts: dict[str, Plan] = {}
        self.tried: dict[tuple[str, str, str], tuple[Any, ...]] = {}
        """What was found to keep a child out of a class in a week, so that it is looked for once."""

    # ---- standing -------------------------------------------------------------------------------

    @cached_property
    def _unit_of(self) -> dict[str, Unit]:
        return {child: unit for unit in units(self.scenario) for child in unit.members}

    def unit_of(self, child: str) -> Unit:
        """The unit a child claims with; one that is not processed is alone."""
        return self._unit_of.get(child, Unit((child,)))

    def standing(self, child: str, venue: str) -> Standing:
        """The standing of a child's unit at a venue: what its claims there go by."""
        return self.standings.of_unit(self.unit_of(child).members, venue)

    def stand(self, child: str, venue: str) -> Stand:
        """The same standing in words: that of the unit's best member."""
        best = min(
            self.unit_of(child).members,
            key=lambda member: (self.standings.of(member, venue), member),
        )
        settings = self.scenario.settings
        order = self.standings.of(best, venue)
        forms = {0: "points", 2: "last"}
        form = forms.get(order[0], "reserved" if order[1] == 0 else "rank")  # type: ignore[call-overload]
        return Stand(
            form,
            -order[1] + 0.0 if form == "points" else 0.0,  # type: ignore[operator]
            self.standings.rank(best),
            form in ("reserved", "rank") and self.standings.is_late(best),
            self.scenario.draws[best] if settings.ties == "draw" else "",
        )

    def part_of(self, person: str) -> Plan:
        """The part of the plan that rules about one person look at."""
        if person not in self._parts:
            own = sorted(set(self.scenario.person[person].own_children))
            self._parts[person] = self.plan.with_(
                placements=tuple(seat for child in own for seat in self._seats.get(child, ())),
                sessions=self.plan.sessions_by(person),
                duties=self.plan.duties_of(person),
                **NOT_DECIDED,
            )
        return self._parts[person]

    @cached_property
    def _seats(self) -> dict[str, list[Placement]]:
        """The placements of each child."""
        found: dict[str, list[Placement]] = defaultdict(list)
        for seat in self.plan.placements:
            found[seat.child].append(seat)
        return found

    def part_for_seat(self, child: str, class_: str, week: str) -> Plan:
        """The part of the plan that hard rules look at when a child goes over to a class: its own seats, and
        all of the class it would leave and of the one it would enter."""
        left = self.plan.class_of(child, week)
        touched = {(class_, week), (left or class_, week)} & self.plan.running
        there = {(c, key) for key in touched for c in self.plan.children_in(*key)}
        own = {(child, (c, w)) for w, c in self.plan.weeks_of(child).items()}
        return Plan(
            open_classes=tuple(OpenClass(class_=c, week=w) for c, w in sorted(touched)),
            placements=tuple(
                Placement(child=who, week=w, class_=c, choice=0) for who, (c, w) in sorted(there | own)
            ),
        )

    # ---- wishes ---------------------------------------------------------------------------------

    def options(self, child: str) -> tuple[tuple[Class, int], ...]:
        """The classes a child could be in by its own wishes, with their positions, best first."""
        if child not in self._options:
            self._options[child] = options(self.scenario, self.scenario.child[child])
        return self._options[child]

    def position_in(self, child: str, week: str) -> int | None:
        """The position among its choices of what a child has in a week; None where it has nothing, or a
        class that it never named (a lock's)."""
        class_ = self.scenario.class_.get(self.plan.class_of(child, week) or "")
        return position(self.scenario.child[child], class_) if class_ else None

    # ---- seats ----------------------------------------------------------------------------------

    def seated(self, class_: str, week: str) -> tuple[str, ...]:
        """The known children of a class-week, by standing there, then draw."""
        venue = self.scenario.class_[class_].venue
        known = (child for child in self.plan.children_in(class_, week) if child in self.scenario.child)
        return tuple(sorted(known, key=lambda child: self._order(child, venue)))

    def cut_off(self, class_: str, week: str) -> str | None:
        """The child that stands last among those seated by their standing; locked ones do not count."""
        free = [c for c in self.seated(class_, week) if c not in self.locks.children]
        return free[-1] if free else None

    def last_at(self, venue: str, week: str) -> str | None:
        """The child that stands last among those at a venue by their standing."""
        here = (self.cut_off(row.id, week) for row in self.scenario.classes_at(venue))
        return max((c for c in here if c), key=lambda child: self._order(child, venue), default=None)

    def below(self, child: str, class_: str, week: str) -> tuple[str, ...]:
        """The children seated in a class-week that stand strictly lower there than a child."""
        venue = self.scenario.class_[class_].venue
        mine = self.standing(child, venue)
        return tuple(c for c in self.seated(class_, week) if mine < self.standing(c, venue))

    def equals(self, child: str, class_: str, week: str) -> int:
        """How many of those seated in a class-week stand as a child does there."""
        venue = self.scenario.class_[class_].venue
        mine = self.standing(child, venue)
        return sum(mine == self.standing(c, venue) for c in self.seated(class_, week))

    def at_once(self, venue: str, week: str) -> int:
        """Most children of a venue at once in a week: those of the classes held in the same shift."""
        return max((self._present(venue, week, shift) for shift in self.scenario.shift), default=0)

    def fills_venue(self, class_: str, week: str, entering: int) -> int | None:
        """How many children are at the venue in a shift of the class, if so many more are too many."""
        row = self.scenario.class_[class_]
        capacity = self.scenario.venue[row.venue].capacity
        if capacity is None:
            return None
        shifts = shifts_in(self.scenario, class_, week)
        most = max((self._present(row.venue, week, shift) for shift in shifts), default=0)
        return most if entering and most + entering > capacity else None

    def _present(self, venue: str, week: str, shift: str) -> int:
        here = [row.id for row in self.scenario.classes_at(venue) if (row.id, week) in self.plan.running]
        return sum(
            len(self.plan.children_in(class_, week))
            for class_ in here
            if shift in shifts_in(self.scenario, class_, week)
        )

    def _order(self, child: str, venue: str) -> tuple[object, ...]:
        return (self.standing(child, venue), self.scenario.draws[child], child)

    @cached_property
    def offered(self) -> frozenset[tuple[str, str]]:
        """The class-weeks that can be held and are not closed by hand."""
        return frozenset(self.scenario.class_weeks) - frozenset(self.locks.closed)

    def held(self, venue: str, week: str, shift: str) -> tuple[str, ...]:
        """The classes of a venue that can be held in a shift of a week."""
        classes = (row.id for row in self.scenario.classes_at(venue))
        return tuple(class_ for class_ in classes if shift in shifts_in(self.scenario, class_, week))

    @cached_property
    def first_choices(self) -> Counter[str]:
        """How many child-weeks are wanted at each venue as a first choice."""
        found: Counter[str] = Counter()
        for row in self.scenario.processed:
            if row.choices:
                first = self.scenario.class_.get(row.choices[0])
                found[first.venue if first else row.choices[0]] += len(self.scenario.wanted_weeks(row.id))
        return found

    # ---- claims ---------------------------------------------------------------------------------

    def near(self, unit: Unit) -> Nearby:
        """What bears on a unit's claims: the venues it may go to or is at, and who sits or waits there."""
        if unit not in self._near:
            options = {option.venue for child in unit.members for option, _ in self.options(child)}
            present = {self.scenario.class_[c].venue for child in unit.members for c in self._has(child)}
            self._near[unit] = nearby(self.scenario, self.plan, unit, options | present)
        return self._near[unit]

    def _has(self, child: str) -> tuple[str, ...]:
        return tuple(self.plan.weeks_of(child).values())

    def court(self, unit: Unit) -> Court:
        """What judges a unit's claims as things are. Under the policy `seats` nobody gives way to anybody."""
        if unit not in self._courts:
            near = self.near(unit)
            self._courts[unit] = Court(near.scenario, near.plan, free_only=self.seats_first)
        return self._courts[unit]

    @property
    def seats_first(self) -> bool:
        """Whether the policy is `seats`: standing gives no claim then."""
        return self.scenario.settings.policy == "seats"

    def allowed(self, unit: Unit) -> Mapping[str, Sequence[WeekSeats]]:
        """The ways a unit could spend each week that it wants, in seats that are free or held by lower
        standing."""
        if unit not in self._allowed:
            self._allowed[unit] = self.court(unit).allowed(unit)
        return self._allowed[unit]

    def has_claim(self, child: str) -> bool:
        """Whether the child's unit has any claim."""
        unit = self.unit_of(child)
        return bool(self.court(unit).claimed(unit, self.allowed(unit)))

    def claims(self, child: str, class_: str, week: str) -> bool:
        """Whether the child's unit has a claim to an outcome with this seat: one that it prefers, in seats
        that are free or held by lower standing. Who is placed by a lock has none."""
        unit = self.unit_of(child)
        by_week = dict(self.allowed(unit))
        by_week[week] = [way for way in by_week.get(week, ()) if way.get(child) == class_]
        return bool(self.court(unit).claimed(unit, by_week))

    def declares(self, child: str) -> bool:
        """Whether the plan declares a claim of the child's unit."""
        members = self.unit_of(child).members
        return any(row.child in members for row in self.plan.envy)

    # ---- waiting lists and gaps -------------------------------------------------------------------

    @cached_property
    def _queues(self) -> dict[tuple[str, str], list[Waiting]]:
        found: dict[tuple[str, str], list[Waiting]] = defaultdict(list)
        for row in sorted(self.plan.waitlist, key=lambda row: (row.position, row.child)):
            found[row.class_, row.week].append(row)
        return found

    def queue(self, class_: str, week: str) -> tuple[Waiting, ...]:
        """The waiting list of a class-week, in order."""
        return tuple(self._queues.get((class_, week), ()))

    def waits_at(self, child: str, class_: str, week: str) -> int | None:
        """A child's position in the waiting list of a class-week."""
        return next((row.position for row in self.queue(class_, week) if row.child == child), None)

    def gaps_of(self, class_: str, week: str) -> tuple[Gap, ...]:
        """The unfilled posts of a class in a week, by day and shift."""
        known = [row for row in self.plan.gaps if row.class_ == class_ and row.date in self.scenario.day]
        found = [row for row in known if self.scenario.week_of(row.date) == week]
        order = list(self.scenario.shift)
        known_shifts = [row for row in found if row.shift in self.scenario.shift]
        return tuple(sorted(known_shifts, key=lambda row: (row.date, order.index(row.shift), row.need)))
