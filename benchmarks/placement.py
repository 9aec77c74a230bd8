"""Placement side by side on the same seasons: ours, an expert's CP-SAT model, and the relaxation as limit.

    python benchmarks/placement.py [--sizes 890,3500,10500] [--policies seats,fair]
        [--kinds ranks,points,draw] [--seconds auto] [--engines lp,ours,cpsat2,cpsat8]

Every engine runs in a process of its own, one after another, so that memory and threads are its own. Prints
Markdown, each level as soon as it is done; then, per season, each engine as a whole (seconds, memory, what
the checker says of its plan) and when the others reached the gaps that ours reached. `--seconds auto` gives
ours the time it is meant to need, the others twice as much. Further kinds: `districts` (the `sample`
seasons); further engines: `lp:pdlp`, `lp:highs_lp`, `mip:highs`, `mip:scip`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from typing import TypeVar, get_args

from benchmarks.placing.alone import alone
from benchmarks.placing.city import KINDS
from benchmarks.placing.engines import ENGINES, Case, run
from benchmarks.placing.report import (
    LEVELS,
    WHOLE,
    engine_row,
    level_row,
    machine,
    same_gap,
)
from benchmarks.placing.told import Reached, Result
from scheduler.domain.tables.settings import Policy

Word = TypeVar("Word", bound=str)

TARGETS: dict[Policy, tuple[tuple[int, float], ...]] = {
    "seats": ((1000, 15.0), (4000, 30.0), (12000, 120.0)),
    "fair": ((1000, 30.0), (4000, 90.0), (12000, 300.0)),
}
"""Seconds that ours may take, up to so many children."""

OTHERS = 2.0
"""The others get so many times as long."""


def main() -> int:
    """Run all seasons and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="890,3500,10500", help="children, separated by commas")
    parser.add_argument("--policies", default="seats,fair")
    parser.add_argument("--kinds", default="ranks,points,draw", help=", ".join(KINDS))
    parser.add_argument("--seconds", default="auto", help="limit of every engine, or auto")
    parser.add_argument("--engines", default="lp,ours,cpsat2,cpsat8")
    parser.add_argument("--workers", type=int, default=2, help="ours")
    arguments = parser.parse_args()
    cases = [
        Case(kind, int(size), policy, arguments.workers)
        for size in arguments.sizes.split(",")
        for kind in _chosen(arguments.kinds, KINDS, parser)
        for policy in _chosen(arguments.policies, get_args(Policy), parser)
    ]
    engines = arguments.engines.split(",")
    if not all(ENGINES.fullmatch(engine) for engine in engines):
        parser.error(f"engines are {ENGINES.pattern}")
    _say(f"{machine()}; ours: {arguments.workers} workers\n")
    failed = [not _compare(case, engines, arguments.seconds) for case in cases]
    return int(any(failed))


def _chosen(text: str, known: Sequence[Word], parser: argparse.ArgumentParser) -> list[Word]:
    by_name = {word: word for word in known}
    for word in text.split(","):
        if word not in known:
            parser.error(f"{word!r} is none of {', '.join(known)}")
    return [by_name[word] for word in by_name if word in text.split(",")]


def _compare(case: Case, engines: list[str], seconds: str) -> bool:
    """One season by every engine; whether all of them ended with a plan that keeps the rules."""
    _say(f"\n### {case.kind}, {case.children} children, {case.policy}\n\n{LEVELS}")
    results: dict[str, Result] = {}
    levels: dict[str, list[Reached]] = {}
    for engine in engines:
        limit = _limit(case, engine) if seconds == "auto" else float(seconds)
        levels[engine] = []
        found = alone(run, (engine, case, limit), limit, Result, partial(_told, case, engine, levels[engine]))
        if isinstance(found, str):
            sys.stderr.write(f"{engine}: {found}\n")
        else:
            results[engine] = found
    _say(f"\n{WHOLE}")
    for engine, result in results.items():
        _say(engine_row(engine, result, levels[engine], results.get("lp")))
    others = {name: levels[name] for name in results if name != "ours" and not name.startswith("lp")}
    if "ours" in results and others:
        _say("\n" + "\n".join(same_gap(levels["ours"], others)))
    return len(results) == len(engines) and not any(result.broken for result in results.values())


def _limit(case: Case, engine: str) -> float:
    targets = TARGETS[case.policy]
    seconds = next((limit for size, limit in targets if case.children <= size), targets[-1][1])
    return seconds if engine == "ours" else OTHERS * seconds


def _told(case: Case, engine: str, levels: list[Reached], level: Reached) -> None:
    levels.append(level)
    _say(level_row(case, engine, level))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
