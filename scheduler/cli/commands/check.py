"""`check`: all problems of an input at once, and a forecast."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from scheduler import checker, workflow
from scheduler.checker import Forecast
from scheduler.cli.console import BAD_INPUT, FAILED, Console, console
from scheduler.cli.help import Misuse
from scheduler.cli.options import input_argument, json_option, lang_option, language_of
from scheduler.cli.reserve import show_withheld
from scheduler.cli.solving import usual_limit
from scheduler.domain.problems import Problem
from scheduler.exporters import save


@click.command()
@input_argument
@click.option("--mark", metavar="FILE.xlsx", type=click.Path(path_type=Path))
@json_option
@lang_option
def check(input_path: Path, mark: Path | None, as_json: bool, lang: str | None) -> None:
    """Read and validate an input: every problem at once, and seats and adults against need."""
    if mark is not None and mark.suffix.lower() != ".xlsx":
        raise Misuse("no_workbook_name", value=mark.name)
    if mark is not None and mark.is_file():
        console(language_of(lang)).fail(FAILED, "exists", path=mark)
    reading = workflow.read(input_path)
    shown = console(language_of(lang), reading.language)
    expected = checker.forecast(reading.scenario) if reading.scenario else None
    scenario = reading.scenario
    kept_back = workflow.withheld(scenario, usual_limit(scenario)) if scenario else frozenset()
    if mark is not None and reading.book is not None:
        # loaded only here: without a copy to mark no library for workbooks is needed
        from scheduler.exporters import marks

        messages = [(problem, _what(shown, problem)) for problem in reading.problems]
        save(mark, marks.marked_workbook(reading.book, messages, shown.words.language))
    if as_json:
        shown.json(
            {
                "problems": [shown.problem_json(problem) for problem in reading.problems],
                "forecast": asdict(expected) if expected else None,
                "withheld": [{"class": class_, "week": week} for class_, week in sorted(kept_back or ())],
                "withheld_unknown": kept_back is None,
            }
        )
    else:
        shown.problems(reading.problems, to_stderr=False)
        if expected is not None and reading.scenario is not None:
            _show(shown, expected)
            show_withheld(shown, reading.scenario, kept_back)
            shown.say("check_next", path=input_path)
    if reading.scenario is None:
        raise SystemExit(BAD_INPUT)


def _what(shown: Console, problem: Problem) -> str:
    found = shown.problem_json(problem)
    return f"{found['problem']} {found['fix']}".rstrip()


def _show(shown: Console, expected: Forecast) -> None:
    words = shown.words
    shown.table(
        [words(f"cli.forecast_{name}") for name in ("week", "wanted", "fitting", "seats")],
        [(week.week, week.wanted, week.fitting, week.seats) for week in expected.weeks],
        words("cli.forecast_seats_title"),
    )
    roles = sorted({role.role for week in expected.weeks for role in week.roles})
    rows = []
    for week in expected.weeks:
        found = {role.role: f"{role.asked} / {role.offered}" for role in week.roles}
        rows.append((week.week, *(found.get(role, "") for role in roles)))
    if roles:
        headings = [words("cli.forecast_week"), *(words(f"pages.role.{role}") for role in roles)]
        shown.table(headings, rows, words("cli.forecast_adults_title"))
