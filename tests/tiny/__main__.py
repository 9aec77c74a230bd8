"""Thousands of tiny seasons, solved and judged; a failing one is made small and shown.

python -m tests.tiny 0 5000              the seasons 0 to 4999
python -m tests.tiny 0 2000 --bounds     their bounds, under limits too short to end
python -m tests.tiny 0 2000 --wide       as if they were wide: pieces, faces, cutoffs filled anew
python -m tests.tiny 0 2000 --divided    as if they were a province: districts, and their borders
python -m tests.tiny 17 18 --show        one season and its best levels
python -m tests.tiny 0 5000 --with pool --with points --policy fair
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial

from scheduler.solver.door import Limits, NoPlanInTime
from tests.tiny.judge import bound_faults, brute, divided_faults, faults, tiny_season, wide_faults
from tests.tiny.seasons import THEMES, Tables
from tests.tiny.shrink import shrunk

Judge = Callable[[Tables, int], list[str]]
"""What is wrong with the answer to a season, of this seed."""

DETERMINISTIC = (0.0001, 0.002, 0.02)
"""Limits too short for most seasons."""

WIDE = (0.3, 5.0, 20.0)
"""Limits under which the engine for wide seasons gets so far or to its end."""


def main() -> int:
    """Exit code 1 if any season failed."""
    given = _arguments()
    chosen: dict[str, bool] = dict.fromkeys(given.themes, True) | dict.fromkeys(given.without, False)
    failed, kinds, begun = 0, Counter[str](), time.monotonic()
    for seed in range(given.first, given.last):
        tables = tiny_season(seed, policy=given.policy, **chosen)
        if given.show:
            _tell(f"{tables}\nbest: {brute(tables).best}")
        found = _faults(tables, given.judge, seed)
        if not found:
            continue
        failed += 1
        kinds[found[0].split(":")[0][:60]] += 1
        _tell(f"\nseason {seed}: " + "\n    ".join(found))
        if not given.whole:
            fails = partial(_faults, judge=given.judge, seed=seed)
            small = shrunk(tables, fails)
            _tell(f"the smallest that fails: {fails(small)}\n{small}")
        if failed >= given.most:
            break
    seconds = time.monotonic() - begun
    _tell(f"{given.last - given.first} seasons, {failed} failed, {seconds:.0f} s; {dict(kinds)}")
    return int(failed > 0)


def _faults(tables: Tables, judge: Judge, seed: int) -> list[str]:
    try:
        return judge(tables, seed)
    except NoPlanInTime:
        return ["no plan in time"]
    except (AssertionError, RuntimeError, IndexError, TypeError) as error:
        return [f"{type(error).__name__}: {error}"]


def _exactly(tables: Tables, _seed: int) -> list[str]:
    return faults(tables)


def _bounds(tables: Tables, seed: int) -> list[str]:
    seconds = DETERMINISTIC[seed % len(DETERMINISTIC)]
    return bound_faults(tables, Limits(seconds=seconds, workers=1, reproducible=True))


def _wide(tables: Tables, seed: int) -> list[str]:
    limits = Limits(seconds=WIDE[seed % len(WIDE)], workers=1, reproducible=True)
    return wide_faults(tables, limits, as_a_whole=bool(seed % 2))


def _divided(tables: Tables, _seed: int) -> list[str]:
    return divided_faults(tables, Limits(seconds=60, workers=1, reproducible=True))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.tiny", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("first", type=int)
    parser.add_argument("last", type=int)
    for name, judge, said in (
        ("--bounds", _bounds, "judge bounds under short limits"),
        ("--wide", _wide, "judge the engine for wide seasons"),
        ("--divided", _divided, "judge what is placed district by district"),
    ):
        parser.add_argument(
            name, dest="judge", action="store_const", const=judge, default=_exactly, help=said
        )
    parser.add_argument("--with", dest="themes", action="append", default=[], choices=THEMES)
    parser.add_argument("--without", action="append", default=[], choices=THEMES)
    parser.add_argument("--policy", choices=("fair", "seats"))
    parser.add_argument("--whole", action="store_true", help="do not make failing seasons small")
    parser.add_argument("--show", action="store_true", help="show every season and its best levels")
    parser.add_argument("--most", type=int, default=5, help="end after so many failures [5]")
    return parser.parse_args()


def _tell(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
