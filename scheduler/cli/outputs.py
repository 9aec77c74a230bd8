"""What is known of an output before any work is done: better said at once than after two minutes."""

from __future__ import annotations

from pathlib import Path

from scheduler.cli.console import FAILED, Console
from scheduler.cli.help import Misuse
from scheduler.exporters import OutputError


def require_file(console: Console, output: Path, input_path: Path) -> None:
    """End the command where a file cannot be written there, or would overwrite what is read."""
    target = output.resolve()
    try:
        if target.is_dir():
            raise OutputError("export.error.is_folder", path=str(output))
        _require_folder(target.parent)
    except OSError as error:  # a path that is too long
        raise OutputError.of(error, output) from error
    own = input_path.resolve()
    if target == own or (target.parent == own and target.suffix == ".csv"):
        console.fail(FAILED, "exists", path=output)


def require_folder(output: Path, input_path: Path) -> None:
    """End the command where no folder can be, or where it is that of the lists: outputs would lie among them,
    and the lists among what is handed out."""
    own = input_path.resolve()
    if output.resolve() == (own if own.is_dir() else own.parent):
        raise Misuse("output_is_input", value=str(output))
    try:
        _require_folder(output.resolve(), output)
    except OSError as error:
        raise OutputError.of(error, output) from error


def _require_folder(folder: Path, told: Path | None = None) -> None:
    for path in (folder, *folder.parents):
        if path.exists():
            if not path.is_dir():
                raise OutputError("export.error.is_file", path=str(told if told and path == folder else path))
            return
