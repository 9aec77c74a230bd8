"""The program that reads one older workbook and prints its cells as JSON; it runs alone, for it may abort."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time, timedelta

from python_calamine import load_workbook


def _written(cell: object) -> object:
    if isinstance(cell, datetime):
        return ["datetime", cell.isoformat()]
    if isinstance(cell, date):
        return ["date", cell.isoformat()]
    if isinstance(cell, time):
        return ["time", cell.isoformat()]
    if isinstance(cell, timedelta):
        return ["seconds", str(cell.total_seconds())]
    return cell


def main(path: str) -> None:
    """Print every sheet: its name, and its rows from the first cell on."""

    with load_workbook(path) as book:
        sheets = [
            {
                "name": name,
                "rows": [
                    [_written(cell) for cell in row]
                    # without the empty area the row numbers would shift
                    for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                ],
            }
            for name in book.sheet_names
        ]
    sys.stdout.buffer.write(json.dumps(sheets).encode())


if __name__ == "__main__":
    main(sys.argv[1])
