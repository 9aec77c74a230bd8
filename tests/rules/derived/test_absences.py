"""Who is told to be away is on no post."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.rules import BY_ID
from tests.rules.placement_halves import checked
from tests.seasons import plan, tiny

STAFF = [{"id": "t", "name": "Tang", "kind": "teacher", "roles": ["homeroom"], "cleared_until": "2025-01-01"}]
DUTY = {
    "person": "t",
    "role": "homeroom",
    "class": "C1",
    "venue": "V1",
    "date": "2024-07-15",
    "shift": "AM",
}
LESSON = {"class": "C1", "date": "2024-07-15", "period": "P1", "course": "opera", "teacher": "t"}


def _away(first: str, last: str, person: str = "t") -> dict[str, str]:
    return {"person": person, "from": f"2024-07-{first}", "to": f"2024-07-{last}"}


@pytest.mark.parametrize(
    ("absences", "rows", "amount"),
    [
        ([], {"duties": [DUTY]}, 0),
        ([_away("15", "16")], {}, 0),
        ([_away("16", "16")], {"duties": [DUTY]}, 0),  # the duty is on the 15th
        ([_away("15", "15"), _away("16", "16")], {}, 0),
        ([_away("15", "16", "gone")], {}, 0),
        ([_away("16", "15")], {}, 1),
        ([_away("15", "16"), _away("16", "16")], {}, 1),
        ([_away("15", "16")], {"duties": [DUTY]}, 1),
        ([_away("15", "15")], {"sessions": [LESSON]}, 1),
    ],
)
def test_absences(absences: list[dict[str, str]], rows: dict[str, Any], amount: int) -> None:
    assert checked("absences", tiny(staff=STAFF), plan(absences=absences, **rows)) == amount


def test_who_has_left_the_list_since_is_told() -> None:
    rule, gone = BY_ID["absences"](), plan(absences=[_away("15", "16", "gone"), _away("15", "16")])
    (found,) = rule.remarks(tiny(staff=STAFF), gone)
    assert found.parameters["person"] == "gone"
