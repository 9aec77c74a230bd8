from __future__ import annotations

from typing import Literal

import pytest
from pydantic import BaseModel, Field, ValidationError

from scheduler.domain.value_errors import kind_of_error, parameters_of_error


class Sample(BaseModel):
    """One field for each kind of error."""

    whole: int = 0
    number: float = 0
    yes_no: bool = True
    option: Literal["red", "green", "blue"] = "red"
    above: int = Field(default=1, gt=0)
    most: float = Field(default=1, le=2.5)


@pytest.mark.parametrize(
    ("given", "kind", "parameters"),
    [
        ({"whole": "x"}, "whole", {}),
        ({"whole": 1.5}, "whole", {}),
        ({"number": "x"}, "number", {}),
        ({"yes_no": "x"}, "yes_no", {}),
        ({"option": "x"}, "option", {"options": "red, green, blue"}),
        ({"above": 0}, "range", {"bound": "> 0"}),
        ({"most": 3}, "range", {"bound": "≤ 2.5"}),
    ],
)
def test_kinds_of_errors(given: dict[str, object], kind: str, parameters: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as caught:
        Sample.model_validate(given)
    (detail,) = caught.value.errors()
    assert kind_of_error(detail["type"]) == kind
    assert parameters_of_error(detail["type"], detail.get("ctx")) == parameters


def test_an_error_nobody_thought_of_is_of_no_kind() -> None:
    assert kind_of_error("model_type") == "other"
    assert parameters_of_error("model_type", None) == {}
