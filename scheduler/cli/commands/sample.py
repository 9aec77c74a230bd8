"""`sample`: a synthetic season of any size."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.cli.console import asked_language, console
from scheduler.cli.options import lang_option, language_of
from scheduler.cli.tables import write_book
from scheduler.exporters.tables import book_of
from scheduler.samples import sample as invent


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--children", type=click.IntRange(1, 1_000_000), required=True)
@click.option("--venues", type=click.IntRange(1, 100_000))
@click.option("--weeks", type=click.IntRange(1, 12))
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True)
@lang_option
def sample(
    directory: Path, children: int, venues: int | None, weeks: int | None, seed: int, lang: str | None
) -> None:
    """Write a synthetic but realistic season, as a CSV folder (a workbook when DIR ends in .xlsx)."""
    language = language_of(lang)
    shown = console(language)
    scenario = invent(children, venues, weeks, seed)
    headings = asked_language(language) or "en"
    write_book(book_of(scenario, headings), directory, headings, shown)
    shown.say(
        "sample_written",
        path=directory,
        children=len(scenario.children),
        classes=len(scenario.classes),
        venues=len(scenario.venues),
        staff=len(scenario.staff),
    )
