"""What is known of an output before any work is done: better said at once than after two minutes."""

from __future__ import annotations

from pathlib import Path

from scheduler.cli.console import FAILED, Console
from scheduler.exporters import OutputError


def require_file(console: Console, output: Path, input_path: Path) -> None:
    """End the command where a file cannot be written there, or would overwrite what is read."""
    target = output.resolve()
    if target.is_dir():
        raise OutputError("export.error.is_folder", path=str(output))
    _require_folder(target.parent)
    own = input_path.resolve()
    if target == own or (target.parent == own and target.suffix == ".csv"):
        console.fail(FAILED, "exists", path=output)


def require_folder(output: Path) -> None:
    """End the command where no folder can be."""
    _require_folder(output.resolve(), output)


def _require_folder(folder: Path, told: Path | None = None) -> None:
    for path in (folder, *folder.parents):
        if path.exists():
            if not path.is_dir():
                raise OutputError("export.error.is_file", path=str(told if told and path == folder else path))
            return
