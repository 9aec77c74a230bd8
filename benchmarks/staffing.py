"""Staffing side by side on the same seasons: ours, the plain model in CP-SAT, a bound of the gaps alone.

    python benchmarks/staffing.py [--sizes 20,100,300] [--seconds auto] [--engines lp,ours,cpsat2,cpsat8]

Placements and timetable are given; only who is on duty where is solved. Every engine runs in a process of its
own, one after another, so that memory and threads are its own. Prints Markdown, each level as soon as it is
done (ours and CP-SAT tell theirs at the end); then, per season, each engine as a whole (seconds, memory, what
the checker says of its plan) and when CP-SAT had reached the gaps that ours reached. `--seconds auto` gives
ours the time it is meant to need, the others twice as much. A further engine: `lp:pdlp`.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial

from benchmarks.placing.alone import alone
from benchmarks.placing.report import machine, same_gap
from benchmarks.placing.told import Reached, Result
from benchmarks.rostering.engines import ENGINES, Case, run
from benchmarks.rostering.report import LEVELS, WHOLE, engine_row, level_row

TARGETS = ((20, 120.0), (100, 300.0), (300, 720.0))
"""Seconds that ours may take, up to so many classes."""

OTHERS = 2.0
"""The others get so many times as long."""


def main() -> int:
    """Run all seasons and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="20,100,300", help="classes, separated by commas")
    parser.add_argument("--seconds", default="auto", help="limit of every engine, or auto")
    parser.add_argument("--engines", default="lp,ours,cpsat2,cpsat8")
    parser.add_argument("--workers", type=int, default=2, help="ours")
    parser.add_argument("--seed", type=int, default=0, help="of the invented seasons")
    arguments = parser.parse_args()
    engines = arguments.engines.split(",")
    if not all(ENGINES.fullmatch(engine) for engine in engines):
        parser.error(f"engines are {ENGINES.pattern}")
    _say(f"{machine()}; ours: {arguments.workers} workers\n")
    cases = [Case(int(size), arguments.seed, arguments.workers) for size in arguments.sizes.split(",")]
    failed = [not _compare(case, engines, arguments.seconds) for case in cases]
    return int(any(failed))


def _compare(case: Case, engines: list[str], seconds: str) -> bool:
    """One season by every engine; whether all of them ended with a plan that keeps the rules."""
    _say(f"\n### {case.classes} classes\n\n{LEVELS}")
    results: dict[str, Result] = {}
    levels: dict[str, list[Reached]] = {}
    for engine in engines:
        limit = _limit(case, engine) if seconds == "auto" else float(seconds)
        levels[engine] = []
        tell = partial(_told, case, engine, levels[engine])
        found = alone(run, (engine, case, limit), limit, Result, tell)
        if isinstance(found, str):
            sys.stderr.write(f"{engine}: {found}\n")
        else:
            results[engine] = found
    _say(f"\n{WHOLE}")
    for engine, result in results.items():
        _say(engine_row(engine, result, levels[engine], results.get("lp")))
    others = {name: levels[name] for name in results if name.startswith("cpsat")}
    if "ours" in results and others:
        _say("\n" + "\n".join(same_gap(levels["ours"], others)))
    return len(results) == len(engines) and not any(result.broken for result in results.values())


def _limit(case: Case, engine: str) -> float:
    seconds = next((limit for size, limit in TARGETS if case.classes <= size), TARGETS[-1][1])
    return seconds if engine == "ours" else OTHERS * seconds


def _told(case: Case, engine: str, levels: list[Reached], level: Reached) -> None:
    levels.append(level)
    _say(level_row(case.classes, engine, level))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
