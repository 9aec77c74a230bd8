"""`diff`: who moved between two plans."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler import workflow
from scheduler.cli.console import console
from scheduler.cli.options import input_argument, json_option, lang_option, language_of
from scheduler.domain.changes import changes
from scheduler.domain.plan import Change, Plan
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
    old, new = workflow.plan_of(old_path), workflow.plan_of(new_path)
    found = _as_told(new, changes(scenario, old, new))
    if as_json:
        shown.json([change.model_dump(mode="json", by_alias=True) for change in found])
        return
    words = shown.words
    if found:
        shown.table(
            [words(f"cli.change_{name}") for name in ("kind", "ref", "from", "to", "reason")],
            [_row(words, change) for change in found],
        )
    shown.say("diff_count", n=len(found))


def _as_told(new: Plan, found: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes with the reasons that the new plan tells: of an absence the lists may not know yet."""
    known = {(row.kind, row.ref, row.from_, row.to): row.reason for row in new.changes if row.reason}
    return tuple(
        row.model_copy(update={"reason": known.get((row.kind, row.ref, row.from_, row.to), row.reason)})
        for row in found
    )


def _row(words: Catalogue, change: Change) -> tuple[str, ...]:
    kind, reason = words(f"change.{change.kind}"), f"change.{change.reason}"
    why = words(reason) if reason in words else change.reason
    return kind, change.ref, change.from_ or "–", change.to or "–", why
