"""Time and proven gaps of the main job's three stages on seasons of several sizes, side by side in one run.

    python benchmarks/main_job.py [--sizes 60,150,300] [--seconds 150] [--workers 8] [--policy fair]

Each size is an invented season (`sample`, seed 0). Printed per level: value, proven bound, relative gap; per
stage: seconds. The last column is the time per child relative to the smallest season's, so that growth shows
whatever machine it runs on. A table to paste into benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time

from scheduler import checker, solver
from scheduler.samples import sample


def main() -> int:
    """Run all sizes and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="60,150,300", help="children, separated by commas")
    parser.add_argument("--seconds", type=float, default=150.0, help="time limit of each solve")
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--policy", choices=["fair", "seats"], default="fair")
    arguments = parser.parse_args()
    out = sys.stdout
    out.write(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, ")
    out.write(f"workers {arguments.workers}, policy {arguments.policy}, limit {arguments.seconds:g} s\n\n")
    out.write("| children | classes | stage | seconds | level | value | bound | gap | time per child |\n")
    out.write("|---|---|---|---|---|---|---|---|---|\n")
    first: float | None = None
    for size in (int(part) for part in arguments.sizes.split(",")):
        season = sample(size, None, None, 0).ruled_by(arguments.policy)
        began = time.perf_counter()
        options = solver.Options(seconds=arguments.seconds, workers=arguments.workers)
        plan = solver.solve(season, options)
        pace = (time.perf_counter() - began) / size
        first = first or pace
        broken = checker.verify(season, plan).broken
        for stage in plan.stages:
            for i, level in enumerate(stage.levels):
                seconds = f"{stage.seconds:.1f}" if i == 0 and stage.seconds is not None else ""
                out.write(
                    f"| {size} | {len(season.classes)} | {stage.name} | {seconds} | {level.name} "
                    f"| {level.value:g} | {level.bound:g} | {level.gap:.2%} | {pace / first:.2f} |\n"
                )
        if broken:
            sys.stderr.write(f"{size} children: {len(broken)} violations\n")
            return 1
        out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
