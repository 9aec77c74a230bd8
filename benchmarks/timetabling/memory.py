"""How much memory a process and all that it started hold at most."""

from __future__ import annotations

import os
import threading
from collections import defaultdict
from pathlib import Path
from types import TracebackType

from benchmarks.placing.told import peak_mb

EVERY = 0.5
"""Seconds between two looks."""


class Memory:
    """Looks now and then while its `with` block runs; `peak_mb` is the most seen, in MB.

    Pages that several processes share are counted for each. Without `/proc` it is this process alone.
    """

    def __init__(self) -> None:
        """Nothing seen yet."""
        self._most = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        """Begin to look."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Look no more."""
        self._ended.set()
        self._thread.join()

    @property
    def peak_mb(self) -> float:
        """The most seen so far; never less than what this process held at any moment."""
        return max(self._most, peak_mb())

    def _watch(self) -> None:
        while not self._ended.wait(EVERY):
            self._most = max(self._most, _tree_mb(os.getpid()))


def _tree_mb(root: int) -> float:
    """What a process and its descendants hold now."""
    children: dict[int, list[int]] = defaultdict(list)
    pages: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # the name in brackets may hold spaces; after it come state and parent, 20 places on the pages
            fields = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        children[int(fields[1])].append(int(folder.name))
        pages[int(folder.name)] = int(fields[21])
    found, waiting = 0, [root]
    while waiting:
        process = waiting.pop()
        found += pages.get(process, 0)
        waiting += children[process]
    return found * os.sysconf("SC_PAGE_SIZE") / 2**20
