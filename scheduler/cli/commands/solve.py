"""`solve`: from an input to plan.json."""

from __future__ import annotations

import time
from pathlib import Path

import click

from scheduler import checker, workflow
from scheduler.cli.console import console
from scheduler.cli.options import (
    SolveOptions,
    input_argument,
    json_option,
    lang_option,
    language_of,
    solve_options,
)
from scheduler.cli.outputs import require_file
from scheduler.cli.signals import Abandoned
from scheduler.cli.solving import finish, solving, summary_json, summary_text
from scheduler.cli.verdict import show_remarks
from scheduler.exporters import save


@click.command()
@input_argument
@click.option("-o", "--output", metavar="PLAN.json", type=click.Path(path_type=Path), required=True)
@solve_options
@json_option
@lang_option
def solve(input_path: Path, output: Path, options: SolveOptions, as_json: bool, lang: str | None) -> None:
    """Solve, and write the plan."""
    began = time.monotonic()
    scenario = workflow.scenario_of(input_path)
    shown = console(language_of(lang), scenario.settings.language)
    require_file(shown, output, input_path)
    with solving(scenario, options, shown, began, as_json=as_json) as (job, interruption):
        try:
            plan = job(lambda chosen: workflow.solve(scenario, chosen, options.policy))
        except Abandoned:
            if not interruption.done:
                raise
            plan = job(lambda chosen: workflow.cut_short(scenario, chosen, options.policy))
    save(output, plan.to_json().encode())
    if as_json:
        shown.json(summary_json(scenario, plan, output))
    else:
        summary_text(shown, scenario, plan)
        show_remarks(shown, checker.remarks(scenario.ruled_by(plan.policy), plan))
        shown.say("solve_next", input=input_path, plan=output)
    finish(scenario, plan, options, interrupted=interruption.stop.requested)
