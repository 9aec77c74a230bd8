"""The timetable side by side on the same seasons: ours, CP-SAT on the same model, and FET.

    python benchmarks/timetable.py [--sizes 20,100,300] [--seconds auto] [--engines ours,cpsat8,fet]

Every engine runs in a process of its own, one after another, so that memory and threads are its own. Prints
Markdown, each engine as soon as it is done; then, per season, when ours had what each other engine ended
with. `--seconds auto` gives every engine what ours is meant to need (20 classes: 1 minute, 100: 4, 300: 12).
FET (Debian package `fet`) is skipped, and that is said, where it is not installed.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.placing.alone import alone
from benchmarks.timetabling.engines import ENGINES, Case, Result, run
from benchmarks.timetabling.report import FET_TOLD, TABLE, machine, ratios, row

TARGETS = ((20, 60.0), (100, 240.0), (300, 720.0))
"""Seconds that ours may take, up to so many classes."""


def main() -> int:
    """Run all seasons and print the tables; 1 if an engine failed or broke a rule."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="20,100,300", help="classes, separated by commas")
    parser.add_argument("--seconds", default="auto", help="limit of every engine, or auto")
    parser.add_argument("--engines", default="ours,cpsat8,fet")
    parser.add_argument("--workers", type=int, default=8, help="ours")
    parser.add_argument("--seed", type=int, default=0, help="of the seasons")
    arguments = parser.parse_args()
    engines = arguments.engines.split(",")
    if not all(ENGINES.fullmatch(engine) for engine in engines):
        parser.error(f"engines are {ENGINES.pattern}")
    _say(f"{machine()}; ours: {arguments.workers} workers\n")
    if "fet" in engines:
        _say(f"{FET_TOLD}\n")
    cases = [Case(int(size), arguments.workers, arguments.seed) for size in arguments.sizes.split(",")]
    failed = [not _compare(case, engines, arguments.seconds) for case in cases]
    return int(any(failed))


def _compare(case: Case, engines: list[str], seconds: str) -> bool:
    """One season by every engine; whether all of them ended and none broke a hard rule."""
    _say(f"\n{TABLE}")
    limit = _limit(case) if seconds == "auto" else float(seconds)
    results: dict[str, Result] = {}
    for engine in engines:
        found = alone(run, (engine, case, limit), limit, Result, lambda told: None)
        if isinstance(found, str):
            sys.stderr.write(f"{engine}: {found}\n")
            continue
        results[engine] = found
        _say(row(case, engine, found))
    if "ours" in results and len(results) > 1:
        _say("\n" + "\n".join(ratios(results)))
    broken = any(result.score is not None and result.score.broken for result in results.values())
    return len(results) == len(engines) and not broken


def _limit(case: Case) -> float:
    return next((limit for classes, limit in TARGETS if case.classes <= classes), TARGETS[-1][1])


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
