"""What the plan becomes for its readers: workbooks, pages and calendars, each showing only what it may."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.outlook import Outlook
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.shortfall import Shortfall
from scheduler.exporters.errors import OutputError
from scheduler.exporters.files import Earlier, Written, earlier_in, nothing_earlier, write
from scheduler.exporters.keys import load_key
from scheduler.exporters.numbered import numbered
from scheduler.exporters.single import save
from scheduler.locale import Language
from scheduler.rules.report import Report

KINDS = frozenset({"excel", "html", "ics"})


def export(
    scenario: Scenario,
    plan: Plan,
    report: Report,
    language: Language,
    key: bytes,
    only: frozenset[str] = KINDS,
    outlook: Outlook | None = None,
    shortfall: Shortfall | None = None,
    earlier: Earlier = nothing_earlier,
) -> Iterator[tuple[str, bytes]]:
    """Every file of the output folder with its path, one after the other; the same plan gives the same bytes.

    `earlier` is what the folder holds by now: events of its calendars that the plan no longer has are
    kept as cancelled, from the second revision on.
    """
    # the writers are loaded only here: `--help` and `verify` need no workbooks and no templates
    from scheduler.exporters.folder import Folder
    from scheduler.exporters.words import Words

    unknown = only - KINDS
    if unknown:
        raise ValueError(f"not a kind of export: {', '.join(sorted(unknown))}")
    words = Words(language)
    return Folder(scenario, plan, report, words, key, only, outlook, shortfall, earlier).files()


__all__ = [
    "KINDS",
    "OutputError",
    "Written",
    "earlier_in",
    "export",
    "load_key",
    "numbered",
    "save",
    "write",
]
