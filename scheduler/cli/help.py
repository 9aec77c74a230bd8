"""Help pages and usage errors in the reader's language; click's own words are English."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from scheduler.locale import Catalogue, catalogue

HEADINGS = ("Options", "Commands")
"""The headings click writes; each is worded as `help.heading.<heading>`."""

_EXTRA = re.compile(r"  \[([^\[\]]*)\]$")
"""What click adds to an option's help: its default, its range, and that it must be there."""

_RANGE = re.compile(r"(?:(?P<low>[\d.]+)<=)?x(?:<=(?P<high>[\d.]+))?(?:>=(?P<least>[\d.]+))?")

_NO_VALUE = re.compile(r"Option '.*' requires an argument\.")
_TAKES_NONE = re.compile(r"Option '.*' does not take a value\.")
_TOO_MANY = re.compile(r"Got unexpected extra arguments? \((.*)\)")
"""How click tells, in no other way, of values and words that are missing or too many; told its way should it
ever tell it otherwise."""


class Misuse(click.UsageError):
    """A wrong use that this program finds itself: worded as `usage.<id>`."""

    def __init__(self, id: str, **parameters: object) -> None:
        """Say which wrong use; click knows it in English."""
        super().__init__(catalogue("en")(f"usage.{id}", **parameters))
        self.id, self.parameters = id, parameters


def word(group: click.Group, words: Catalogue) -> None:
    """Put the help of a group and all its commands into a language."""
    _word(group, "all", _context_in(words), words)


def usage_error(error: click.ClickException, words: Catalogue) -> str:
    """What was wrong in using the program, with the usage of the command and where help is."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    lines = []
    context = getattr(error, "ctx", None)
    if isinstance(context, click.Context):
        lines += [context.get_usage(), words("usage.help", command=context.command_path), ""]
    return "\n".join([*lines, words("usage.error", message=_message(error, words))])


# ---- help -------------------------------------------------------------------------------------------


def _word(command: click.Command, path: str, context: type[click.Context], words: Catalogue) -> None:
    command.context_class = context
    command.help = words(f"help.{path}.command")
    command.short_help = words(f"help.{path}.short") if f"help.{path}.short" in words else None
    own = command.get_help_option(context(command, help_option_names=["-h", "--help"]))
    for param in [*command.params, *([own] if own else [])]:
        if isinstance(param, click.Option):
            name = "help" if param is own else str(param.name)
            param.help = next(
                words(id) for id in (f"help.{path}.{name}", f"help.option.{name}") if id in words
            )
            if isinstance(param.type, click.IntRange) and param.metavar is None:
                param.metavar = "N"
    command.options_metavar = words("help.heading.options_metavar")
    if isinstance(command, click.Group):
        command.subcommand_metavar = words("help.heading.subcommand_metavar")
    for name, inner in command.commands.items() if isinstance(command, click.Group) else ():
        _word(inner, name if path == "all" else f"{path}_{name}", context, words)


def _context_in(words: Catalogue) -> type[click.Context]:
    class Formatter(click.HelpFormatter):
        """Headings in a language."""

        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            """The line that tells how a command is used."""
            super().write_usage(prog, args, prefix or words("help.heading.Usage"))

        def write_heading(self, heading: str) -> None:
            """The line above a part of the page."""
            self.write(words(f"help.heading.{heading}") if heading in HEADINGS else f"{heading}:")
            self.write("\n")

        def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
            """Options with their help, and what click adds to it."""
            worded = [
                (name, _EXTRA.sub(lambda found: f"  [{_extras(found[1], words)}]", text))
                for name, text in rows
            ]
            super().write_dl(worded, col_max, col_spacing)

    class Context(click.Context):
        """A command's context whose pages have those headings."""

        formatter_class = Formatter

    return Context


def _extras(told: str, words: Catalogue) -> str:
    """What click adds to an option's help, in a language; what this program has no words for as it is."""
    return "; ".join(_extra(one, words) for one in told.split("; "))


def _extra(told: str, words: Catalogue) -> str:
    if told == "required":
        return words("help.extra.required")
    if told.startswith("default: "):
        return words("help.extra.default", value=told.removeprefix("default: "))
    found = _RANGE.fullmatch(told)
    if found is None:
        return told
    if found["high"] is None:
        return words("help.extra.least", low=found["least"] or found["low"])
    return words("help.extra.range", low=found["low"], high=found["high"])


# ---- usage errors -------------------------------------------------------------------------------------


def _message(error: click.ClickException, words: Catalogue) -> str:
    """One sentence; what click finds and this program has no words for is told as click tells it."""
    match error:
        case Misuse():
            return words.fill(f"usage.{error.id}", error.parameters)
        case click.MissingParameter(param=click.Parameter() as param):
            return words("usage.missing", what=_named(param))
        case click.NoSuchOption():
            return _unknown("option", error.option_name, error.possibilities, words)
        case click.NoSuchCommand():
            return _unknown("command", error.command_name, error.possibilities, words)
        case click.BadParameter(param=click.Parameter() as param):
            return _bad(param, error, words)
        case click.BadOptionUsage() if _NO_VALUE.fullmatch(error.message):
            return words("usage.no_value", name=error.option_name)
        case click.BadOptionUsage() if _TAKES_NONE.fullmatch(error.message):
            return words("usage.takes_none", name=error.option_name)
        case click.UsageError() if found := _TOO_MANY.fullmatch(error.message):
            return words("usage.too_many", words=found[1])
        case _:
            return error.format_message()


def _unknown(kind: str, name: str, near: list[str] | None, words: Catalogue) -> str:
    if near:
        return words(f"usage.{kind}_near", name=name, near=", ".join(sorted(near)))
    return words(f"usage.{kind}", name=name)


def _bad(param: click.Parameter, error: click.BadParameter, words: Catalogue) -> str:
    what = _named(param)
    match param.type:
        case click.Choice(choices=choices):
            return words("usage.choice", what=what, choices=", ".join(map(str, choices)))
        case click.IntRange(min=low, max=high) | click.FloatRange(min=low, max=high):
            form = "range" if high is not None else "least"
            return words(f"usage.{form}", what=what, low=low, high=high)
        case _:
            return error.format_message()


def _named(param: click.Parameter) -> str:
    """A parameter as it is written on the command line."""
    return " / ".join(param.opts) if isinstance(param, click.Option) else param.human_readable_name
