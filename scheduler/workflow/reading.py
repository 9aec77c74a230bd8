"""What is given: the scenario of an input, a stored plan, and every problem where one cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler import readers
from scheduler.domain.plan import Plan
from scheduler.domain.problems import Problem
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables.settings import Settings
from scheduler.locale import Language
from scheduler.readers import Reading


@dataclass(eq=False)  # not frozen: a traceback is written onto an exception on its way up
class BadInput(Exception):
    """The input has problems that block; all of them."""

    problems: tuple[Problem, ...]
    language: Language | None = None
    """That of the input's headings, as far as any could be read."""


def read(path: Path) -> Reading:
    """The scenario of a workbook or folder, with all problems."""
    return readers.read_scenario(path)


def scenario_of(path: Path) -> Scenario:
    """The scenario; raises BadInput with every problem where it cannot be read."""
    reading = read(path)
    if reading.scenario is None:
        raise BadInput(reading.problems, reading.language)
    return reading.scenario


def plan_of(path: Path) -> Plan:
    """A stored plan; raises BadInput where it cannot be read."""
    plan, problems = readers.read_plan(path)
    if plan is None:
        raise BadInput(problems)
    return plan


def now(scenario: Scenario) -> str:
    """This moment in the season's time zone, in ISO 8601."""
    return datetime.now(UTC).astimezone(zone(scenario)).isoformat(timespec="seconds")


def zone(scenario: Scenario | None) -> ZoneInfo:
    """The season's time zone; of a season that cannot be read the settings' default."""
    return ZoneInfo(scenario.settings.timezone if scenario else Settings().timezone)
