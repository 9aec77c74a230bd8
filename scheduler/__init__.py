"""Holiday classes: children placed, days filled, classes staffed, every decision explained."""

__version__ = "0.1.0"
