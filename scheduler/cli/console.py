"""What commands say, and where: results on stdout, everything else on stderr, in one language."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console as Rich
from rich.table import Table

from scheduler.domain.problems import Problem
from scheduler.locale import Catalogue, Language, catalogue
from scheduler.rules.wording import Wording

DONE, FAILED, USAGE, BAD_INPUT, CONTRADICTION, UNPLACED, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130


PIPED_WIDTH = 160
"""Columns of a table that goes into a pipe or a file, where no terminal says how wide it may be."""

EACH = 10
"""Notes of a kind that are shown before a long job."""


@dataclass(frozen=True)
class Console:
    """The two streams in one language."""

    words: Catalogue

    def result(self, text: str = "") -> None:
        """A line of the result."""
        click.echo(text, color=_color())

    def json(self, data: object) -> None:
        """The result as JSON."""
        click.echo(json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True))

    def note(self, id: str, **parameters: object) -> None:
        """A sentence on stderr."""
        click.echo(self.words(f"cli.{id}", **parameters), err=True, color=_color())

    def say(self, id: str, **parameters: object) -> None:
        """A sentence of the result."""
        self.result(self.words(f"cli.{id}", **parameters))

    def table(self, headings: Iterable[str], rows: Iterable[Iterable[object]], title: str = "") -> None:
        """A table of the result."""
        table = Table(header_style="bold")
        for number, heading in enumerate(headings):
            table.add_column(heading, overflow="fold", no_wrap=number == 0)  # ids are first, and stay whole
        for row in rows:
            table.add_row(*(_cell(value) for value in row))
        rich = Rich(highlight=False, markup=False, emoji=False)
        if not rich.is_terminal and "COLUMNS" not in os.environ:
            rich.width = PIPED_WIDTH
        if title:
            rich.print(title)  # not the table's own, which would be broken at its width
        rich.print(table)

    def fail(self, code: int, id: str, **parameters: object) -> NoReturn:
        """Say why on stderr and end with an exit code."""
        self.note(id, **parameters)
        raise SystemExit(code)

    # ---- problems -------------------------------------------------------------------------------

    def problems(self, problems: Iterable[Problem], *, to_stderr: bool) -> None:
        """Every problem, a line each, blocking ones first; then how many."""
        found = sorted(problems, key=lambda problem: not problem.blocking)
        for problem in found:
            click.echo(self.problem(problem), err=to_stderr, color=_color())
        blocking = sum(problem.blocking for problem in found)
        if found:
            click.echo(
                self.words("cli.problem_count", blocking=blocking, warnings=len(found) - blocking),
                err=to_stderr,
            )

    def notes(self, problems: Sequence[Problem], input_path: Path) -> None:
        """What is worth a look before a long job, on stderr: a few of each kind, and where the rest is."""
        shown = Counter[str]()
        for problem in problems:
            shown[problem.id] += 1
            if shown[problem.id] <= EACH:
                click.echo(self.problem(problem), err=True, color=_color())
        more = sum(max(0, number - EACH) for number in shown.values())
        if more:
            self.note("problem_more", n=more, input=input_path)
        elif shown:
            self.note("problem_count", blocking=0, warnings=len(problems))

    def problem(self, problem: Problem) -> str:
        """One problem: what kind, where, what, and the way out."""
        wording = Wording(self.words)
        kind = self.words("cli.problem_blocking" if problem.blocking else "cli.problem_warning")
        cell = problem.cell if problem.sheet else ""  # of a text it is a line, which the sentence names
        if cell.isdigit():
            cell = self.words("cli.problem_row", row=cell)
        place = " ".join(part for part in (problem.file, problem.sheet, cell) if part)
        lines = (
            f"{kind} {place}: {wording.problem(problem)}" if place else f"{kind} {wording.problem(problem)}"
        )
        return self.words("cli.problem_and_fix", what=lines, fix=wording.fix(problem)).rstrip()

    def problem_json(self, problem: Problem) -> Mapping[str, Any]:
        """One problem as every tool's JSON reports it."""
        wording = Wording(self.words)
        return {
            "file": problem.file,
            "sheet": problem.sheet,
            "cell": problem.cell,
            "value": problem.value,
            "problem": wording.problem(problem),
            "fix": wording.fix(problem),
            "blocking": problem.blocking,
        }


OF_INPUT: ContextVar[Language | None] = ContextVar("language of the input", default=None)
"""The language of the input last read: what fails after it is told in it, too."""


def console(language: Language | None, of_input: Language | None = None) -> Console:
    """The console in the language asked for, else the environment's, else the input's, else Chinese."""
    if of_input:
        OF_INPUT.set(of_input)
    return Console(catalogue(asked_language(language) or OF_INPUT.get() or "zh"))


def reconfigure_streams() -> None:
    """Make sure that no terminal's encoding can crash the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def asked_language(language: Language | None) -> Language | None:
    """The language asked for, else the environment's, if it names one of ours."""
    if language:
        return language
    wishes = (os.environ.get(name, "") for name in ("HOLIDAY_CLASSES_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    first = next((wish for wish in wishes if wish), "")
    return "zh" if first.startswith("zh") else "en" if first.startswith("en") else None


def _color() -> bool | None:
    return False if os.environ.get("NO_COLOR") else None


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    return "" if value is None else str(value)
