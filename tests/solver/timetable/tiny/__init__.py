"""Random tiny seasons of the timetable with everything that makes it hard, solved by listing their plans.

`seasons` draws them, `brute` lists the plans, `judge` compares an answer of the solver with them;
`python -m tests.solver.timetable.tiny --help` runs thousands.
"""
