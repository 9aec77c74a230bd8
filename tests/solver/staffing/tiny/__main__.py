"""Thousands of tiny seasons, staffed and judged; a failing one is made small and shown.

python -m tests.solver.staffing.tiny 0 2000              the seasons 0 to 1999
python -m tests.solver.staffing.tiny 0 2000 --bounds     their bounds, under limits too short to end
python -m tests.solver.staffing.tiny 0 2000 --wide       by what is made for cities; bounds again
python -m tests.solver.staffing.tiny 17 18 --show        one season and its best levels
python -m tests.solver.staffing.tiny 0 2000 --with trips --without locks
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from functools import partial

from scheduler.solver.door import Limits, NoPlanInTime
from tests.solver.staffing.tiny.judge import bound_faults, brute, faults, tiny_season
from tests.solver.staffing.tiny.seasons import THEMES, Tables
from tests.solver.staffing.tiny.shrink import shrunk

DETERMINISTIC = (0.0001, 0.002, 0.02)
"""Limits too short for most seasons."""


def main() -> int:
    """Exit code 1 if any season failed."""
    given = _arguments()
    chosen: dict[str, bool] = dict.fromkeys(given.themes, True) | dict.fromkeys(given.without, False)
    failed, kinds, begun = 0, Counter[str](), time.monotonic()
    for seed in range(given.first, given.last):
        tables = tiny_season(seed, **chosen)
        if given.show:
            _tell(f"{tables}\nrosters: {brute(tables).number()}, best: {brute(tables).best}")
        fails = partial(_faults, bounds=given.bounds, wide=given.wide, seed=seed)
        found = fails(tables)
        if not found:
            continue
        failed += 1
        kinds[found[0].split(":")[0][:60]] += 1
        _tell(f"\nseason {seed}: " + "\n    ".join(found))
        if not given.whole:
            small = shrunk(tables, fails)
            _tell(f"the smallest that fails: {fails(small)}\n{small}")
        if failed >= given.most:
            break
    seconds = time.monotonic() - begun
    _tell(f"{given.last - given.first} seasons, {failed} failed, {seconds:.0f} s; {dict(kinds)}")
    return int(failed > 0)


def _faults(tables: Tables, *, bounds: bool, wide: bool, seed: int) -> list[str]:
    try:
        if wide:
            limits, apart = Limits(seconds=1.0, workers=1), seed % 4 == 3
            return bound_faults(tables, limits, wide=True, city=seed % 2 == 1, apart=apart)
        if bounds:
            seconds = DETERMINISTIC[seed % len(DETERMINISTIC)]
            return bound_faults(tables, Limits(seconds=seconds, workers=1, reproducible=True))
        return faults(tables)
    except NoPlanInTime:
        return ["no plan in time"]
    except (AssertionError, RuntimeError, IndexError, KeyError, TypeError) as error:
        return [f"{type(error).__name__}: {error}"]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.solver.staffing.tiny", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("first", type=int)
    parser.add_argument("last", type=int)
    parser.add_argument("--bounds", action="store_true", help="judge bounds under short limits")
    parser.add_argument(
        "--wide", action="store_true", help="by what is made for cities, judged by its bounds"
    )
    parser.add_argument("--with", dest="themes", action="append", default=[], choices=THEMES)
    parser.add_argument("--without", action="append", default=[], choices=THEMES)
    parser.add_argument("--whole", action="store_true", help="do not make failing seasons small")
    parser.add_argument("--show", action="store_true", help="show every season and its best levels")
    parser.add_argument("--most", type=int, default=5, help="end after so many failures [5]")
    return parser.parse_args()


def _tell(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
