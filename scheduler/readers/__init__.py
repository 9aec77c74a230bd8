"""Reading: workbooks, CSV folders and plans, as people made them; every problem told, none raised."""

from scheduler.readers.book import read_book
from scheduler.readers.form import FormMap, problems_of_form, read_answers, read_map, unfit_for_import
from scheduler.readers.headers import table_like, table_named
from scheduler.readers.plan import read_plan
from scheduler.readers.scenario import Reading, language_of, read_scenario, reading_of
from scheduler.readers.seal import read_seal
from scheduler.readers.text import separator_of

__all__ = [
    "FormMap",
    "Reading",
    "language_of",
    "problems_of_form",
    "read_answers",
    "read_book",
    "read_map",
    "read_plan",
    "read_scenario",
    "read_seal",
    "reading_of",
    "separator_of",
    "table_like",
    "table_named",
    "unfit_for_import",
]
