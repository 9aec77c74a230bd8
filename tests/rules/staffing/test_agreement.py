"""Both halves of staffing's rules agree on every plan of two tiny seasons."""

from __future__ import annotations

from itertools import chain, combinations

import pytest

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from tests.rules.staffing_halves import CLEARED, Mathematics, duty, people, roster, staffed, stage_rules

BOTH = {
    "name": "B",
    "kind": "teacher",
    "roles": ["homeroom", "specialist", "life"],
    "courses": ["opera"],
    "min_days": 1,
    "max_days": 2,
    "fee_per_shift": 30,
    "partners": ["v1"],
    **CLEARED,
}
WARDEN = {
    "name": "W",
    "kind": "teacher",
    "roles": ["site", "volunteer"],
    "volunteer_type": "employee",
    **CLEARED,
}
NEEDS = [
    {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"},
    {"id": "all", "children_per_adult": 1},
    {"id": "site", "role": "site", "setting": "venue", "per_class": 1},
]


def _near_and_far() -> tuple[Scenario, tuple[str, ...], dict[str, object]]:
    """Ways that cannot be made, a lesson in the morning, a limit of one shift, a lock."""
    scenario = staffed(
        {"travel_kmh": 2},  # 5.56 km take 177 minutes; between the shifts there are 120
        staff=people(
            tb=BOTH,
            w1=WARDEN,
            v1={"max_shifts_per_day": 1, "min_days": 2, "partners": ["tb"], "own_children": ["c"]},
        ),
        needs=NEEDS,
        locks=[{"id": "L1", "kind": "no_duty", "person": "w1", "date": "2024-07-15", "role": "volunteer"}],
        availability=[
            {"person": "v1", "from_": "2024-07-15", "to": "2024-07-16", "status": "yes"},
            {"person": "v1", "from_": "2024-07-15", "to": "2024-07-15", "shifts": ["PM"], "status": "avoid"},
            {"person": "tb", "from_": "2024-07-16", "to": "2024-07-16", "shifts": ["PM"], "status": "no"},
        ],
    )
    duties = (
        "tb C1 15 AM homeroom",
        "tb C1 15 AM life",
        "tb C2 15 PM homeroom",
        "tb C1 16 PM homeroom",
        "v1 C1 15 AM",
        "v1 C1 15 PM",
        "v1 C2 16 AM",
        "w1 @V1 15 AM",
        "w1 C1 15 AM volunteer",
    )
    lesson = {"class": "C1", "date": "2024-07-15", "period": "P1", "course": "opera", "teacher": "tb"}
    return scenario, duties, {"sessions": [lesson]}


def _few_days() -> tuple[Scenario, tuple[str, ...], dict[str, object]]:
    """Limits of days, a lock that wants somebody, preferences, kinds of volunteers, homes far off."""
    scenario = staffed(
        staff=people(
            t1={"max_days_per_week": 1, "fee_per_shift": 12.5},
            v1={"volunteer_type": "student", "latitude": 40.05, "longitude": 116.4},
            v2={"volunteer_type": "student", "partners": ["v1"]},
            v3={"volunteer_type": "community", "max_days": 1, "cleared_until": "2024-07-15"},
        ),
        needs=[*NEEDS[:2], {"id": "two", "role": "volunteer", "per_class": 1, "shifts": ["AM"]}],
        locks=[{"id": "L1", "kind": "duty", "person": "v1", "date": "2024-07-15", "shift": "AM"}],
        availability=[
            {"person": "v1", "from_": "2024-07-15", "to": "2024-07-16", "status": "yes"},
            {"person": "v1", "from_": "2024-07-16", "to": "2024-07-16", "status": "prefer"},
            {"person": "v2", "from_": "2024-07-15", "to": "2024-07-16", "status": "yes"},
            {"person": "v3", "from_": "2024-07-15", "to": "2024-07-16", "status": "yes"},
        ],
    )
    duties = (
        "t1 C1 15 AM",
        "t2 C1 15 PM",
        "t1 C1 16 AM",
        "v1 C1 15 AM",
        "v1 C2 15 PM",
        "v1 C1 16 AM",
        "v2 C1 15 AM",
        "v2 C1 16 AM",
        "v3 C1 16 AM",
    )
    return scenario, duties, {}


@pytest.mark.parametrize("season", [_near_and_far, _few_days])
def test_on_every_plan(season: object) -> None:
    scenario, texts, parts = season()  # type: ignore[operator]
    universe = tuple(duty(text) for text in texts)
    rules = stage_rules(Rulebook(scenario.settings))
    base = roster(**parts)
    mathematics = Mathematics(scenario, base, universe, rules)
    kept = 0
    for chosen in chain.from_iterable(combinations(universe, n) for n in range(len(universe) + 1)):
        given: Plan = base.with_(duties=chosen)
        broken = [found for rule in rules if rule.hard for found in rule.check(scenario, given)]
        halves = mathematics.about(chosen)
        assert halves.feasible == (not broken), chosen
        if halves.feasible:
            kept += 1
            for rule in rules:
                if not rule.hard:
                    amount = sum(found.amount for found in rule.check(scenario, given))
                    assert halves.amounts[rule.id()] == amount, (rule.id(), chosen)
    assert 10 < kept < 2 ** len(universe)  # neither everything nor next to nothing was feasible
