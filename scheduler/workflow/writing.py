"""What is handed out: the output folder of a plan, and the main job up to it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from scheduler import checker, exporters, solver
from scheduler.domain.outlook import Outlook
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables.settings import Policy
from scheduler.locale import Language
from scheduler.rules.report import Report
from scheduler.workflow.deciding import outlook, shortfall, solve, unfilled

OUTLOOK_SHARE = 0.08
"""Of the time of a run, what is kept for the outlook; a repeatable run has none, for clocks differ."""


class PlanKept(Exception):
    """A plan was made and lies in `path`; what came after failed, for this reason."""

    def __init__(self, path: Path, reason: Exception) -> None:
        """Take note of both."""
        super().__init__()
        self.path, self.reason = path, reason


@dataclass(frozen=True)
class Result:
    """What the main job made."""

    scenario: Scenario
    plan: Plan
    report: Report
    written: exporters.Written


def run(
    input_path: Path,
    scenario: Scenario,
    options: solver.Options,
    policy: Policy | None,
    directory: Path,
    language: Language | None,
    only: frozenset[str],
) -> Result:
    """The main job from a scenario on: solve, verify, look ahead, export. Raises PlanKept where what comes
    after solving fails."""
    began = time.monotonic()
    key = _key_outside(input_path, directory)
    if key.exists() or not os.access(key.parent, os.W_OK):
        exporters.load_key(key)  # one that cannot be had is told now: after solving the plan would be lost
    kept = 0.0 if options.reproducible else OUTLOOK_SHARE * options.seconds
    plan = solve(scenario, replace(options, seconds=options.seconds - kept), policy)
    try:
        options.report(solver.Step("verify"))
        report = checker.verify(scenario, plan)
        left = min(kept, options.seconds - (time.monotonic() - began))
        ahead = None
        if left > 0 and not options.interruption.stop.requested:
            options.report(solver.Step("outlook"))
            ahead = outlook(scenario, plan, replace(options, seconds=left))
        written = export(input_path, scenario, plan, report, directory, language, only, ahead, options.report)
    except Exception as error:
        path = _saved(plan, directory)
        if path is None:
            raise
        raise PlanKept(path, error) from error
    return Result(scenario, plan, report, written)


def _saved(plan: Plan, directory: Path) -> Path | None:
    """The plan beside a folder that could not be written, if at least that can be; one of before stays."""
    whole = directory.resolve()
    names = exporters.numbered(whole.parent / f"{whole.name}.plan.json")
    path = next(path for path in names if not os.path.lexists(path))
    try:
        exporters.save(path, plan.to_json().encode())
    except (OSError, exporters.OutputError):
        return None
    return path


def export(
    input_path: Path,
    scenario: Scenario,
    plan: Plan,
    report: Report,
    directory: Path,
    language: Language | None,
    only: frozenset[str],
    ahead: Outlook | None = None,
    told: Callable[[solver.Step], None] = lambda step: None,
) -> exporters.Written:
    """Write the output folder of a plan; `told` hears how many files there are so far. Raises OutputError
    where the folder would hold the season's key."""
    told(solver.Step("write", 0))
    key = exporters.load_key(_key_outside(input_path, directory))
    chosen = language or scenario.settings.language or "zh"
    ruled = scenario.ruled_by(plan.policy)
    short = shortfall(ruled, plan) if only & {"excel", "html"} else unfilled(ruled, plan)
    earlier = exporters.earlier_in(directory)
    files = exporters.export(ruled, plan, report, chosen, key, only, ahead, short, earlier)
    return exporters.write(_counted(files, told), directory)


def _counted(
    files: Iterable[tuple[str, bytes]], told: Callable[[solver.Step], None]
) -> Iterator[tuple[str, bytes]]:
    for number, file in enumerate(files, start=1):
        yield file
        told(solver.Step("write", number))


def key_path(input_path: Path) -> Path:
    """Where the season's key lies: beside the input."""
    whole = input_path.resolve()
    return whole.with_name(f"{whole.name}.key")


def _key_outside(input_path: Path, directory: Path) -> Path:
    """The key's path; the folder that is handed out may never hold it."""
    key = key_path(input_path)
    if directory.resolve() in key.parents:
        raise exporters.OutputError("export.error.holds_key", path=str(directory), key=key.name)
    return key
