"""Online forms: an export's columns, answers and rows, told beside the table they are for."""

from scheduler.readers.form.answers import read_answers
from scheduler.readers.form.caused import problems_of_form, unfit_for_import
from scheduler.readers.form.map import FormMap, read_map

__all__ = ["FormMap", "problems_of_form", "read_answers", "read_map", "unfit_for_import"]
