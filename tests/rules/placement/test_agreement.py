"""Both halves of every rule agree on every plan of tiny seasons."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest

from scheduler.domain.claims import claims
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from tests.placement_seasons import every_plan, hard_rules_kept, random_season, sensible_plans
from tests.rules.placement_halves import checked, leaves_no_claim, possible, reckoned
from tests.seasons import placed, plan, rows, tiny

RULES = Rulebook(tiny().settings)
HARD = [
    rule.id() for rule in RULES.of_stage("placement", hard=True) if rule.id() not in ("no_envy", "consent")
]
SOFT = [rule.id() for rule in RULES.of_stage("placement", hard=False)]

BY_VARIABLES = {"wanted_weeks", "class_runs", "age_range", "listed_choices", "employer_only"}
"""Rules that a missing variable keeps."""


def crowded() -> Scenario:
    """Three children, two weeks for one of them, both venues: 81 plans, most of them broken somewhere."""
    return tiny(
        days=[{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}],
        venues=rows("venues", V1={"capacity": 1, "only_for": ["museum"]}),
        classes=rows(
            "classes",
            C1={"capacity": 1},
            C2={"optional": True, "min_children": 2, "max_age": 8, "weeks": ["1"]},
        ),
        children=rows(
            "children",
            a={
                "choices": ["V1", "V2"],
                "stay": "whole",
                "employer": ["museum"],
                "family": "F",
                "siblings": "must",
            },
            b={"weeks": ["1"], "family": "F", "apart": ["c"], "employer": ["museum"]},
            c={"weeks": ["1"], "choices": ["V2"], "birth_date": "2014-01-01"},
        ),
        locks=[
            {"id": "L1", "kind": "keep_out", "child": "b", "class_": "C1"},
            {"id": "L2", "kind": "close", "class_": "C1", "week": "2"},
        ],
    )


def test_hard_rules_agree_on_every_plan_of_a_crowded_season() -> None:
    scenario = crowded()
    kept: dict[str, set[bool]] = {name: set() for name in HARD}
    everything = list(every_plan(scenario))
    assert len(everything) == 81
    for candidate in everything:
        admitted = possible("one_class_per_week", scenario, candidate)
        for name in HARD:
            broken = checked(name, scenario, candidate) > 0
            if name in BY_VARIABLES:
                assert not (broken and admitted), (name, candidate.placements)
            elif admitted:
                assert possible(name, scenario, candidate) is not broken, (name, candidate.placements)
            kept[name].add(broken)
        unlisted = any(checked(name, scenario, candidate) for name in BY_VARIABLES)
        assert admitted is not unlisted, candidate.placements
    both_ways = {name for name, seen in kept.items() if seen == {True, False}}
    assert both_ways >= {
        "class_runs",
        "age_range",
        "class_capacity",
        "venue_capacity",
        "listed_choices",
        "employer_only",
        "siblings_must",
        "stay_kept",
        "minimum_to_open",
        "placement_locks",
    }


def sampled(seeds: range, step: int, most: int) -> Iterator[tuple[Scenario, Plan]]:
    """Some plans of some random seasons."""
    for seed in seeds:
        scenario = random_season(seed, children=3 + seed % 2, weeks=1 + seed // 2 % 2)
        for number, candidate in enumerate(sensible_plans(scenario)):
            if number >= most:
                break
            if number % step == seed % step:
                yield scenario, candidate


def test_hard_rules_agree_on_plans_of_random_seasons() -> None:
    rules = [name for name in HARD if name not in BY_VARIABLES]
    seen: dict[str, set[bool]] = {name: set() for name in rules}
    for scenario, candidate in sampled(range(100, 130), 29, 600):
        for name in rules:
            broken = checked(name, scenario, candidate) > 0
            assert possible(name, scenario, candidate) is not broken, (name, candidate.placements)
            seen[name].add(broken)
    assert all(
        seen[name] == {True, False} for name in rules if name not in ("one_class_per_week", "class_capacity")
    )


def test_soft_amounts_are_equal_on_plans_of_random_seasons() -> None:
    costly = dict.fromkeys(SOFT, 0)
    for scenario, candidate in sampled(range(200, 230), 23, 600):
        for name in SOFT:
            amount = checked(name, scenario, candidate)
            assert reckoned(name, scenario, candidate) == amount, (name, candidate.placements)
            costly[name] += amount
    assert all(costly[name] for name in SOFT if name != "short_way"), costly


@pytest.mark.parametrize("chunk", range(4))
def test_claims_agree_on_plans_of_random_seasons(chunk: int) -> None:
    answers = {True: 0, False: 0}
    for seed in range(300 + 10 * chunk, 310 + 10 * chunk):
        scenario = random_season(seed, children=3 + seed % 2, weeks=1 + seed // 2 % 2)
        plans = [p for p in islice(sensible_plans(scenario), 900) if hard_rules_kept(scenario, p)]
        # most plans that leave no claim have nearly all children placed
        fullest = sorted(plans, key=lambda candidate: -len(candidate.placements))[:12]
        for candidate in [*plans[seed % 31 :: 31][:12], *fullest]:
            claimed = next(claims(scenario, candidate), None) is not None
            assert leaves_no_claim(scenario, candidate) is not claimed, candidate.placements
            if not claimed:  # the compact half forbids no plan without claims
                assert possible("no_envy", scenario, candidate)
            answers[claimed] += 1
    assert answers[True] > 5
    assert answers[False] > 5


def test_the_declared_claim_is_let_pass() -> None:
    claimed = plan(placements=placed("b@C1", "c@C1"))
    assert checked("no_envy", tiny(), claimed) == 1
    declared = claimed.with_(envy=({"child": "a", "week": "1", "class": "C1", "reason": "others_bound"},))
    assert checked("no_envy", tiny(), declared) == 0
