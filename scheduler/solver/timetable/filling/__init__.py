"""A timetable filled greedily, without a model: what fits, what it saves, whom to send where."""
