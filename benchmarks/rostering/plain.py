"""The plain person-shift model: every possible duty a boolean, every rule of staffing at once.

The mathematics are the rules' own `formulate`, so that all engines mean the same; the model is one, of the
whole season, and is handed to a solver as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from benchmarks.placing.program import Level, Program
from benchmarks.rostering.first import First
from benchmarks.rostering.possible import possible
from scheduler.domain.demand import posts
from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.rules.duties import DutyRule
from scheduler.solver.cpsat import SCALE, CpModel
from scheduler.solver.goals import Goal
from scheduler.solver.rows import ENDLESS, Row, plain, rows_of
from scheduler.variables.model import Variable
from scheduler.variables.staffing import Staffing


class Plain:
    """The model of a season, with the soft rules or of its gaps alone."""

    def __init__(self, scenario: Scenario, plan: Plan, *, soft: bool = True) -> None:
        """Every hard rule, what posts miss, and (unless only gaps matter) every soft rule's amount."""
        book = Rulebook(scenario.settings)
        hard = cast(tuple[DutyRule, ...], book.of_stage("staffing", hard=True))
        self.posts = tuple(posts(scenario, plan))
        self.possible = possible(scenario, plan, hard)
        self.model = CpModel()
        self.x = Staffing(self.model, scenario, plan, possible=self.possible)
        for rule in hard:
            rule.formulate(self.model, self.x)
        missing = self.x.missing(self.posts)
        self.goals = [
            Goal(
                f"{strength}_gaps",
                self.model.total(row.amount for row in missing if row.ask.strength == strength),
            )
            for strength in ("must", "soft")
        ]
        if soft:
            cost = (
                round(book.weight(rule) * SCALE) * rule.formulate(self.model, self.x)
                for rule in book.of_stage("staffing", hard=False)
                if round(book.weight(rule) * SCALE)
            )
            self.goals.append(Goal("soft", self.model.total(cost), scale=SCALE))

    def first(self) -> Mapping[Variable, int]:
        """The simple roster as values of all variables, those that follow from it as small as can be."""
        chosen = First(self.x.scenario, self.x.plan, self.possible).roster(self.posts)
        start = {variable: int(duty in chosen) for duty, variable in self.x.on_duty.items()}
        least = self.model.total(goal.expression for goal in self.goals)
        return self.model.completed(start, seconds=60.0, least=least)

    def duties(self, values: Iterable[float]) -> tuple[Duty, ...]:
        """The duties of a solution."""
        by_index = list(values)
        return tuple(duty for duty, variable in self.x.on_duty.items() if by_index[variable.index] > 0.5)

    def program(self) -> tuple[Program, list[Level]]:
        """The model and its levels as rows over whole numbers, for linear programming."""
        program = Program()
        for variable in self.model.cp.proto.variables:
            # every variable of staffing begins at 0; ortools reads a negative index as 0
            program.whole(int(variable.domain[len(variable.domain) - 1]))
        for row in rows_of(self.model):
            _add(program, row)
        one = program.boolean()
        program.lowest[one] = 1  # carries what is missing whoever comes
        levels = []
        for goal in self.goals:
            known, terms = goal.cost
            levels.append(Level(goal.name, {**dict(terms), one: known}, scale=goal.scale))
        return program, levels


def _add(program: Program, row: Row) -> None:
    """A row, given up where one of its conditions does not hold."""
    terms: dict[int, int] = {}
    off = 0
    for index, factor in row.terms:
        sign = 1 if index >= 0 else -1
        terms[plain(index)] = terms.get(plain(index), 0) + sign * factor
        off += factor if index < 0 else 0
    least = sum(min(0, factor * program.highest[x]) for x, factor in terms.items())
    most = sum(max(0, factor * program.highest[x]) for x, factor in terms.items())
    if row.low > -ENDLESS and row.low - off > least:
        program.row(*_switched(terms, row.low - off, row.when, row.low - off - least))
    if row.high < ENDLESS and row.high - off < most:
        negative = {x: -factor for x, factor in terms.items()}
        program.row(*_switched(negative, off - row.high, row.when, most - row.high + off))


def _switched(
    terms: Mapping[int, int], low: int, when: Iterable[int], slack: int
) -> tuple[dict[int, int], int]:
    found = dict(terms)
    for index in when:
        x = plain(index)
        found[x] = found.get(x, 0) + (slack if index < 0 else -slack)
        low -= 0 if index < 0 else slack
    return found, low
