"""Tests of the exporters."""

from __future__ import annotations

from typing import Any

from scheduler.exporters import export


def exported(*args: Any, **more: Any) -> dict[str, bytes]:  # noqa: ANN401 - as `export` takes them
    """What `export` gives, file by file, at once."""
    return dict(export(*args, **more))
