"""`import`: the answers of an online form onto a table."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler import workflow
from scheduler.cli.console import BAD_INPUT, FAILED, Console, console
from scheduler.cli.help import Misuse
from scheduler.cli.imported import import_json, show_import
from scheduler.cli.options import json_option, lang_option, language_of
from scheduler.domain.tables import TABLES, Row
from scheduler.exporters import save
from scheduler.readers import table_like, table_named
from scheduler.workflow import BadInput, Imported


@click.command("import")
@click.argument("form_path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--into", "input_path", metavar="INPUT", required=True, type=click.Path(path_type=Path))
@click.option("--sheet", metavar="TABLE", required=True)
@click.option("--map", "map_path", metavar="MAP.toml", type=click.Path(path_type=Path))
@click.option("--draft", "draft_path", metavar="MAP.toml", type=click.Path(path_type=Path))
@click.option("--update", is_flag=True)
@click.option("--dry-run", is_flag=True)
@json_option
@lang_option
def import_(
    form_path: Path,
    input_path: Path,
    sheet: str,
    map_path: Path | None,
    draft_path: Path | None,
    update: bool,
    dry_run: bool,
    as_json: bool,
    lang: str | None,
) -> None:
    """Bring an online form's answers into a table of the input."""
    model = _table(sheet)
    if draft_path is not None and draft_path.exists():
        console(language_of(lang)).fail(FAILED, "exists", path=draft_path)
    write = draft_path is None and not dry_run
    done = workflow.import_answers(form_path, input_path, model, map_path, update=update, write=write)
    shown = console(language_of(lang), done.language)
    if done.answers is None:
        raise BadInput(done.problems)
    if draft_path is not None:
        _draft(shown, done, draft_path)
        return
    if as_json:
        shown.json(import_json(shown, done))
    else:
        show_import(shown, done, input_path, update=update, dry_run=dry_run)
    if any(problem.blocking for problem in done.problems):
        raise SystemExit(BAD_INPUT)


def _table(name: str) -> type[Row]:
    """The table of a name in either language."""
    model = table_named(name)
    if model is None:
        near = table_like(name)
        choices = (
            [f"{near.table} ({near.zh})"] if near else [f"{table.table} ({table.zh})" for table in TABLES]
        )
        raise Misuse("among", value=name, choices=", ".join(choices))
    return model


def _draft(shown: Console, done: Imported, path: Path) -> None:
    # loaded only here: an import needs no draft
    from scheduler.exporters.form_draft import draft_map

    assert done.answers is not None
    save(path, draft_map(done.answers, shown.words))
    shown.say("draft_written", path=path)
