"""What a season costs at least by prices of periods and sessions, and who likely goes where."""
