"""What a verdict says of what it did not judge, or judged otherwise than the settings would."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler import checker
from scheduler.cli.console import Console
from scheduler.cli.verdict import next_step, show_verdict
from scheduler.domain.plan import Plan
from scheduler.locale import catalogue
from tests.seasons import placed, plan, tiny


def verdict(capsys: pytest.CaptureFixture[str], candidate: Plan) -> str:
    show_verdict(Console(catalogue("en")), tiny(), candidate, checker.verify(tiny(), candidate))
    return capsys.readouterr().out


def test_of_a_plain_plan_it_says_nothing_of_the_kind(capsys: pytest.CaptureFixture[str]) -> None:
    said = verdict(capsys, plan())
    assert not [word for word in ("withheld", "begun before", "policy") if word in said]


def test_it_says_aloud_what_was_not_judged(capsys: pytest.CaptureFixture[str]) -> None:
    parts = {"revision": 2, "previous_sha256": "f" * 64, "as_of": "2024-07-16"}
    said = verdict(capsys, plan(policy="seats", withheld=[{"class": "C1", "week": "1"}], **parts))
    assert "Class-weeks withheld for want of adults: 1." in said
    assert "Days and weeks begun before 2024-07-16 are history" in said
    assert "Judged by the policy that the plan names: seats. The settings say fair." in said


def test_of_a_broken_plan_nothing_is_to_be_handed_out() -> None:
    broken = checker.verify(tiny(), plan(placements=placed("a@C9")))  # there is no such class
    whole = replace(broken, findings=())
    assert next_step(broken, {"html"}) == "run_next_broken"
    assert next_step(whole, {"html"}) == "run_next"
    assert next_step(whole, {"ics"}) == "run_next_plain"
