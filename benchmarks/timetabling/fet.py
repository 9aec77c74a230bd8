"""FET on a season, week by week, and its timetable as a plan of ours."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import parse

from benchmarks.timetabling.curriculum import activities
from benchmarks.timetabling.departures import departures
from benchmarks.timetabling.fetfile import Week
from scheduler.domain.plan import Plan, Session
from scheduler.domain.scenario import Scenario

PROGRAM = "fet-cl"

AT_ONCE = 2
"""Weeks solved side by side: FET uses one thread."""


@dataclass(frozen=True)
class Placed:
    """What FET made of a season: the plan, how many activities of how many it placed, seconds of listing
    them and of its own search."""

    plan: Plan
    placed: int
    asked: int
    listing: float
    seconds: float

    @property
    def complete(self) -> bool:
        """Whether every activity found its place."""
        return self.placed == self.asked


def installed() -> bool:
    """Whether FET's program is here."""
    return shutil.which(PROGRAM) is not None


def solve(scenario: Scenario, plan: Plan, seconds: float, load: float = 1.0) -> Placed:
    """FET's timetable of a season's placements within so many seconds for all weeks."""
    began = time.monotonic()
    away = plan.with_(trips=departures(scenario, plan))
    given = activities(scenario, away, load)
    weeks = {name: Week(scenario, away, name, rows) for name, rows in given.items()}
    listing = time.monotonic() - began
    rounds = -(-len(weeks) // AT_ONCE)
    until = time.monotonic() + seconds

    def one(number: int, name: str) -> list[Session]:
        # what the first weeks did not need is the later ones'
        left = (until - time.monotonic()) / (rounds - number // AT_ONCE)
        return list(_run(scenario, weeks[name], max(1.0, left)))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(one, range(len(weeks)), weeks))
    sessions = sorted(
        (row for rows in found for row in rows),
        key=lambda row: (row.date, row.class_, row.period, row.course),
    )
    return Placed(
        plan=away.with_(sessions=tuple(sessions)),
        placed=len(sessions),
        asked=sum(len(row.classes) for rows in given.values() for row in rows),
        listing=listing,
        seconds=time.monotonic() - began - listing,
    )


def _run(scenario: Scenario, week: Week, seconds: float) -> Iterator[Session]:
    """A week's sessions; where time is up, those of the most activities that FET had placed."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "week.fet")
        file.write_bytes(week.xml())
        command = [
            PROGRAM,
            f"--inputfile={file}",
            f"--outputdir={folder}",
            f"--timelimitseconds={int(seconds)}",
            "--htmllevel=0",
        ]
        said = _patiently(command, seconds)
        written = sorted(Path(folder, "timetables").glob("*/*activities.xml"), key=_preference)
        if not written:
            raise RuntimeError(f"FET wrote no timetable: {said[-500:]}")
        yield from read(scenario, week, written[0])


def _patiently(command: list[str], seconds: float) -> str:
    """Run FET and give what it says; where it does not hear of its limit, as happens in its inner loops, it
    is asked to stop, upon which it writes what it has."""
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        for end in (seconds + 1, 5):
            try:
                return process.communicate(timeout=end)[0]
            except subprocess.TimeoutExpired:
                process.terminate()
        process.kill()
        return process.communicate()[0]


def _preference(path: Path) -> tuple[int, str]:
    """The whole timetable first, then the one with the most activities, then the last state."""
    folder = path.parent.name
    return (0 if folder == "week" else 1 if "highest" in folder else 2), folder


def read(scenario: Scenario, week: Week, path: Path) -> Iterator[Session]:
    """The sessions of FET's list of placed activities, one for each class."""
    for row in parse(path).getroot().iter("Activity"):
        number, day, hour, room = (row.findtext(tag) or "" for tag in ("Id", "Day", "Hour", "Room"))
        one = week.given[int(number)]
        for class_ in one.classes if day and hour else ():
            home = scenario.class_[class_].room
            shared = len(one.classes) > 1
            yield Session(
                class_=class_,
                date=date.fromisoformat(day),
                period=hour,
                course=one.course,
                teacher=one.teacher,
                room=room if room and (shared or room != home) else None,
            )
