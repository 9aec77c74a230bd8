"""`diff`: who moved between two plans."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler import workflow
from scheduler.cli.console import console
from scheduler.cli.options import input_argument, json_option, lang_option, language_of
from scheduler.domain.changes import changes
from scheduler.domain.plan import Change
from scheduler.locale import Catalogue


@click.command()
@input_argument
@click.argument("old_path", metavar="OLD.json", type=click.Path(path_type=Path))
@click.argument("new_path", metavar="NEW.json", type=click.Path(path_type=Path))
@json_option
@lang_option
def diff(input_path: Path, old_path: Path, new_path: Path, as_json: bool, lang: str | None) -> None:
    """Who and what moved between two plans: from, to, why."""
    scenario = workflow.scenario_of(input_path)
    shown = console(language_of(lang), scenario.settings.language)
    found = changes(scenario, workflow.plan_of(old_path), workflow.plan_of(new_path))
    if as_json:
        shown.json([change.model_dump(mode="json", by_alias=True) for change in found])
        return
    words = shown.words
    shown.table(
        [words(f"cli.change_{name}") for name in ("kind", "ref", "from", "to", "reason")],
        [_row(words, change) for change in found],
    )
    shown.say("diff_count", n=len(found))


def _row(words: Catalogue, change: Change) -> tuple[str, ...]:
    kind, why = words(f"change.{change.kind}"), words(f"change.{change.reason}")
    return kind, change.ref, change.from_ or "–", change.to or "–", why
