"""What `solve` and `run` share: options, progress, signals, the summary, the exit code."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scheduler import workflow
from scheduler.cli.console import CONTRADICTION, INTERRUPTED, UNPLACED, Console
from scheduler.cli.contradiction import contradiction_json, tell
from scheduler.cli.help import Misuse
from scheduler.cli.memory import note_memory
from scheduler.cli.options import SolveOptions
from scheduler.cli.progress import shown
from scheduler.cli.reserve import show_withheld
from scheduler.cli.signals import Abandoned, in_worker, interruptible
from scheduler.domain.absence import unstated
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.report import Report
from scheduler.rules.wording import Wording
from scheduler.solver import Contradiction, Interruption, Options

RESERVE = 0.1
"""The share of the time limit kept for verifying and writing."""

USUAL, FOR_A_CHILD = 120.0, 0.12
"""Seconds that it may take where nobody says how many: for up to 1,000 children, and for each of more."""


@contextmanager
def solving(
    scenario: Scenario, options: SolveOptions, console: Console, began: float, *, as_json: bool
) -> Iterator[tuple[Callable[[Callable[[Options], Any]], Any], Interruption]]:
    """A context to solve in: `job(work)` calls `work(options)` in a worker thread, with progress shown and
    signals heard. A contradiction is told (on stdout as JSON, if that is asked for) and ends the command."""
    last = max(scenario.day)
    if options.as_of is not None and options.as_of > last:
        raise Misuse("as_of_after", date=options.as_of.isoformat(), last=last.isoformat())
    previous = workflow.plan_of(options.previous) if options.previous else None
    for absence in unstated(scenario, previous, options.as_of) if previous else ():
        console.note("cover.absent", person=absence.person, first=absence.first, last=absence.last)
    note_memory(console, scenario)
    with (
        interruptible(lambda: console.note("interrupted")) as interruption,
        shown(console.words, quiet=options.quiet) as report,
    ):
        limit = options.time_limit or usual_limit(scenario)
        if not options.time_limit and limit > USUAL:
            console.note("takes_up_to", minutes=round(limit / 60), children=len(scenario.processed))
        spent = 0.0 if options.reproducible else time.monotonic() - began
        chosen = Options(
            seconds=max(1.0, limit * (1 - RESERVE) - spent),
            seed=options.seed,
            workers=options.workers,
            reproducible=options.reproducible,
            previous=previous,
            as_of=options.as_of,
            interruption=interruption,
            report=report,
        )
        try:
            yield (lambda work: in_worker(lambda: work(chosen), interruption)), interruption
        except Contradiction as error:
            if as_json:
                console.json(contradiction_json(console, scenario, error))
            else:
                tell(console, scenario, error)
            raise SystemExit(CONTRADICTION) from None
        except Abandoned:
            console.fail(INTERRUPTED, "abandoned")


def usual_limit(scenario: Scenario) -> float:
    """The seconds that a season may take where nobody says how many."""
    return max(USUAL, FOR_A_CHILD * len(scenario.processed))


def summary_json(scenario: Scenario, plan: Plan, path: Path, report: Report | None = None) -> dict[str, Any]:
    """The outcome in figures."""
    found: dict[str, Any] = {
        "plan": str(path),
        "stages": [stage.model_dump(mode="json") for stage in plan.stages],
        "placements": len(plan.placements),
        "sessions": len(plan.sessions),
        "trips": len(plan.trips),
        "duties": len(plan.duties),
        **workflow.shortages(plan, scenario),
        "withheld": [{"class": class_, "week": week} for class_, week in sorted(plan.kept_back)],
        "withheld_unknown": plan.withheld_unknown,
        "changes": len(plan.changes),
    }
    if report is not None:
        found["violations"] = len(report.broken)
    return found


def summary_text(console: Console, scenario: Scenario, plan: Plan) -> None:
    """The outcome for people: what was decided, what is short, and how good it is proven to be."""
    wording, short = Wording(console.words), workflow.shortages(plan, scenario)
    console.say(
        "summary",
        children=sum(bool(plan.weeks_of(row.id)) for row in scenario.processed),
        enrolled=len(scenario.processed),
        weeks=len(plan.placements),
        sessions=len(plan.sessions),
        trips=len(plan.trips),
        duties=len(plan.duties),
    )
    console.say("shortages", **short)
    if short["missing_adults"] or plan.kept_back:
        console.say("recruit.next")
    if plan.withheld_unknown:
        show_withheld(console, scenario, None)
    show_withheld(console, scenario, plan.kept_back)
    if plan.revision > 1:
        console.say("changes", n=len(plan.changes), revision=plan.revision)
    rows = [
        (
            console.words(f"stage.{stage.name}") if not i else "",
            wording.level(stage.name, level.name),
            level.value,
            level.bound,
            f"{level.gap:.2%}",
        )
        for stage in plan.stages
        for i, level in enumerate(stage.levels)
    ]
    console.table(
        [console.words(f"cli.level_{name}") for name in ("stage", "name", "value", "bound", "gap")], rows
    )


def finish(scenario: Scenario, plan: Plan, options: SolveOptions, *, interrupted: bool) -> None:
    """End with the exit code the outcome asks for."""
    if interrupted:
        raise SystemExit(INTERRUPTED)
    short = workflow.shortages(plan, scenario)
    if options.strict and (short["unplaced_child_weeks"] or short["missing_adults"]):
        raise SystemExit(UNPLACED)
