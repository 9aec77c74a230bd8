"""Reading: workbooks, CSV folders and plans, as people made them; every problem told, none raised."""

from scheduler.readers.book import read_book
from scheduler.readers.plan import read_plan
from scheduler.readers.scenario import Reading, read_scenario
from scheduler.readers.seal import read_seal

__all__ = ["Reading", "read_book", "read_plan", "read_scenario", "read_seal"]
