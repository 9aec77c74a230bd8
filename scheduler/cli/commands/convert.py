"""`convert`: a workbook to a CSV folder or back."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler import readers
from scheduler.cli.console import console
from scheduler.cli.options import input_argument, lang_option, language_of
from scheduler.cli.tables import write_book
from scheduler.workflow import BadInput


@click.command()
@input_argument
@click.argument("output", metavar="OUTPUT", type=click.Path(path_type=Path))
@lang_option
def convert(input_path: Path, output: Path, lang: str | None) -> None:
    """Convert a workbook to a CSV folder or back, losing nothing."""
    book, problems = readers.read_book(input_path)
    if book is None:
        raise BadInput(problems)
    shown = console(language_of(lang), readers.language_of(book))
    write_book(book, output, shown.words.language, shown)
    shown.problems(problems, to_stderr=True)
    shown.say("converted", path=output, sheets=len(book.sheets), rows=sum(len(s.rows) for s in book.sheets))
