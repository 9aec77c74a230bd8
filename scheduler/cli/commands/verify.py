"""`verify`: the independent checker."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler import checker, workflow
from scheduler.cli.console import FAILED, console
from scheduler.cli.options import input_argument, json_option, lang_option, language_of, plan_argument
from scheduler.cli.verdict import report_json, show_score, show_verdict


@click.command()
@input_argument
@plan_argument
@json_option
@lang_option
def verify(input_path: Path, plan_path: Path, as_json: bool, lang: str | None) -> None:
    """Check a plan against every rule; exit 1 if a hard rule is broken or a derived value is false."""
    scenario = workflow.scenario_of(input_path)
    shown = console(language_of(lang), scenario.settings.language)
    plan = workflow.plan_of(plan_path)
    report = checker.verify(scenario, plan)
    if as_json:
        shown.json(report_json(shown, report, workflow.unfilled(scenario, plan).vacancies))
    else:
        show_score(shown, report)
        show_verdict(shown, scenario, plan, report)
    if report.broken:
        raise SystemExit(FAILED)
