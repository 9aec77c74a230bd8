"""Thousands of tiny seasons of the timetable, solved and judged.

python -m tests.solver.timetable.tiny 0 1000              the seasons 0 to 999
python -m tests.solver.timetable.tiny 0 500 --bounds      their bounds, under limits too short to end
python -m tests.solver.timetable.tiny 0 500 --wide        as wide seasons are decided, by the clock
python -m tests.solver.timetable.tiny 0 500 --priced      their bounds by prices
python -m tests.solver.timetable.tiny 0 500 --ordinary    as seasons of several pieces, by the clock
python -m tests.solver.timetable.tiny 0 500 --whole       by branch and bound on the whole, by the clock
python -m tests.solver.timetable.tiny 0 500 --divided     district after district, by the clock
python -m tests.solver.timetable.tiny 17 18 --show        one season and its best cost
python -m tests.solver.timetable.tiny 0 500 --with joint --without trip
"""

from __future__ import annotations

import argparse
import sys
import time

from scheduler.solver.door import Limits, NoPlanInTime
from tests.solver.timetable.tiny.judge import (
    DIVIDED,
    LIMITS,
    ORDINARY,
    TIMED,
    WHOLE,
    WIDE,
    faults,
    overpriced,
    tiny_season,
)
from tests.solver.timetable.tiny.seasons import THEMES

DETERMINISTIC = (0.0001, 0.002, 0.02)
"""Limits too short for most seasons."""


def main() -> int:
    """Exit code 1 if any season failed."""
    given = _arguments()
    themes = dict.fromkeys(given.themes, True) | dict.fromkeys(given.without, False)
    ways = (
        (given.wide, WIDE),
        (given.divided, DIVIDED),
        (given.ordinary, ORDINARY),
        (given.whole, WHOLE),
    )
    for chosen, way in ways:
        for module, name, value in way if chosen else ():
            setattr(module, name, value)
    failed, begun = 0, time.monotonic()
    for seed in range(given.first, given.last):
        tables, listed = tiny_season(seed, **themes)
        if given.show:
            _tell(f"{tables}\nbest: {listed.best}")
        seconds = DETERMINISTIC[seed % len(DETERMINISTIC)]
        limits = Limits(seconds=seconds, workers=1, reproducible=True) if given.bounds else LIMITS
        if any(chosen for chosen, _ in ways):
            limits = TIMED
        try:
            found = overpriced(tables, listed) if given.priced else faults(tables, listed, limits)
        except NoPlanInTime:
            found = [] if limits is not LIMITS else ["no plan in time"]
        except (AssertionError, RuntimeError, IndexError, TypeError) as error:
            found = [f"{type(error).__name__}: {error}"]
        if found:
            failed += 1
            _tell(f"\nseason {seed}: " + "\n    ".join(found) + f"\n{tables}")
        if failed >= given.most:
            break
    _tell(f"{given.last - given.first} seasons, {failed} failed, {time.monotonic() - begun:.0f} s")
    return int(failed > 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.solver.timetable.tiny", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("first", type=int)
    parser.add_argument("last", type=int)
    parser.add_argument("--bounds", action="store_true", help="judge bounds under short limits")
    parser.add_argument("--wide", action="store_true", help="as wide seasons are decided, by the clock")
    parser.add_argument("--priced", action="store_true", help="judge bounds by prices")
    parser.add_argument("--ordinary", action="store_true", help="in pieces, and as a whole beside")
    parser.add_argument("--whole", action="store_true", help="branch and bound on the whole alone")
    parser.add_argument("--divided", action="store_true", help="district after district, by the clock")
    parser.add_argument("--with", dest="themes", action="append", default=[], choices=THEMES)
    parser.add_argument("--without", action="append", default=[], choices=THEMES)
    parser.add_argument("--show", action="store_true", help="show every season and its best cost")
    parser.add_argument("--most", type=int, default=5, help="end after so many failures [5]")
    return parser.parse_args()


def _tell(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
