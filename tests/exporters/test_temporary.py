"""What a killed program left unfinished goes at the next run; nothing else does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.exporters import save
from scheduler.exporters.files import write
from scheduler.exporters.temporary import beginning, clear_left, is_in_use

KILLED = """
import os, signal, sys
from pathlib import Path
from scheduler.exporters import single
os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)  # killed with the file half on its way
single.save(Path(sys.argv[1]), b"new")
"""

posix = pytest.mark.skipif(os.name != "posix", reason="elsewhere nobody can ask whether a process runs")


def gone() -> int:
    """The number of a process that has ended."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def left_by(process: int, folder: Path, kind: str = "") -> Path:
    """Something unfinished of a process."""
    path = folder / f"{beginning(kind).replace(f'-{os.getpid()}-', f'-{process}-')}abcd1234"
    path.write_bytes(b"half")
    return path


@posix
def test_what_a_killed_program_left_goes_at_the_next_run(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    target.write_bytes(b"old")
    killed = subprocess.run([sys.executable, "-c", KILLED, str(target)], check=False)
    assert killed.returncode < 0
    assert len(list(tmp_path.iterdir())) == 2
    save(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]
    assert target.read_bytes() == b"new"


@posix
def test_nothing_else_goes(tmp_path: Path) -> None:
    own = left_by(os.getpid(), tmp_path)
    running = left_by(os.getppid(), tmp_path)
    dead = left_by(gone(), tmp_path)
    elsewhere = tmp_path / ".holiday-classes-00000000-1-abcd1234"  # begun on another machine
    unknown = tmp_path / ".holiday-classes-abcd1234"  # by an older version: nobody knows whose
    foreign = tmp_path / f".holiday-classes-notes-{gone()}.txt"
    link = tmp_path / f"{dead.name}link"
    (tmp_path / "precious").write_text("x")
    for path in (elsewhere, unknown, foreign):
        path.write_text("x")
    link.symlink_to(tmp_path / "precious")
    before = {path.name for path in tmp_path.iterdir()}
    clear_left(tmp_path)
    assert before - {path.name for path in tmp_path.iterdir()} == {dead.name}
    assert is_in_use(own)
    assert is_in_use(running)
    assert not is_in_use(link)


@posix
def test_a_folder_whose_output_was_being_swapped_is_put_back_not_removed(tmp_path: Path) -> None:
    # killed between two renames, with the only copy of `private` in the staging folder; a plan saved into
    # the same folder meanwhile must not take it for rubbish
    write([("private/plan.json", b"1")], tmp_path)
    staging = tmp_path / left_by(gone(), tmp_path, "output").name
    staging.unlink()
    (staging / "old").mkdir(parents=True)
    (tmp_path / "private").rename(staging / "old" / "private")
    save(tmp_path / "other.json", b"{}")
    assert (staging / "old" / "private" / "plan.json").exists()
    write([("publish/index.html", b"2")], tmp_path)
    assert not staging.exists()
    assert (tmp_path / "private" / "manifest.json").exists()


def test_another_run_in_the_same_folder_is_not_disturbed(tmp_path: Path) -> None:
    busy = tmp_path / f"{beginning('output')}abcd1234"
    (busy / "new").mkdir(parents=True)
    write([("publish/index.html", b"1")], tmp_path)
    assert busy.is_dir()
