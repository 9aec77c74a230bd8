"""Class-weeks withheld for want of adults, on the console."""

from __future__ import annotations

from scheduler.cli.console import Console
from scheduler.domain.scenario import Scenario

SHOWN = 30
"""Classes listed on the console; `--json` lists all."""


def show_withheld(console: Console, scenario: Scenario, kept_back: frozenset[tuple[str, str]] | None) -> None:
    """Which classes offer no seat in which weeks, and what to do; nothing where all are carried, and a word
    where that is not known (None)."""
    if kept_back is None:
        console.say("withheld_unknown")
    if not kept_back:
        return
    classes = {class_ for class_, _ in kept_back}
    console.say("withheld_ground", n=len(kept_back), classes=len(classes))
    rows = [row for row in scenario.class_.values() if row.id in classes]
    for row in rows[:SHOWN]:
        weeks = [week for week in scenario.weeks if (row.id, week) in kept_back]
        name, venue = row.name, scenario.venue[row.venue].name
        console.say("withheld_class", class_=row.id, name=name, venue=venue, weeks=", ".join(weeks))
    if len(rows) > SHOWN:
        console.say("withheld_more", n=len(rows) - SHOWN)
