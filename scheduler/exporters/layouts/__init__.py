"""Views worded and set into tables, for the office's workbooks and pages alike."""
