"""`rules`: every rule of the house."""

from __future__ import annotations

import click

from scheduler.cli.console import console
from scheduler.cli.options import lang_option, language_of
from scheduler.locale import Catalogue
from scheduler.rules import RULES, Rule


@click.command()
@click.option("--markdown", is_flag=True)
@lang_option
def rules(markdown: bool, lang: str | None) -> None:
    """List every rule: id, stage, hard or soft, sentence, unit, weight."""
    shown = console(language_of(lang))
    words = shown.words
    headings = [words(f"cli.rules_{name}") for name in ("id", "stage", "kind", "sentence", "unit", "weight")]
    rows = [_row(shown.words, rule) for rule in RULES]
    if not markdown:
        shown.table(headings, rows)
        return
    for row in (headings, ["---"] * len(headings), *rows):
        shown.result("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |")


def _row(text: Catalogue, rule: type[Rule]) -> list[str]:
    return [
        rule.id(),
        text(f"stage.{rule.stage}"),
        text("cli.rules_hard" if rule.hard else "cli.rules_soft"),
        text(f"rule.{rule.id()}.sentence"),
        text(f"rule.{rule.id()}.unit"),
        "" if rule.hard else f"{rule.weight:g}",
    ]
