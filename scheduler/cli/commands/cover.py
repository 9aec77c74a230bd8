"""`cover`: somebody cannot come; who could take their posts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click

from scheduler import checker, explainer, workflow
from scheduler.cli.console import CONTRADICTION, INTERRUPTED, USAGE, Console, console
from scheduler.cli.help import Misuse
from scheduler.cli.options import (
    Day,
    Seconds,
    input_argument,
    json_option,
    lang_option,
    language_of,
    plan_argument,
)
from scheduler.cli.outputs import require_file
from scheduler.cli.paragraphs import paragraph
from scheduler.cli.progress import shown as progress_shown
from scheduler.cli.signals import in_worker, interruptible
from scheduler.domain.absence import Absence, last_day
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.explainer import Telling, UnknownRef
from scheduler.exporters import save
from scheduler.solver import Options
from scheduler.workflow import Cover


@click.command()
@input_argument
@plan_argument
@click.option("--person", metavar="ID", required=True)
@click.option("--from", "first", type=Day(), metavar="DATE", required=True)
@click.option("--to", "last", type=Day(), metavar="DATE")
@click.option("--back", "returned", metavar="ID", multiple=True)
@click.option("--apply", "apply_", is_flag=True)
@click.option("-o", "--output", metavar="NEW.json", type=click.Path(path_type=Path))
@click.option(
    "--time-limit",
    type=Seconds(min=1, max=24 * 3600),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True)
@click.option("--workers", type=click.IntRange(1, 128), default=8, show_default=True)
@click.option("--reproducible", is_flag=True)
@click.option("--quiet", is_flag=True)
@json_option
@lang_option
def cover(
    input_path: Path,
    plan_path: Path,
    person: str,
    first: date,
    last: date | None,
    returned: tuple[str, ...],
    apply_: bool,
    output: Path | None,
    as_json: bool,
    lang: str | None,
    **how: Any,  # noqa: ANN401 - the options of the search
) -> None:
    """Ranked substitutes for an absence, and a proposal for all its posts together."""
    if apply_ != (output is not None):
        raise Misuse("apply_without_output" if apply_ else "output_without_apply")
    scenario = workflow.scenario_of(input_path)
    shown = console(language_of(lang), scenario.settings.language)
    plan = workflow.plan_of(plan_path)
    absence = _absence(shown, scenario, plan, person, first, last)
    if output is not None:
        _require_new(shown, output, input_path, plan_path)
    if plan.input_sha256 not in ("", scenario.sha256):
        shown.note("other_input")
    known = {row.person for row in plan.absences}
    there = tuple(_person(shown, scenario, one) for one in returned)
    for one in there:
        if one not in known:
            _usage(shown, "not_away", person=one)
    found, interrupted = _covered(shown, scenario, plan, absence, there, **how)
    written = output if output is not None and found.plan != plan else None
    if written is not None:
        _apply(shown, scenario, plan, found, written)
    _show(shown, scenario, found, input_path, written, as_json=as_json)
    if interrupted:
        raise SystemExit(INTERRUPTED)


def _absence(
    shown: Console, scenario: Scenario, plan: Plan, person: str, first: date, last: date | None
) -> Absence:
    """The absence that is meant, or the end of the command."""
    season = scenario.settings.season
    if plan.season not in ("", season):
        _usage(shown, "other_season", plan=plan.season, season=season)
    begin, end = min(scenario.day), last_day(scenario)
    for day in (first, last):
        if day is not None and not begin <= day <= end:
            _usage(shown, "outside", date=day, first=begin, last=end)
    if last is not None and last < first:
        _usage(shown, "backwards", first=first, last=last)
    return Absence(_person(shown, scenario, person), first, last or end)


def _person(shown: Console, scenario: Scenario, person: str) -> str:
    """The id of the person who is meant, or the end of the command."""
    try:
        return explainer.resolve(scenario, f"person:{person.removeprefix('person:')}").id
    except UnknownRef as error:
        id = "near" if error.reason == "unknown" and error.candidates else error.reason
        _usage(shown, id, part=error.part, candidates=_people(shown, scenario, error.candidates))


def _people(shown: Console, scenario: Scenario, refs: Iterable[str]) -> str:
    """The people of some references, by id and name."""
    rows = (scenario.person[ref.removeprefix("person:")] for ref in refs)
    named = (shown.words("explain.named", id=row.id, name=row.name) for row in rows)
    return shown.words("explain.comma").join(named)


def _usage(shown: Console, id: str, **parameters: object) -> NoReturn:
    shown.fail(USAGE, f"cover.{id}", **parameters)


def _require_new(shown: Console, output: Path, input_path: Path, plan_path: Path) -> None:
    """End the command where the new plan cannot be written, or would take the old one's place."""
    require_file(shown, output, input_path)
    if output.resolve() == plan_path.resolve():
        _usage(shown, "own_plan", path=output)


def _covered(
    shown: Console,
    scenario: Scenario,
    plan: Plan,
    absence: Absence,
    returned: tuple[str, ...],
    *,
    time_limit: float,
    quiet: bool,
    **how: Any,  # noqa: ANN401 - seed, workers, reproducible
) -> tuple[Cover, bool]:
    """What is found in a worker thread, signals being heard; and whether somebody interrupted it."""
    with (
        interruptible(lambda: shown.note("interrupted")) as interruption,
        progress_shown(shown.words, quiet=quiet) as report,
    ):
        options = Options(seconds=time_limit, interruption=interruption, report=report, **how)
        found = in_worker(lambda: workflow.cover(scenario, plan, absence, options, returned), interruption)
    return found, interruption.stop.requested


def _apply(shown: Console, scenario: Scenario, plan: Plan, found: Cover, output: Path) -> None:
    """Write the new plan, unless a lock stands against it; say if it breaks more than the old one did."""
    locks = found.proposal.broken_locks
    if locks:
        person = found.openings.absence.person
        shown.fail(CONTRADICTION, "cover.locked", locks=", ".join(locks), person=person)
    after = len(checker.verify(scenario, found.plan).broken)
    if after:
        before = len(checker.verify(scenario, plan).broken)
        shown.note("cover.not_clean", before=before, after=after)
    save(output, found.plan.to_json().encode())


def _show(
    shown: Console,
    scenario: Scenario,
    found: Cover,
    input_path: Path,
    written: Path | None,
    *,
    as_json: bool,
) -> None:
    telling = Telling(shown.words, scenario)
    told = explainer.explain_cover(scenario, found.openings, found.proposal)
    if as_json:
        shown.json(
            {
                **found.openings.model_dump(mode="json", by_alias=True),
                "proposal": found.proposal.model_dump(mode="json", by_alias=True),
                "written": str(written) if written else None,
                **telling.data(told),
            }
        )
        return
    shown.result(telling.line(told.title))
    for line in told.lines:
        paragraph(telling.line(line), line.depth)
    if written:
        plan, id = found.plan, "cover.written" if found.openings.posts else "cover.noted"
        shown.say(id, plan=written, revision=plan.revision, n=len(plan.changes), input=input_path)
        return
    shown.say("cover.unchanged", input=input_path)
    if found.openings.posts and not found.proposal.broken_locks:
        shown.say("cover.next")
