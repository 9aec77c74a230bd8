"""Random tiny seasons of staffing with everything that makes it hard, solved by listing all their rosters.

`seasons` draws them, `brute` lists the rosters, `judge` compares an answer of the solver with them, `shrink`
makes a failing season small; `python -m tests.solver.staffing.tiny --help` runs thousands.
"""
