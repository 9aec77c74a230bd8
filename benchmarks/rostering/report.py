"""The tables of the staffing benchmark, in Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.placing.report import NEVER, checked
from benchmarks.placing.told import UNFINISHED, Reached, Result

LEVELS = (
    "| classes | engine | level | value | bound | gap | reached, s | ended, s |\n"
    "|---|---|---|---|---|---|---|---|"
)
WHOLE = (
    "| engine | seconds | of these building | peak MB | time / LP's | checked |\n|---|---|---|---|---|---|"
)


def level_row(classes: int, engine: str, level: Reached) -> str:
    """One level of one engine."""
    value, bound = (f"{number:.2f}".rstrip("0").rstrip(".") for number in (level.value, level.bound))
    return (
        f"| {classes} | {engine} | {level.level} | {value} | {bound} | {level.gap:.2%} "
        f"| {level.at:.1f} | {level.ended:.1f} |"
    )


def engine_row(engine: str, result: Result, levels: Sequence[Reached], relaxation: Result | None) -> str:
    """One engine as a whole; the ratio is to the relaxation of the gaps alone."""
    ratio = NEVER
    if relaxation is not None:
        less = "<" if UNFINISHED in relaxation.note else ""
        ratio = f"{less}{result.seconds / relaxation.seconds:.2f}"
    return (
        f"| {engine} | {result.seconds:.1f} | {result.building:.1f} | {result.peak_mb:.0f} | {ratio} "
        f"| {checked(result, levels)} |"
    )
