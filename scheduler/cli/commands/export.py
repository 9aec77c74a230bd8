"""`export`: everything people need, from a plan."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler import checker, workflow
from scheduler.cli.console import FAILED, console
from scheduler.cli.options import input_argument, lang_option, language_of, only_option, plan_argument
from scheduler.cli.outputs import require_folder
from scheduler.cli.progress import shown as progress_shown
from scheduler.cli.verdict import next_step, show_verdict
from scheduler.domain.draw import gives_away
from scheduler.solver import Step


@click.command()
@input_argument
@plan_argument
@click.option("-o", "--output", metavar="DIR", type=click.Path(path_type=Path), required=True)
@only_option
@lang_option
def export(input_path: Path, plan_path: Path, output: Path, only: frozenset[str], lang: str | None) -> None:
    """Write everything for coordinator, venues, families and staff."""
    scenario = workflow.scenario_of(input_path)
    shown = console(language_of(lang), scenario.settings.language)
    plan = workflow.plan_of(plan_path)
    require_folder(output, input_path)
    with progress_shown(shown.words, quiet=False) as told:
        told(Step("verify"))
        report = checker.verify(scenario, plan)
        written = workflow.export(
            input_path, scenario, plan, report, output, language_of(lang), only, told=told
        )
    show_verdict(shown, scenario, plan, report)
    if any(gives_away(row) for row in scenario.processed):
        shown.note("draw.kept_back")
    for old, name in sorted(written.renamed.items()):
        shown.say("renamed", old=old, new=name)
    shown.say(next_step(report, only), directory=output)
    if report.broken:
        raise SystemExit(FAILED)
