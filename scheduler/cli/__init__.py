"""The command line: commands, options, exit codes; nothing else."""

from __future__ import annotations

import os
import sys
import threading
from contextvars import copy_context
from itertools import takewhile, zip_longest
from pathlib import Path
from typing import Any, NoReturn

import click

from scheduler import __version__
from scheduler.cli.commands import COMMANDS
from scheduler.cli.console import (
    BAD_INPUT,
    FAILED,
    INTERRUPTED,
    Console,
    asked_language,
    console,
    reconfigure_streams,
)
from scheduler.cli.help import usage_error, word
from scheduler.cli.options import lang_option
from scheduler.cli.signals import Abandoned
from scheduler.exporters import OutputError
from scheduler.locale import LANGUAGES, Language, catalogue
from scheduler.solver import NoPlanInTime
from scheduler.workflow import BadInput


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="holiday-classes")
@lang_option
@click.pass_context
def group(context: click.Context, lang: str | None) -> None:
    """Every command; a language named before the command is the command's."""
    context.default_map = _defaults(group, lang) if lang else None


def _defaults(commands: click.Group, lang: str) -> dict[str, Any]:
    """The language as the default of every command below."""
    return {
        name: _defaults(inner, lang) if isinstance(inner, click.Group) else {"lang": lang}
        for name, inner in commands.commands.items()
    }


for command in COMMANDS:
    group.add_command(command)


def main() -> NoReturn:
    """Run the command line; every expected failure ends in a sentence and its exit code."""
    try:
        copy_context().run(_run)  # the language of this command's input is that of no later one
    except SystemExit as end:
        _leave(end)


def _leave(end: SystemExit) -> NoReturn:
    """Exit; at once where a search goes on that hears of no wish to stop: it would end in an abort."""
    if any(thread.daemon for thread in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(end.code if isinstance(end.code, int) else FAILED)
    raise end


def _run() -> NoReturn:
    reconfigure_streams()
    words = catalogue(asked_language(_asked()) or "en")
    word(group, words)
    try:
        group.main(standalone_mode=False)
    except click.ClickException as error:
        click.echo(usage_error(error, words), err=True)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    except BadInput as error:
        shown = console(_asked(), error.language)
        if "--json" in sys.argv:
            shown.json({"problems": [shown.problem_json(problem) for problem in error.problems]})
        else:
            shown.problems(error.problems, to_stderr=True)
        sys.exit(BAD_INPUT)
    except OutputError as error:
        shown = _console()
        click.echo(shown.words(error.message, **error.parameters), err=True)
        sys.exit(FAILED)
    except Abandoned:
        _console().fail(INTERRUPTED, "abandoned")
    except NoPlanInTime:
        _console().fail(FAILED, "no_plan_in_time")
    except BrokenPipeError:
        # who reads has seen enough; leave without Python's complaint at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except Exception as error:
        if os.environ.get("HOLIDAY_CLASSES_DEBUG"):
            raise
        _console().fail(FAILED, "bug", where=_where(error), kind=type(error).__name__)
    sys.exit(0)


def _console() -> Console:
    """The console of a failure: the language asked for on the command line, if any, else of what was read."""
    return console(_asked())


def _asked() -> Language | None:
    """The language asked for by `--lang`, read before click has understood the command line; of several the
    last, as for click."""
    words = list(takewhile(lambda given: given != "--", sys.argv[1:]))
    asked: Language | None = None
    for given, value in zip_longest(words, words[1:]):
        option, _, joined = given.partition("=")
        told = (joined or value) if option == "--lang" else None
        asked = next((language for language in LANGUAGES if language == told), asked)
    return asked


def _where(error: BaseException) -> str:
    """File and line where an unexpected error arose; never its text, which could hold children's data."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"


__all__ = ["group", "main"]
