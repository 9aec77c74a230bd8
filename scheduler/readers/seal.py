"""Sealed lists, and the seeds revealed for them."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from scheduler.domain.problems import Problem
from scheduler.domain.seal import Seal
from scheduler.readers.files import missing


def read_seal(path: Path) -> tuple[Seal | None, bytes, tuple[Problem, ...]]:
    """The seal of a file with the file's bytes, or why it is none. Never raises for a bad file."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None, b"", (missing(path),)
    except OSError as error:
        problem = Problem("file_unreadable", path.name, parameters={"reason": error.strerror or ""})
        return None, b"", (problem,)
    try:
        return Seal.model_validate(json.loads(content.decode("utf-8-sig"))), content, ()
    except (ValidationError, ValueError, RecursionError):
        return None, content, (Problem("no_seal", path.name),)
