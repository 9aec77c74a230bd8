"""`python -m scheduler` is the `holiday-classes` command."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import NoReturn

INTERRUPTED = 130
"""The exit code of Ctrl-C, here before the program that knows it is loaded."""


def main() -> NoReturn:
    """Load the program and run it; who presses Ctrl-C while it loads sees no stack."""
    try:
        program = import_module("scheduler.cli")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    sys.exit(program.main())


if __name__ == "__main__":
    main()
