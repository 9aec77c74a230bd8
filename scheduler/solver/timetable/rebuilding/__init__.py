"""A timetable taken apart and put together anew, thousands of times, by counters and without a model."""
