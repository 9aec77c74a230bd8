"""The way of the data: read, solve, verify, export."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scheduler import __version__, checker, explainer, exporters, readers, solver
from scheduler.domain.absence import Absence, back, noted
from scheduler.domain.answers import Answers
from scheduler.domain.covering import Openings, Proposal
from scheduler.domain.outlook import Outlook
from scheduler.domain.plan import Plan
from scheduler.domain.problems import Problem
from scheduler.domain.scenario import Scenario
from scheduler.domain.shortfall import Shortfall
from scheduler.domain.tables import Row
from scheduler.domain.tables.settings import Policy, Settings
from scheduler.domain.teaching_gain import Extra, TeachingGain
from scheduler.locale import Language
from scheduler.readers import Reading
from scheduler.rules.report import Report

if TYPE_CHECKING:
    from scheduler.exporters.edit import Saved

OUTLOOK_SHARE = 0.08
"""Of the time of a run, what is kept for the outlook; a repeatable run has none, for clocks differ."""


@dataclass(eq=False)  # not frozen: a traceback is written onto an exception on its way up
class BadInput(Exception):
    """The input has problems that block; all of them."""

    problems: tuple[Problem, ...]
    language: Language | None = None
    """That of the input's headings, as far as any could be read."""


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


@dataclass(frozen=True)
class Imported:
    """What a form's answers come to, every problem, and what was written (None for nothing)."""

    answers: Answers | None
    problems: tuple[Problem, ...]
    saved: Saved | None = None
    language: Language | None = None


@dataclass(frozen=True)
class Cover:
    """What an absence leaves open, what is proposed, and the plan with the proposal."""

    openings: Openings
    proposal: Proposal
    plan: Plan


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


def solve(scenario: Scenario, options: solver.Options, policy: Policy | None = None) -> Plan:
    """The best plan under a policy (None: the settings'), with program and time noted.

    The digest is of the scenario as given: a policy chosen for one solve is the plan's, not the input's.
    """
    return _signed(scenario, options, solver.solve(_ruled(scenario, policy), options))


def cut_short(scenario: Scenario, options: solver.Options, policy: Policy | None = None) -> Plan:
    """What an interrupted solve has decided, as a whole plan. Raises NoPlanInTime if that is nothing."""
    return _signed(scenario, options, solver.cut_short(_ruled(scenario, policy), options))


def _ruled(scenario: Scenario, policy: Policy | None) -> Scenario:
    return scenario.ruled_by(policy or scenario.settings.policy)


def _signed(scenario: Scenario, options: solver.Options, plan: Plan) -> Plan:
    created = None if options.reproducible else now(scenario)
    return plan.with_(input_sha256=scenario.sha256, program=__version__, created=created)


def withheld(scenario: Scenario) -> frozenset[tuple[str, str]] | None:
    """The (class, week) pairs that the adults cannot carry, as a solve would find them before placement; None
    where that could not be said in time."""
    return solver.withheld(scenario)


def outlook(scenario: Scenario, plan: Plan, options: solver.Options) -> Outlook:
    """What one more seat, class or adult would give, and what fairness costs."""
    return solver.look_ahead(scenario, plan, options)


def shortfall(scenario: Scenario, plan: Plan) -> Shortfall:
    """Why adults are missing, whom to recruit, and what relaxing one limit would give."""
    return explainer.shortfall(scenario.ruled_by(plan.policy), plan)


def unfilled(scenario: Scenario, plan: Plan) -> Shortfall:
    """The same without what relaxing a limit would give: much quicker."""
    return explainer.unfilled(scenario, plan)


def teaching_gain(
    scenario: Scenario, plan: Plan, extra: Extra, options: solver.Options
) -> TeachingGain | None:
    """What one more half-day of a specialist or one more kit gives, tried; None where time was too short."""
    return solver.teaching_gain(scenario.ruled_by(plan.policy), plan, extra, options)


