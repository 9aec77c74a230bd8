"""`explain`: why."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import click

from scheduler import explainer, workflow
from scheduler.cli.console import USAGE, Console, console
from scheduler.cli.options import input_argument, json_option, lang_option, language_of, plan_argument
from scheduler.cli.outlook import looked, outlook_time_option, tried
from scheduler.explainer import Audience, Explanation, NotForFamilies, Telling, UnknownRef
from scheduler.solver import Options

INDENT = "  "


@click.command()
@input_argument
@plan_argument
@click.argument("ref", metavar="REF")
@click.option("--for", "reader", type=click.Choice(["family"]))
@click.option("--outlook", "ahead", is_flag=True)
@outlook_time_option
@json_option
@lang_option
def explain(
    input_path: Path,
    plan_path: Path,
    ref: str,
    reader: str | None,
    ahead: bool,
    time_limit: float,
    as_json: bool,
    lang: str | None,
) -> None:
    """Explain why: REF is child:ID, class:ID, class:ID/DATE, person:ID, venue:ID, course:ID,
    post:CLASS/DATE/SHIFT/ROLE, all, or a bare id or name that is unique."""
    scenario = workflow.scenario_of(input_path)
    shown = console(language_of(lang), scenario.settings.language)
    plan = workflow.plan_of(plan_path)
    audience: Audience = "family" if reader else "coordinator"
    if plan.input_sha256 not in ("", scenario.sha256):
        shown.note("other_input")
    try:
        found = explainer.explain(scenario, plan, ref, audience)
        if ahead and audience == "coordinator" and explainer.resolve(scenario, ref).kind in ("all", "venue"):
            outlook, _ = looked(shown, scenario, plan, Options(seconds=time_limit))
            found = explainer.explain(scenario, plan, ref, audience, outlook)
        elif ahead and audience == "coordinator":
            extras = explainer.extras(scenario, plan, ref)
            each = Options(seconds=time_limit / max(1, len(extras)))
            found = explainer.with_gains(found, tried(shown, scenario, plan, extras, each))
    except UnknownRef as error:
        _unknown(shown, error)
    except NotForFamilies:
        _usage(shown, "explain.ref.family")
    telling = Telling(shown.words, scenario, audience)
    if as_json:
        shown.json(telling.data(found))
    else:
        _show(shown, telling, found)


def _show(shown: Console, telling: Telling, found: Explanation) -> None:
    shown.result(telling.line(found.title))
    for line in found.lines:
        shown.result(INDENT * line.depth + telling.line(line))


def _unknown(shown: Console, error: UnknownRef) -> NoReturn:
    """What was not understood and what is near, by references alone: no names on stderr."""
    near = ", ".join(error.candidates)
    if near and error.reason == "unknown":
        _usage(shown, "explain.ref.near", part=error.part, candidates=near)
    _usage(shown, f"explain.ref.{error.reason}", part=error.part, candidates=near)


def _usage(shown: Console, id: str, **parameters: object) -> NoReturn:
    click.echo(shown.words(id, **parameters), err=True)
    raise SystemExit(USAGE)
