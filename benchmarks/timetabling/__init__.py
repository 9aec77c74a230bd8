"""What the timetable's benchmark is made of: seasons, engines, FET's files, tables."""
