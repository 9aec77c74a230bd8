"""What a class-week asks of the adults before anybody is placed, and which class-weeks may be withheld.

The number of children is unknown then, so everything is reckoned in the classes' favour: a class asks for no
more than it would with its fewest children, and only for what every child that could come would ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from scheduler.domain.choices import options, position
from scheduler.domain.demand import Ask, applies, asks_of, setting_of
from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Need, Person
from scheduler.domain.tables.staff import Role

ClassWeek = tuple[str, str]
Slot = tuple[date, str]
"""A day and a shift."""

Asked = tuple[tuple[Role, ...], int]
"""So many adults of any of these roles."""


class Reserve:
    """The questions `staff_reserve` asks of a scenario."""

    def __init__(self, scenario: Scenario) -> None:
        """Nothing is reckoned yet."""
        self.scenario = scenario
        self._locks = PlacementLocks(scenario)

    # ---- which class-weeks it is about ----------------------------------------------------------

    @property
    def reckons(self) -> bool:
        """Whether adults are reckoned with at all: the settings want it, and there are a staff list and
        needs that must be met."""
        return self.scenario.settings.staff_reserve and bool(self.scenario.staff) and bool(self._musts)

    @cached_property
    def candidates(self) -> dict[ClassWeek, tuple[str, ...]]:
        """The children who could come to each class-week that can be held and is not closed by hand, by id;
        class-weeks nobody could come to are left out: idle, they need nobody."""
        offered = frozenset(self.scenario.class_weeks) - frozenset(self._locks.closed)
        found: dict[ClassWeek, list[str]] = {}
        for row in self.scenario.processed:
            weeks = self.scenario.wanted_weeks(row.id)
            for class_, _ in options(self.scenario, row):
                for week in weeks:
                    if (class_.id, week) in offered:
                        found.setdefault((class_.id, week), []).append(row.id)
        for child, week, class_id in self._locks.placed:
            if (class_id, week) in offered and child not in found.setdefault((class_id, week), []):
                found[class_id, week].append(child)
        return {key: tuple(sorted(children)) for key, children in sorted(found.items())}

    def first_choices(self, class_: str, week: str) -> int:
        """How many of those who could come to a class-week named it, or its venue, first."""
        row = self.scenario.class_[class_]
        return sum(position(self.scenario.child[c], row) == 1 for c in self.candidates[class_, week])

    @cached_property
    def promised(self) -> frozenset[ClassWeek]:
        """The class-weeks that locks open, or place children in: never withheld."""
        return frozenset(self._locks.opened) | {(class_, week) for _, week, class_ in self._locks.placed}

    # ---- what they ask --------------------------------------------------------------------------

    def slots(self, class_: str, week: str) -> Iterator[Slot]:
        """The days and shifts in which a class-week is held."""
        for day in self.scenario.days_in(week):
            for shift in self.scenario.held(class_, day):
                yield day, shift

    def class_asks(self, class_: str, week: str) -> dict[Slot, tuple[Asked, ...]]:
        """The adults a class-week must have in each of its shifts, whoever comes."""
        row, ages = self.scenario.class_[class_], self._ages(class_, week)
        children = max(1, row.min_children)
        needs = [need for need in self._musts if setting_of(need) == "class"]
        return self._by_slot(class_, week, needs, ages, children)

    def venue_asks(self, class_: str, week: str) -> dict[Slot, tuple[Asked, ...]]:
        """The `site` people its venue must have while a class-week is held; people of a class count for what
        else a venue asks, so that asks for nobody more."""
        needs = [need for need in self._musts if setting_of(need) == "venue" and need.per_class]
        return self._by_slot(class_, week, needs, self._ages(class_, week), 0, only=("site",))

    def _by_slot(
        self,
        class_: str,
        week: str,
        needs: list[Need],
        ages: tuple[int | None, ...],
        children: int,
        only: tuple[Role, ...] = (),
    ) -> dict[Slot, tuple[Asked, ...]]:
        of_shift: dict[str, tuple[Asked, ...]] = {}
        found = {}
        for day, shift in self.slots(class_, week):
            if shift not in of_shift:
                certain = [n for n in needs if all(applies(n, shift, age) for age in ages)]
                asks = [ask for need in certain for ask in asks_of(need, children) if not ask.qualification]
                asks = [a for a in asks if self._listed & set(a.roles) and (not only or a.roles == only)]
                of_shift[shift] = most_of_disjoint(asks)
            if of_shift[shift]:
                found[day, shift] = of_shift[shift]
        return found

    @cached_property
    def _musts(self) -> tuple[Need, ...]:
        return tuple(need for need in self.scenario.need.values() if need.strength == "must")

    @cached_property
    def _listed(self) -> frozenset[Role]:
        """The roles anybody on the staff list has. A role nobody was ever listed for is planned elsewhere: it
        would close every class."""
        return frozenset(role for person in self.scenario.staff for role in person.roles)

    def _ages(self, class_: str, week: str) -> tuple[int | None, ...]:
        """The ages the youngest child of a class-week could have."""
        return tuple({self.scenario.age(child) for child in self.candidates.get((class_, week), ())})

    # ---- what adults offer ----------------------------------------------------------------------

    def offers(self, person: Person, slots: Iterable[Slot]) -> frozenset[Slot]:
        """The shifts in which a person counts: cleared, of age, and not saying no."""
        days: dict[date, bool] = {}
        for day, _ in slots:
            if day not in days:
                days[day] = self.scenario.is_cleared(person.id, day) and not self.scenario.is_minor(
                    person.id, day
                )
        return frozenset(
            (day, shift)
            for day, shift in slots
            if days[day] and self.scenario.availability_of(person.id, day, shift) != "no"
        )


def needed(asked: int, share: float) -> float:
    """Adult-shifts of a week that must be covered for a class to be carried: the share of those asked, but
    never all of them, since one gap closes no class."""
    return max(0.0, min(share * asked, asked - 1.0))


def most_of_disjoint(asks: Iterable[Ask]) -> tuple[Asked, ...]:
    """Of asks, those of disjoint roles that come to most adults: no adult stands for two of them."""
    largest: dict[tuple[Role, ...], int] = {}
    for ask in asks:
        largest[ask.roles] = max(largest.get(ask.roles, 0), ask.number)
    return max(_disjoint(sorted(largest.items())), key=_adults)


def _disjoint(asks: list[Asked]) -> Iterator[tuple[Asked, ...]]:
    if not asks:
        yield ()
        return
    first, rest = asks[0], asks[1:]
    yield from _disjoint(rest)
    for chosen in _disjoint([ask for ask in rest if not set(ask[0]) & set(first[0])]):
        yield (first, *chosen)


def _adults(asks: tuple[Asked, ...]) -> tuple[int, int]:
    """How many adults asks come to; of equal ones those that say more about roles."""
    return sum(number for _, number in asks), len(asks)
