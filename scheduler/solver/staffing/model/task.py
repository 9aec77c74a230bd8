"""One request for a roster: what stands, what is possible, what is asked, and the models of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from scheduler.domain.demand import DutiesAt, Post, counts, gaps, missing, posts
from scheduler.domain.plan import Duty, Plan
from scheduler.domain.work import Offers, is_known_duty
from scheduler.rules.duties import DutyRule
from scheduler.solver.cpsat import SCALE, CpModel
from scheduler.solver.door import Request
from scheduler.solver.goals import Goal, Solution
from scheduler.solver.staffing.model.candidates import possible
from scheduler.solver.staffing.model.settled import Settled
from scheduler.variables.model import Because, Expression, Variable
from scheduler.variables.staffing import Missing, Staffing


@dataclass(frozen=True)
class Built:
    """A model of all or some of the duties, its variables and what its posts miss."""

    model: CpModel
    x: Staffing
    missing: list[Missing]

    def gaps(self, strength: str) -> Expression:
        """Adults missing for asks of a strength."""
        return self.model.total(row.amount for row in self.missing if row.ask.strength == strength)

    def completed(self, roster: Collection[Duty], least: Expression) -> Mapping[Variable, int]:
        """A roster as values of all variables, those that follow from it making `least` least: a whole
        solution as hint is taken at once, while the rest of a part must be searched for."""
        self.model.cp.minimize(least)
        return self.model.completed(
            {
                variable: int(duty in roster)
                for duty, variable in self.x.on_duty.items()
                if not isinstance(variable, int)
            }
        )

    def roster(self, solution: Solution) -> frozenset[Duty]:
        """The duties of a solution, those that stand included."""
        return frozenset(duty for duty, variable in self.x.on_duty.items() if solution[variable])


class Task:
    """One request: the duties that stand, those that are possible, and the posts to fill."""

    def __init__(self, request: Request) -> None:
        """Find what is to be decided."""
        self.request = request
        self.scenario = request.scenario
        self.plan = request.so_far.with_(duties=(), gaps=())
        self.standing = frozenset(_standing(request))
        self.known = frozenset(duty for duty in self.standing if _is_known(request, duty))
        rulebook = request.rulebook
        self.hard = cast(tuple[DutyRule, ...], rulebook.of_stage("staffing", hard=True))
        self.soft = cast(tuple[DutyRule, ...], rulebook.of_stage("staffing", hard=False))
        self.possible = [duty for duty in possible(request, self.plan, self.hard) if duty not in self.known]
        self.posts = tuple(posts(self.scenario, self.plan))
        self.settled = Settled(self.scenario, self.plan, sorted(self.known, key=order))
        self._lookup, self._offers = Offers(self.scenario, self.plan), dict[str, int]()

    # ---- models ---------------------------------------------------------------------------------

    def build(
        self,
        keep: frozenset[Because] | None = None,
        *,
        free: Collection[Duty] | None = None,
        roster: Collection[Duty] = (),
        at: Collection[Post] | None = None,
        model: CpModel | None = None,
    ) -> Built:
        """The variables, the hard rules and what the posts `at` miss (None: all posts).

        With `free` only these duties are decided; of the others those of `roster` stand. With `model` they
        become part of one that is there.
        """
        model = CpModel(keep) if model is None else model
        days = set(self.scenario.open_days) if free is None else {duty.date for duty in free}
        stands = sorted(self.known | (frozenset() if free is None else set(roster) - set(free)), key=order)
        x = Staffing(
            model,
            self.scenario,
            self.plan,
            possible=self.possible if free is None else [d for d in self.possible if d in free],
            fixed=stands,
            # what is asked of other days (a lock's duty in another week) is not to be met here
            is_free=lambda venue, day: day in days and self.request.is_free(venue, day=day),
            offered=self.offered,
        )
        for rule in self.hard:
            rule.formulate(model, x)
        return Built(model, x, x.missing(self.posts if at is None else at))

    def part(
        self,
        free: Collection[Duty],
        standing: Collection[Duty],
        at: Collection[Post],
        places: Collection[tuple[str, date]],
        *,
        without: Collection[str] = (),
    ) -> Built:
        """A model of some duties alone, beside those of others that the rules look at; `places` are the
        venues and days at which there is something to decide. Rules `without` are left out."""
        model = CpModel()
        x = Staffing(
            model,
            self.scenario,
            self.plan,
            possible=free,
            fixed=standing,
            is_free=lambda venue, day: (venue, day) in places,
            offered=self.offered,
        )
        for rule in self.hard:
            if rule.id() not in without:
                rule.formulate(model, x)
        return Built(model, x, x.missing(at))

    def offered(self, person: str) -> int:
        """How many shifts somebody offers."""
        if person not in self._offers:
            self._offers[person] = len(self._lookup.of(person))
        return self._offers[person]

    def goals(self, built: Built) -> Iterator[Goal]:
        """The levels before the soft rules, in their strict order."""
        yield Goal("must_gaps", built.gaps("must"))
        yield Goal("soft_gaps", built.gaps("soft"))
        if self.request.previous is not None:
            yield Goal("changes", self._changes(built, self.request.previous))

    def soft_goal(self, built: Built, *, without: Collection[str] = ()) -> Goal:
        """The weighted cost of the soft rules, but those `without`, and the prices of shared people."""
        weight, shared = self.request.rulebook.weight, self.request.shared
        weighted = [
            round(weight(rule) * SCALE) * rule.formulate(built.model, built.x)
            for rule in self.soft
            if round(weight(rule) * SCALE) and rule.id() not in without
        ]
        priced = [
            round(shared[f"person:{duty.person}"] * SCALE) * variable
            for duty, variable in built.x.on_duty.items()
            if f"person:{duty.person}" in shared
        ]
        return Goal("soft", built.model.total([*weighted, *priced]), scale=SCALE)

    def hold(self, built: Built, values: Collection[float]) -> None:
        """Keep the levels before the soft rules at these values or better."""
        for goal, value in zip(self.goals(built), values, strict=True):
            built.model.require(goal.expression <= round(value))

    def _changes(self, built: Built, previous: Plan) -> Expression:
        """Duties of the previous plan that are no longer so, each at its price."""
        old = sorted(set(previous.duties) - self.standing, key=order)
        kept = [built.x.on_duty.get(duty, 0) for duty in old]
        price = self.request.prices.duty
        return built.model.total(price * built.model.negated(variable) for variable in kept)

    # ---- rosters --------------------------------------------------------------------------------

    def plan_of(self, roster: Collection[Duty]) -> Plan:
        """The plan with a roster, and the gaps it leaves."""
        plan = self._with(roster)
        return plan.with_(gaps=gaps(self.scenario, plan))

    def _with(self, roster: Collection[Duty]) -> Plan:
        return self.plan.with_(duties=tuple(sorted(set(roster) | self.standing, key=order)))

    def breaks_rules(self, roster: Collection[Duty]) -> bool:
        """Whether a roster breaks a hard rule, by the rules' own checks."""
        plan = self._with(roster)
        return any(True for rule in self.hard for _ in rule.check(self.scenario, plan))

    def missing(self, roster: Collection[Duty], at: Collection[Post] | None = None) -> tuple[int, int]:
        """Adults that a roster misses for `must` and for soft asks, at some posts or at all."""
        on_duty = DutiesAt(set(roster) | self.known)
        total = {"must": 0, "soft": 0}
        for post in self.posts if at is None else at:
            here = on_duty.of(post)
            for ask in post.asks:
                present = sum(counts(self.scenario, self.plan, post, ask, duty) for duty in here)
                total[ask.strength] += missing(ask, present)
        return total["must"], total["soft"]

    def levels(self, roster: Collection[Duty], at: Collection[Post] | None = None) -> tuple[int, ...]:
        """A roster's values of the levels before the soft rules, with what is missing at some posts."""
        previous = self.request.previous
        if previous is None:
            return self.missing(roster, at)
        gone = set(previous.duties) - self.standing - set(roster)
        return (*self.missing(roster, at), self.request.prices.duty * len(gone))

    def cost(self, roster: Collection[Duty]) -> float:
        """The weighted cost of a roster, by the rules' own checks."""
        cost = self.request.rulebook.cost(self.scenario, self._with(roster), "staffing")
        shared = self.request.shared
        prices = (round(shared.get(f"person:{duty.person}", 0) * SCALE) for duty in set(roster) | self.known)
        return round(cost + sum(prices) / SCALE, 6)


def order(duty: Duty) -> tuple[object, ...]:
    """A canonical order of duties."""
    return (duty.date, duty.shift, duty.class_ or "", duty.venue, duty.role, duty.person)


def _standing(request: Request) -> Iterator[Duty]:
    """Duties that are not to be decided: of the published plan, or of the plan so far."""
    source = request.previous if request.previous is not None else request.so_far
    for duty in source.duties:
        if duty.date in request.scenario.day and not request.is_free(duty.venue, day=duty.date):
            yield duty


def _is_known(request: Request, duty: Duty) -> bool:
    return is_known_duty(request.scenario, duty) and duty.person in request.scenario.person
