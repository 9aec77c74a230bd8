"""The rules of the domain, one file each; `RULES` is the table of contents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from pydantic import ValidationError

from scheduler.domain.plan import Plan, Score
from scheduler.domain.problems import Problem
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Settings
from scheduler.domain.value_errors import ErrorKind, kind_of_error, parameters_of_error
from scheduler.rules import derived, placement, staffing, timetable
from scheduler.rules.base import STAGES, Rule, StageName, Violation

RULES: tuple[type[Rule], ...] = (*placement.RULES, *timetable.RULES, *staffing.RULES, *derived.RULES)
BY_ID: dict[str, type[Rule]] = {rule.id(): rule for rule in RULES}


_VALUES: dict[ErrorKind, str] = {
    "whole": "parameter_value_whole",
    "number": "parameter_value_number",
    "option": "parameter_value_option",
    "range": "parameter_value_range",
    "yes_no": "parameter_value_yes_no",
}
"""The sentences for values a parameter cannot have; `parameter_value` is that for any other."""


class Rulebook:
    """The rules with the weights and parameters of a season's settings."""

    def __init__(self, settings: Settings) -> None:
        """Set every rule's parameters; raises ValueError where `problems_in` finds a problem."""
        self._settings = settings
        self.rules: tuple[Rule, ...] = tuple(rule(**settings.parameters.get(rule.id(), {})) for rule in RULES)

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """The rules by id."""
        return {rule.id(): rule for rule in self.rules}

    def of_stage(self, stage: StageName, *, hard: bool) -> tuple[Rule, ...]:
        """A stage's hard or soft rules, in their order."""
        return tuple(rule for rule in self.rules if rule.stage == stage and rule.hard == hard)

    def weight(self, rule: Rule) -> float:
        """The weight of a soft rule to a thousandth: the settings', else its own."""
        return round(self._settings.weights.get(rule.id(), type(rule).weight), 3)

    def score(self, scenario: Scenario, plan: Plan) -> dict[str, Score]:
        """Amount and cost of every soft rule."""
        return self.score_of({rule.id(): rule.check(scenario, plan) for rule in self.rules if not rule.hard})

    def cost(self, scenario: Scenario, plan: Plan, stage: StageName) -> float:
        """What a plan costs by a stage's soft rules, as their own checks count."""
        counted = (
            weight * sum(found.amount for found in rule.check(scenario, plan))
            for rule in self.of_stage(stage, hard=False)
            if (weight := self.weight(rule))
        )
        return round(sum(counted), 6)

    def score_of(self, found: Mapping[str, Iterable[Violation]]) -> dict[str, Score]:
        """Amount and cost of every soft rule, from the violations of each."""
        scores = {}
        for rule in self.rules:
            if not rule.hard:
                amount = sum(violation.amount for violation in found[rule.id()])
                scores[rule.id()] = Score(amount=amount, cost=round(amount * self.weight(rule), 6))
        return scores


def problems_in(settings: Settings) -> Iterator[Problem]:
    """Settings that name no rule or parameter, or give a value it cannot have."""
    soft = sorted(name for name, rule in BY_ID.items() if not rule.hard)
    for name, weight in settings.weights.items():
        if name not in soft:
            yield Problem("unknown_rule", value=f"weight.{name}", parameters={"known": ", ".join(soft)})
        elif not 0 <= weight <= 1_000_000:
            yield Problem("weight_range", value=f"weight.{name} = {weight:g}")
        elif weight > 0 and round(weight, 3) == 0:
            yield Problem("weight_rounds_to_nothing", value=f"weight.{name} = {weight:g}", blocking=False)
    for name, values in settings.parameters.items():
        fields = set(BY_ID[name].model_fields) if name in BY_ID else set()
        unknown = sorted(set(values) - fields)
        for field in unknown:
            known = sorted(f"{r.id()}.{f}" for r in RULES for f in r.model_fields)
            yield Problem(
                "unknown_parameter", value=f"{name}.{field}", parameters={"known": ", ".join(known)}
            )
        if unknown:
            continue
        try:
            BY_ID[name](**values)
        except ValidationError as error:
            for detail in error.errors(include_input=False, include_url=False):
                key = f"{name}.{'.'.join(str(part) for part in detail['loc'])}"
                id = _VALUES.get(kind_of_error(detail["type"]), "parameter_value")
                told = parameters_of_error(detail["type"], detail.get("ctx"))
                yield Problem(id, value=key, parameters=told)


__all__ = ["BY_ID", "RULES", "STAGES", "Rule", "Rulebook", "StageName", "Violation", "problems_in"]
