"""Adults and needs: what contradicts itself, and what is worth a look."""

from __future__ import annotations

import pytest

from tests.domain.consistency.told import Changes, changed, found, is_only_worth_a_look
from tests.seasons import rows, tiny

BLOCKING: list[tuple[str, str, Changes]] = [
    ("limits_crossed", "staff", {"t1": {"min_days": 3, "max_days": 2}}),
    ("birth_in_future", "staff", {"t1": {"birth_date": "2081-01-01"}}),
    ("need_id_reserved", "needs", {"aide": {"per_class": 1}}),
    ("need_id_reserved", "needs", {"Trip:zoo": {"per_class": 1}}),
]


@pytest.mark.parametrize(("id", "table", "changes"), BLOCKING)
def test_what_cannot_be_solved_is_refused(id: str, table: str, changes: dict[str, Changes]) -> None:
    problems = found(changed(table, **changes))
    assert id in [problem.id for problem in problems if problem.blocking]


WARNINGS: list[tuple[str, str, Changes]] = [
    ("age_implausible", "staff", {"t1": {"birth_date": "1920-01-01"}}),
    ("names_itself", "staff", {"t1": {"partners": ["t1"]}}),
    ("staff_minor", "staff", {"t1": {"birth_date": "2007-01-01"}}),
    ("staff_not_cleared", "staff", {"t1": {"cleared_until": None}}),
    ("clearance_expired", "staff", {"t1": {"cleared_until": "2024-07-14"}}),
    ("clearance_ends", "staff", {"t1": {"cleared_until": "2024-07-15"}}),  # the season ends on the 16th
    ("specialist_without_courses", "staff", {"s1": {"courses": []}}),
    ("courses_without_specialist", "staff", {"t1": {"courses": ["opera"]}}),
    ("volunteer_never_available", "staff", {"t1": {"kind": "volunteer"}}),
    ("course_without_teacher", "staff", {"s1": {"courses": ["ball"]}}),
    ("qualifications_none", "needs", {"lead": {"qualification": "first_aid"}}),  # nobody names any
    ("need_without_number", "needs", {"lead": {"per_class": None}}),
    # a ratio asks nothing of a venue as a whole
    (
        "need_without_number",
        "needs",
        {"lead": {"per_class": None, "setting": "venue", "children_per_adult": 8}},
    ),
    ("staff_not_placed", "staff", {"t1": {"max_distance_km": 5}}),
    ("need_of_specialists", "needs", {"lead": {"role": "specialist"}}),
    (
        "need_of_specialists",
        "needs",
        {"lead": {"per_class": None, "children_per_adult": 8, "counts": ["specialist"]}},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("id", "table", "changes"), WARNINGS)
def test_what_is_worth_a_look_is_told_and_not_refused(
    id: str, table: str, changes: dict[str, Changes]
) -> None:
    is_only_worth_a_look(id, changed(table, **changes))


def test_a_qualification_that_others_do_not_have_is_told_with_those_there_are() -> None:
    staff = rows("staff", t1={"qualifications": ["swimming"]})
    season = tiny(staff=staff, needs=rows("needs", lead={"qualification": "first_aid"}))
    (problem,) = [problem for problem in found(season) if problem.id == "qualification_nobody"]
    assert problem.parameters["known"] == "swimming"
