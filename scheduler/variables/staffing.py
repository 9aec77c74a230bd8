"""The decisions of staffing: who is on duty where, and what follows from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from scheduler.domain import work
from scheduler.domain.demand import Ask, Post, counts
from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.work import stints
from scheduler.variables.model import Because, Expression, Model, Variable


class Missing(NamedTuple):
    """How many adults one ask of a post misses."""

    post: Post
    ask: Ask
    amount: Expression


class Staffing:
    """Who is on duty: a variable for every duty that can be, 1 for every duty that stands.

    `plan` holds what the earlier stages decided. Duties that stand (`fixed`) are part of the answer but
    no decision of it. `is_free` tells at which venues and days there is something to decide.
    """

    def __init__(
        self,
        model: Model,
        scenario: Scenario,
        plan: Plan,
        *,
        possible: Iterable[Duty],
        fixed: Iterable[Duty] = (),
        is_free: Callable[[str, date], bool] = lambda venue, day: True,
        offered: Callable[[str], int] | None = None,
    ) -> None:
        """One boolean for every possible duty. `offered` knows how many shifts people offer."""
        self.offered = offered or (lambda person: work.offered(scenario, plan, person))
        self.model = model
        self.scenario = scenario
        self.plan = plan
        self.is_free = is_free
        self.on_duty: dict[Duty, Variable] = dict.fromkeys(fixed, 1)
        for duty in possible:
            if duty not in self.on_duty:
                self.on_duty[duty] = model.boolean(_name(duty))
        self.by_person_shift: dict[tuple[str, date, str], list[Duty]] = defaultdict(list)
        self.by_place: dict[tuple[str, date, str], list[Duty]] = defaultdict(list)
        self.by_class_week: dict[tuple[str, str], list[Duty]] = defaultdict(list)
        for duty in self.on_duty:
            self.by_person_shift[duty.person, duty.date, duty.shift].append(duty)
            self.by_place[duty.venue, duty.date, duty.shift].append(duty)
            if duty.class_ is not None:
                self.by_class_week[duty.class_, scenario.week_of(duty.date)].append(duty)
        self._days: dict[str, dict[date, None]] = defaultdict(dict)
        for person, day, _ in self.by_person_shift:
            self._days[person][day] = None
        self._works: dict[tuple[str, date], Variable] = {}
        self.kept: dict[str, dict[str, Variable]] = defaultdict(dict)
        self._stands = {person: self._standing(person) for person in self._days}

    # ---- people ---------------------------------------------------------------------------------

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who can be on duty, by id."""
        return tuple(sorted(self._days))

    def days_of(self, person: str) -> tuple[date, ...]:
        """The days on which a person can be on duty."""
        return tuple(sorted(self._days.get(person, ())))

    def duties_of(self, person: str) -> list[Duty]:
        """Everything a person can be on duty for, by day and shift."""
        return [
            duty
            for day in self.days_of(person)
            for shift in self.scenario.shift
            for duty in self.by_person_shift.get((person, day, shift), ())
        ]

    def stands(self, person: str) -> Mapping[date, frozenset[str]]:
        """The shifts a person works whatever is decided: sessions, and duties that stand; of those, too, who
        can be on duty nowhere."""
        if person not in self._stands:
            self._stands[person] = self._standing(person)
        return self._stands[person]

    def in_shift(self, person: str, day: date, shift: str) -> Expression:
        """1 if the person is on duty anywhere in the shift."""
        duties = self.by_person_shift.get((person, day, shift), ())
        return self.model.total(self.on_duty[duty] for duty in duties)

    def works(self, person: str, day: date) -> Variable:
        """Whether the person works at all on a day, on duty or teaching."""
        key = (person, day)
        if key not in self._works:
            if day in self.stands(person):
                self._works[key] = 1
            else:
                self._works[key] = self._worked(person, day)
        return self._works[key]

    def _worked(self, person: str, day: date) -> Variable:
        """Linked shift by shift: a person has one post in a shift, so all of a shift's duties together are
        no more than the day, which keeps the relaxation tight."""
        by_shift = [self.by_person_shift.get((person, day, shift), []) for shift in self.scenario.shift]
        every = [self.on_duty[duty] for duties in by_shift for duty in duties]
        if len(every) < 2:
            return every[0] if every else 0
        works = self.model.boolean(f"works {person} {day}")
        for duties in by_shift:
            if duties:
                self.model.require(self.sum_of(duties) <= works)
        self.model.require(self.model.total(every) >= works)
        return works

    def keeps(self, person: str, class_: str, duties: Iterable[Duty]) -> Variable:
        """Whether the person is a class's homeroom teacher at all, by all their `duties` as such; `kept` has
        it by class and person from then on."""
        keeps = self.kept[class_][person] = self.model.boolean(f"homeroom {person} {class_}")
        for duty in duties:
            self.model.require(self.on_duty[duty] <= keeps)
        return keeps

    def load(self, person: str) -> Expression:
        """How many shifts the person is on duty."""
        return self.model.total(self.on_duty[duty] for duty in self.duties_of(person))

    # ---- posts ----------------------------------------------------------------------------------

    def sum_of(self, duties: Iterable[Duty]) -> Expression:
        """How many of these duties are filled."""
        return self.model.total(self.on_duty[duty] for duty in duties)

    def missing(self, posts: Iterable[Post]) -> list[Missing]:
        """What is missing at posts: minimising it makes the amounts exact.

        For an ask of `number` adults beyond `beyond` others, with `present` there: at least number + beyond
        - present - over, where `over` is what the others themselves miss, max(0, beyond - present).
        """
        return [found for post in posts for found in self._missing_at(post)]

    def _missing_at(self, post: Post) -> list[Missing]:
        found: list[Missing] = []
        for ask in sorted(post.asks, key=lambda ask: ask.beyond):
            present = self.sum_of(
                duty
                for duty in self.by_place.get((post.venue, post.date, post.shift), ())
                if counts(self.scenario, self.plan, post, ask, duty)
            )
            name = f"missing {ask.need} {post.class_ or post.venue} {post.date} {post.shift}"
            if isinstance(present, int):
                amount: Expression = min(ask.number, max(0, ask.number + ask.beyond - present))
            else:
                amount = self.model.integer(0, ask.number, name)
                over = self._over(ask, present, found, name) if ask.beyond else 0
                self.model.require(amount + over + present >= ask.number + ask.beyond)
            found.append(Missing(post, ask, amount))
        return found

    def _over(self, ask: Ask, present: Expression, others: list[Missing], name: str) -> Expression:
        """What the others an ask stands beyond miss themselves.

        Where these are the `must` ask of the same people, whatever that is said to miss will do: said too
        high it would cost a `must` gap for a soft one.
        """
        alike = (ask.roles, ask.qualification, "must")
        for other in others:
            named = (other.ask.roles, other.ask.qualification, other.ask.strength)
            if ask.strength == "soft" and named == alike and other.ask.number == ask.beyond:
                return other.amount
        return self._missed_by_others(ask, present, others, name)

    def _missed_by_others(
        self, ask: Ask, present: Expression, others: list[Missing], name: str
    ) -> Expression:
        """Adults short of `beyond`; the others' own missing adults bound it, which keeps the bound tight."""
        model = self.model
        over = model.integer(0, ask.beyond, f"over {name}")
        short = model.boolean(f"short {name}")
        model.require(over <= ask.beyond * short)
        model.require(over + present <= ask.beyond, when=[short])
        model.require(over <= model.total(other.amount for other in others))
        return over

    def _standing(self, person: str) -> dict[date, frozenset[str]]:
        found: dict[date, set[str]] = defaultdict(set)
        for row in stints(self.scenario, self.plan, person):
            if not row.is_duty:
                found[row.date].add(row.shift)
        for day in self._days.get(person, ()):
            for shift in self.scenario.shift:
                duties = self.by_person_shift.get((person, day, shift), ())
                if any(_stands(self.on_duty[duty]) for duty in duties):
                    found[day].add(shift)
        return {day: frozenset(shifts) for day, shifts in found.items()}


def at_most(model: Model, literals: list[Variable], limit: int, *because: Because) -> None:
    """At most so many of the literals hold; those that stand already may be more, but then no others."""
    standing = sum(literal for literal in literals if isinstance(literal, int))
    model.require(model.total(literals) <= max(limit, standing), *because)


def _stands(variable: Variable) -> bool:
    return isinstance(variable, int) and variable == 1


def _name(duty: Duty) -> str:
    where = duty.class_ or duty.venue
    return f"{duty.person} {duty.role} {where} {duty.date} {duty.shift}"
