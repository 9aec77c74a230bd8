"""The way of the data: read, solve, verify, export; what commands call, without knowing of terminals."""

from scheduler.workflow.answers import Imported, import_answers
from scheduler.workflow.deciding import (
    Cover,
    cover,
    cut_short,
    outlook,
    shortages,
    shortfall,
    solve,
    teaching_gain,
    unfilled,
    withheld,
)
from scheduler.workflow.reading import BadInput, now, plan_of, read, scenario_of
from scheduler.workflow.writing import PlanKept, Result, export, key_path, run

__all__ = [
    "BadInput",
    "Cover",
    "Imported",
    "PlanKept",
    "Result",
    "cover",
    "cut_short",
    "export",
    "import_answers",
    "key_path",
    "now",
    "outlook",
    "plan_of",
    "read",
    "run",
    "scenario_of",
    "shortages",
    "shortfall",
    "solve",
    "teaching_gain",
    "unfilled",
    "withheld",
]
