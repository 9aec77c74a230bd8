"""`new`: a guided input workbook, empty or filled with an example."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.cli.console import FAILED, console
from scheduler.cli.help import Misuse
from scheduler.cli.options import lang_option, language_of
from scheduler.exporters import guide, save
from scheduler.readers import read_book
from scheduler.samples.examples import example_names, example_path


@click.command()
@click.argument("file", metavar="FILE.xlsx", type=click.Path(path_type=Path))
@click.option("--example", metavar="NAME")
@lang_option
def new(file: Path, example: str | None, lang: str | None) -> None:
    """Write a guided input workbook, empty or filled with an example."""
    language = language_of(lang)
    shown = console(language)
    if file.suffix.lower() != ".xlsx":
        raise Misuse("no_workbook_name", value=file.name)
    if example is not None and example not in example_names():
        raise Misuse("among", value=example, choices=", ".join(example_names()))
    if file.exists():
        shown.fail(FAILED, "exists", path=file)
    book = read_book(example_path(example))[0] if example else None
    save(file, guide.guided_workbook(shown.words.language, book))
    shown.say("new_written", path=file)
