"""The tables of the benchmark, in Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.placing.engines import Case
from benchmarks.placing.told import UNFINISHED, Reached, Result

LEVELS = (
    "| season | children | policy | engine | level | value | bound | gap | reached, s | ended, s |\n"
    "|---|---|---|---|---|---|---|---|---|---|"
)
WHOLE = (
    "| engine | seconds | of these building | first without claims, s | peak MB | time / LP's | checked |\n"
    "|---|---|---|---|---|---|---|"
)
NEVER = "–"


def machine() -> str:
    """The machine's description: processor, cores, memory, system, versions."""
    from ortools import __version__ as ortools

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = (
        _processor(),
        f"{os.cpu_count()} cores",
        f"{memory:.0f} GB",
        f"{platform.system()} {platform.machine()}",
        f"Python {platform.python_version()}",
        f"ortools {ortools}",
    )
    return ", ".join(part for part in parts if part)


def level_row(case: Case, engine: str, level: Reached) -> str:
    """One level of one engine."""
    value, bound = (f"{number:.2f}".rstrip("0").rstrip(".") for number in (level.value, level.bound))
    return (
        f"| {case.kind} | {case.children} | {case.policy} | {engine} | {level.level} | {value} | {bound} "
        f"| {level.gap:.2%} | {level.at:.1f} | {level.ended:.1f} |"
    )


def engine_row(engine: str, result: Result, levels: Sequence[Reached], relaxation: Result | None) -> str:
    """One engine as a whole."""
    free = NEVER if result.claim_free is None else f"{result.claim_free:.1f}"
    ratio = NEVER
    if relaxation is not None:
        # a relaxation that ran out of time would have taken longer, so the ratio would be less
        less = "<" if UNFINISHED in relaxation.note else ""
        ratio = f"{less}{result.seconds / relaxation.seconds:.2f}"
    return (
        f"| {engine} | {result.seconds:.1f} | {result.building:.1f} | {free} | {result.peak_mb:.0f} "
        f"| {ratio} | {checked(result, levels)} |"
    )


def same_gap(ours: Sequence[Reached], others: Mapping[str, Sequence[Reached]]) -> list[str]:
    """For every level of ours: when each other engine had reached as small a gap, as a table. Times of
    levels count from the beginning; `>` where an engine never got there, `*` where one of its earlier
    levels has another value than ours, so that the two are not the same question."""
    names = list(others)
    rows = [
        "| level | ours: gap | ours, s | " + " | ".join(f"{name}, s" for name in names) + " |",
        "|---|---|---|" + "---|" * len(names),
    ]
    for number, level in enumerate(ours):
        cells = [_when(ours[: number + 1], others[name]) for name in names]
        reached = level.when(level.gap)
        rows.append(
            f"| {level.level} | {level.gap:.2%} | {reached or level.ended:.1f} | {' | '.join(cells)} |"
        )
    return rows


def _when(ours: Sequence[Reached], theirs: Sequence[Reached]) -> str:
    level = ours[-1]
    found = next((row for row in theirs if row.level == level.level), None)
    if found is None:
        return NEVER
    values = {row.level: row.value for row in theirs}
    differs = any(abs(values.get(row.level, row.value) - row.value) > 1e-6 for row in ours[:-1])
    time = found.when(level.gap)
    mark = "*" if differs else ""
    if time is None:
        return f">{found.ended:.1f}{mark}"
    mine = level.when(level.gap) or level.ended
    return f"{time:.1f}{mark} (ours / it: {mine / max(time, 0.01):.2f})"


def checked(result: Result, levels: Sequence[Reached]) -> str:
    """What the checker says: rules broken, and where its levels differ from those told."""
    if not result.recomputed:
        return result.note or NEVER
    told = {level.level: level.value for level in levels}
    differ = [
        f"{name} {value:g}, told {told[name]:g}"
        for name, value in result.recomputed.items()
        if name in told and abs(told[name] - value) > 0.01
    ]
    kept = f"broken: {result.broken}" if result.broken else "rules kept"
    return "; ".join([kept, *differ])


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()
