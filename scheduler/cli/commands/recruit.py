"""`recruit`: whom to find so that no post stays empty."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler import explainer, workflow
from scheduler.cli.console import console
from scheduler.cli.options import input_argument, json_option, lang_option, language_of, plan_argument
from scheduler.explainer import Telling

INDENT = "  "


@click.command()
@input_argument
@plan_argument
@json_option
@lang_option
def recruit(input_path: Path, plan_path: Path, as_json: bool, lang: str | None) -> None:
    """Why adults are missing, the fewest extra shifts that would close every gap, and what relaxing one
    limit of one person would give."""
    scenario = workflow.scenario_of(input_path)
    shown = console(language_of(lang), scenario.settings.language)
    plan = workflow.plan_of(plan_path)
    if plan.input_sha256 not in ("", scenario.sha256):
        shown.note("other_input")
    found = workflow.shortfall(scenario, plan)
    told = explainer.explain_shortfall(scenario, found)
    telling = Telling(shown.words, scenario)
    if as_json:
        shown.json({**found.model_dump(mode="json", by_alias=True), **telling.data(told)})
        return
    shown.result(telling.line(told.title))
    for line in told.lines:
        shown.result(INDENT * line.depth + telling.line(line))
