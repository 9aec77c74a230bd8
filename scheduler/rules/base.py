"""What every rule is: a sentence, a unit, parameters, and two halves that share no code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.moves import Move

StageName = Literal["placement", "timetable", "staffing", "derived"]
STAGES: tuple[StageName, ...] = ("placement", "timetable", "staffing", "derived")


@dataclass(frozen=True)
class Phrase:
    """A sentence of the catalogues that fills a part of another one, e.g. a reason; filled by its own
    parameters."""

    id: str
    parameters: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Violation:
    """A witness that a rule does not hold (hard), or costs something (soft).

    `amount` is at least 1, in the rule's unit. `message` names the sentence `<rule>.<message>` in the
    catalogues, filled by `parameters`. `refs` are references as `explain` takes them (`child:ID`, ...).
    """

    rule: str
    amount: int
    message: str = "broken"
    parameters: Mapping[str, object] = field(default_factory=dict, hash=False)
    refs: tuple[str, ...] = ()


class Rule(BaseModel):
    """A rule of the domain; its fields are its parameters, set by `<rule>.<parameter>` in the settings.

    A rule's id is the name of its file. Beside `check` a rule has its mathematics, for the solver alone:
    `formulate(model, x)` adds constraints (hard) or gives the amount as a linear expression (soft).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    stage: ClassVar[StageName]
    hard: ClassVar[bool] = True
    unit: ClassVar[str]
    weight: ClassVar[float] = 1.0

    @classmethod
    def id(cls) -> str:
        """The rule's id: the name of its file."""
        return cls.__module__.rpartition(".")[2]

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every violation in a plan, by loops and sets over the plan alone."""
        raise NotImplementedError(self.id())

    def remarks(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """What breaks nothing and yet should be known: a row that came to nothing."""
        return iter(())

    def formulate(self, model: Any, x: Any) -> Any:  # noqa: ANN401 - the solver's model and variables
        """The rule's mathematics; rules that the variables themselves rule out need none."""

    def blockers(self, scenario: Scenario, plan: Plan, move: Move) -> Iterator[Violation]:
        """What one move would break that is whole (or less broken) now.

        This general form compares the check before and after; a rule may override it with a quicker one
        that gives the same answer.
        """
        before: Counter[tuple[object, ...]] = Counter()
        for found in self.check(scenario, plan):
            before[witness(found)] += found.amount
        after: dict[tuple[object, ...], list[Violation]] = {}
        for found in self.check(scenario, move.applied_to(plan)):
            after.setdefault(witness(found), []).append(found)
        for key, rows in after.items():
            if sum(found.amount for found in rows) > before[key]:
                yield rows[-1]

    def broken(
        self, amount: int = 1, message: str = "broken", refs: tuple[str, ...] = (), **parameters: object
    ) -> Violation:
        """A violation of this rule."""
        return Violation(self.id(), amount, message, parameters, refs)


def witness(found: Violation) -> tuple[object, ...]:
    """What tells witnesses apart: message, references, and whatever the parameters name (dates, periods);
    numbers may change while the witness is the same."""
    named = sorted((key, value) for key, value in found.parameters.items() if isinstance(value, str))
    return (found.message, found.refs, *named)
