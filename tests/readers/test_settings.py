"""Settings whose values mean less than they seem to."""

from __future__ import annotations

import pytest

from scheduler.domain.tables import Settings
from scheduler.locale import LANGUAGES, catalogue
from scheduler.rules import BY_ID, problems_in
from scheduler.rules.wording import Wording

SOFT = next(name for name, rule in BY_ID.items() if not rule.hard)


@pytest.mark.parametrize(
    ("weight", "expected"), [(0, []), (0.001, []), (0.0004, ["weight_rounds_to_nothing"])]
)
def test_a_weight_that_rounds_to_nothing_is_told(weight: float, expected: list[str]) -> None:
    problems = list(problems_in(Settings(weights={SOFT: weight})))
    assert [problem.id for problem in problems] == expected
    assert not any(problem.blocking for problem in problems)


def test_a_parameter_out_of_bounds_is_told_without_foreign_words() -> None:
    rule, field = next(
        (name, field)
        for name, rule in sorted(BY_ID.items())
        for field, info in rule.model_fields.items()
        if any(hasattr(bound, "ge") for bound in info.metadata)
    )
    for value, id in (("-1", "parameter_value_range"), ("x", None)):
        (problem,) = problems_in(Settings(parameters={rule: {field: value}}))
        assert problem.id == id or problem.id in ("parameter_value_whole", "parameter_value_number")
        for language in LANGUAGES:
            assert "Input should" not in Wording(catalogue(language)).problem(problem)
