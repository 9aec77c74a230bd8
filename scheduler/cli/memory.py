"""What is known of a season's memory before any work is done: better said at once than after an hour."""

from __future__ import annotations

import os

from scheduler.cli.console import Console
from scheduler.domain.scenario import Scenario

AT_FIRST, FOR_A_CHILD = 0.5, 80e-6
"""Gigabytes that solving takes: for any season, and for each child; roughly, by what large seasons took."""

GIGABYTE = 2**30


def note_memory(console: Console, scenario: Scenario) -> None:
    """Say so where the season is likely to need more memory than the machine has."""
    needed, there = gigabytes(len(scenario.processed)), machine_gigabytes()
    if there is not None and needed > there:
        told = {"needed": f"{needed:.1f}", "there": f"{there:.1f}"}
        console.note("memory_short", children=len(scenario.processed), **told)


def gigabytes(children: int) -> float:
    """The memory that a season of so many children takes, about."""
    return AT_FIRST + FOR_A_CHILD * children


def machine_gigabytes() -> float | None:
    """The machine's memory; None where the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIGABYTE
    except (AttributeError, OSError, ValueError):
        return None
