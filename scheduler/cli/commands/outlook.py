"""`outlook`: what one more seat, class or adult would give."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler import explainer, workflow
from scheduler.cli.console import INTERRUPTED, console
from scheduler.cli.options import input_argument, json_option, lang_option, language_of, plan_argument
from scheduler.cli.outlook import looked, outlook_time_option
from scheduler.explainer import Telling
from scheduler.solver import Options

INDENT = "  "


@click.command()
@input_argument
@plan_argument
@outlook_time_option
@click.option("--workers", type=click.IntRange(1, 128), default=8, show_default=True)
@json_option
@lang_option
def outlook(
    input_path: Path, plan_path: Path, time_limit: float, workers: int, as_json: bool, lang: str | None
) -> None:
    """Where the next class would help most: what one more class, seat or adult would give, the top ones
    confirmed by placing the children again; and what fairness costs."""
    scenario = workflow.scenario_of(input_path)
    shown = console(language_of(lang), scenario.settings.language)
    plan = workflow.plan_of(plan_path)
    if plan.input_sha256 not in ("", scenario.sha256):
        shown.note("other_input")
    found, interrupted = looked(shown, scenario, plan, Options(seconds=time_limit, workers=workers))
    told = explainer.explain_outlook(scenario.ruled_by(plan.policy), found)
    telling = Telling(shown.words, scenario)
    if as_json:
        shown.json({**found.model_dump(mode="json", by_alias=True), **telling.data(told)})
    else:
        shown.result(telling.line(told.title))
        for line in told.lines:
            shown.result(INDENT * line.depth + telling.line(line))
    if interrupted:
        raise SystemExit(INTERRUPTED)
