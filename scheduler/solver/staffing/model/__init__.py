"""Models of a season, of a district, of pieces of them, and how they are searched."""