def cover(
    scenario: Scenario,
    plan: Plan,
    absence: Absence,
    options: solver.Options,
    returned: Collection[str] = (),
) -> Cover:
    """The posts an absence leaves open with their candidates, and the plan that is proposed, which tells of
    the absence. Where there is no such post, and the absence was known, the plan is as it was. `returned` are
    people whom the plan has away, and who are there again."""
    ruled, known = scenario.ruled_by(plan.policy), back(plan, returned, absence.first)
    looked = explainer.posts_left(ruled, known, absence)
    found, proven = noted(known, absence), True
    if looked.openings.posts:
        found, proven = solver.cover(ruled, known, absence, looked.standins, options)
    elif found == plan:
        return Cover(looked.openings, explainer.proposal(ruled, looked.openings, plan, plan, absence), plan)
    else:
        found = found.with_(revision=plan.revision + 1, changes=())
    found = found.with_(
        previous_sha256=plan.sha256,
        input_sha256=scenario.sha256,
        program=__version__,
        created=None if options.reproducible else now(scenario),
    )
    proposal = explainer.proposal(ruled, looked.openings, plan, found, absence, proven=proven)
    return Cover(looked.openings, proposal, found)


def export(
    input_path: Path,
    scenario: Scenario,
    plan: Plan,
    report: Report,
    directory: Path,
    language: Language | None,
    only: frozenset[str],
    ahead: Outlook | None = None,
) -> exporters.Written:
    """Write the output folder of a plan. Raises OutputError where it would hold the season's key."""
    key = exporters.load_key(_key_outside(input_path, directory))
    chosen = language or scenario.settings.language or "zh"
    ruled = scenario.ruled_by(plan.policy)
    short = shortfall(ruled, plan) if only & {"excel", "html"} else unfilled(ruled, plan)
    earlier = exporters.earlier_in(directory)
    files = exporters.export(ruled, plan, report, chosen, key, only, ahead, short, earlier)
    return exporters.write(files, directory)


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
        report = checker.verify(scenario, plan)
        left = min(kept, options.seconds - (time.monotonic() - began))
        in_time = left > 0 and not options.interruption.stop.requested
        ahead = outlook(scenario, plan, replace(options, seconds=left)) if in_time else None
        written = export(input_path, scenario, plan, report, directory, language, only, ahead)
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


def import_answers(
    form: Path, input_path: Path, model: type[Row], map_path: Path | None, *, update: bool, write: bool
) -> Imported:
    """A form's answers onto a table of the input: new rows, and with `update` later answers onto known ones.

    Nothing is written where a problem blocks, where nothing changes, or without `write`. Raises OutputError.
    """
    rules, problems = readers.read_map(map_path, model) if map_path else (readers.FormMap(), ())
    book, found = readers.read_book(input_path) if rules else (None, ())
    if rules is None or book is None:
        return Imported(None, (*problems, *found))
    refused = readers.unfit_for_import(book, found, model)
    if refused:
        return Imported(None, refused, language=readers.language_of(book))
    before = readers.reading_of(book, found)
    answers, problems = readers.read_answers(form, book, model, rules, update=update)
    if answers is None or answers.edit is None:
        return Imported(answers, problems, language=readers.language_of(book))
    # loaded only here: no other part of the way writes into a workbook that is there
    from scheduler.exporters import edit

    placed = edit.place(answers.edit)
    expected = edit.edited(book, placed)
    language = answers.edit.language
    problems += readers.problems_of_form(answers, before, readers.reading_of(expected, found))
    blocked = any(problem.blocking for problem in problems)
    if blocked or not write or answers.edit.is_empty:
        return Imported(answers, problems, None, language)
    table = Path(book.path) / placed.sheet.file if placed.sheet else None
    separator = readers.separator_of(table) if table and Path(book.path).is_dir() else ","
    moment = datetime.now(UTC).astimezone(_zone(before.scenario))

    def is_as_meant(path: Path) -> bool:
        return edit.same_cells(readers.read_book(path)[0], expected)

    saved = edit.save_edit(input_path, book, placed, separator, language, moment, is_as_meant)
    return Imported(answers, problems, saved, language)


def shortages(plan: Plan, scenario: Scenario) -> Mapping[str, int]:
    """What the plan could not give: child-weeks without a class, adults missing, claims."""
    missed = sum(
        len(set(scenario.wanted_weeks(row.id)).difference(plan.weeks_of(row.id)))
        for row in scenario.processed
    )
    return {
        "unplaced_child_weeks": missed,
        "missing_adults": sum(gap.missing for gap in plan.gaps),
        "claims": len(plan.envy),
    }


def now(scenario: Scenario) -> str:
    """This moment in the season's time zone, in ISO 8601."""
    return datetime.now(UTC).astimezone(_zone(scenario)).isoformat(timespec="seconds")


def _zone(scenario: Scenario | None) -> ZoneInfo:
    """The season's time zone; of a season that cannot be read the settings' default."""
    return ZoneInfo(scenario.settings.timezone if scenario else Settings().timezone)
