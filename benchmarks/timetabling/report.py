"""The tables of the timetable's benchmark, in Markdown."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.placing.report import NEVER, machine
from benchmarks.timetabling.engines import Case, Result

TABLE = (
    "| classes | engine | first, s | seconds | of these building | peak MB | cost | bound | gap | filled "
    "| wishes served | children without | missing to the minimum | trips missed | checked |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"
)

FET_TOLD = (
    "FET optimises nothing: it places a list of sessions with their teachers, written for it by votes, or "
    "fails; its cost is what the checker makes of that. The list leaves specialists time for the way, so "
    "that fewer periods are filled than could be. `first`: when a whole timetable was there."
)


def row(case: Case, engine: str, result: Result) -> str:
    """One engine on one season."""
    cells = [str(case.classes), engine, _seconds(result.first), f"{result.seconds:.1f}"]
    cells += [f"{result.building:.1f}", f"{result.peak_mb:.0f}"]
    score = result.score
    cost = result.value if score is None else score.cost
    cells += [_number(cost), _number(result.bound), NEVER if result.gap is None else f"{result.gap:.2%}"]
    if score is None:
        cells += [NEVER] * 5
    else:
        cells += [f"{score.filled:.1%}", f"{score.served:.1%}"]
        cells += [str(number) for number in (score.without, score.missed, score.trips)]
    return f"| {' | '.join([*cells, _checked(result)])} |"


def ratios(results: Mapping[str, Result]) -> list[str]:
    """When ours reached what each other engine had at the end, and the other what ours had, as a table.

    Engines without a bound are compared by cost, the others by gap; `>` where it never got there.
    """
    ours = results["ours"]
    rows = [
        "| other | its cost | ours had that, s | ours / it | ours' gap | it had that gap, s | ours / it |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, other in results.items():
        if name == "ours" or other.score is None:
            continue
        had = ours.when(other.score.cost)
        reached = other.when(other.score.cost) or other.seconds
        cells = [name, _number(other.score.cost), _until(had, ours), _ratio(had, reached)]
        gap = ours.gap
        if gap is None or other.bound is None:
            cells += [NEVER] * 3
        else:
            mine, its = ours.when_gap(gap) or ours.seconds, other.when_gap(gap)
            cells += [f"{gap:.2%}", _until(its, other), _ratio(mine, its)]
        rows.append(f"| {' | '.join(cells)} |")
    return rows


def _checked(result: Result) -> str:
    """Hard rules broken, a cost that is told otherwise, and what the engine notes."""
    parts = [result.note] if result.note else []
    if result.score is not None:
        broken = ", ".join(f"{rule} {number}" for rule, number in sorted(result.score.broken.items()))
        parts.insert(0, f"broken: {broken}" if broken else "rules kept")
        if result.value is not None and abs(result.value - result.score.cost) > 0.01:
            parts.append(f"told {result.value:g}")
    return "; ".join(parts)


def _until(time: float | None, engine: Result) -> str:
    return f">{engine.seconds:.1f}" if time is None else f"{time:.1f}"


def _ratio(ours: float | None, its: float | None) -> str:
    return NEVER if ours is None or its is None else f"{ours / max(its, 0.01):.2f}"


def _seconds(time: float | None) -> str:
    return NEVER if time is None else f"{time:.1f}"


def _number(number: float | None) -> str:
    return NEVER if number is None else f"{number:.1f}"


__all__ = ["FET_TOLD", "TABLE", "machine", "ratios", "row"]
