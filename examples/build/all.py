"""Writes every example anew: `python examples/build/all.py`. Equal scripts give equal files."""

from __future__ import annotations

import beijing_2016
import contradiction
import luoyang_2024
import tiny

if __name__ == "__main__":
    for module in (beijing_2016, luoyang_2024, contradiction, tiny):
        module.write()
        print(f"written: {module.__name__.replace('_', '-')}")
