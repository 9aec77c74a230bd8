"""An input table changed where it lies: cells placed, everything else in the file left as it is."""

from scheduler.exporters.edit.placing import Placed, edited, place, same_cells
from scheduler.exporters.edit.saving import Saved, save_edit
from scheduler.exporters.edit.sheet_xml import UnknownShape

__all__ = ["Placed", "Saved", "UnknownShape", "edited", "place", "same_cells", "save_edit"]
