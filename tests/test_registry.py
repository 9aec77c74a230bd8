"""Walks over the registries: every rule is listed, worded, tested; every sentence is in both languages."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

from scheduler import rules
from scheduler.domain.columns import columns_of
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import TABLES
from scheduler.locale import Language, catalogue
from scheduler.rules import BY_ID, RULES, Rule

TESTS = Path(__file__).parent

CONTRACT = {
    "placement": """one_class_per_week wanted_weeks class_runs age_range class_capacity venue_capacity
        listed_choices employer_only kept_apart siblings_must stay_kept consent minimum_to_open
        placement_locks no_envy""",
    "timetable": """one_thing_at_a_time course_periods course_age course_limits session_length
        course_order once_a_day teacher_qualified teacher_available teacher_clash teacher_travel
        teacher_limits room_fit room_clash kits joint_sessions trip_dates trip_places bus_seats
        trip_absence closures timetable_locks""",
    "staffing": """duty_role duty_available clearance work_area one_post_per_shift duty_travel
        duty_limits own_child staffing_locks""",
    "derived": "open_classes waitlist gaps score choice",
}


@pytest.mark.parametrize("stage", CONTRACT)
def test_every_hard_rule_of_the_contract_is_there(stage: str) -> None:
    for id in CONTRACT[stage].split():
        assert id in BY_ID, f"{id} has no home"
        assert BY_ID[id].stage == stage
        assert BY_ID[id].hard


@pytest.mark.parametrize("stage", CONTRACT)
def test_every_rule_file_is_listed(stage: str) -> None:
    package = importlib.import_module(f"scheduler.rules.{stage}")
    files = {name for _, name, _ in pkgutil.iter_modules(package.__path__)}
    assert files == {rule.id() for rule in RULES if rule.stage == stage}


def test_a_rule_file_holds_one_rule() -> None:
    for rule in RULES:
        module = inspect.getmodule(rule)
        own = [c for _, c in inspect.getmembers(module, inspect.isclass) if c.__module__ == rule.__module__]
        assert [c for c in own if issubclass(c, Rule)] == [rule]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id())
def test_every_rule_has_its_test_file(rule: type[Rule]) -> None:
    assert (TESTS / "rules" / rule.stage / f"test_{rule.id()}.py").exists()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id())
def test_every_rule_is_worded(rule: type[Rule], language: Language) -> None:
    words = catalogue(language)
    assert f"rule.{rule.id()}.sentence" in words
    assert f"rule.{rule.id()}.unit" in words
    # which messages a rule has is known only when it yields them: tests/conftest.py words every one
    assert any(id.startswith(f"violation.{rule.id()}.") for id in words.ids())


def test_soft_rules_have_positive_weights_and_hard_ones_none_of_their_own() -> None:
    for rule in RULES:
        if not rule.hard:
            assert rule.weight > 0, rule.id()


def test_no_rule_shares_its_check_with_its_mathematics() -> None:
    for rule in RULES:
        check = inspect.getsource(rule.check)
        assert "formulate" not in check, f"{rule.id()}: check must not use the mathematics"


def test_the_languages_have_the_same_sentences_and_placeholders() -> None:
    zh, en = catalogue("zh"), catalogue("en")
    assert zh.ids() == en.ids()
    holes = re.compile(r"{(\w+)")
    different = [
        id
        for id in sorted(zh.ids())
        if set(holes.findall(zh._texts[id])) != set(holes.findall(en._texts[id]))
    ]
    assert different == []


def test_every_table_and_column_has_a_chinese_heading_that_is_unique() -> None:
    assert len({table.zh for table in TABLES}) == len(TABLES)
    for table in TABLES:
        headings = [column.zh for column in columns_of(table).values()]
        assert len(set(headings)) == len(headings), table.table
        assert all(column.meaning for column in columns_of(table).values())


def test_every_table_is_a_part_of_the_scenario() -> None:
    assert {table.table for table in TABLES} == set(Scenario.model_fields)


def test_stages_are_named_in_order() -> None:
    assert rules.STAGES == ("placement", "timetable", "staffing", "derived")
