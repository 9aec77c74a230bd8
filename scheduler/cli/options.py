"""Options that several commands share; what each does is worded in the locale, as `help.option.<name>`."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from scheduler.cli.help import Misuse
from scheduler.domain.tables.settings import Policy
from scheduler.locale import LANGUAGES, Language

F = TypeVar("F", bound=Callable[..., Any])

input_argument = click.argument("input_path", metavar="INPUT", type=click.Path(path_type=Path))
plan_argument = click.argument("plan_path", metavar="PLAN.json", type=click.Path(path_type=Path))
lang_option = click.option("--lang", type=click.Choice(LANGUAGES))
json_option = click.option("--json", "as_json", is_flag=True)
FORMATS = ("excel", "html", "ics")


@dataclass(frozen=True)
class SolveOptions:
    """How the coordinator wants it solved."""

    policy: Policy | None
    time_limit: float | None
    seed: int
    workers: int
    reproducible: bool
    previous: Path | None
    as_of: date | None
    strict: bool
    quiet: bool


class Seconds(click.FloatRange):
    """Seconds within limits; "nan" compares as within any, and is none."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401 - click's signature
        """The seconds, or a usage error."""
        seconds = float(super().convert(value, param, ctx))
        if math.isnan(seconds):
            raise Misuse("seconds", value=value)
        return seconds


class Day(click.ParamType[Any]):
    """An ISO date."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401 - click's signature
        """The date, or a usage error."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            raise Misuse("date", value=value) from None


class Formats(click.ParamType[Any]):
    """A comma-separated list out of excel, html, ics."""

    name = "formats"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> frozenset[str]:  # noqa: ANN401 - click's signature
        """The set of formats, or a usage error."""
        if isinstance(value, frozenset):
            return value
        chosen = frozenset(part.strip() for part in value.split(",") if part.strip())
        unknown = sorted(chosen - set(FORMATS))
        if not chosen:
            raise Misuse("only_nothing", choices=", ".join(FORMATS))
        if unknown:
            raise Misuse("among", value=", ".join(unknown), choices=", ".join(FORMATS))
        return chosen


only_option = click.option("--only", type=Formats(), default=frozenset(FORMATS))


def solve_options(command: F) -> F:
    """The options of `solve` and `run`, handed on as `options: SolveOptions`."""

    def wrapped(**given: Any) -> Any:  # noqa: ANN401 - a click callback takes and gives anything
        names = SolveOptions.__dataclass_fields__
        options = SolveOptions(**{name: given.pop(name) for name in names})
        if options.as_of is not None and options.previous is None:
            raise Misuse("as_of_without_from")
        return command(options=options, **given)

    wrapped.__name__ = command.__name__
    wrapped.__doc__ = command.__doc__
    wrapped.__click_params__ = list(getattr(command, "__click_params__", []))  # type: ignore[attr-defined]
    for decorate in reversed(_SOLVE):
        wrapped = decorate(wrapped)
    return wrapped  # type: ignore[return-value]


_SOLVE = (
    click.option("--policy", type=click.Choice(["fair", "seats"])),
    click.option(
        "--time-limit",
        type=Seconds(min=1, max=7 * 24 * 3600),
        metavar="SECONDS",
    ),
    click.option(
        "--seed",
        type=click.IntRange(0, 2**31 - 1),
        default=0,
        show_default=True,
    ),
    click.option(
        "--workers",
        type=click.IntRange(1, 128),
        default=8,
        show_default=True,
    ),
    click.option("--reproducible", is_flag=True),
    click.option(
        "--from",
        "previous",
        metavar="PLAN.json",
        type=click.Path(path_type=Path),
    ),
    click.option("--as-of", type=Day(), metavar="DATE"),
    click.option("--strict", is_flag=True),
    click.option("--quiet", is_flag=True),
)


def language_of(language: str | None) -> Language | None:
    """The language option, typed."""
    return language  # type: ignore[return-value]
