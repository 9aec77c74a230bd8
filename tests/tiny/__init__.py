"""Random tiny seasons of placement with everything that makes it hard, solved by listing all their plans.

`seasons` draws them, `brute` lists the plans, `judge` compares an answer of the solver with them, `shrink`
makes a failing season small; `python -m tests.tiny --help` runs thousands.
"""
