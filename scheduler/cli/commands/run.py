"""`run`: the main job."""

from __future__ import annotations

import time
from pathlib import Path

import click

from scheduler import workflow
from scheduler.cli.console import FAILED, console
from scheduler.cli.options import (
    SolveOptions,
    input_argument,
    json_option,
    lang_option,
    language_of,
    only_option,
    solve_options,
)
from scheduler.cli.outputs import require_folder
from scheduler.cli.solving import finish, solving, summary_json, summary_text
from scheduler.cli.verdict import next_step, show_verdict
from scheduler.domain.draw import gives_away
from scheduler.workflow import BadInput, PlanKept


@click.command()
@input_argument
@click.option("-o", "--output", metavar="DIR", type=click.Path(path_type=Path), required=True)
@solve_options
@only_option
@json_option
@lang_option
def run(
    input_path: Path,
    output: Path,
    options: SolveOptions,
    only: frozenset[str],
    as_json: bool,
    lang: str | None,
) -> None:
    """The main job: check, solve, verify, export."""
    began = time.monotonic()
    reading = workflow.read(input_path)
    if reading.scenario is None:
        raise BadInput(reading.problems, reading.language)
    scenario = reading.scenario
    shown = console(language_of(lang), scenario.settings.language)
    require_folder(output, input_path)
    if not options.quiet:
        shown.notes(reading.problems, input_path)
    try:
        with solving(scenario, options, shown, began, as_json=as_json) as (job, interruption):
            made = job(
                lambda chosen: workflow.run(
                    input_path, scenario, chosen, options.policy, output, language_of(lang), only
                )
            )
    except PlanKept as kept:
        shown.note("plan_kept", plan=kept.path, input=input_path, directory=output)
        raise kept.reason from None
    plan_path = output / "private" / "plan.json"
    if as_json:
        shown.json(summary_json(scenario, made.plan, plan_path, made.report))
    else:
        summary_text(shown, scenario, made.plan)
        show_verdict(shown, scenario, made.plan, made.report)
        if any(gives_away(row) for row in scenario.processed):
            shown.note("draw.kept_back")
        for old, name in sorted(made.written.renamed.items()):
            shown.say("renamed", old=old, new=name)
        shown.say(next_step(made.report, only), directory=output)
    interrupted = interruption.stop.requested
    if made.report.broken and not interrupted:  # a plan that is wrong is worse than one that is short
        raise SystemExit(FAILED)
    finish(scenario, made.plan, options, interrupted=interrupted)
